// Looks again while something is under way, so that the progress shown is true.
const again = async () => {
  const shown = document.querySelector("[data-progress]");
  if (shown?.dataset.progress !== "under way") return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (answer.ok && fresh && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
  } finally {
    setTimeout(again, 2000);
  }
};
setTimeout(again, 2000);
