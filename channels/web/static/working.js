// The sign that somebody is reading: only while a message of hers is with the server, and not for a wink of it.

const SLOW = 350; // milliseconds before we show it

export class Working {
  #show;
  #timer = null;
  #mark = null; // of what is with the server at this moment

  /** `show(on)` puts the sign there, or takes it away. */
  constructor(show) {
    this.#show = show;
  }

  /** A message goes, waits, or did not arrive. */
  changed(entry) {
    if (entry.state === "sending") {
      this.#mark = entry.mark;
      this.#timer = setTimeout(() => this.#show(true), SLOW);
    } else if (this.#mark === entry.mark) {
      this.rest();
    }
  }

  /** Nobody is reading now. */
  rest() {
    this.#mark = null;
    clearTimeout(this.#timer);
    this.#show(false);
  }
}
