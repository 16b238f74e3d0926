// How large everything is: what this person set in the browser, not what the page around us made of it; and "A+".

import { keeping, sheetOf } from "./dom.js";

const LARGER_KEPT = "adempauze-larger";
const LARGER = 1.3;

export class Scale {
  #sheet = sheetOf("");
  #medium;

  /** For one shadow root; `large` as it was left. */
  constructor(root) {
    root.adoptedStyleSheets.push(this.#sheet);
    const probe = document.createElement("span");
    probe.hidden = true;
    this.#sheet.replaceSync("span { font-size: medium; }");
    root.append(probe);
    this.#medium = parseFloat(getComputedStyle(probe).fontSize) || 16;
    probe.remove();
    this.#show();
  }

  get large() {
    return keeping.get(LARGER_KEPT) === "yes";
  }

  set large(on) {
    keeping.set(LARGER_KEPT, on ? "yes" : null);
    this.#show();
  }

  #show() {
    this.#sheet.replaceSync(`:host { --rem: ${this.#medium * (this.large ? LARGER : 1)}px; }`);
  }
}
