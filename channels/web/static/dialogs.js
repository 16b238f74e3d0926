// The two small windows: whom to call, and whether to erase.

import { make } from "./dom.js";
import { callLink } from "./links.js";

/** The numbers to call, as a list. */
export function phoneList() {
  const rows = given.phones.map(({ number, label }) => make("li", {}, callLink(number), make("span", {}, label)));
  return make("ul", { class: "phones" }, rows);
}

export function callDialog() {
  const { words } = given;
  return dialog("call", words.call_title, [make("p", {}, words.call_intro), phoneList()], [[words.close, "primary", null]]);
}

export function eraseDialog(erase) {
  const { words } = given;
  return dialog("erase", words.erase_title, [make("p", {}, words.erase_body)], [
    [words.erase_no, "", null],
    [words.erase_yes, "primary", erase],
  ]);
}

/** A modal window; Escape closes it and the browser gives the focus back to where it was. */
function dialog(id, title, content, actions) {
  const box = make("dialog", { "aria-labelledby": `${id}-title` });
  const buttons = actions.map(([text, look, act]) =>
    make("button", { type: "button", class: look, click: () => (box.close(), act?.()) }, text),
  );
  box.append(make("h2", { id: `${id}-title` }, title), ...content, make("div", { class: "actions" }, buttons));
  return box;
}
