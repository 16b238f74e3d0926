// The element itself: it ties the parts together and knows what happens when something is in the way.

import { Composer } from "./composer.js";
import { phoneList, voiceDialog } from "./dialogs.js";
import { GUEST, HOME, make, newMark, sheetOf } from "./dom.js";
import { header } from "./header.js";
import { saveEverything, saveFile } from "./keepsake.js";
import { Outbox } from "./outbox.js";
import { RequestForm } from "./request_form.js";
import { Scale } from "./scale.js";
import { Session } from "./session.js";
import { wearTheme } from "./theme.js";
import { Thread } from "./thread.js";
import { Unkept } from "./unkept.js";

const SLOW = 350; // milliseconds before we show that someone is reading

class AdempauzeGesprek extends HTMLElement {
  #session = new Session(HOME);
  #status = make("p", { class: "status", role: "status" });
  #voice = voiceDialog();
  #composer = new Composer((text) => this.#say({ text }), () => this.#voice.ask());
  #thread = new Thread((button) => this.#press(button), () => this.#outbox.again());
  #form = new RequestForm(this.#thread.element, {
    look: () => this.#session.request(),
    send: async (said) => this.#delivered(await this.#session.changeRequest(said, this.#thread.last)),
    leave: () => this.#leave(),
  });
  #outbox = new Outbox({
    deliver: (entry) => this.#session.say(entry, this.#thread.last, this.#outbox.texts),
    changed: (entry) => this.#changed(entry),
    delivered: (entry, messages) => this.#delivered(messages),
    refused: (entry, problem) => this.#refused(entry, problem),
    failed: (entry, problem) => this.#thread.note(problem.text, phoneList()),
    unkept: (problem) => (this.#rest(), this.#unkept.tell(problem)),
    hindered: (problem) => this.#hinder(problem.status === 429 || !problem.status ? problem.text : ""),
    renew: () => this.#renew(),
  });
  #slow = null;
  #sending = null; // the mark of what is with the server at this moment
  #built = false;
  #unkept = new Unkept(this.#thread);
  #soon = null; // the next try to open
  #start = () => this.#session.start({ municipality: this.dataset.gemeente, origin: this.dataset.via }, this.#outbox.texts);
  #renewing = null;

  connectedCallback() {
    if (!this.#built) this.#build();
    this.#open();
  }

  disconnectedCallback() {
    this.#session.leave();
  }

  #build() {
    const root = this.attachShadow({ mode: "open" });
    const theme = sheetOf("");
    root.adoptedStyleSheets = [sheetOf(styles), theme];
    wearTheme(theme, this.dataset.thema);
    this.lang = "nl";
    const head = header(root, new Scale(root), this.#thread, {
      erase: () => this.#erase(),
      data: () => saveEverything(this.#session),
      leave: () => this.#leave(),
      close: "sluiten" in this.dataset && (() => this.dispatchEvent(new Event("close-panel"))),
    });
    root.append(this.#voice, head, this.#status, this.#thread.element, this.#composer.element, this.#form.element);
    this.#thread.element.addEventListener("report", (event) => this.#report(event.detail));
    if (GUEST) root.addEventListener("click", (event) => this.#fetchFile(event));
    this.#built = true;
    // A page the browser keeps for "back" must not hold a line open, and must look again when it returns.
    addEventListener("pagehide", () => this.#session.leave());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
  }

  /** Somebody opened the panel this stands in: where she writes is where she is, unless that brings up a keyboard. */
  begin = () => this.#settle();

  /** A link to a file of ours needs more than an address here: the pass goes along. */
  async #fetchFile(event) {
    const link = event.composedPath().find((node) => node.localName === "a");
    if (!link?.href.startsWith(`${HOME}api/`)) return;
    event.preventDefault();
    try {
      saveFile(await this.#session.file("request/copy.pdf"), `${given.words.request_title}.pdf`);
    } catch (problem) {
      this.#hinder(problem.text);
    }
  }

  async #open(tries = 0) {
    this.#soon = clearTimeout(this.#soon);
    try {
      const messages = await this.#start();
      this.#hinder("");
      this.#thread.show(messages, messages.some((message) => message.author === "person"));
      this.#outbox.open((mark) => this.#thread.has(mark));
      this.#follow();
    } catch (problem) {
      if (!this.#unkept.tell(problem)) this.#hinder(problem.text);
      if (!problem.unsaved && !tries && !this.#thread.last) this.#thread.note(given.words.call_title, phoneList());
      this.#soon = setTimeout(() => this.isConnected && this.#open(tries + 1), problem.wait * 1000 || Math.min(15000, 1000 * 2 ** tries));
    }
  }

  #follow() {
    this.#session.follow(() => this.#thread.last, {
      message: (message) => this.#arrive(message),
      gone: () => this.#farewell(),
      ended: () => this.#renew(),
      away: () => this.#hinder(given.words.offline),
      back: () => this.#hinder(""),
    });
  }

  #arrive(message) {
    this.#thread.show([message]);
    if (message.author !== "person") this.dispatchEvent(new Event("arrived"));
  }

  /** The conversation ended meanwhile: begin a new one, once, in which what she wrote is still sent. */
  #renew() {
    this.#renewing ??= this.#beginAnew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #beginAnew() {
    this.#session.leave();
    this.#thread.clear();
    this.#thread.note(given.words.ended);
    try {
      this.#thread.show(await this.#start());
      this.#follow();
    } catch (problem) {
      this.#hinder(problem.text);
    }
  }

  #say(said) {
    this.#outbox.add({ mark: newMark(), at: new Date().toISOString(), ...said });
    if (this.#soon) this.#open(1); // there is no talk yet: what she wrote is a reason to try now
  }

  #press(button) {
    this.#say({ text: button.title, token: button.token });
    this.#settle(); // the choices are gone now
  }

  /** Where she goes on. On a touch screen the text field would bring up the keyboard and hide the answer. */
  #settle() {
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
    this.#unkept.over();
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
    this.#form.clear();
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
    this.dispatchEvent(new Event("leaving"));
    this.#session.forget();
    this.#outbox.clear();
    this.#form.clear();
    this.shadowRoot.replaceChildren();
    document.title = "";
    location.replace(given.leaveUrl);
  }
}

if (!customElements.get("adempauze-gesprek")) customElements.define("adempauze-gesprek", AdempauzeGesprek);
