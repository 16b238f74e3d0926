// "Snel weg": away at once, in every tab; and whoever opens this page afterwards sees nothing of the talk by itself.

import { GUEST, make } from "./dom.js";

const SAFE = location.protocol === "https:";
const AWAY = `${SAFE ? "__Host-" : ""}adempauze-weg`; // the server reads it too (leaving.py): this browser is nobody's
const AWAY_LASTS = 90 * 24 * 60 * 60; // seconds, as long as a talk

export class Leaving {
  #tabs = new BroadcastChannel("adempauze-weg");

  /** `away()` when she leaves in another tab. */
  constructor(away) {
    this.#tabs.addEventListener("message", away);
  }

  /** Did she leave this browser in a hurry, and did nobody go on since? On other websites nothing stays behind. */
  get lasts() {
    return !GUEST && document.cookie.split("; ").includes(`${AWAY}=ja`);
  }

  /** Written here and not by the server, so that it holds without a line and at once. */
  mark() {
    if (!GUEST) document.cookie = `${AWAY}=ja; Path=/; Max-Age=${AWAY_LASTS}; SameSite=Lax${SAFE ? "; Secure" : ""}`;
    this.#tabs.postMessage("");
  }
}

/** How it begins after that: as for anybody. `begin(earlier)` with her choice; `text`: what was in the way. */
export function askHowToBegin(thread, begin, text) {
  const { words } = given;
  const choose = (earlier) => () => begin(earlier);
  const fresh = make("button", { type: "button", class: "primary", click: choose(false) }, words.begin_fresh);
  const earlier = make("button", { type: "button", click: choose(true) }, words.begin_earlier);
  thread.clear();
  thread.note(text || words.begin_how, make("div", { class: "actions" }, fresh, earlier));
}

/** Nothing is left to see; the way to begin again is. */
export function sayErased(thread, begin) {
  const again = make("button", { type: "button", class: "primary", click: begin }, given.words.begin_again);
  thread.clear();
  thread.note(given.words.erased, again);
  again.focus();
}
