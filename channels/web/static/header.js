// The head of the widget: who this is, and what is always at hand.

import { callDialog, eraseDialog, moreDialog } from "./dialogs.js";
import { drawings, icon, make } from "./dom.js";
import { asText, copyText, mailAddress, printText, saveFile } from "./keepsake.js";

const FILE = "adempauze.txt";

/** The head and its windows, into `root`. `scale`: how large; `thread`: the talk; `acts`: erase, leave, and close (only
 * in a panel that can be closed). */
export function header(root, scale, thread, acts) {
  const { words } = given;
  const call = callDialog();
  const erase = eraseDialog(acts.erase);
  const more = moreDialog({ ...keepingActs(root, thread), data: acts.data, onward: acts.onward, earlier: acts.earlier, erase: () => erase.showModal() });
  root.append(call, erase, more);
  const larger = tool(null, words.larger, () => {
    scale.large = !scale.large;
    larger.setAttribute("aria-pressed", String(scale.large));
  }, { class: "tool larger", "aria-label": words.larger_label, "aria-pressed": String(scale.large) });
  return make(
    "header",
    {},
    make("div", { class: "brand" }, icon(drawings.breath), make("h1", {}, words.name), make("p", {}, words.subtitle)),
    acts.close && make("button", { type: "button", class: "tool close", "aria-label": words.close_panel, click: acts.close }, icon(drawings.close)),
    make(
      "div",
      { class: "tools" },
      tool("phone", words.call, () => call.showModal()),
      larger,
      tool("more", words.more, () => more.showModal()),
      tool("leave", words.leave, acts.leave, { class: "tool leave", title: words.leave_hint }),
    ),
  );
}

function tool(drawing, text, act, extra = {}) {
  return make("button", { type: "button", class: "tool", click: act, ...extra }, drawing && icon(drawings[drawing]), make("span", {}, text));
}

function keepingActs(root, thread) {
  const { words } = given;
  const text = () => asText(thread.messages);
  let timed = false;
  return {
    times: () => {
      timed = !timed;
      thread.times(timed);
      return timed;
    },
    copy: async () => ((await copyText(text(), root)) ? words.copied : words.copy_failed),
    save: () => (saveFile(new Blob([text()], { type: "text/plain" }), FILE), words.saved),
    mail: () => (make("a", { href: mailAddress(thread.messages) }).click(), words.mailed),
    print: () => printText(text(), root),
  };
}
