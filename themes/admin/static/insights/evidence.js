// Opens the evidence, or what says the same, when the editor opens, so that it stands beside the
// first words written.
document.addEventListener("DOMContentLoaded", () => {
  const panel = ["evidence", "duplicates"]
    .map((name) => document.querySelector(`[data-side-panel="${name}"]`))
    .find(Boolean);
  if (panel && window.matchMedia("(min-width: 50em)").matches) {
    // After Wagtail has restored the panel that was open last.
    setTimeout(() => panel.dispatchEvent(new CustomEvent("open")), 100);
  }
});
