// The line to the server: start or resume, say, follow, erase.

const PATIENCE = 30000;
const LATE = 1500; // a stream that is back within this time was never really away

/** What the server answered instead of doing it; status 0 when there was no answer at all. */
export class Problem extends Error {
  constructor(status, code, text, wait) {
    super(code);
    Object.assign(this, { status, code, text, wait });
  }
}

export class Session {
  #base;
  #source = null;
  #later = null;
  #late = null;

  constructor(base) {
    this.#base = base;
  }

  async start(place) {
    return (await this.#ask("POST", "conversation", place)).messages;
  }

  async since(after) {
    return (await this.#ask("GET", `messages?after=${after}`)).messages;
  }

  async say(entry, after) {
    const said = entry.token ? { button: entry.token } : { text: entry.text };
    return (await this.#ask("POST", "messages", { ...said, client_id: entry.mark, after })).messages;
  }

  /** Something on an offer is not right. */
  async report(offer, reason) {
    await this.#ask("POST", "reports", { offer, reason });
  }

  async erase() {
    await this.#ask("DELETE", "conversation", {});
  }

  /** Live messages. `last()` gives the number of the newest message on screen; handlers: message, gone, away, back. */
  follow(last, handlers, tries = 0) {
    this.leave();
    const source = new EventSource(`${this.#base}api/stream?after=${last()}`);
    this.#source = source;
    source.addEventListener("ready", () => {
      tries = 0;
      clearTimeout(this.#late);
      handlers.back();
    });
    source.addEventListener("message", (event) => handlers.message(JSON.parse(event.data)));
    source.addEventListener("gone", () => {
      this.leave();
      handlers.gone();
    });
    source.addEventListener("error", () => {
      clearTimeout(this.#late);
      this.#late = setTimeout(handlers.away, LATE);
      if (source.readyState !== EventSource.CLOSED || source !== this.#source) return;
      // The browser gave up (an error page, for instance): ask why, and try again, less and less often.
      clearTimeout(this.#later);
      this.#later = setTimeout(() => this.#again(last, handlers, tries + 1), Math.min(15000, 1000 * 2 ** tries));
    });
  }

  async #again(last, handlers, tries) {
    try {
      (await this.since(last())).forEach(handlers.message);
    } catch (problem) {
      if (problem.status === 401) {
        handlers.gone();
        return;
      }
    }
    this.follow(last, handlers, tries);
  }

  leave() {
    clearTimeout(this.#later);
    clearTimeout(this.#late);
    this.#source?.close();
    this.#source = null;
  }

  async #ask(method, path, body) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    let response;
    let answer = {};
    try {
      response = await fetch(`${this.#base}api/${path}`, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        headers: { "X-Adempauze": "1", ...(body && { "Content-Type": "application/json" }) },
        body: body && JSON.stringify(body),
        signal: patience.signal,
      });
      const kind = response.headers.get("Content-Type") || "";
      if (kind.includes("json")) answer = await response.json();
      else if (response.ok) throw new TypeError("not our server");
    } catch {
      throw new Problem(0, "offline", given.words.offline, 0);
    } finally {
      clearTimeout(timer);
    }
    if (response.ok) return answer;
    const wait = Number(response.headers.get("Retry-After")) || 0;
    throw new Problem(response.status, answer.error || "failed", answer.text || given.words.failed, wait);
  }
}
