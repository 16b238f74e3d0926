// Going on elsewhere: the window with her own code, and the one to go on with a code. A code is only ever shown here.

import { dialog } from "./dialogs.js";
import { drawings, fill, GUEST, icon, make, newMark } from "./dom.js";
import { copyText } from "./keepsake.js";

const SVG_SPACE = "http://www.w3.org/2000/svg";
const LINKED = /\/verder$/; // our own page with a code behind the "#": that part never leaves the browser
const A_CODE = /^\s*(?=.*\d)(?=.*[a-z])[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}\s*$/i;

/** Under what the assistant says of it. */
export function goingOnCard() {
  const ask = (event) => event.target.dispatchEvent(new CustomEvent("going-on", { bubbles: true, composed: true }));
  return make("section", { class: "onward" }, make("button", { type: "button", class: "primary", click: ask }, given.words.on_show));
}

/** Is this message a code, and not something to say? */
export const isCode = (text) => A_CODE.test(text);

/** Both windows, in `root`. `reopen()` shows the talk that this browser has now. */
export class GoingOn {
  #host;
  #session;
  #thread;
  #reopen;
  #hers = hersDialog();
  #have = haveDialog((code, sure) => this.#use(code, sure));
  #tabs = new BroadcastChannel("adempauze-verder");
  #mark = newMark();

  constructor(root, session, thread, reopen) {
    this.#host = root.host;
    this.#session = session;
    this.#thread = thread;
    this.#reopen = reopen;
    root.append(this.#hers.box, this.#have.box);
    root.addEventListener("going-on", () => this.show());
    if (GUEST) return; // on the website of somebody else every tab has a pass of its own; on ours they share the cookie
    this.#tabs.addEventListener("message", reopen);
    this.#followLink();
  }

  /** Her own code, a new one each time. */
  show = () => this.#hers.show(this.#session);

  /** "I have a code." */
  ask = (code = "") => {
    this.#mark = newMark();
    this.#have.show(code);
  };

  /** Came she by a link with a code in it? It leaves the address at once. */
  #followLink() {
    if (!LINKED.test(location.pathname)) return;
    const code = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", new URL("./", location.href).href);
    this.ask(code);
  }

  /** Before she said anything: the way back to what she began elsewhere. */
  invite(messages) {
    if (GUEST || messages.some((message) => message.author === "person")) return;
    const have = make("button", { type: "button", class: "quiet", click: () => this.ask() }, given.words.on_have);
    this.#thread.note(given.words.on_begun, have).className = "begun";
  }

  async #use(code, sure) {
    const { left } = await this.#session.goOn(code, this.#mark, sure);
    if (!GUEST) this.#tabs.postMessage("");
    return () => this.#arrive(left);
  }

  async #arrive(left) {
    await this.#reopen();
    this.#thread.note(left ? fill(given.words.on_left, { code: left.code, until: dayOf(left.until) }) : given.words.on_welcome);
    this.#host.begin();
  }
}

function hersDialog() {
  const { words } = given;
  const told = make("p", { class: "told", role: "status" });
  const body = make("div", {});
  const box = dialog("on", words.on_title, [body, told], [[words.close, "primary", null]]);
  box.addEventListener("close", () => (body.replaceChildren(), (told.textContent = "")));
  const show = async (session) => {
    told.textContent = words.on_making;
    box.showModal();
    try {
      body.replaceChildren(...codeParts(await session.code(), box, told, session));
      told.textContent = "";
    } catch (problem) {
      told.textContent = problem.text;
    }
  };
  return { box, show };
}

function codeParts(hers, box, told, session) {
  const { words } = given;
  const act = (text, work) => make("button", { type: "button", click: async () => (told.textContent = await work()) }, text);
  const copy = async () => ((await copyText(hers.code, box)) ? words.on_copied : words.on_copy_failed);
  const end = async () => {
    try {
      await session.endCode();
      body.remove();
      return words.on_ended;
    } catch (problem) {
      return problem.text;
    }
  };
  const address = hers.page.replace(/^https?:\/\//, "");
  const body = make(
    "div",
    {},
    make("p", {}, words.on_intro),
    make("p", { class: "code", "aria-label": words.on_code_label, role: "group" }, hers.code),
    make("p", { class: "small" }, fill(words.on_until, { until: dayOf(hers.until) })),
    make("div", { class: "actions" }, act(words.on_copy, copy), act(words.on_end, end)),
    make("div", { class: "qr" }, drawn(hers.qr), make("p", {}, words.on_qr, " ", fill(words.on_page, { address }))),
    hers.telegram && make("p", { class: "small" }, make("a", { href: hers.telegram, target: "_blank", rel: "noopener noreferrer" }, words.on_telegram), ". ", words.on_telegram_hint),
  );
  return [body];
}

/** The QR code, dark on light whatever the theme, with the quiet edge that cameras need. */
function drawn({ size, path }) {
  const picture = document.createElementNS(SVG_SPACE, "svg");
  picture.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
  picture.setAttribute("aria-hidden", "true");
  const dark = document.createElementNS(SVG_SPACE, "path");
  dark.setAttribute("d", path);
  picture.append(dark);
  return picture;
}

function haveDialog(use) {
  const { words } = given;
  let sure = false;
  const fault = make("p", { class: "fault", id: "on-fault", role: "alert" });
  const hint = make("p", { class: "small", id: "on-hint" }, words.on_have_hint);
  const field = make("input", { id: "on-code", type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: "60", "aria-describedby": "on-hint on-fault" });
  const go = make("button", { type: "submit", class: "primary" }, words.on_go);
  const back = make("button", { type: "button", click: () => box.close() }, words.on_back);
  const form = make("form", { novalidate: true }, make("label", { for: "on-code" }, words.on_have_label), field, hint, fault, make("div", { class: "actions" }, back, go));
  const box = dialog("have", words.on_have_title, [make("p", {}, words.on_have_intro), form], []);
  const again = () => ((sure = false), (go.textContent = words.on_go), (fault.textContent = ""));
  field.addEventListener("input", again);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const arrive = await use(field.value, sure);
      box.close();
      await arrive();
    } catch (problem) {
      fault.textContent = problem.text;
      sure = problem.code === "code_own";
      if (sure) go.textContent = words.on_own_go;
      else field.focus();
    } finally {
      go.disabled = false;
    }
  });
  box.addEventListener("close", () => (again(), (field.value = "")));
  const show = (code) => {
    field.value = code;
    box.showModal();
    (code ? go : field).focus();
  };
  return { box, show };
}

/** "maandag 30 november". */
function dayOf(moment) {
  return new Date(moment).toLocaleDateString("nl-NL", { weekday: "long", day: "numeric", month: "long" });
}
