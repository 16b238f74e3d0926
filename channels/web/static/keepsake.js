// The talk to keep for herself: as text to copy, save or mail, or on paper. None of it passes our server.

import { HOME, make } from "./dom.js";

const MOST_IN_MAIL = 1800; // characters of an address that every mail program still takes
const BLOCKS = "p, li, h2, h3, dt, dd, blockquote";
const NOT_KEPT = "button, form, .report, .progress, .state, .choices, .hidden, [aria-hidden], [hidden]";

/** What was said, one text a message: who, when, what, and what stood on the cards. */
export function saidIn(messages) {
  return messages.map((message) => {
    const who = message.querySelector(".who b").textContent;
    const when = message.querySelector(".when").textContent;
    return [`${who}, ${when}`, ...linesOf(message.querySelector(".body")), ...cardLines(message)].join("\n");
  });
}

function cardLines(message) {
  return Array.from(message.children).filter((child) => child.matches("ul, section")).flatMap((card) => ["", ...linesOf(card)]);
}

function linesOf(element) {
  if (!element) return [];
  const copy = element.cloneNode(true);
  copy.querySelectorAll(NOT_KEPT).forEach((node) => node.remove());
  copy.querySelectorAll("br").forEach((node) => node.replaceWith("\n"));
  const blocks = Array.from(copy.querySelectorAll(BLOCKS)).filter((block) => !block.querySelector(BLOCKS));
  return blocks.map((block) => (block.localName === "li" ? "- " : "") + block.textContent.trim()).filter((line) => line.length > 2);
}

export function asText(messages) {
  return [given.words.kept_title, ...saidIn(messages)].join("\n\n") + "\n";
}

/** On the clipboard; resolves to whether that worked. */
export async function copyText(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // not allowed here (a page without https, for instance): the old way
  }
  const field = make("textarea", { class: "hidden", readonly: true, "aria-hidden": "true" });
  field.value = text;
  root.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

/** Into a file of this device. */
export function saveFile(content, name) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The file behind a link of ours, where only the session can fetch it; `told(text)` how that went. */
export async function saveLinked(event, session, told) {
  const link = event.composedPath().find((node) => node.localName === "a");
  if (!link?.href.startsWith(`${HOME}api/`)) return;
  event.preventDefault();
  try {
    saveFile(await session.file("request/copy.pdf"), `${given.words.request_title}.pdf`);
    told("");
  } catch (problem) {
    told(problem.status === 429 ? problem.text : given.words.file_failed);
  }
}

/** All that is kept of her, as a page in a file; resolves to what she is told. */
export async function saveEverything(session) {
  try {
    saveFile(await session.file("export"), "adempauze-gegevens.html");
    return given.words.data_saved;
  } catch (problem) {
    return problem.text;
  }
}

/** The address of a mail to herself. What does not fit is left out from the beginning, and the mail says so. */
export function mailAddress(messages) {
  const kept = saidIn(messages);
  const address = (parts) => `mailto:?subject=${encodeURIComponent(given.words.kept_title)}&body=${encodeURIComponent(parts.join("\r\n\r\n").replace(/\r?\n/g, "\r\n"))}`;
  if (address(kept).length <= MOST_IN_MAIL) return address(kept);
  while (kept.length && address([given.words.mail_cut, ...kept]).length > MOST_IN_MAIL) kept.shift();
  return address([given.words.mail_cut, ...kept]);
}

/** On paper: only the talk, in a frame of its own, whatever stands around us. */
export function printText(text, root) {
  const frame = make("iframe", { class: "hidden", title: given.words.print, tabindex: "-1" });
  root.append(frame);
  const { contentDocument: paper, contentWindow: view } = frame;
  const style = new view.CSSStyleSheet();
  style.replaceSync("body { font: 12pt/1.5 Georgia, serif; margin: 0; } p { white-space: pre-line; margin: 0 0 1em; break-inside: avoid; }");
  paper.adoptedStyleSheets = [style];
  paper.title = given.words.kept_title;
  paper.body.replaceChildren(
    ...text.trim().split("\n\n").map((part) => {
      const paragraph = paper.createElement("p");
      paragraph.textContent = part;
      paragraph.dir = "auto";
      return paragraph;
    }),
  );
  view.addEventListener("afterprint", () => frame.remove());
  view.focus();
  view.print();
}
