// Names for what Streamlit leaves without: icons are read as words, file fields as nothing.
const ICONS = '[data-testid="stIconMaterial"]:not([aria-hidden])';
const FILES = 'input[type="file"]:not([aria-label])';

function name() {
  for (const icon of document.querySelectorAll(ICONS)) icon.setAttribute("aria-hidden", "true");
  for (const field of document.querySelectorAll(FILES)) {
    field.setAttribute("aria-label", field.closest("section")?.getAttribute("aria-label") || _("Choose a film"));
  }
  // Streamlit's own button speaks English only.
  for (const words of document.querySelectorAll('[data-testid="stFileUploader"] button p')) {
    if (words.textContent === "Upload") words.firstChild.data = _("Upload");
  }
  for (const video of document.querySelectorAll("video:not([aria-label])")) video.setAttribute("aria-label", _("Film"));
}

export default function ({ data, parentElement }) {
  speak(parentElement, data);
  document.documentElement.lang = data.language;
  name();
  const watch = new MutationObserver(name);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
