// Names for what Streamlit leaves without: icons are read as words, file fields as nothing.
const ICONS = '[data-testid="stIconMaterial"]:not([aria-hidden])';
const FILES = 'input[type="file"]:not([aria-label])';

function name() {
  for (const icon of document.querySelectorAll(ICONS)) icon.setAttribute("aria-hidden", "true");
  for (const field of document.querySelectorAll(FILES)) {
    field.setAttribute("aria-label", field.closest("section")?.getAttribute("aria-label") || "Choose a film");
  }
  for (const video of document.querySelectorAll("video:not([aria-label])")) video.setAttribute("aria-label", "Film");
}

export default function () {
  name();
  const watch = new MutationObserver(name);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
