// The request as it will be sent, and what is known of her, part by part.

import { fill, HOME, make } from "./dom.js";
import { linked, paragraphs } from "./links.js";

export function requestCard(card) {
  return make(
    "section",
    { class: "request", "aria-label": given.words.request_title },
    make("h2", {}, given.words.request_title),
    card.reference && make("p", { class: "reference" }, fill(given.words.request_reference, card)),
    card.recipient && make("p", { class: "recipient" }, fill(given.words.request_recipient, card)),
    card.question && quoted(card.question),
    card.sections.map(part),
    card.reference && copyLink(),
  );
}

function copyLink() {
  const address = new URL("api/request/copy", HOME).href;
  const link = make("a", { href: address, target: "_blank", rel: "noopener" }, given.words.request_copy);
  return make("p", { class: "copy" }, link);
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
  const value = empty ? [given.words.request_empty] : text(field.value);
  return make(
    "div",
    { class: "field", "data-key": field.key, "data-state": field.state },
    make("dt", {}, field.label),
    make("dd", { class: empty && "empty" }, value),
  );
}

function text(value) {
  if (Array.isArray(value)) return make("ul", {}, value.map((item) => make("li", {}, ...linked(String(item)))));
  return paragraphs(String(value), false);
}
