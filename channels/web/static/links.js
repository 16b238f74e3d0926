// Text as paragraphs, with phone numbers to call and secure addresses to open.

import { make } from "./dom.js";

// An address, the number of a request, a number of eight to eleven digits, a municipality's 14-number, or the two
// numbers of three digits.
const LINK = /(https:\/\/[^\s<>"']+)|(\bAP-[0-9A-Z]{4}-[0-9A-Z]{2,4}\b)|((?:\+31[ \u00a0-]?|\b0)\d(?:[ \u00a0\u2011-]?\d){6,9}\b)|(\b14[ \u00a0]0\d{2,3}\b)|(\b11[23]\b)/g;
const NOT_A_NUMBER_TO_CALL = /^\s?(?:euro|kilo|kg|km|uur|dagen|jaar|%|[.,-]?\d)/i;

/** Numbers she wrote herself: said back to her, they are not for calling. */
export class OwnNumbers {
  #digits = new Set();

  learn(text) {
    for (const [number] of text.matchAll(/[+\d][\d \u00a0\u2011().-]{7,}\d/g)) this.#digits.add(bare(number));
  }

  has(number) {
    return this.#digits.has(bare(number)) && !given.phones.some((phone) => bare(phone.number) === bare(number));
  }
}

/** A number as its digits, the same with and without the country. */
function bare(number) {
  return number.replace(/\D/g, "").replace(/^(?:00)?31(?=\d{9}$)/, "0");
}

/** Paragraphs at empty lines, line breaks at single ones; `hers`: her own numbers. */
export function paragraphs(text, withLinks, hers) {
  return text.split(/\n\s*\n/).map((part) => {
    const lines = part.split("\n").map((line) => (withLinks ? linked(line, hers) : [line]));
    return make("p", { dir: "auto" }, lines.flatMap((line, index) => (index ? [make("br"), ...line] : line)));
  });
}

/** The line as text and link nodes. */
export function linked(line, hers) {
  const nodes = [];
  let done = 0;
  for (const match of line.matchAll(LINK)) {
    const link = match[1] ? addressLink(match[1]) : match[2] ? whole(match[2]) : !hers?.has(match[0]) && numberLink(match[0], line, match.index);
    if (!link) continue;
    nodes.push(line.slice(done, match.index), link);
    done = match.index + link.textContent.length;
  }
  nodes.push(line.slice(done));
  return nodes.filter((node) => node !== "");
}

/** A link to a secure address elsewhere, or null for anything else. */
export function addressLink(address, text) {
  const trimmed = address.replace(/[.,;:!?)\]]+$/, "");
  let url;
  try {
    url = new URL(trimmed);
  } catch {
    return null;
  }
  if (url.protocol !== "https:") return null;
  const label = make("span", { class: "hidden" }, ` (${given.words.opens_elsewhere})`);
  const link = make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text || trimmed);
  if (text) link.append(label);
  else link.title = given.words.opens_elsewhere;
  return link;
}

/** A link that calls. */
export function callLink(number, text) {
  return make("a", { href: `tel:${number.replace(/[^\d+]/g, "")}`, class: "call" }, text || number);
}

/** The number of a request stays on one line. */
function whole(reference) {
  return make("span", { class: "whole" }, reference);
}

function numberLink(number, line, index) {
  const digits = number.replace(/\D/g, "");
  const before = line.slice(0, index);
  const after = line.slice(index + number.length);
  if (/[\d€.,-]\s?$/.test(before) || NOT_A_NUMBER_TO_CALL.test(after)) return null;
  if (digits.length === 3 || digits.startsWith("14")) return callLink(number);
  if (/^0[89]00/.test(digits)) return digits.length === 8 || digits.length === 11 ? callLink(number) : null;
  return digits.length === (number.startsWith("+") ? 11 : 10) ? callLink(number) : null;
}
