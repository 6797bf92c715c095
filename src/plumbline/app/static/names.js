// Names for what Streamlit leaves without: icons are read as words, file fields as nothing, dates by no label.
// And its own words, which are English only, in the language that is spoken.
const ICONS = '[data-testid="stIconMaterial"]:not([aria-hidden])';
const FILES = 'input[type="file"]:not([aria-label])';
const DATES = '[data-testid="stDateInput"]';

const BUTTONS = {
  stExpandSidebarButton: N_("Open the sidebar"),
  "stBaseButton-headerNoPadding": N_("Close the sidebar"),
};

const OWN = new Set([
  N_("Add row"),
  N_("Calendar."),
  N_("Choose an option"),
  N_("Clear value"),
  N_("Close fullscreen"),
  N_("Decrement"),
  N_("Delete row(s)"),
  N_("Download as CSV"),
  N_("Fullscreen"),
  N_("Increment"),
  N_("Link to heading"),
  N_("Next month."),
  N_("No results"),
  N_("Open"),
  N_("Press Enter to apply"),
  N_("Press Enter to submit form"),
  N_("Press the down arrow key to interact with the calendar and select a date. Press the escape button to close the calendar."),
  N_("Previous month."),
  N_("Remove file"),
  N_("Search"),
  N_("Select all"),
  N_("Show/hide columns"),
  N_("Upload"),
]);
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const TEXTS =
  '[data-testid="stFileUploader"], [data-testid="stTooltipContent"], [data-testid="InputInstructions"], ' +
  '[data-testid="stDateInput"] p, [data-baseweb="calendar"], [data-baseweb="popover"] ul, [data-testid="stColumnVisibilityMenu"]';
// A day that the calendar reads out, and the one that is chosen.
const DAY = /^(Choose|Selected\.|Not available\.) \w+, (\w+) (\d+)\w* (\d{4})\..*$/;
const CHOSEN = /^Selected date is (.+?)\. Select the second date\.$/;

function spoken(text) {
  if (OWN.has(text)) return _(text);
  if (MONTHS.has(text)) return MONTHS.get(text);
  if (WEEKDAYS.has(text)) return WEEKDAYS.get(text);
  const chosen = text.match(CHOSEN);
  if (chosen) return _("Chosen: {day}", { day: chosen[1] });
  const day = text.match(DAY);
  if (day) return `${day[3]}. ${MONTHS.get(day[2]) ?? day[2]} ${day[4]}`;
  return text.includes("per file") ? text.replace("per file", _("per file")) : text;
}

// Names of months and days as Streamlit's calendar writes them, and as the language does.
const MONTHS = new Map(), WEEKDAYS = new Map();

function calendar() {
  MONTHS.clear(), WEEKDAYS.clear();
  const named = (date, language, form) => date.toLocaleDateString(language, { ...form, timeZone: "UTC" });
  for (let k = 0; k < 12; k++) {
    const date = new Date(Date.UTC(2024, k, 1)); // 1 January 2024 is a Monday
    MONTHS.set(named(date, "en", { month: "long" }), named(date, LANGUAGE, { month: "long" }));
  }
  for (let k = 0; k < 7; k++) {
    const date = new Date(Date.UTC(2024, 0, 1 + k));
    WEEKDAYS.set(named(date, "en", { weekday: "short" }).slice(0, 2), named(date, LANGUAGE, { weekday: "short" }).slice(0, 2));
  }
}

function translate() {
  for (const element of document.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())) {
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      if (text && spoken(text) !== text) element.setAttribute(name, spoken(text));
    }
  }
  for (const place of document.querySelectorAll(TEXTS)) {
    const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (spoken(node.data) !== node.data) node.data = spoken(node.data);
    }
  }
}

function name() {
  for (const icon of document.querySelectorAll(ICONS)) icon.setAttribute("aria-hidden", "true");
  for (const field of document.querySelectorAll(FILES)) {
    field.setAttribute("aria-label", field.closest("section")?.getAttribute("aria-label") || _("Choose a film"));
  }
  for (const date of document.querySelectorAll(DATES)) {
    const label = date.querySelector("label")?.textContent.trim();
    const field = date.querySelector("input");
    if (label && field && field.getAttribute("aria-label") !== label) field.setAttribute("aria-label", label);
  }
  for (const [button, label] of Object.entries(BUTTONS)) {
    for (const found of document.querySelectorAll(`[data-testid="${button}"]:is(:not([aria-label]), [aria-label=""])`)) {
      found.setAttribute("aria-label", _(label));
    }
  }
  document.querySelector('[data-testid="stMain"]')?.setAttribute("role", "main");
  // An attribute that a section may not have; nothing is drawn by it.
  document.querySelector('[data-testid="stSidebar"][aria-expanded]')?.removeAttribute("aria-expanded");
  for (const video of document.querySelectorAll("video:not([aria-label])")) video.setAttribute("aria-label", _("Film"));
  if (LANGUAGE !== "en") translate();
}

export default function ({ data, parentElement }) {
  speak(parentElement, data);
  document.documentElement.lang = data.language;
  calendar();
  let asked = 0;
  const soon = () => (asked ||= requestAnimationFrame(() => ((asked = 0), name())));
  name();
  // On a phone the menu lies over the page that was chosen in it.
  const chosen = (event) => {
    if (innerWidth > 768 || !event.target.closest?.('[data-testid="stSidebarNavLink"], [data-testid="stSidebarNavLinkContainer"]')) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebar"] [data-testid="stBaseButton-headerNoPadding"]')?.click(), 150);
  };
  return lasting(parentElement, () => {
    document.addEventListener("click", chosen);
    const watch = new MutationObserver(soon);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
    return () => (watch.disconnect(), document.removeEventListener("click", chosen), cancelAnimationFrame(asked));
  });
}
