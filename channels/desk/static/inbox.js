// Keeps the inbox up to date: fetches the list again, and replaces it only when it changed. All words come from the page.
const list = document.getElementById("inbox-list");
const news = document.getElementById("inbox-news");

let mark = "";

async function refresh() {
  if (document.hidden) return;
  let response;
  try {
    const headers = { Accept: "text/html", ...(mark && { "If-None-Match": mark }) };
    response = await fetch(list.dataset.refresh, { redirect: "manual", headers });
  } catch {
    return; // no connection now; the next round tries again
  }
  if (response.type === "opaqueredirect") {
    location.reload(); // signed out: the page itself leads to the sign-in
    return;
  }
  if (!response.ok) return; // 304: nothing new
  mark = response.headers.get("ETag") || "";
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
  if (fresh.innerHTML.trim() === list.innerHTML.trim()) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const references = (root) => [...root.querySelectorAll("a.who")].map((link) => link.getAttribute("href")).join();
  const messages = (root) => root.querySelectorAll(".badge.news").length;
  const [more, changed] = [messages(fresh) > messages(list), references(fresh) !== references(list)];
  list.replaceChildren(...fresh.childNodes);
  if (focused) [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  if (more) news.textContent = news.dataset.message;
  else if (changed) news.textContent = news.dataset.changed;
}

setInterval(refresh, Number(list.dataset.seconds) * 1000);
document.addEventListener("visibilitychange", refresh);
