// The server answers and can keep nothing: what it says all the same, each once, with the numbers to call.

import { phoneList } from "./dialogs.js";

export class Unkept {
  #told = new Set();
  #thread;

  constructor(thread) {
    this.#thread = thread;
  }

  /** False when this problem is another one. */
  tell(problem) {
    for (const { text } of problem.unsaved || []) {
      if (this.#told.has(text)) continue;
      this.#thread.aside(text, ...(this.#told.size ? [] : [phoneList()]));
      this.#told.add(text);
    }
    return Boolean(problem.unsaved);
  }

  /** It is kept again: a next time all of it is said anew. */
  over() {
    this.#told.clear();
  }
}
