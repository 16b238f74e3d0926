// Keeps the screen of one request up to date. What somebody is typing is never touched: a part of the page in which
// something was typed, chosen or is in use stays as it is, and a line says that there is more to see. All words come
// from the page.
const live = document.getElementById("live");
const news = document.getElementById("news");
const box = document.getElementById("news-box");

let stamp = "";
let shown = live.dataset.mark;

/* Folded forms open where they are, and the cursor goes there. */
for (const link of document.querySelectorAll("a[data-open]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    unfold(document.getElementById(link.dataset.open));
  });
}

function unfold(fold) {
  fold.open = true;
  fold.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

/* A server that found something wrong, or a start that was chosen: begin there. */
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.focus();

function isTyped(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected && !option.defaultSelected && option.value);
  return field.value !== field.defaultValue;
}

function hasTyped(part) {
  return [...part.querySelectorAll("input, textarea, select")].some(isTyped);
}

function inUse(part) {
  const open = [...part.querySelectorAll("details[open]")].some((fold) => fold.querySelector("form"));
  return part.contains(document.activeElement) || open || hasTyped(part);
}

async function look() {
  if (document.hidden) return;
  let response;
  try {
    response = await fetch(live.dataset.refresh, { redirect: "manual", headers: stamp ? { "If-None-Match": stamp } : {} });
  } catch {
    return; // no connection now; the next round tries again
  }
  if (response.type === "opaqueredirect") return signedOut();
  if (!response.ok) return; // 304: nothing new
  stamp = response.headers.get("ETag") || "";
  const fresh = parse(await response.text()).getElementById("time-left");
  if (!fresh) return;
  document.getElementById("time-left")?.replaceWith(fresh);
  if (fresh.dataset.mark !== shown) await renew(fresh.dataset);
}

function signedOut() {
  if (hasTyped(document)) tell(live.dataset.gone, true);
  else location.reload(); // the page itself leads to the sign-in
}

/** Fetch the screen again, and put in place every part that changed and nobody is busy in. */
async function renew(mark) {
  let page;
  try {
    const response = await fetch(live.dataset.page, { redirect: "manual" });
    if (!response.ok) return;
    page = parse(await response.text());
  } catch {
    return;
  }
  const message = Number(mark.hers) > Number(live.dataset.hers);
  shown = mark.mark;
  live.dataset.hers = mark.hers;
  let kept = false;
  for (const part of live.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    if (inUse(part)) kept = true;
    else part.replaceChildren(...fresh.childNodes);
  }
  if (kept || !page.querySelector("[data-live=actions]")) tell(live.dataset.typing, true);
  news.textContent = message ? live.dataset.message : live.dataset.changed;
}

/** A line that stays in sight, with a link to see the whole page anew. */
function tell(words, seen) {
  box.hidden = !seen;
  box.querySelector("span").textContent = words;
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/* A warning before typed work is left behind. */
let leaving = false;
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (leaving || !hasTyped(form)) {
    leaving = true;
    return;
  }
  event.preventDefault(); // a session that ended would lead to the sign-in, and the letter would be gone
  if (await isSignedOut()) return tell(live.dataset.gone, true);
  leaving = true;
  form.requestSubmit(submitter);
});

async function isSignedOut() {
  try {
    return (await fetch(live.dataset.refresh, { redirect: "manual" })).type === "opaqueredirect";
  } catch {
    return false; // no connection now: the browser itself says so, and keeps the form
  }
}

addEventListener("beforeunload", (event) => {
  if (!leaving && hasTyped(document.getElementById("main"))) event.preventDefault();
});

setInterval(look, Number(live.dataset.seconds) * 1000);
document.addEventListener("visibilitychange", look);
