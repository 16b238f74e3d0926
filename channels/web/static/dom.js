// Building blocks of what is on screen. Data becomes text nodes, never markup.

/** The tag that brought this script; a tag manager may hide which one that was. */
export const TAG = document.currentScript || document.querySelector('script[src$="/adempauze.js"]');
/** Where the script came from: the API and the copy of a request are beside it. */
export const HOME = new URL("./", TAG?.src || location.href).href;
/** Are we on the website of somebody else? */
export const GUEST = new URL(HOME).origin !== location.origin;
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (functions become listeners, false and null are left out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && typeof child !== "boolean"));
  return element;
}

/** A drawing of one stroke, 24 by 24, that screen readers pass over. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const drawings = {
  breath: "M3 14c3.2 0 3.4-5 9-5s5.8 5 9 5",
  phone: "M6.5 3.5h3l1.5 4-2 1.5a11 11 0 0 0 6 6l1.5-2 4 1.5v3c0 1.1-.9 2-2 2C11 19.5 4.5 13 4.5 5.5c0-1.1.9-2 2-2z",
  leave: "M9 5H5v14h4M14 8l4 4-4 4M18 12H9",
  erase: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 10.5v6M13.5 10.5v6",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 2",
  back: "M5 8h9a5 5 0 0 1 0 10H8M8.5 4.5 5 8l3.5 3.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  save: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14",
  mail: "M4 6h16v12.5H4zM4 7l8 6 8-6",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  lock: "M7.5 11V8a4.5 4.5 0 0 1 9 0v3M5.5 11h13v9h-13z",
  access: "M12 4.5h.01M5 8.5l7 1 7-1M12 9.5v4.5l-3 6M12 14l3 6",
  device: "M15 9V4.5a1 1 0 0 0-1-1H7a1 1 0 0 0-1 1v15a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V15M11 12h9.5M17.5 9l3 3-3 3",
  key: "M8 16.5a4.5 4.5 0 1 1 4.2-6.1H21v3.2h-2.5V16H15v-2.4h-2.8A4.5 4.5 0 0 1 8 16.5M8 12h.01",
  voice: "M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4M6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  send: "M12 19V6M6.5 11.5 12 6l5.5 5.5",
  down: "M12 5v13M6.5 12.5 12 18l5.5-5.5",
};

/** "Vraag {asked}" with its values. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A random mark for one message, also where crypto.randomUUID is missing (plain http on a local network). */
export function newMark() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The direction in which a text reads, by its first letter: "rtl", or null for our own. */
export function directionOf(text) {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : null;
}

/** A style sheet of this script; the policy of a page is about what stands in the page, and this does not. */
export function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/** What this browser keeps for us: on our own page until it is removed, on somebody else's for as long as the tab. */
export const keeping = {
  get(key) {
    try {
      return (GUEST ? sessionStorage : localStorage).getItem(key);
    } catch {
      return null; // a browser that keeps nothing
    }
  },
  set(key, value) {
    try {
      const place = GUEST ? sessionStorage : localStorage;
      if (value === null) place.removeItem(key);
      else place.setItem(key, value);
    } catch {
      // then it holds until the page closes
    }
  },
};
