// What she said and the server has not confirmed yet: sent one by one, in order, again and again with the same mark.

const STORED = "adempauze-outbox";
const TRIES = 3;
const MOST_WAITING = 5; // messages of which the words go along with the first
const LONGEST_WAITING = 2000; // characters of each

/**
 * Handlers: `deliver(entry)` sends; `changed(entry)` after each change of `entry.state` (sending, waiting, failed);
 * `delivered(entry, messages)`, `refused(entry, problem)`, `failed(entry, problem)`, `hindered(problem)` when we wait,
 * `unkept(problem)` when the server answers and cannot keep it, and `renew()` when the conversation is no longer there.
 */
export class Outbox {
  #entries = stored();
  #handlers;
  #open = false; // nothing leaves before we know which conversation this is
  #running = false;
  #wake = null;

  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener("online", () => this.#wake?.());
  }

  /** The conversation is there: send what was written meanwhile, and what a reload interrupted, unless it is known. */
  open(isKnown) {
    this.#open = true;
    this.#entries = this.#entries.filter((entry) => !isKnown(entry.mark));
    this.#store();
    this.#entries.forEach((entry) => this.#set(entry, "waiting"));
    this.#run();
  }

  /** What she wrote and the server does not have yet, oldest first: danger is heard in it also when nothing is kept. */
  get texts() {
    return this.#entries.slice(-MOST_WAITING).map((entry) => entry.text.slice(0, LONGEST_WAITING));
  }

  add(entry) {
    this.#entries.push(entry);
    this.#store();
    this.#set(entry, "waiting");
    this.again();
  }

  /** Try what failed or waits once more, now. */
  again() {
    this.#entries.forEach((entry) => Object.assign(entry, { tries: 0 }));
    this.#wake?.();
    this.#run();
  }

  clear() {
    this.#open = false;
    this.#entries = [];
    this.#store();
    this.#wake?.();
  }

  async #run() {
    if (this.#running || !this.#open) return;
    this.#running = true;
    while (this.#entries.length && (await this.#sendFirst())) {
      // one after the other
    }
    this.#running = false;
  }

  /** True when there is reason to go on with the queue. */
  async #sendFirst() {
    const entry = this.#entries[0];
    this.#set(entry, "sending");
    try {
      const messages = await this.#handlers.deliver(entry);
      this.#remove(entry);
      this.#handlers.delivered(entry, messages);
      return true;
    } catch (problem) {
      return this.#entries[0] === entry && this.#handle(entry, problem);
    }
  }

  async #handle(entry, problem) {
    entry.tries = (entry.tries || 0) + 1;
    if (problem.status === 401 && entry.tries < TRIES) {
      this.#set(entry, "waiting");
      await this.#handlers.renew();
    } else if (problem.unsaved) {
      this.#set(entry, "waiting");
      this.#handlers.unkept(problem);
      await this.#pause(problem.wait * 1000 || 3000);
    } else if (problem.status >= 500 && entry.tries >= TRIES) {
      this.#set(entry, "failed");
      this.#handlers.failed(entry, problem);
      return false;
    } else if (!problem.status || [408, 429].includes(problem.status) || problem.status >= 500) {
      this.#set(entry, "waiting");
      this.#handlers.hindered(problem);
      await this.#pause(problem.wait * 1000 || Math.min(15000, 500 * 2 ** entry.tries));
    } else {
      this.#remove(entry);
      this.#handlers.refused(entry, problem);
    }
    return true;
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #remove(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#store();
  }

  #set(entry, state) {
    entry.state = state;
    this.#handlers.changed(entry);
  }

  #store() {
    try {
      if (this.#entries.length) sessionStorage.setItem(STORED, JSON.stringify(this.#entries));
      else sessionStorage.removeItem(STORED);
    } catch {
      // A browser that stores nothing still sends everything, as long as the page stays open.
    }
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) || "[]");
  } catch {
    return [];
  }
}
