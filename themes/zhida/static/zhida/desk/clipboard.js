// Puts text on the clipboard, and leaves the focus where it was.

/** Resolves to whether it worked. `holder` is where the focus returns on the older way. */
export async function copyText(text, holder) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not permitted: the older way may be.
    }
  }
  const before = document.activeElement ?? holder;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  area.setAttribute("aria-hidden", "true");
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before.focus();
  return copied;
}
