// On the website of somebody else: what says whose talk this is, kept for as long as the tab (ADR 13).

import { GUEST } from "./dom.js";

const PASS_KEPT = "adempauze-pass";
const TALK_IN_PASS = 60; // characters
const PATIENCE_WITH_TABS = 150; // milliseconds in which another tab of the same website may answer

export class Pass {
  #value = null;
  #tabs = null;

  constructor() {
    if (!GUEST) return;
    try {
      this.#value = sessionStorage.getItem(PASS_KEPT);
    } catch {
      // a browser that keeps nothing: then the talk lasts as long as the page
    }
    this.#tabs = new BroadcastChannel(PASS_KEPT);
    this.#tabs.addEventListener("message", ({ data }) => {
      if (data === "ask" && this.#value) this.#tabs.postMessage({ pass: this.#value });
      // Another tab got a newer one for the same talk: what we had ends.
      if (data.pass && this.#value && sameTalk(data.pass, this.#value)) this.#store(data.pass);
    });
  }

  get headers() {
    return this.#value ? { Authorization: `Bearer ${this.#value}` } : {};
  }

  /** Is there a talk of hers on this website, here or in another tab? */
  async found() {
    if (GUEST && !this.#value) this.keep(await this.#borrowed());
    return Boolean(this.#value);
  }

  /** Take over what the server gave; an empty one ends it, `null` changes nothing. */
  keep(value) {
    if (!GUEST || value === null) return;
    if (value && value !== this.#value) this.#tabs.postMessage({ pass: value });
    this.#store(value);
  }

  #store(value) {
    this.#value = value;
    try {
      if (value) sessionStorage.setItem(PASS_KEPT, value);
      else sessionStorage.removeItem(PASS_KEPT);
    } catch {
      // as above
    }
  }

  #borrowed() {
    return new Promise((resolve) => {
      const answer = ({ data }) => data.pass && resolve(data.pass);
      this.#tabs.addEventListener("message", answer);
      setTimeout(() => {
        this.#tabs.removeEventListener("message", answer);
        resolve(null);
      }, PATIENCE_WITH_TABS);
      this.#tabs.postMessage("ask");
    });
  }
}

/** A pass begins with the talk it is for. */
function sameTalk(one, other) {
  return one.slice(0, TALK_IN_PASS) === other.slice(0, TALK_IN_PASS);
}
