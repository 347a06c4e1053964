// The search box as an ARIA combobox. Without this file it is a plain form that works.

import { leave, send } from "./events.js";

const RECENT = "zhida.recent";
const KEPT = 6;
const PAUSE = 40;

/** Recent searches live in this browser only. */
const recent = {
  list() {
    try {
      return JSON.parse(localStorage.getItem(RECENT) || "[]").filter((q) => typeof q === "string");
    } catch {
      return [];
    }
  },
  add(text) {
    const kept = [text, ...this.list().filter((q) => q !== text)].slice(0, KEPT);
    try {
      localStorage.setItem(RECENT, JSON.stringify(kept));
    } catch {
      // Storage may be refused; nothing is kept then.
    }
  },
  clear() {
    localStorage.removeItem(RECENT);
  },
};

class SearchBox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = form.querySelector(".suggestions");
    this.status = form.querySelector("[role=status]");
    this.words = form.dataset;
    this.turn = 0;
    this.shown = 0;
    this.active = -1;
    this.composing = false;
    this.prepare();
  }

  prepare() {
    const set = (name, value) => this.input.setAttribute(name, value);
    set("role", "combobox");
    set("aria-autocomplete", "list");
    set("aria-expanded", "false");
    set("aria-controls", this.list.id);
    this.form.dataset.ready = "";
    this.input.addEventListener("compositionstart", () => { this.composing = true; });
    this.input.addEventListener("compositionend", () => { this.composing = false; this.typed(); });
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => { if (!this.input.value.trim()) this.offerRecent(); });
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("submit", () => {
      const text = this.input.value.trim();
      if (text) recent.add(text);
    });
  }

  typed() {
    if (this.composing) return;
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (!text) {
      this.drop();
      this.offerRecent();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  drop() {
    this.turn += 1;
    this.pending?.abort();
  }

  async ask(text) {
    this.drop();
    const turn = this.turn;
    this.pending = new AbortController();
    const address = `${this.words.suggest}?${new URLSearchParams({ q: text, locale: this.words.locale })}`;
    try {
      const reply = await fetch(address, { signal: this.pending.signal, headers: { Accept: "application/json" } });
      if (!reply.ok || turn !== this.turn) return;
      const answer = await reply.json();
      if (turn === this.turn) this.show(this.groups(answer.suggestions));
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  groups(suggestions) {
    const of = (kind) => suggestions.filter((s) => s.kind === kind);
    return [
      { name: this.words.answers, icon: "circle-question-mark", items: of("answer") },
      { name: this.words.articles, icon: "file-text", items: of("section") },
      { name: this.words.searches, icon: "search", items: of("search") },
    ];
  }

  offerRecent() {
    const items = recent.list().map((text) => ({ text, kind: "search", url: this.searchAddress(text) }));
    if (!items.length || document.activeElement !== this.input) {
      this.close();
      return;
    }
    items.push({ text: this.words.clear, kind: "clear", url: "#" });
    this.show([{ name: this.words.recent, icon: "history", items }]);
  }

  searchAddress(text) {
    return `${this.form.getAttribute("action")}?${new URLSearchParams({ q: text })}`;
  }

  show(groups) {
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren();
    this.options = [];
    for (const group of groups) if (group.items.length) this.list.append(this.group(group));
    const count = this.options.length;
    this.open(count > 0);
    this.status.textContent = count ? this.words.count.replace("{n}", count) : "";
  }

  group({ name, icon, items }) {
    const box = document.createElement("div");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", name);
    const label = document.createElement("span");
    label.className = "group-name";
    label.setAttribute("aria-hidden", "true");
    label.textContent = name;
    box.append(label, ...items.map((item) => this.option(item, icon)));
    return box;
  }

  option(item, icon) {
    const link = document.createElement("a");
    link.id = `${this.list.id}-${this.options.length}`;
    link.href = item.url;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.dataset.kind = item.kind;
    link.dataset.text = item.text;
    if (item.id) Object.assign(link.dataset, { id: item.id, queryId: item.query_id });
    link.append(this.icon(item.kind === "clear" ? "x" : icon));
    const text = document.createElement("span");
    text.textContent = item.text;
    if (item.locale) text.lang = item.locale;
    link.append(text);
    this.options.push(link);
    return link;
  }

  icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "icon icon-small");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `${this.words.icons}#${name}`);
    svg.append(use);
    return svg;
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
  }

  close() {
    this.drop();
    clearTimeout(this.timer);
    this.open(false);
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  move(step) {
    const count = this.options.length;
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = this.active < 0 && step < 0 ? count - 1 : this.active + step;
    if (this.active >= count) this.active = -1;
    const link = this.options[this.active];
    if (!link) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    link.setAttribute("aria-selected", "true");
    link.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", link.id);
  }

  key(event) {
    if (event.isComposing || this.composing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.typed();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].click();
    } else if (event.key === "Escape") {
      if (!open) this.input.value = "";
      event.preventDefault();
      this.close();
    }
  }

  clicked(event) {
    const link = event.target.closest("[role=option]");
    if (!link) return;
    const { kind, text, id, queryId } = link.dataset;
    if (kind === "clear") {
      event.preventDefault();
      recent.clear();
      this.close();
      return;
    }
    if (kind === "search") recent.add(text);
    if (!id) return;
    leave(queryId, id);
    send({
      action_name: "click",
      query_id: queryId || null,
      object_id: Number(id),
      position: { ordinal: this.options.indexOf(link) + 1 },
      channel: "suggest",
    });
  }
}

const boxes = [...document.querySelectorAll("form.search")].map((form) => new SearchBox(form));

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (!boxes.length || !(slash || ctrlK)) return;
  event.preventDefault();
  boxes[0].input.focus();
  boxes[0].input.select();
});
