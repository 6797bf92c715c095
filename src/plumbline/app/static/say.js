// Words in the language that is spoken: the page hands them over by their English text.
let WORDS = {}, LANGUAGE = "en";

function _(text, values = {}) {
  return (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// A number with so many digits behind the sign that the language has for it.
function figure(value, digits) {
  return value.toLocaleString(LANGUAGE, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
}

// Marks a text that is looked up where it is shown.
const N_ = (text) => text;

// Begins what lasts: listeners, clocks. The page runs a component many times, and cleans up only when it takes it off:
// what the run before began ends first. What `begin` gives back may be called twice.
function lasting(root, begin) {
  const host = root.host || root;
  host.__end?.();
  const end = (host.__end = begin());
  return () => { end(); if (host.__end === end) host.__end = null; };
}

// Takes the words of the page, and says those that stand in a component's own markup.
function speak(root, data) {
  WORDS = data.words || {};
  LANGUAGE = data.language || "en";
  if (root.__language === data.language) return;
  root.__language = data.language;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const known = (node.__english ??= {});
    if (node.nodeType === Node.TEXT_NODE) {
      known.text ??= node.data.trim();
      if (known.text) node.data = _(known.text);
    } else {
      for (const name of ["aria-label", "title"]) {
        if (node.hasAttribute(name)) node.setAttribute(name, _((known[name] ??= node.getAttribute(name))));
      }
    }
  }
}

