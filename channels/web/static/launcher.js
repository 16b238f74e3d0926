// On the website of somebody else: a button in the corner, and the panel it opens.

import { drawings, icon, keeping, make, sheetOf, TAG } from "./dom.js";
import { Scale } from "./scale.js";
import { wearTheme } from "./theme.js";

const PANEL_OPEN = "adempauze-open"; // the panel was open when she went to another page of the same website
const FILLS_THE_SCREEN = "(max-width: 36rem), (max-height: 30rem)"; // as in launcher.css
const KEYS = ["keydown", "keyup", "keypress"];

class AdempauzeVenster extends HTMLElement {
  #panel = make("dialog", { class: "panel", "aria-label": given.words.name });
  #button = make(
    "button",
    { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false", click: () => this.open() },
    icon(drawings.breath),
    make("span", {}, given.words.launcher),
  );
  #news = make("span", { class: "news", role: "status" });
  #talk = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.lang = "nl";
    const root = this.attachShadow({ mode: "open" });
    const theme = sheetOf("");
    root.adoptedStyleSheets = [sheetOf(styles), sheetOf(launcherStyles), theme];
    new Scale(root);
    wearTheme(theme, this.dataset.thema);
    root.append(this.#button, this.#news, this.#panel);
    this.#rise();
    this.#panel.addEventListener("close", () => this.#closed());
    this.#panel.addEventListener("keydown", (event) => this.#escape(event));
    // The short cuts of the page around us are not for what she types here.
    KEYS.forEach((key) => this.addEventListener(key, (event) => event.stopPropagation()));
    if (keeping.get(PANEL_OPEN) && !this.#fillsTheScreen) this.open(false);
  }

  get #fillsTheScreen() {
    return matchMedia(FILLS_THE_SCREEN).matches;
  }

  /** Above the page, where neither its layers nor what it does to its body reach. */
  #rise() {
    if (!this.showPopover) return;
    this.popover = "manual";
    this.showPopover();
  }

  /** Nothing is asked of our server, and no talk begins, before she opens it. */
  open(byHand = true) {
    if (this.#panel.open) return;
    if (!this.#talk) {
      const { gemeente, via } = this.dataset;
      this.#talk = make("adempauze-gesprek", { "data-gemeente": gemeente, "data-via": via, "data-sluiten": true });
      this.#talk.addEventListener("close-panel", () => this.#panel.close());
      this.#talk.addEventListener("leaving", () => keeping.set(PANEL_OPEN, null));
      this.#talk.addEventListener("arrived", () => this.#panel.open || this.#tell(given.words.launcher_new));
      this.#panel.append(this.#talk);
    }
    const focused = document.activeElement;
    if (this.#fillsTheScreen) this.#panel.showModal();
    else this.#panel.show();
    this.#button.setAttribute("aria-expanded", "true");
    this.#tell("");
    keeping.set(PANEL_OPEN, "yes");
    if (byHand) this.#talk.begin();
    else focused?.focus?.({ preventScroll: true });
  }

  /** Something was said while the panel was closed. */
  #tell(text) {
    this.#news.textContent = text;
  }

  #closed() {
    this.#button.setAttribute("aria-expanded", "false");
    keeping.set(PANEL_OPEN, null);
    this.#button.focus();
  }

  /** Escape closes the panel, unless it was for a window in it. */
  #escape(event) {
    const forWindow = event.composedPath().some((node) => node !== this.#panel && node.localName === "dialog" && node.open);
    if (event.key === "Escape" && !event.isComposing && !forWindow && !event.defaultPrevented) this.#panel.close();
  }
}

/** One button, on every page where nobody placed the talk; what stood there for when we do not come can go. */
function offerPanel() {
  if (document.querySelector("adempauze-gesprek, adempauze-venster")) return;
  const { gemeente, via, thema, plek } = TAG?.dataset || {};
  document.body.append(make("adempauze-venster", { "data-gemeente": gemeente, "data-via": via, "data-thema": thema, "data-plek": plek }));
  document.querySelectorAll("[data-adempauze-zonder-script]").forEach((element) => (element.hidden = true));
}

if (!customElements.get("adempauze-venster")) {
  customElements.define("adempauze-venster", AdempauzeVenster);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", offerPanel);
  else offerPanel();
}
