// The element itself: it ties the parts together and knows what happens when something is in the way.

import { Composer } from "./composer.js";
import { callDialog, eraseDialog, phoneList } from "./dialogs.js";
import { HOME, drawings, icon, make, newMark } from "./dom.js";
import { Outbox } from "./outbox.js";
import { Session } from "./session.js";
import { Thread } from "./thread.js";

const SLOW = 350; // milliseconds before we show that someone is reading

class AdempauzeGesprek extends HTMLElement {
  #session = new Session(HOME);
  #status = make("p", { class: "status", role: "status" });
  #composer = new Composer((text) => this.#say({ text }));
  #thread = new Thread((button) => this.#press(button), () => this.#outbox.again());
  #outbox = new Outbox({
    deliver: (entry) => this.#session.say(entry, this.#thread.last),
    changed: (entry) => this.#changed(entry),
    delivered: (entry, messages) => this.#delivered(messages),
    refused: (entry, problem) => this.#refused(entry, problem),
    failed: (entry, problem) => this.#thread.note(problem.text, phoneList()),
    hindered: (problem) => this.#hinder(problem.status === 429 || !problem.status ? problem.text : ""),
    renew: () => this.#renew(),
  });
  #slow = null;
  #sending = null; // the mark of what is with the server at this moment
  #built = false;

  connectedCallback() {
    if (!this.#built) this.#build();
    this.#open();
  }

  disconnectedCallback() {
    this.#session.leave();
  }

  #build() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.lang = "nl";
    root.append(this.#header(root), this.#status, this.#thread.element, this.#composer.element);
    this.#thread.element.addEventListener("report", (event) => this.#report(event.detail));
    this.#built = true;
    // A page the browser keeps for "back" must not hold a line open, and must look again when it returns.
    addEventListener("pagehide", () => this.#session.leave());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
  }

  #header(root) {
    const { words } = given;
    const call = callDialog();
    const erase = eraseDialog(() => this.#erase());
    root.append(call, erase);
    const tool = (drawing, text, act, extra = {}) =>
      make("button", { type: "button", class: "tool", click: act, ...extra }, icon(drawings[drawing]), make("span", {}, text));
    return make(
      "header",
      {},
      make("div", { class: "brand" }, icon(drawings.breath), make("h1", {}, words.name), make("p", {}, words.subtitle)),
      make(
        "div",
        { class: "tools" },
        tool("phone", words.call, () => call.showModal()),
        tool("erase", words.erase, () => erase.showModal()),
        tool("leave", words.leave, () => this.#leave(), { class: "tool leave", title: words.leave_hint }),
      ),
    );
  }

  async #open(tries = 0) {
    try {
      const messages = await this.#session.start({ municipality: this.dataset.gemeente, origin: this.dataset.via });
      this.#hinder("");
      this.#thread.show(messages, messages.some((message) => message.author === "person"));
      this.#outbox.open((mark) => this.#thread.has(mark));
      this.#follow();
    } catch (problem) {
      this.#hinder(problem.text);
      if (!tries && !this.#thread.last) this.#thread.note(given.words.call_title, phoneList());
      setTimeout(() => this.isConnected && this.#open(tries + 1), problem.wait * 1000 || Math.min(15000, 1000 * 2 ** tries));
    }
  }

  #follow() {
    this.#session.follow(() => this.#thread.last, {
      message: (message) => this.#thread.show([message]),
      gone: () => this.#farewell(),
      away: () => this.#hinder(given.words.offline),
      back: () => this.#hinder(""),
    });
  }

  /** The conversation ended while she wrote: begin a new one, in which what she wrote is still sent. */
  async #renew() {
    this.#session.leave();
    this.#thread.clear();
    this.#thread.note(given.words.ended);
    try {
      this.#thread.show(await this.#session.start({ municipality: this.dataset.gemeente, origin: this.dataset.via }));
      this.#follow();
    } catch (problem) {
      this.#hinder(problem.text);
    }
  }

  #say(said) {
    this.#outbox.add({ mark: newMark(), at: new Date().toISOString(), ...said });
  }

  #press(button) {
    this.#say({ text: button.title, token: button.token });
    // The choices are gone now. On a touch screen the text field would bring up the keyboard and hide the answer.
    if (matchMedia("(pointer: coarse)").matches) this.#thread.scroller.focus({ preventScroll: true });
    else this.#composer.focus();
  }

  #changed(entry) {
    this.#thread.pending(entry);
    if (entry.state === "sending") {
      this.#sending = entry.mark;
      this.#slow = setTimeout(() => this.#thread.typing(true), SLOW);
    } else if (this.#sending === entry.mark) {
      this.#rest();
    }
  }

  /** Nobody is reading now. */
  #rest() {
    this.#sending = null;
    clearTimeout(this.#slow);
    this.#thread.typing(false);
  }

  #delivered(messages) {
    this.#rest();
    this.#hinder("");
    this.#thread.show(messages);
  }

  #refused(entry, problem) {
    this.#rest();
    this.#thread.drop(entry);
    if (entry.token) {
      this.#thread.note(problem.text);
      return;
    }
    this.#composer.give(entry.text);
    this.#composer.remark(problem.text);
  }

  async #report({ offer, reason, thanked, failed }) {
    try {
      await this.#session.report(offer, reason);
      thanked();
    } catch (problem) {
      failed(problem.status ? problem.text : given.words.report_offline);
    }
  }

  #hinder(text) {
    const hindered = this.#status.textContent === given.words.offline;
    this.#status.textContent = text || (hindered ? given.words.online : "");
    this.#status.classList.toggle("good", !text);
    if (!text && hindered) setTimeout(() => this.#status.textContent === given.words.online && this.#hinder(""), 4000);
  }

  async #erase() {
    try {
      await this.#session.erase();
      this.#farewell();
    } catch (problem) {
      this.#hinder(problem.text);
    }
  }

  /** Nothing is left to see; the way to begin again is. */
  #farewell() {
    this.#session.leave();
    this.#outbox.clear();
    this.#composer.clear();
    this.#rest();
    this.#thread.clear();
    this.#composer.element.hidden = true;
    const again = make("button", { type: "button", class: "primary" }, given.words.begin_again);
    again.addEventListener("click", () => {
      this.#composer.element.hidden = false;
      this.#thread.clear();
      this.#open();
      this.#composer.focus();
    });
    this.#thread.note(given.words.erased, again);
    again.focus();
  }

  /** Away, at once: nothing on screen, nothing waiting in this tab, and "back" does not come here. */
  #leave() {
    this.#session.leave();
    this.#outbox.clear();
    this.shadowRoot.replaceChildren();
    document.title = "";
    location.replace(given.leaveUrl);
  }
}

if (!customElements.get("adempauze-gesprek")) customElements.define("adempauze-gesprek", AdempauzeGesprek);
