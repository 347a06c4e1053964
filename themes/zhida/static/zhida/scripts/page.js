// Small comforts of every page: menus that close, reading that is noticed, votes without a reload.

import { cameFrom, send } from "./events.js";

const READ_AFTER = 5000;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function noticeReading(article) {
  const id = Number(article.dataset.entry);
  const read = () => {
    if (document.visibilityState !== "visible") return;
    send({
      action_name: "read",
      query_id: cameFrom(id) || null,
      object_id: id,
      object_version: Number(article.dataset.version) || null,
      section: decodeURIComponent(location.hash.slice(1)).slice(0, 200),
    });
  };
  setTimeout(read, READ_AFTER);
}

function followContents() {
  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]),
  );
  const headings = [...document.querySelectorAll(".prose :is(h2, h3, h4)[id]")].filter((h) => links.has(h.id));
  if (!headings.length) return;
  const follow = () => {
    const passed = headings.filter((h) => h.getBoundingClientRect().top < 120);
    const current = (passed.at(-1) || headings[0]).id;
    for (const a of document.querySelectorAll(".contents a")) {
      if (decodeURIComponent(a.hash.slice(1)) === current) a.setAttribute("aria-current", "location");
      else a.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", follow, { passive: true });
  follow();
}

async function vote(event) {
  const form = event.target.closest(".helped form");
  if (!form) return;
  event.preventDefault();
  const box = form.closest(".helped");
  const data = new FormData(form, event.submitter);
  data.set("query_id", cameFrom(box.dataset.entry));
  try {
    const reply = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "helped" } });
    if (!reply.ok) throw new Error(reply.status);
    const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector(".helped");
    box.replaceWith(fresh);
    const next = fresh.querySelector("[data-focus]");
    next?.focus();
  } catch {
    form.submit();
  }
}

const article = document.querySelector("article[data-entry]");
if (article) noticeReading(article);
followContents();
document.addEventListener("submit", vote);
