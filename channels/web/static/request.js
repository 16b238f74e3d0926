// The request as it will be sent, and what is known of her, part by part.

import { fill, HOME, make } from "./dom.js";
import { linked, paragraphs } from "./links.js";

export const SHEET = ".sheet"; // a card of a request, not of a profile

export function requestCard(card) {
  return make(
    "section",
    { class: "request sheet", tabindex: "-1", "aria-label": given.words.request_title, "data-reference": card.reference || "" },
    make("h2", {}, given.words.request_title),
    card.reference && make("p", { class: "reference" }, fill(given.words.request_reference, card)),
    card.recipient && make("p", { class: "recipient" }, fill(given.words.request_recipient, card)),
    standing(card),
    card.question && quoted(card.question),
    card.sections.map(part),
    changing(card),
    card.reference && copies(),
  );
}

/** How it stands is not read out by itself: what happens to a request is told in the talk. */
function standing(card) {
  const heading = make("h3", {}, given.words.request_standing);
  return make("div", { class: "standing", "aria-live": "off", hidden: !card.standing }, heading, make("p", {}, card.standing || ""));
}

/** The way into the form. Who holds the form hears "change-request". */
function changing(card) {
  const open = (event) => event.target.dispatchEvent(new CustomEvent("change-request", { bubbles: true }));
  const button = make("button", { type: "button", click: open }, given.words.request_change);
  const unsaved = make("p", { class: "unsaved", hidden: true }, given.words.request_unsaved);
  return make("div", { class: "changing", hidden: card.changeable !== true }, unsaved, button);
}

/** Bring a card on screen up to date: how it stands, and whether it can be changed. */
export function renewSheet(sheet, card) {
  const place = sheet.querySelector(".standing");
  const text = card.standing || "";
  if (place.lastChild.textContent !== text) place.lastChild.textContent = text;
  place.hidden = !text;
  sheet.querySelector(".changing").hidden = card.changeable !== true;
}

/** Say on a card whether she typed something that was not saved. */
export function markSheet(sheet, isUnsaved) {
  sheet.querySelector(".unsaved").hidden = !isUnsaved;
}

/** Only the newest card of a request can be changed and says how it stands; an older one is how it was. */
export function retireSheet(sheet) {
  sheet.querySelectorAll(".standing, .changing, .copy").forEach((part) => (part.hidden = true));
}

function copies() {
  const page = make("a", { href: new URL("api/request/copy", HOME).href, target: "_blank", rel: "noopener" }, given.words.request_copy);
  const pdf = make("a", { href: new URL("api/request/copy.pdf", HOME).href, download: true }, given.words.request_copy_pdf);
  return make("p", { class: "copy" }, page, pdf);
}

export function profileCard(card) {
  return make(
    "section",
    { class: "request", "aria-label": given.words.profile_title },
    make("h2", {}, given.words.profile_title),
    card.sections.map(part),
  );
}

function quoted(question) {
  return [make("h3", {}, given.words.request_question), make("blockquote", {}, paragraphs(question, false))];
}

function part(section) {
  return [make("h3", {}, section.title), make("dl", {}, section.fields.map(row))];
}

function row(field) {
  const empty = field.value === null || field.value === undefined || field.value === "";
  const without = stateWithoutValue(field.state) || (empty && given.words.request_empty);
  return make(
    "div",
    { class: "field", "data-key": field.key, "data-state": field.state },
    make("dt", {}, field.label),
    make("dd", { class: without && "empty" }, without ? [without] : text(field.value)),
  );
}

/** Why there is nothing in a field, in words to her. */
function stateWithoutValue(state) {
  const { words } = given;
  return { left_out: words.request_left_out, refused: words.request_refused, not_asked: words.request_not_asked }[state];
}

function text(value) {
  if (Array.isArray(value)) return make("ul", {}, value.map((item) => make("li", {}, ...linked(String(item)))));
  return paragraphs(String(value), false);
}
