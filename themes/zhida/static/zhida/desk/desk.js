// The desk. The focus stays in the question box; keys act on the chosen answer.

import { Announcer } from "./announcer.js";
import { copyText } from "./clipboard.js";
import { post, read } from "./requests.js";

const POLL = 20_000;
const LOCALE = "zhida-desk-locale";

const texts = JSON.parse(document.getElementById("desk-texts").textContent);
const box = document.getElementById("question");
const locale = document.getElementById("locale");
const results = document.getElementById("results");
const pane = document.getElementById("answer");
const announcer = new Announcer(document.getElementById("note"), document.getElementById("said"));
const addresses = document.body.dataset;

const state = { queryId: "", chosen: null, open: null, asked: "" };
let asking = null;
let opening = null;
let searching = Promise.resolve();
let showing = Promise.resolve();

// Searching

function ask() {
  const question = box.value.trim();
  if (question === state.asked) return;
  state.asked = question;
  searching = search(question);
}

/** Resolves when results and answer are those of what is in the box: keys may be quicker. */
async function settled() {
  for (let now = null; now !== searching; ) {
    now = searching;
    await now;
  }
  await showing;
}

async function search(question) {
  asking?.abort();
  asking = new AbortController();
  try {
    const query = new URLSearchParams({ q: box.value, locale: locale.value });
    const found = await read(`${addresses.search}?${query}`, asking.signal);
    state.queryId = found.query_id;
    results.innerHTML = found.html;
    document.getElementById("idle").hidden = question !== "";
    box.setAttribute("aria-expanded", String(found.count > 0));
    announcer.say(found.said);
    choose(options()[0] ?? null);
  } catch (error) {
    if (error.name === "AbortError") return;
    state.asked = "";
    complain(error);
  }
}

function options() {
  return [...results.querySelectorAll("[role=option]")];
}

function choose(option) {
  state.chosen?.setAttribute("aria-selected", "false");
  state.chosen = option;
  if (!option) {
    box.removeAttribute("aria-activedescendant");
    opening?.abort();
    close();
    return;
  }
  option.setAttribute("aria-selected", "true");
  box.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
  showing = show(option.dataset.id, option.dataset.section, option.dataset.rank);
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const at = all.indexOf(state.chosen);
  choose(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
}

// The answer

async function show(id, section, rank, again = false) {
  if (!again && state.open?.id === Number(id) && state.open.section === section && state.open.asked === state.asked) return;
  opening?.abort();
  opening = new AbortController();
  try {
    const query = new URLSearchParams({ q: box.value, section });
    const entry = await read(`${addresses.entry.replace("/0", `/${id}`)}?${query}`, opening.signal);
    state.open = { ...entry, section, rank, queryId: state.queryId, asked: state.asked, told: entry.version };
    const reading = pane.contains(document.activeElement);
    pane.innerHTML = entry.html;
    pane.scrollTop = 0;
    if (reading) pane.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === "AbortError") return;
    close();
    complain(error);
  }
}

function close() {
  const reading = pane.contains(document.activeElement);
  state.open = null;
  pane.replaceChildren();
  if (reading) pane.focus();
}

async function openAnswer() {
  await settled();
  if (!state.chosen) return;
  tell("click").catch(complain);
  pane.focus();
  announcer.say(state.open?.title ?? "");
}

async function watch() {
  const open = state.open;
  if (!open || document.hidden) return;
  try {
    const { version } = await read(`${addresses.entry.replace("/0", `/${open.id}`)}/version`);
    if (state.open !== open || version === open.told) return;
    open.told = version;
    const text = version === null ? texts.gone : texts.changed;
    const remark = document.createElement("p");
    remark.className = "desk-changed";
    remark.textContent = text;
    pane.querySelector(".desk-changed")?.remove();
    pane.prepend(remark);
    announcer.note(text);
    if (version !== null) await reload(open, remark);
  } catch {
    // The next look will tell.
  }
}

async function reload(open, remark) {
  const at = pane.scrollTop;
  await show(String(open.id), open.section, open.rank, true);
  pane.prepend(remark);
  pane.scrollTop = at;
}

// What the agent says about it

function tell(action) {
  const open = state.open;
  const about = open
    ? { id: open.id, rank: open.rank, section: open.section, query_id: open.queryId }
    : { id: state.chosen?.dataset.id ?? "" };
  return post(addresses.event, { action, ...about });
}

const actions = {
  async copy() {
    if (!state.open) return announcer.note(texts.nothing_open);
    if (!(await copyText(state.open.copy, box))) return announcer.note(texts.no_clipboard);
    announcer.note(state.open.internal ? texts.copied_internal : texts.copied);
    return tell("copy");
  },
  async link() {
    if (!state.open) return announcer.note(texts.nothing_open);
    if (!(await copyText(state.open.link, box))) return announcer.note(texts.no_clipboard);
    announcer.note(state.open.internal ? texts.link_internal : texts.link_copied);
    return tell("copy");
  },
  used_solved: () => used("used_solved"),
  used_unsolved: () => used("used_unsolved"),
  async not_found() {
    if (!box.value.trim()) return announcer.note(texts.nothing_asked);
    await post(addresses.event, { action: "not_found", q: box.value, locale: locale.value });
    return announcer.note(texts.not_found);
  },
};

async function used(action) {
  if (!state.open) return announcer.note(texts.nothing_open);
  await tell(action);
  return announcer.note(texts[action]);
}

async function act(name) {
  try {
    if (name !== "not_found") await settled();
    await actions[name]();
  } catch (error) {
    complain(error);
  }
}

function complain(error) {
  announcer.note(error.status === 401 ? texts.signed_out : error.said || texts.failed);
}

// Keys

const ALT = { KeyC: "copy", KeyL: "link", KeyS: "used_solved", KeyU: "used_unsolved", KeyN: "not_found" };

function chord(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return false;
  if (ALT[event.code]) {
    act(ALT[event.code]);
  } else if (/^Digit[1-9]$/.test(event.code) && locale.options[event.code.at(-1) - 1]) {
    locale.selectedIndex = event.code.at(-1) - 1;
    localeChosen();
  } else {
    return false;
  }
  return true;
}

function boxKey(event) {
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "PageDown") pane.scrollBy(0, pane.clientHeight * 0.9);
  else if (event.key === "PageUp") pane.scrollBy(0, -pane.clientHeight * 0.9);
  else if (event.key === "Enter") openAnswer();
  else if (event.key === "Escape" && box.value) clear();
  else return false;
  return true;
}

function elsewhereKey(event) {
  if (event.key === "Escape" || event.key === "/") {
    box.focus();
    box.select();
    return true;
  }
  if (event.target === locale) return false;
  if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    box.focus(); // The character itself goes into the box.
  }
  return false;
}

function clear() {
  box.value = "";
  ask();
}

function localeChosen() {
  localStorage.setItem(LOCALE, locale.value);
  announcer.note(locale.selectedOptions[0].textContent.replace(/^Alt \d · /, ""));
  state.asked = null;
  ask();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const handled = chord(event) || (event.target === box ? boxKey(event) : elsewhereKey(event));
  if (handled) event.preventDefault();
});
box.addEventListener("input", (event) => event.isComposing || ask());
box.addEventListener("compositionend", ask);
box.form.addEventListener("submit", (event) => event.preventDefault());
locale.addEventListener("change", localeChosen);
results.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (!option || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  choose(option);
  box.focus();
});
pane.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (!link.getAttribute("href").startsWith("#")) {
    link.target = "_blank"; // A call goes on while another page is looked at.
    link.rel = "noopener";
    return;
  }
  event.preventDefault();
  // By its place in the pane: a heading may have the name of one of the desk's own parts.
  const place = CSS.escape(decodeURIComponent(link.hash.slice(1)));
  pane.querySelector(`[id="${place}"]`)?.scrollIntoView({ block: "start" });
});
document.querySelector(".desk-keys").addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  act(button.dataset.act);
  box.focus();
});

const remembered = localStorage.getItem(LOCALE);
if (remembered && !location.search.includes("locale=")) locale.value = remembered;
if (!locale.value) locale.selectedIndex = 0;
state.asked = "";
box.focus();
ask();
setInterval(watch, POLL);
window.addEventListener("focus", watch);
