// What was said, in order: messages by number, what is still on its way at the end.

import { above, layDays } from "./days.js";
import { drawings, icon, make } from "./dom.js";
import { OwnNumbers, paragraphs } from "./links.js";
import { clock, frame, turn } from "./message.js";
import { goingOnCard } from "./going_on.js";
import { offersCard, progressCard } from "./offers.js";
import { profileCard, requestCard } from "./request.js";

// Without a prototype: a kind that no card has, such as "constructor", is nothing.
const CARDS = Object.assign(Object.create(null), { offers: offersCard, request: requestCard, profile: profileCard, progress: progressCard, going_on: goingOnCard });
const FORGOTTEN = "forgotten"; // the kind of card that says: what was said before is gone
const LOW = "(max-height: 30rem)"; // as in the style sheet: the page scrolls, not the talk
const NEAR = 80; // pixels from the end that still count as reading the newest

export class Thread {
  last = 0; // the number of the newest message
  #press;
  #retry;
  #following = true; // she reads the newest, or waits for an answer; scrolling by hand ends it
  #log = make("div", { role: "log", class: "log", "aria-live": "off", "aria-label": given.words.log_label });
  #typing = make("div", { class: "typing", role: "status" });
  #newest = make("button", { type: "button", class: "newest", hidden: true, click: () => this.#toEnd() });
  #space = make("button", { type: "button", class: "space", hidden: true, tabindex: "-1" });
  #hers = new OwnNumbers();

  /** `press(button)` when a choice is made, `retry()` when a failed message should be tried again. */
  constructor(press, retry) {
    this.#press = press;
    this.#retry = retry;
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": given.words.log_label });
    this.scroller.append(this.#log, this.#typing, this.#space);
    this.scroller.addEventListener("scroll", () => this.#atEnd() && this.#putAway());
    for (const byHand of ["wheel", "touchmove", "keydown"]) {
      this.scroller.addEventListener(byHand, () => (this.#following = false), { passive: true });
    }
    this.element = make("div", { class: "thread" }, this.scroller, this.#newest);
  }

  /** Show these, each once, whatever order they arrive in; `quietly` for what was said before and needs no reading out. */
  show(messages, quietly = false) {
    const fresh = messages.filter((message) => !this.#find(`[data-id="${message.id}"].message`));
    if (!fresh.length) return;
    const reveals = quietly || this.#following || this.#atEnd();
    fresh.forEach((message) => this.#place(message));
    this.last = Math.max(this.last, ...fresh.map((message) => message.id));
    this.#refresh();
    if (reveals) this.#reveal(quietly);
    else if (fresh.some((message) => message.author !== "person")) this.#offerNewest(given.words.newer);
    // What was there when the page opened is not read out; everything from now on is.
    setTimeout(() => this.#log.setAttribute("aria-live", "polite"), quietly ? 500 : 0);
  }

  has(mark) {
    return Boolean(this.#find(`[data-mark="${CSS.escape(mark)}"][data-id]`));
  }

  /** What she just said, with how far it is on its way (sending, waiting, failed). */
  pending(entry) {
    if (this.has(entry.mark)) return;
    let element = this.#find(`[data-mark="${CSS.escape(entry.mark)}"]`);
    if (!element) {
      element = frame("person", null, entry.at);
      element.dataset.mark = entry.mark;
      this.#hers.learn(entry.text);
      element.querySelector(".body").append(...paragraphs(entry.text, false));
      turn(element, entry.text);
      element.append(make("p", { class: "state" }));
      this.#log.append(element);
      this.#following = true;
    }
    element.dataset.state = entry.state;
    element.querySelector(".state").replaceChildren(...this.#stateOf(entry));
    this.#refresh();
    this.#reveal();
  }

  /** Take back what was not accepted. */
  drop(entry) {
    this.#find(`[data-mark="${CSS.escape(entry.mark)}"]:not([data-id])`)?.remove();
    this.#refresh();
  }

  /** A remark of the widget itself, not of the assistant. */
  note(text, ...more) {
    const note = make("div", { class: "note", "data-id": this.last }, paragraphs(text, true), more);
    this.#log.insertBefore(note, above(this.#find("[data-mark]:not([data-id])")));
    this.#reveal();
    return note;
  }

  /** The same, after what she wrote and is still on its way: an answer to it that no conversation holds. */
  aside(text, ...more) {
    this.#log.append(make("div", { class: "note", "data-id": this.last }, paragraphs(text, true), more));
    this.#reveal();
  }

  typing(on) {
    this.#typing.replaceChildren();
    if (!on) return;
    this.#typing.append(make("span", { class: "hidden" }, given.words.typing), make("i"), make("i"), make("i"));
    this.#reveal();
  }

  /** Show or hide when each thing was said. */
  times(on) {
    this.#log.classList.toggle("timed", on);
  }

  /** Everything that was said, in order, as elements. */
  get messages() {
    return Array.from(this.#log.querySelectorAll(".message"));
  }

  clear() {
    this.#log.replaceChildren();
    this.#log.setAttribute("aria-live", "off");
    this.last = 0;
  }

  #place(message) {
    const mark = message.client_id || "";
    const mine = mark && this.#find(`[data-mark="${CSS.escape(mark)}"]`);
    if (mine) {
      mine.dataset.id = message.id;
      delete mine.dataset.state;
      mine.querySelector(".state")?.remove();
      mine.querySelector(".when").replaceWith(clock(message.at)); // the clock of her device may be wrong
      return;
    }
    const element = frame(message.author, message.author_name, message.at);
    element.dataset.id = message.id;
    if (mark) element.dataset.mark = mark;
    const body = element.querySelector(".body");
    this.#learn(message);
    if (message.text) body.append(...paragraphs(message.text, message.author !== "person", this.#hers));
    else body.remove();
    turn(element, message.text);
    const card = message.card && CARDS[message.card.kind]?.(message.card);
    if (card) element.append(card);
    if (message.buttons.length) element.append(this.#choices(message.buttons));
    element.append(element.querySelector(".when"));
    if (message.card?.kind === FORGOTTEN) this.#forgetBefore(message.id);
    const later = Array.from(this.#log.children).find(
      (other) => !other.matches(".day") && (!other.dataset.id || Number(other.dataset.id) > message.id),
    );
    this.#log.insertBefore(element, above(later) || null);
  }

  /** Her own numbers, as she wrote them or as they stand in her request. */
  #learn({ author, text, card }) {
    if (author === "person") this.#hers.learn(text);
    const fields = (card?.sections || []).flatMap((section) => section.fields);
    fields.filter((field) => field.key === "contact_phone" && field.value).forEach((field) => this.#hers.learn(String(field.value)));
  }

  #forgetBefore(id) {
    for (const element of Array.from(this.#log.children)) {
      if (!element.dataset.id || Number(element.dataset.id) < id) element.remove();
    }
  }

  #choices(buttons) {
    const row = buttons.map((button) => make("button", { type: "button", dir: "auto", click: () => this.#press(button) }, button.title));
    return make("div", { class: "choices", role: "group", "aria-label": given.words.choices }, row);
  }

  #stateOf(entry) {
    if (entry.state === "failed") {
      const retry = make("button", { type: "button", class: "quiet", click: () => this.#retry() }, given.words.retry);
      return [`${given.words.not_sent} `, retry];
    }
    return [entry.state === "waiting" ? given.words.waiting : given.words.sending];
  }

  /** A name above the first of a row by the same author; choices only where they are still the question. */
  #refresh() {
    const messages = Array.from(this.#log.querySelectorAll(".message"));
    const lastOwn = messages.map((message) => message.dataset.author).lastIndexOf("person");
    messages.forEach((message, index) => {
      const before = messages[index - 1];
      const same = before && before.dataset.author === message.dataset.author && before.dataset.name === message.dataset.name;
      message.classList.toggle("first", !same);
      message.classList.toggle("opening", !index);
      const choices = message.querySelector(".choices");
      if (choices) choices.hidden = index < lastOwn;
    });
    layDays(this.#log, messages);
  }

  #find(selector) {
    return this.#log.querySelector(selector);
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** To the newest, but never past the start of what came after her own last words. */
  #reveal(atOnce = false) {
    this.#space.hidden = true;
    const own = Array.from(this.#log.querySelectorAll('.message[data-author="person"]')).pop();
    const top = own && !atOnce ? Math.min(own.offsetTop - 12, this.scroller.scrollHeight) : this.scroller.scrollHeight;
    this.scroller.scrollTo({ top, behavior: atOnce ? "instant" : "auto" });
    if (own && !atOnce && matchMedia(LOW).matches) own.scrollIntoView();
    // Scrolling may be smooth: what counts is where it will end.
    if (this.scroller.scrollHeight - top - this.scroller.clientHeight < NEAR) this.#newest.hidden = true;
    else this.#offerNewest(given.words.newest);
  }

  /**
   * She scrolled to the newest. All of it stays where it is, for she may be pressing something at this very moment:
   * what is as high as the sign that goes takes its place below the talk, and is never seen.
   */
  #putAway() {
    if (this.#newest.hidden) return;
    this.#newest.hidden = true;
    this.#space.replaceChildren(...this.#newest.childNodes);
    this.#space.hidden = false;
  }

  /** There is more below: the rest of an answer, or something that came while she was reading above. */
  #offerNewest(text) {
    this.#newest.replaceChildren(text, icon(drawings.down));
    this.#newest.hidden = false;
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#newest.hidden = true;
    this.scroller.focus({ preventScroll: true });
  }
}
