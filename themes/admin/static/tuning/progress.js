// Looks again while articles wait to be indexed, so that the progress shown is true.
const again = async () => {
  const listing = document.getElementById("listing-results");
  if (!listing?.querySelector("[data-progress]")) return;
  const address = new URL("results/", location.href);
  address.search = location.search;
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.ok && !listing.contains(document.activeElement)) listing.innerHTML = await answer.text();
  } finally {
    setTimeout(again, 2000);
  }
};
setTimeout(again, 2000);
