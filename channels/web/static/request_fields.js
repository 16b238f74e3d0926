// The parts of the form: one field with its text and its tick, and the question about somebody else's health.

import { make } from "./dom.js";

const SHARED = ["told", "derived"];
const TALL = 240; // pixels; a longer text scrolls
// What a browser may fill in for her, and which keyboard a phone shows.
const KINDS = {
  contact_name: { autocomplete: "name" },
  contact_phone: { type: "tel", autocomplete: "tel" },
  contact_email: { type: "email", autocomplete: "email", spellcheck: "false" },
};

/** What stands in a field: `text`, whether it goes along (`on`), and whether there is something to leave out. */
function asItIs(field) {
  const on = SHARED.includes(field.state);
  const value = Array.isArray(field.value) ? field.value.join("\n") : field.value;
  const text = field.text ?? (on ? value || "" : "");
  return { text, on, hasTick: on || field.optional === true || field.state === "left_out" };
}

export class FieldRow {
  #was;
  #field;
  #tick;
  #box;
  #out;
  #error;

  /** `changed()` after each change of hers; `typed` is what she typed before and did not save. */
  constructor(field, typed, changed) {
    const { words } = given;
    const id = `part-${field.key}`;
    this.key = field.key;
    this.#field = field;
    this.#was = asItIs(field);
    this.#error = make("p", { class: "error", id: `${id}-error`, hidden: true });
    this.#box = this.#input(id);
    this.#box.addEventListener("input", () => (this.grow(), changed()));
    const say = field.optional ? words.form_include : words.form_leave_out;
    this.#tick = make("input", { type: "checkbox", id: `${id}-tick` });
    this.#tick.addEventListener("change", () => (this.#arrange(), changed()));
    const name = [make("span", { class: "hidden" }, `${field.label} `), make("span", {}, say)];
    const tick = this.#was.hasTick && make("label", { class: "tick" }, this.#tick, name);
    const kept = make("p", { class: "kept", dir: "auto" }, this.#was.text);
    this.#out = make("div", { class: "out" }, make("p", { class: "hint" }, this.#whyOut()), this.#was.text && field.optional && kept);
    const head = make("div", { class: "part-head" }, make("label", { class: "part-name", for: id }, field.label), tick);
    this.element = make("div", { class: "part", "data-key": field.key }, head, this.#hint(id), this.#out, this.#box, this.#error);
    this.put(typed);
  }

  /** Fill in what she typed, or what was there. */
  put(typed) {
    const { text, on } = typed || this.#was;
    this.#box.value = text;
    this.#tick.checked = on === (this.#field.optional === true);
    this.#arrange();
  }

  /** What she typed, or null when it is as it was. */
  get typed() {
    const now = { text: this.#box.value, on: this.#isOn };
    return now.text === this.#was.text && now.on === this.#wasOn ? null : now;
  }

  /** Put what she changed into `said`: nothing, a new text, null to leave it out, or the old text shared after all. */
  tell(said) {
    const text = this.#box.value.trim();
    const isShared = this.#isOn && text !== "";
    const same = text === this.#was.text.trim();
    if (isShared && this.#was.on && same) return;
    if (isShared && same) said.include.push(this.key);
    else if (isShared) said.changes[this.key] = text;
    else if (this.#was.on) said.changes[this.key] = null;
  }

  /** Show what is wrong with it, or nothing. */
  complain(text) {
    this.#error.textContent = text || "";
    this.#error.hidden = !text;
    if (text) this.#box.setAttribute("aria-invalid", "true");
    else this.#box.removeAttribute("aria-invalid");
  }

  /** Nothing stands in it yet. */
  get isEmpty() {
    return !this.#was.on && !this.#was.text;
  }

  get label() {
    return this.#field.label;
  }

  focus() {
    this.unfold();
    (this.#box.hidden ? this.#tick : this.#box).focus();
  }

  /** Where it is folded away, show it. */
  unfold() {
    const fold = this.element.closest("details");
    if (fold) fold.open = true;
  }

  /** As tall as its text; only right once it is on screen. */
  grow() {
    if (this.#box.localName !== "textarea" || this.#box.hidden) return;
    this.#box.style.height = "auto";
    this.#box.style.height = `${Math.min(TALL, this.#box.scrollHeight + 2)}px`;
  }

  /** Without a tick there is nothing to leave out: what she types goes along, and an empty field says nothing. */
  get #isOn() {
    return !this.#was.hasTick || this.#tick.checked === (this.#field.optional === true);
  }

  get #wasOn() {
    return !this.#was.hasTick || this.#was.on;
  }

  #input(id) {
    const kind = KINDS[this.key];
    const describes = `${id}-hint ${id}-error`;
    if (kind) return make("input", { type: "text", id, dir: "auto", "aria-describedby": describes, ...kind });
    return make("textarea", { id, rows: "1", dir: "auto", autocomplete: "off", "aria-describedby": describes });
  }

  #hint(id) {
    const { words } = given;
    const text = this.#field.state === "derived" && !this.#field.optional ? words.form_derived_hint : "";
    return make("p", { class: "hint", id: `${id}-hint`, hidden: !text }, text);
  }

  #whyOut() {
    return this.#field.optional ? given.words.form_include_hint : given.words.form_is_out;
  }

  #arrange() {
    this.#box.hidden = !this.#isOn;
    this.#out.hidden = this.#isOn;
    this.grow();
  }
}

/** The rows of a section: what there is, and folded away what could be added. */
export function sectionOf(title, rows) {
  const { words } = given;
  const [filled, empty] = [rows.filter((row) => !row.isEmpty), rows.filter((row) => row.isEmpty)];
  const name = make("summary", {}, make("span", {}, words.form_more, make("span", { class: "hidden" }, `: ${title}`)));
  const opened = () => empty.forEach((row) => row.grow());
  const fold = make("details", { class: "more", toggle: opened }, name, make("p", { class: "hint" }, words.form_more_hint), empty.map((row) => row.element));
  empty.filter((row) => row.typed).forEach((row) => row.unfold());
  return make("fieldset", {}, make("legend", {}, title), filled.map((row) => row.element), empty.length > 0 && fold);
}

/** Her answer about the health of the loved one: asked apart, and nothing is chosen for her. */
export class HealthQuestion {
  #radios;

  /** `labels`: the parts it is about. */
  constructor(labels, answer, changed) {
    const { words } = given;
    const choice = (value, title) => make("input", { type: "radio", name: "health", id: `health-${value}`, value: String(value), change: changed, "data-title": title });
    this.#radios = [choice(true, words.form_health_yes), choice(false, words.form_health_no)];
    const rows = this.#radios.map((radio) => make("label", { class: "tick" }, radio, make("span", {}, radio.dataset.title)));
    const hint = make("p", { class: "hint", id: "health-hint" }, words.form_health_hint, ` ${labels.join(", ")}.`);
    this.element = make("fieldset", { class: "health", "aria-describedby": "health-hint" }, make("legend", {}, words.form_health), hint, rows);
    this.put(answer);
  }

  put(answer) {
    this.#radios.forEach((radio) => (radio.checked = radio.value === String(answer)));
  }

  /** true, false, or null as long as she chose nothing. */
  get answer() {
    const chosen = this.#radios.find((radio) => radio.checked);
    return chosen ? chosen.value === "true" : null;
  }
}
