// Building blocks of what is on screen. Data becomes text nodes, never markup.

/** Where the script came from: the API and the copy of a request are beside it. */
export const HOME = new URL("./", document.currentScript?.src || location.href).href;
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (functions become listeners, false and null are left out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
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
