// The outside of one message, whoever said it.

import { directionOf, drawings, icon, make } from "./dom.js";

/** The outside of a message: who, when, and room for what. */
export function frame(author, name, at) {
  const { words } = given;
  const who = { person: words.you, staff: name || words.staff, assistant: words.assistant }[author];
  const kind = { staff: words.staff_kind, assistant: words.assistant_kind }[author];
  const badge = make("span", { class: "badge", "aria-hidden": "true" });
  badge.append(author === "staff" ? who.slice(0, 1).toUpperCase() : icon(drawings.breath));
  return make(
    "div",
    { class: "message", "data-author": author, "data-name": name || "" },
    make("p", { class: "who" }, author !== "person" && badge, make("b", { class: author === "person" && "hidden" }, who), kind && make("span", { class: "kind" }, kind)),
    make("div", { class: "body" }),
    clock(at),
  );
}

/** When it was said. */
export function clock(at) {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  const day = today ? "" : `${moment.toLocaleDateString("nl-NL", { weekday: "short", day: "numeric", month: "long" })} `;
  return make("time", { class: "when", datetime: at }, day + time);
}

/** A message in a language that reads from right to left stands that way, with all that is in it. */
export function turn(element, text) {
  const direction = directionOf(text);
  if (direction) element.dir = direction;
}
