// Offers answers while a message is being written. Without this file they are offered on sending.

import { send } from "./events.js";

const PAUSE = 350;
const SHORTEST = 4;

const form = document.querySelector("form[data-offers]");
const box = document.getElementById("offers");
let timer;
let turn = 0;
let asked = "";
let pending;

async function offer() {
  const text = form.message.value.trim();
  if (text === asked) return;
  asked = text;
  turn += 1;
  const mine = turn;
  pending?.abort();
  if (text.length < SHORTEST) {
    box.replaceChildren();
    return;
  }
  pending = new AbortController();
  try {
    const address = `${form.dataset.offers}?${new URLSearchParams({ q: text.slice(0, 500) })}`;
    const reply = await fetch(address, { signal: pending.signal });
    if (!reply.ok || mine !== turn) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    box.replaceChildren(...page.body.children);
    if (box.children.length) form.offered.value = "1";
  } catch (error) {
    if (error.name !== "AbortError") asked = "";
  }
}

if (form && box) {
  let composing = false;
  const later = () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(offer, PAUSE);
  };
  form.message.addEventListener("compositionstart", () => { composing = true; });
  form.message.addEventListener("compositionend", () => { composing = false; later(); });
  form.message.addEventListener("input", later);
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-hit]");
    if (link) send({ action_name: "read", object_id: Number(link.dataset.hit), channel: "contact" });
  });
  if (form.message.value.trim()) later();
}
