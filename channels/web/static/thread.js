// What was said, in order: messages by number, what is still on its way at the end.

import { directionOf, drawings, icon, make } from "./dom.js";
import { paragraphs } from "./links.js";
import { offersCard, progressCard } from "./offers.js";
import { profileCard, requestCard } from "./request.js";

const CARDS = { offers: offersCard, request: requestCard, profile: profileCard, progress: progressCard };
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

  /** `press(button)` when a choice is made, `retry()` when a failed message should be tried again. */
  constructor(press, retry) {
    this.#press = press;
    this.#retry = retry;
    this.#newest.append(given.words.newest, icon(drawings.down));
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": given.words.log_label });
    this.scroller.append(this.#log, this.#typing);
    this.scroller.addEventListener("scroll", () => this.#atEnd() && (this.#newest.hidden = true));
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
    else this.#newest.hidden = fresh.every((message) => message.author === "person");
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
    this.#log.insertBefore(note, this.#find("[data-mark]:not([data-id])"));
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
      return;
    }
    const element = frame(message.author, message.author_name, message.at);
    element.dataset.id = message.id;
    if (mark) element.dataset.mark = mark;
    const body = element.querySelector(".body");
    if (message.text) body.append(...paragraphs(message.text, message.author !== "person"));
    else body.remove();
    turn(element, message.text);
    const card = message.card && CARDS[message.card.kind]?.(message.card);
    if (card) element.append(card);
    if (message.buttons.length) element.append(this.#choices(message.buttons));
    element.append(element.querySelector(".when"));
    if (message.card?.kind === FORGOTTEN) this.#forgetBefore(message.id);
    const later = Array.from(this.#log.children).find(
      (other) => !other.dataset.id || Number(other.dataset.id) > message.id,
    );
    this.#log.insertBefore(element, later || null);
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
      const choices = message.querySelector(".choices");
      if (choices) choices.hidden = index < lastOwn;
    });
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
    const own = Array.from(this.#log.querySelectorAll('.message[data-author="person"]')).pop();
    const top = own && !atOnce ? Math.min(own.offsetTop - 12, this.scroller.scrollHeight) : this.scroller.scrollHeight;
    this.scroller.scrollTo({ top, behavior: atOnce ? "instant" : "auto" });
    if (own && !atOnce && matchMedia(LOW).matches) own.scrollIntoView();
    // Scrolling may be smooth: what counts is where it will end.
    this.#newest.hidden = this.scroller.scrollHeight - top - this.scroller.clientHeight < NEAR;
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#newest.hidden = true;
    this.scroller.focus({ preventScroll: true });
  }
}

/** The outside of a message: who, when, and room for what. */
function frame(author, name, at) {
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

function clock(at) {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  const day = today ? "" : `${moment.toLocaleDateString("nl-NL", { weekday: "short", day: "numeric", month: "long" })} `;
  return make("time", { class: "when", datetime: at }, day + time);
}

/** A message in a language that reads from right to left stands that way, with all that is in it. */
function turn(element, text) {
  const direction = directionOf(text);
  if (direction) element.dir = direction;
}
