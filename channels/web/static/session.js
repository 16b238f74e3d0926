// The line to the server: start or resume, say, follow, erase.

import { Pass } from "./pass.js";
import { readEvents } from "./stream.js";

const PATIENCE = 30000;
const LATE = 1500; // a stream that is back within this time was never really away
const LONGEST_PAUSE = 15000;
const PASS_HEADER = "X-Adempauze-Pass";

/** What the server answered instead of doing it; status 0 when there was no answer at all. */
export class Problem extends Error {
  constructor(status, code, text, wait) {
    super(code);
    Object.assign(this, { status, code, text, wait });
  }
}

export class Session {
  #base;
  #pass = new Pass();
  #line = null;
  #late = null;

  constructor(base) {
    this.#base = base;
  }

  /** `waiting`: what she wrote that is still here. */
  async start(place, waiting) {
    await this.#pass.found();
    return (await this.ask("POST", "conversation", { ...place, waiting })).messages;
  }

  async say(entry, after, waiting) {
    const said = entry.token ? { button: entry.token } : { text: entry.text };
    return (await this.ask("POST", "messages", { ...said, client_id: entry.mark, after, waiting })).messages;
  }

  /** Something on an offer is not right; `thanked()` or `failed(text)`. */
  report({ offer, reason, thanked, failed }) {
    const sent = this.ask("POST", "reports", { offer, reason });
    sent.then(thanked, (problem) => failed(problem.status ? problem.text : given.words.report_offline));
  }

  /** The card of her request as it is now, or null. */
  async request() {
    return (await this.ask("GET", "request")).card;
  }

  /** What she changed in it; gives what is new in the talk. */
  async changeRequest(said, after) {
    return (await this.ask("POST", "request", { ...said, after })).messages;
  }

  /** A code of her own, to go on elsewhere; the one before ends. */
  code() {
    return this.ask("POST", "going-on", {});
  }

  async endCode() {
    await this.ask("DELETE", "going-on", {});
  }

  /** Go on with a code; `mark` says that it is the same try. From here on this browser has that talk. */
  goOn(code, mark, sure) {
    return this.ask("POST", "going-on/use", { code, client_id: mark, sure });
  }

  async erase() {
    await this.ask("DELETE", "conversation", {});
    this.forget();
  }

  /** Nothing in this browser leads to the talk any more. (A cookie is the server's to remove.) */
  forget() {
    this.leave();
    this.#pass.keep("");
  }

  /** A file of hers, such as the copy of her request. Without one the server sends a browser back to the talk. */
  async file(path) {
    const response = await this.#fetch("GET", path);
    if (response.redirected) throw new Problem(404, "failed", given.words.file_failed, 0);
    return response.blob();
  }

  /** Live messages. `last()` gives the number of the newest message on screen; handlers: message, gone (erased), ended
   * (no longer known), away, back. It comes back by itself until `leave`. */
  follow(last, handlers) {
    this.leave();
    this.#line = new AbortController();
    this.#listen(this.#line.signal, last, handlers);
  }

  leave() {
    this.#line?.abort();
    this.#line = null;
    clearTimeout(this.#late);
  }

  async #listen(left, last, handlers) {
    let tries = 0;
    const heard = ({ event, data }) => {
      if (left.aborted) return;
      if (event === "message") handlers.message(JSON.parse(data));
      if (event === "gone") this.leave();
      if (event === "gone") handlers.gone();
      if (event !== "ready") return;
      tries = 0;
      clearTimeout(this.#late);
      handlers.back();
    };
    while (!left.aborted) {
      const stop = new AbortController();
      left.addEventListener("abort", () => stop.abort(), { once: true });
      try {
        await readEvents(await this.#fetch("GET", `stream?after=${last()}`, undefined, stop.signal), stop, heard);
      } catch (problem) {
        if (left.aborted) return;
        if (problem.status === 401) {
          this.leave();
          handlers.ended();
          return;
        }
      }
      if (left.aborted) return;
      clearTimeout(this.#late);
      this.#late = setTimeout(handlers.away, tries ? 0 : LATE);
      await pause(Math.min(LONGEST_PAUSE, 600 * 2 ** tries) * (0.75 + Math.random() / 2), left);
      tries += 1;
    }
  }

  /** One call; gives the JSON that was answered, or throws a `Problem`. */
  async ask(method, path, body) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await readJson(await this.#fetch(method, path, body, patience.signal));
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(method, path, body, signal) {
    let response;
    try {
      response = await fetch(`${this.#base}api/${path}`, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        headers: { "X-Adempauze": "1", ...this.#pass.headers, ...(body && { "Content-Type": "application/json" }) },
        body: body && JSON.stringify(body),
        signal,
      });
    } catch {
      throw offline();
    }
    this.#pass.keep(response.headers.get(PASS_HEADER));
    if (response.ok) return response;
    const answer = await response.json().catch(() => ({}));
    const wait = Number(response.headers.get("Retry-After")) || 0;
    const problem = new Problem(response.status, answer.error || "failed", answer.text || given.words.failed, wait);
    throw Object.assign(problem, { fields: answer.fields, unsaved: answer.unsaved });
  }
}

async function readJson(response) {
  const kind = response.headers.get("Content-Type") || "";
  if (!kind.includes("json")) throw offline(); // not our server: a page of the network in between
  return response.json().catch(() => {
    throw offline();
  });
}

function offline() {
  return new Problem(0, "offline", given.words.offline, 0);
}

/** Wait, but not past the moment that the line is back or that she leaves. */
function pause(milliseconds, left) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      left.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    left.addEventListener("abort", done);
  });
}
