// Niceties of the catalogue; every page works without. All words come from the page.

const main = document.getElementById("main");
const base = "/desk/catalogus";

/* What is wrong is where one begins. */
document.querySelector("[data-focus]")?.focus();

/* A warning before typed work is left behind. */
for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  const note = form.querySelector("[data-unsaved]");
  form.addEventListener("input", () => {
    changed = true;
    if (note) note.hidden = false;
  });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/* The preview beside the form, without leaving the page. */
let plainly = false;
document.querySelector("[data-preview]")?.addEventListener("click", async (event) => {
  if (plainly) return;
  const button = event.currentTarget;
  const form = button.form;
  event.preventDefault();
  button.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
    if (!response.ok) throw new Error("no preview");
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const [now, then] = [document, fresh].map((page) => page.getElementById("voorbeeld")?.closest("section"));
    if (!now || !then || fresh.getElementById("problems")) throw new Error("show the whole page");
    openShadows(then);
    now.replaceWith(document.adoptNode(then));
    document.getElementById("voorbeeld").focus();
  } catch {
    plainly = true;
    form.requestSubmit(button);
  } finally {
    button.removeAttribute("aria-busy");
  }
});

/* A page that was fetched has its shadow trees still as templates. */
function openShadows(root) {
  for (const template of root.querySelectorAll("template[shadowrootmode]")) {
    template.parentNode.attachShadow({ mode: "open" }).append(template.content);
    template.remove();
  }
}

/* Keys; Tab and Enter always do as well. */
let leader = "";
addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if (leader === "g") {
    leader = "";
    const place = { v: base, a: `${base}/aanbod` }[event.key];
    if (place) location.assign(place);
    return;
  }
  const act = { "/": search, "?": showKeys, j: () => step(1), k: () => step(-1), g: () => { leader = "g"; } }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function search() {
  const field = main.querySelector("[data-search]");
  if (field) field.focus();
  else location.assign(`${base}/aanbod`);
}

function showKeys() {
  const keys = document.querySelector("[data-keys]");
  keys.open = true;
  keys.querySelector("summary").focus();
}

function step(by) {
  const items = [...main.querySelectorAll("[data-item]")];
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.max(0, Math.min(items.length - 1, here < 0 ? 0 : here + by))];
  next?.querySelector("a")?.focus();
}
