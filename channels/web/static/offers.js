// Offers as cards, with their reasons; and how far the questions are.

import { fill, make } from "./dom.js";
import { addressLink, callLink, linked } from "./links.js";

export function offersCard(card) {
  const offers = card.offers.map((offer) => make("li", {}, offerCard(offer)));
  const label = card.offers.every(isNear) ? given.words.offers_near_label : given.words.offers_label;
  return make("ul", { class: "offers", "aria-label": label }, offers);
}

/** Something would make it fit: it does not fit yet. */
function isNear(offer) {
  return offer.would_fit?.length > 0;
}

function offerCard(offer) {
  const about = [offer.kind, offer.area].filter(Boolean).join(" · ");
  return make(
    "article",
    { class: isNear(offer) ? "offer near" : "offer" },
    make("h2", {}, offer.name),
    offer.organisation && make("p", { class: "organisation" }, offer.organisation),
    about && make("p", { class: "about" }, about),
    reasons(offer),
    payers(offer.payers || [], offer.payers_certain !== false),
    ways(offer),
    offer.freshness && make("p", { class: "freshness" }, offer.freshness),
    offer.id && report(offer),
  );
}

/** Something is wrong with this offer: a reason from a short list, no words. Who holds the line hears a "report". */
function report(offer) {
  const { words } = given;
  const reasons = {
    gone: words.report_gone,
    phone: words.report_phone,
    group: words.report_group,
    full: words.report_full,
    other: words.report_other,
  };
  const said = make("p", { class: "reported", tabindex: "-1" });
  const choices = Object.entries(reasons).map(([reason, title]) =>
    make("button", { type: "button", click: () => tell(reason) }, title),
  );
  const group = make("div", { class: "reasons", role: "group", "aria-label": `${words.report_ask}: ${offer.name}` }, choices);
  const fold = make("details", { class: "report" }, make("summary", {}, words.report_open), make("p", {}, words.report_ask), group);
  const place = make("div", {}, fold);
  const say = (text) => {
    said.textContent = text;
    said.focus();
  };
  const tell = (reason) => {
    choices.forEach((choice) => (choice.disabled = true));
    place.append(said);
    const thanked = () => {
      fold.remove();
      say(words.report_thanks);
    };
    const failed = (text) => {
      choices.forEach((choice) => (choice.disabled = false));
      say(text);
    };
    const detail = { offer: offer.id, reason, thanked, failed };
    place.dispatchEvent(new CustomEvent("report", { bubbles: true, detail }));
  };
  return place;
}

function reasons(offer) {
  const kinds = [
    ["fits", "✓", given.words.offer_fits],
    ["misfits", "–", given.words.offer_misfits],
    ["would_fit", "→", given.words.offer_would_fit],
    ["unknowns", "?", given.words.offer_unknowns],
  ];
  const lists = kinds.filter(([kind]) => offer[kind]?.length).map(([kind, sign, title]) => [
    make("h3", {}, title),
    make("ul", { class: kind }, offer[kind].map((reason) => make("li", {}, mark(sign), ...linked(reason)))),
  ]);
  const title = isNear(offer) ? given.words.offer_reasons_near : given.words.offer_reasons;
  return lists.length > 0 && make("details", { open: true }, make("summary", {}, title), lists);
}

function mark(sign) {
  return make("span", { class: "mark", "aria-hidden": "true" }, sign);
}

function payers(list, certain) {
  const title = certain ? given.words.offer_payers : given.words.offer_payers_unsure;
  return list.length > 0 && make("p", { class: "payers" }, make("b", {}, `${title}: `), list.join(", "));
}

function ways(offer) {
  const site = offer.url && (addressLink(offer.url, given.words.offer_site) || plainAddress(offer.url));
  const phone = offer.phone && callLink(offer.phone, `${given.words.offer_phone} ${offer.phone}`);
  return (site || phone) && make("p", { class: "ways" }, phone, site);
}

/** An address without a secure line is shown, to be typed by who trusts it, and never opened from here. */
function plainAddress(address) {
  return /^http:\/\//.test(address) && make("span", {}, address);
}

export function progressCard(card) {
  const text = fill(given.words.progress, card);
  const share = Math.max(0, Math.min(1, card.asked / card.most));
  const steps = make("span", { class: "steps", "aria-hidden": "true" });
  for (let step = 0; step < card.most; step += 1) steps.append(make("i", { class: step < share * card.most && "done" }));
  return make("p", { class: "progress" }, steps, text);
}
