// Asks what publishing the draft would change, when the writer wants to know.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-effect-show]");
  if (!button || button.disabled) return;
  const panel = button.closest("[data-effect]");
  const here = panel.querySelector("[data-effect-here]");
  const say = (text, ...more) => {
    const line = document.createElement("p");
    line.textContent = text;
    here.replaceChildren(line, ...more);
  };
  const bar = document.createElement("progress");
  bar.setAttribute("aria-hidden", "true");
  button.disabled = true;
  say(here.dataset.busy, bar);
  try {
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    const answer = await fetch(panel.dataset.effect, {
      method: "POST",
      headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
    });
    if (!answer.ok) throw new Error(answer.statusText);
    here.innerHTML = await answer.text();
  } catch {
    say(here.dataset.failed);
  } finally {
    button.disabled = false;
  }
});
