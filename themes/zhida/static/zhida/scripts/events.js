// What people did, told to the journeys: clicks, reads. Never waits, never fails a page.

const ADDRESS = "/api/v1/events";
const TRAIL = "zhida.trail";

/** Send one event with UBI names, also while the page is being left. */
export function send(event) {
  const body = JSON.stringify({ locale: document.documentElement.dataset.locale, channel: "site", ...event });
  const blob = new Blob([body], { type: "application/json" });
  if (!navigator.sendBeacon || !navigator.sendBeacon(ADDRESS, blob)) {
    fetch(ADDRESS, { method: "POST", body: blob, keepalive: true }).catch(() => {});
  }
}

/** Remember which search led to an entry, so that its reading and votes join that search. */
export function leave(queryId, objectId) {
  try {
    sessionStorage.setItem(TRAIL, JSON.stringify({ queryId, objectId: String(objectId) }));
  } catch {
    // Storage may be refused; the events then stand alone.
  }
}

/** The search that led to this entry, or an empty string. */
export function cameFrom(objectId) {
  try {
    const trail = JSON.parse(sessionStorage.getItem(TRAIL) || "null");
    return trail && trail.objectId === String(objectId) ? trail.queryId : "";
  } catch {
    return "";
  }
}

/** Take out of a link what tells the server of a click: this script tells it, and copies stay clean. */
function clean(event) {
  const link = event.target.closest?.("a[data-hit]");
  if (!link || !link.search.includes("zq=")) return;
  const url = new URL(link.href);
  url.searchParams.delete("zq");
  url.searchParams.delete("zr");
  link.href = url.href;
}

/** A link was opened, here or in another tab (the middle button). */
function opened(click) {
  const link = click.target.closest("a[data-hit]");
  const list = link?.closest("[data-query-id]");
  if (!list || click.button > 1) return;
  clean(click);
  const { queryId, channel = "site" } = list.dataset;
  leave(queryId, link.dataset.hit);
  send({
    action_name: "click",
    query_id: queryId,
    object_id: Number(link.dataset.hit),
    position: { ordinal: Number(link.dataset.position) },
    section: link.dataset.section || "",
    channel,
  });
}

for (const name of ["pointerover", "pointerdown", "focusin", "contextmenu"]) document.addEventListener(name, clean);
for (const name of ["click", "auxclick"]) document.addEventListener(name, opened);
