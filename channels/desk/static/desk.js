// Keeps the inbox up to date: fetches the list again, and replaces it only when it changed. All words come from the page.
const list = document.getElementById("inbox-list");
const news = document.getElementById("inbox-news");

let shown = list.innerHTML;

async function refresh() {
  if (document.hidden) return;
  let response;
  try {
    response = await fetch(list.dataset.refresh, { redirect: "manual", headers: { Accept: "text/html" } });
  } catch {
    return; // no connection now; the next round tries again
  }
  if (response.type === "opaqueredirect") {
    location.reload(); // signed out: the page itself leads to the sign-in
    return;
  }
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
  if (fresh.innerHTML.trim() === shown.trim()) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const references = (root) => [...root.querySelectorAll("a.who")].map((link) => link.getAttribute("href")).join();
  const changed = references(fresh) !== references(list);
  shown = fresh.innerHTML;
  list.replaceChildren(...fresh.childNodes);
  if (focused) [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  if (changed) news.textContent = news.dataset.changed;
}

setInterval(refresh, Number(list.dataset.seconds) * 1000);
document.addEventListener("visibilitychange", refresh);
