// The form in which she changes her request: everything at once, saved in one go, and nothing of it lost on the way.

import { drawings, icon, make, newMark } from "./dom.js";
import { markSheet, renewSheet, retireSheet, SHEET } from "./request.js";
import { FieldRow, HealthQuestion, sectionOf } from "./request_fields.js";

const KEPT = "adempauze-request"; // in this tab only: what she typed and did not save yet
const SOON = 300; // milliseconds after the last message before we look how the request stands
const AT_MOST = 1500; // milliseconds to wait for the newest version before the form opens with what is known

export class RequestForm {
  #talk;
  #line;
  #card = null; // the request as we know it
  #rows = [];
  #health = null;
  #busy = false;
  #later = null;
  #kept = keptBefore();
  #intro = make("p", {});
  #restored = make("div", { class: "restored", hidden: true });
  #problem = make("div", { class: "problem", tabindex: "-1", hidden: true });
  #parts = make("div", {});
  #status = make("p", { class: "saving", role: "status" });
  #title = make("h2", { id: "form-title", tabindex: "-1" }, given.words.form_title);

  /** `talk`: where the cards are · `line`: `look()` for the card as it is now, `send(said)`, and `leave()` at once. */
  constructor(talk, line) {
    const { words } = given;
    this.#talk = talk;
    this.#line = line;
    const away = make("button", { type: "button", class: "tool leave", title: words.leave_hint, click: () => line.leave() }, icon(drawings.leave), make("span", {}, words.leave));
    const save = make("button", { type: "submit", class: "primary" }, words.form_save);
    const close = make("button", { type: "button", click: () => this.element.close() }, words.form_close);
    const reset = make("button", { type: "button", class: "quiet", click: () => this.#reset() }, words.form_reset);
    this.#restored.append(make("p", {}, words.form_restored), reset);
    const form = make(
      "form",
      { novalidate: true, submit: (event) => this.#save(event) },
      make("div", { class: "form-head" }, this.#title, away),
      make("div", { class: "form-body" }, this.#intro, this.#restored, this.#problem, this.#parts),
      make("div", { class: "form-foot" }, this.#status, make("div", { class: "actions" }, save, close)),
    );
    this.element = make("dialog", { class: "form", "aria-labelledby": "form-title" }, form);
    talk.addEventListener("change-request", () => this.#open());
    // What happens to a request comes with a message, and something may have happened while she was elsewhere.
    const arrived = (change) => Array.from(change.addedNodes).some((node) => node.matches?.(".message"));
    new MutationObserver((changes) => changes.some(arrived) && this.#lookSoon()).observe(talk, { childList: true, subtree: true });
    document.addEventListener("visibilitychange", () => document.hidden || this.#lookSoon());
  }

  /** Forget what was typed, and close. */
  clear() {
    this.#keep(null);
    this.#card = null;
    clearTimeout(this.#later);
    this.element.close();
    this.#parts.replaceChildren();
  }

  get #sheets() {
    return Array.from(this.#talk.querySelectorAll(SHEET));
  }

  #lookSoon() {
    clearTimeout(this.#later);
    const sheets = this.#sheets;
    const newest = sheets.pop();
    sheets.forEach(retireSheet);
    this.#mark();
    if (newest) this.#later = setTimeout(() => this.#look(), SOON);
  }

  /** Ask how the request is now, and bring the newest card up to date; without an answer all stays as it is. */
  async #look() {
    try {
      this.#card = (await this.#line.look()) || this.#card;
      this.#renew();
    } catch {
      // The talk goes on; the next message or visit asks again.
    }
  }

  #renew() {
    const sheet = this.#sheets.pop();
    if (sheet && this.#card?.reference === sheet.dataset.reference) renewSheet(sheet, this.#card);
  }

  /** At once, as the card comes or behind the open form: later it would push away what she is about to press. */
  #mark() {
    const sheet = this.#sheets.pop();
    if (sheet) markSheet(sheet, this.#kept?.reference === sheet.dataset.reference);
  }

  #hasKept() {
    return this.#kept !== null && this.#kept.reference === this.#card?.reference;
  }

  async #open() {
    const looked = this.#look();
    await Promise.race([looked, new Promise((resolve) => setTimeout(resolve, AT_MOST))]);
    if (!this.#card) await looked; // nothing is known yet: on a slow line a press must not be for nothing
    if (!this.#card?.changeable || this.element.open) return;
    this.#fill();
    this.element.showModal();
    this.#rows.forEach((row) => row.grow());
    this.element.scrollTop = 0;
    this.#title.focus();
  }

  #fill() {
    const { words } = given;
    const card = this.#card;
    const typed = this.#hasKept() ? this.#kept : { fields: {} };
    const changed = () => this.#note();
    this.#intro.textContent = card.state === "drafted" || !card.state ? words.form_intro : words.form_intro_sent;
    this.#rows = [];
    this.#health = null;
    this.#complain(null);
    this.#restored.hidden = !this.#hasKept();
    this.#parts.replaceChildren();
    if (card.state === "drafted" && card.question_words !== undefined) {
      const own = { key: "question", label: words.form_question_words, text: card.question_words, value: card.question_words, state: card.question_words ? "told" : "" };
      this.#rows.push(new FieldRow(own, typed.fields.question, changed));
      this.#parts.append(sectionOf(words.form_question, this.#rows.slice()));
    }
    for (const section of card.sections) {
      const rows = section.fields.filter((field) => field.editable !== false).map((field) => new FieldRow(field, typed.fields[field.key], changed));
      this.#rows.push(...rows);
      if (rows.length) this.#parts.append(sectionOf(section.title, rows));
    }
    if (!card.asks_health && typeof card.health !== "boolean") return;
    // Straight after the last part that it is about.
    const about = card.sections.flatMap((section) => section.fields).filter((field) => field.health && field.text);
    this.#health = new HealthQuestion(about.map((field) => field.label), typed.health ?? card.health ?? null, changed);
    const last = this.#rows.filter((row) => about.some((field) => field.key === row.key)).pop();
    if (last) last.element.closest("fieldset").after(this.#health.element);
    else this.#parts.append(this.#health.element);
  }

  #reset() {
    this.#keep(null);
    this.#fill();
    this.#rows.forEach((row) => row.grow());
    this.#title.focus();
  }

  /** Remember what she typed: a lost connection or a reloaded page takes nothing away. */
  #note() {
    const fields = Object.fromEntries(this.#rows.filter((row) => row.typed).map((row) => [row.key, row.typed]));
    const health = this.#health?.answer ?? null;
    const isChanged = Object.keys(fields).length > 0 || health !== (this.#card.health ?? null);
    this.#keep(isChanged ? { ...this.#kept, reference: this.#card.reference, fields, health } : null);
  }

  #keep(kept) {
    this.#kept = kept;
    this.#mark();
    try {
      if (kept) sessionStorage.setItem(KEPT, JSON.stringify(kept));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // A browser that stores nothing still keeps it as long as the page stays open.
    }
  }

  async #save(event) {
    event.preventDefault();
    if (this.#busy) return;
    const said = { changes: {}, include: [], loved_one_health: this.#health?.answer ?? null };
    this.#rows.forEach((row) => row.tell(said));
    const isSame = said.loved_one_health === (this.#card.health ?? null);
    if (isSame && !said.include.length && !Object.keys(said.changes).length) {
      this.#keep(null);
      this.element.close();
      return;
    }
    this.#wait(true);
    try {
      await this.#line.send({ ...said, client_id: this.#markOf(said) });
      this.#keep(null);
      this.element.close();
      this.#lookSoon();
      this.#sheets.pop()?.focus({ preventScroll: true });
    } catch (problem) {
      this.#complain(problem);
    } finally {
      this.#wait(false);
    }
  }

  /** The same content has the same mark, so that trying again never counts twice; other content is something new. */
  #markOf(said) {
    const content = JSON.stringify(said);
    const mark = this.#kept?.content === content ? this.#kept.mark : newMark();
    this.#keep({ fields: {}, reference: this.#card.reference, ...this.#kept, content, mark });
    return mark;
  }

  #wait(busy) {
    this.#busy = busy;
    this.#status.textContent = busy ? given.words.form_saving : "";
  }

  /** What was in the way, at the top, with a way to each field; and beside the field itself. */
  #complain(problem) {
    const { words } = given;
    const faults = problem?.fields || {};
    this.#rows.forEach((row) => (row.complain(faults[row.key]), faults[row.key] && row.unfold()));
    this.#problem.hidden = !problem;
    this.#problem.replaceChildren();
    if (!problem) return;
    const links = this.#rows.filter((row) => faults[row.key]).map((row) =>
      make("li", {}, make("button", { type: "button", class: "quiet", click: () => row.focus() }, row.label)),
    );
    const text = problem.status ? problem.text : words.form_offline;
    this.#problem.append(make("h3", {}, words.form_problem), make("p", {}, text), links.length ? make("ul", {}, links) : "");
    this.#problem.focus();
  }
}

function keptBefore() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) || "null");
  } catch {
    return null;
  }
}
