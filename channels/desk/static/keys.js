// Keys for who works here all day. They only bring somebody somewhere, never while typing, and can be switched off
// (WCAG 2.1.4); Tab and Enter always do as well. All words come from the page.
const OFF = "adempauze.keys-off";
const sheet = document.getElementById("keys");
const opener = document.getElementById("keys-open");
const on = document.getElementById("keys-on");

on.checked = localStorage.getItem(OFF) === null;
on.addEventListener("change", () => {
  if (on.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
opener.hidden = false;
opener.addEventListener("click", show);
document.getElementById("keys-close").addEventListener("click", () => sheet.close());

function show() {
  sheet.showModal();
  document.getElementById("keys-title").focus();
}

function isTyping(element) {
  return element.isContentEditable || (/^(?:input|textarea|select)$/i.test(element.tagName) && element.type !== "checkbox");
}

function step(by) {
  const lines = [...document.querySelectorAll("a.who")];
  const place = lines.indexOf(document.activeElement);
  const next = place < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(Math.max(place + by, 0), lines.length - 1);
  lines[next]?.focus();
}

/** To a form, unfolded, with the cursor in its first field; or to whatever has this id. */
function go(id) {
  const place = document.getElementById(id);
  if (!place) return;
  const fold = place.closest("details") || (place.tagName === "DETAILS" && place);
  if (fold) fold.open = true;
  const field = place.matches("input, textarea, select, a, button") ? place : place.querySelector("input:not([type=hidden]), textarea, select");
  (field || place).focus();
}

const inbox = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("reference").focus(),
};
for (let number = 1; number <= 9; number += 1) {
  inbox[number] = () => document.querySelectorAll(".tabs a")[number - 1]?.click();
}
const request = {
  s: () => document.querySelector("[data-step]")?.focus(),
  b: () => go("message"),
  v: () => document.querySelector("[data-key=v]")?.click(),
  m: () => go("fold-plan"),
  d: () => go("fold-forward"),
  n: () => go("fold-note"),
  r: () => go("fold-closing"),
  u: () => document.querySelector("[data-key=u]").click(),
};
const keys = sheet.dataset.here === "inbox" ? inbox : request;

addEventListener("keydown", (event) => {
  if (!on.checked || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || sheet.open) return;
  if (isTyping(event.target)) return;
  const inList = event.target.matches?.("a.who");
  const arrow = inList && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const act = event.key === "?" ? show : arrow ? () => step(arrow) : Object.hasOwn(keys, event.key) && keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
