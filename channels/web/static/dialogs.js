// The small windows: whom to call, what else can be done, whether the browser may listen, and whether to erase.

import { drawings, GUEST, HOME, icon, make } from "./dom.js";
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

/** Whether the browser may listen; asked once for as long as the page is open. `ask()` resolves to her answer. */
export function voiceDialog() {
  const { words } = given;
  let answer = () => {};
  let said = false;
  const box = dialog("voice", words.voice_title, [make("p", {}, words.voice_body)], [
    [words.voice_no, "", null],
    [words.voice_yes, "primary", () => ((said = true), answer(true))],
  ]);
  box.addEventListener("close", () => setTimeout(() => answer(said)));
  box.ask = () => {
    if (said) return Promise.resolve(true);
    box.showModal();
    return new Promise((resolve) => (answer = resolve));
  };
  return box;
}

/** What else can be done with the talk. `acts`: functions by name; what one of them returns is told in the window, and
 * `true` or `false` is how a switch stands. */
export function moreDialog(acts) {
  const { words } = given;
  const told = make("p", { class: "told", role: "status" });
  const row = (drawing, text, act) =>
    make("li", { class: "of-talk" }, make("button", { type: "button", click: async () => (told.textContent = (await act()) || "") }, icon(drawings[drawing]), text));
  const switching = (drawing, text, act) => {
    const button = make("button", { type: "button", "aria-pressed": "false" }, icon(drawings[drawing]), text);
    button.addEventListener("click", () => button.setAttribute("aria-pressed", String(act())));
    return make("li", { class: "of-talk" }, button);
  };
  const about = make("a", { href: new URL("toegankelijkheid", HOME).href, target: "_blank", rel: "noopener" }, icon(drawings.access), words.accessibility);
  const privacy = make("a", { href: new URL("privacy", HOME).href, target: "_blank", rel: "noopener" }, icon(drawings.lock), words.privacy);
  const list = make(
    "ul",
    { class: "more" },
    switching("clock", words.times, acts.times),
    row("copy", words.copy, acts.copy),
    row("save", words.save, acts.save),
    row("mail", words.mail, acts.mail),
    row("print", words.print, acts.print),
    row("save", words.data, acts.data),
    row("device", words.on_menu, () => (box.close(), acts.onward.show())),
    make("li", {}, make("button", { type: "button", click: () => (box.close(), acts.onward.ask()) }, icon(drawings.key), words.on_have)),
    GUEST || row("back", words.begin_earlier, acts.earlier),
    row("erase", words.erase, () => (box.close(), acts.erase())),
    make("li", {}, privacy),
    make("li", {}, about),
  );
  const box = dialog("more", words.more_title, [list, told], [[words.close, "primary", null]]);
  box.addEventListener("close", () => (told.textContent = ""));
  return box;
}

/** A modal window; Escape closes it and the browser gives the focus back to where it was. */
export function dialog(id, title, content, actions) {
  const box = make("dialog", { "aria-labelledby": `${id}-title` });
  const buttons = actions.map(([text, look, act]) =>
    make("button", { type: "button", class: look, click: () => (box.close(), act?.()) }, text),
  );
  box.append(make("h2", { id: `${id}-title` }, title), ...content, make("div", { class: "actions" }, buttons));
  return box;
}
