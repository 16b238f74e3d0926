// Where she writes.

import { drawings, fill, icon, make } from "./dom.js";
import { voiceButton } from "./voice.js";

export class Composer {
  #say;
  #input = make("textarea", {
    dir: "auto",
    id: "message",
    rows: "1",
    placeholder: given.words.input_hint,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": "message-note",
  });
  #note = make("p", { id: "message-note", class: "composer-note", role: "status" });

  /** `say(text)` when she sends; `mayListen()` resolves to whether the browser may. */
  constructor(say, mayListen) {
    this.#say = say;
    const send = make("button", { type: "submit", class: "send", "aria-label": given.words.send }, icon(drawings.send));
    const label = make("label", { for: "message", class: "hidden" }, given.words.input_label);
    const voice = voiceButton(mayListen, (text) => this.#hear(text), (text) => this.remark(text));
    const row = make("div", { class: "row" }, label, this.#input, voice, send);
    this.element = make("form", { class: "composer", novalidate: true }, this.#note, row);
    this.element.addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("input", () => this.#grow());
    // Also when it gets narrower or the letters larger: what it says to write there stays whole.
    new ResizeObserver(() => requestAnimationFrame(() => this.#grow())).observe(this.#input);
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** Give back what could not be sent, unless she is already writing something else. */
  give(text) {
    if (!this.#input.value.trim()) this.#input.value = text;
    this.#grow();
  }

  remark(text) {
    this.#note.textContent = text;
  }

  clear() {
    this.#input.value = "";
    this.remark("");
    this.#grow();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    this.remark("");
    this.focus();
    if (!text) return;
    if (Array.from(text).length > given.mostSigns) {
      this.remark(fill(given.words.too_long, { most: given.mostSigns.toLocaleString("nl-NL") }));
      return;
    }
    this.clear();
    this.#say(text);
  }

  /** What was spoken comes after what stands there; she reads it and sends it herself. */
  #hear(text) {
    this.#input.value = [this.#input.value.trimEnd(), text].filter(Boolean).join(" ");
    this.#grow();
  }

  #grow() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight + 2}px`;
  }
}
