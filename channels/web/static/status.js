// How the line is, in one sentence at the top; nothing when all is well.

import { make } from "./dom.js";

const GOOD_NEWS = 4000; // milliseconds that "the line is back" stands there

export class LineStatus {
  element = make("p", { class: "status", role: "status" });

  /** What is in the way, or nothing any more. */
  tell(text) {
    const { words } = given;
    const isBack = !text && this.element.textContent === words.offline;
    this.element.textContent = text || (isBack ? words.online : "");
    this.element.classList.toggle("good", !text);
    if (isBack) setTimeout(() => this.element.textContent === words.online && this.tell(""), GOOD_NEWS);
  }
}
