// The element itself: it ties the parts together and knows what happens when something is in the way.

import { Composer } from "./composer.js";
import { phoneList, voiceDialog } from "./dialogs.js";
import { GUEST, HOME, newMark, sheetOf } from "./dom.js";
import { GoingOn, isCode } from "./going_on.js";
import { header } from "./header.js";
import { saveEverything, saveLinked } from "./keepsake.js";
import { askHowToBegin, Leaving, sayErased } from "./leaving.js";
import { Outbox } from "./outbox.js";
import { RequestForm } from "./request_form.js";
import { Scale } from "./scale.js";
import { Session } from "./session.js";
import { LineStatus } from "./status.js";
import { wearTheme } from "./theme.js";
import { Thread } from "./thread.js";
import { Unkept } from "./unkept.js";
import { Working } from "./working.js";

class AdempauzeGesprek extends HTMLElement {
  #session = new Session(HOME);
  #status = new LineStatus();
  #voice = voiceDialog();
  #composer = new Composer((text) => (isCode(text) ? this.#onward.ask(text) : this.#say({ text })), () => this.#voice.ask());
  #thread = new Thread((button) => this.#press(button), () => this.#outbox.again());
  #form = new RequestForm(this.#thread.element, {
    look: () => this.#session.request(),
    send: async (said) => this.#delivered(await this.#session.changeRequest(said, this.#thread.last)),
    leave: () => (this.#leaving.mark(), this.#away()),
  });
  #outbox = new Outbox({
    deliver: (entry) => this.#session.say(entry, this.#thread.last, this.#outbox.texts),
    changed: (entry) => (this.#thread.pending(entry), this.#working.changed(entry)),
    delivered: (entry, messages) => this.#delivered(messages),
    refused: (entry, problem) => this.#refused(entry, problem),
    failed: (entry, problem) => this.#thread.note(problem.text, phoneList()),
    unkept: (problem) => (this.#working.rest(), this.#unkept.tell(problem)),
    hindered: (problem) => this.#status.tell(problem.status === 429 || !problem.status ? problem.text : ""),
    renew: () => this.#renew(),
  });
  #working = new Working((on) => this.#thread.typing(on));
  #built = false;
  #unkept = new Unkept(this.#thread);
  #soon = null; // the next try to open
  #wish = {}; // which talk she asked for, until it is there
  #start = () => this.#session.start({ municipality: this.dataset.gemeente, origin: this.dataset.via, ...this.#wish }, this.#outbox.texts);
  #leaving = new Leaving(() => this.#away());
  #renewing = null;
  #onward = null;

  connectedCallback() {
    if (!this.#built) this.#build();
    this.#enter();
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
      earlier: () => this.#goBack(),
      onward: (this.#onward = new GoingOn(root, this.#session, this.#thread, () => this.#reopen())),
      leave: () => (this.#leaving.mark(), this.#away()),
      close: "sluiten" in this.dataset && (() => this.dispatchEvent(new Event("close-panel"))),
    });
    root.append(this.#voice, head, this.#status.element, this.#thread.element, this.#composer.element, this.#form.element);
    this.#thread.element.addEventListener("report", (event) => this.#session.report(event.detail));
    // A link to a file of ours needs more than an address there: the pass goes along.
    if (GUEST) root.addEventListener("click", (event) => saveLinked(event, this.#session, (text) => this.#status.tell(text)));
    this.#built = true;
    // A page the browser keeps for "back" must not hold a line open, and shows nothing until it knows whether it may.
    addEventListener("pagehide", () => (this.#session.leave(), (this.hidden = true)));
    addEventListener("pageshow", (event) => event.persisted && (this.#enter(), (this.hidden = false)));
  }

  /** Somebody opened the panel this stands in: where she writes is where she is, unless that brings up a keyboard. */
  begin = () => this.#settle();

  /** Her talk, or, after "snel weg", the question how to begin. */
  #enter() {
    if (this.#leaving.lasts) this.#ask();
    else this.#open();
  }

  #ask(text) {
    this.#soon = clearTimeout(this.#soon);
    this.toggleAttribute("data-leeg", true);
    askHowToBegin(this.#thread, (earlier) => {
      this.#thread.clear();
      this.#wish = { earlier };
      this.#open();
      this.#settle();
    }, text);
  }

  /** To the talk from before, out of another one; gives what she is told when there is none. */
  async #goBack() {
    this.#wish = { earlier: true };
    try {
      await this.#start();
      this.#outbox.clear();
      this.#form.clear();
      location.reload();
    } catch (problem) {
      this.#wish = {};
      return problem.text;
    }
  }

  async #open(tries = 0) {
    this.#soon = clearTimeout(this.#soon);
    this.toggleAttribute("data-leeg", false);
    try {
      const messages = await this.#start();
      this.#wish = {};
      this.#status.tell("");
      this.#thread.show(messages, messages.some((message) => message.author === "person"));
      this.#outbox.open((mark) => this.#thread.has(mark));
      this.#onward.invite(messages);
      this.#follow();
    } catch (problem) {
      if (problem.code === "no_earlier") return this.#ask(problem.text);
      if (!this.#unkept.tell(problem)) this.#status.tell(problem.text);
      if (!problem.unsaved && !tries && !this.#thread.last) this.#thread.note(given.words.call_title, phoneList());
      this.#soon = setTimeout(() => this.isConnected && this.#open(tries + 1), problem.wait * 1000 || Math.min(15000, 1000 * 2 ** tries));
    }
  }

  /** This browser has another talk now: she went on with a code, here or in another tab. */
  async #reopen() {
    this.#session.leave();
    this.#outbox.clear();
    this.#form.clear();
    this.#thread.clear();
    await this.#open();
  }

  #follow() {
    this.#session.follow(() => this.#thread.last, {
      message: (message) => this.#arrive(message),
      gone: () => this.#farewell(),
      ended: () => this.#renew(),
      away: () => this.#status.tell(given.words.offline),
      back: () => this.#status.tell(""),
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
      this.#status.tell(problem.text);
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

  #delivered(messages) {
    this.#unkept.over();
    this.#working.rest();
    this.#status.tell("");
    this.#thread.show(messages);
  }

  #refused(entry, problem) {
    this.#working.rest();
    this.#thread.drop(entry);
    if (entry.token) return this.#thread.note(problem.text);
    this.#composer.give(entry.text);
    this.#composer.remark(problem.text);
  }

  async #erase() {
    try {
      await this.#session.erase();
      this.#farewell();
    } catch (problem) {
      this.#status.tell(problem.text);
    }
  }

  #farewell() {
    this.#session.leave();
    this.#outbox.clear();
    this.#form.clear();
    this.#composer.clear();
    this.#working.rest();
    this.toggleAttribute("data-leeg", true);
    sayErased(this.#thread, () => {
      this.#thread.clear();
      this.#open();
      this.#composer.focus();
    });
  }

  /** Away, at once: nothing on screen, nothing waiting in this tab, and "back" does not come here. */
  #away() {
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
