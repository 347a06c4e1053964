/* Shows the preview of a rule below its form. Without scripts it opens in a page of its own. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-alerts-preview]");
  if (!button) return;
  event.preventDefault();
  const shown = document.querySelector("[data-alerts-previewed]");
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: new FormData(button.form) });
    if (!answer.ok) throw new Error(answer.status);
    shown.innerHTML = await answer.text();
  } catch {
    shown.textContent = button.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
