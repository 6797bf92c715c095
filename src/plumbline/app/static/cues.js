// What to work on: the one or two things that matter most, the others folded; each rep's number picks it.
function element(name, words, className) {
  const out = document.createElement(name);
  if (words !== undefined) out.textContent = words;
  if (className) out.className = className;
  return out;
}

// The numbers of reps, each of which picks its rep.
function reps(on, pick) {
  const out = [(on.length > 1 ? _("reps") : _("rep")) + " "];
  on.forEach((rep, i) => {
    const link = element("button", String(rep), "link");
    link.type = "button";
    link.setAttribute("aria-label", _("Show rep {n}", { n: rep }));
    link.onclick = () => pick(rep);
    out.push(i ? " " : "", link);
  });
  return out;
}

function beside(item, pick) {
  const out = element("p", "", "number");
  const [before, after] = item.words.split("{faults}");
  out.append(before);
  item.of.forEach((fault, i) => out.append(i ? "; " : "", fault.label + " (", ...reps(fault.on, pick), ")"));
  out.append(after);
  return out;
}

function cue(item, data, pick) {
  const out = element("li");
  out.append(element("span", "! " + item.label, "tag fault"), " ", element("strong", item.cue));
  const where = element("p", `${item.message}: `);
  if (item.on.length) {
    where.append(...reps(item.on, pick), " ", element("span", _("({k} of {n}).", { k: item.on.length, n: data.reps }), "of"));
  } else where.append(_("the whole set") + ".");
  out.append(where, element("p", item.on.length > 1 ? _("Worst: {number}.", { number: item.number }) : item.number, "number"));
  return out;
}

function list(items, data, pick) {
  const out = element("ol");
  out.append(...items.map((item) => cue(item, data, pick)));
  return out;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const host = parentElement.host || parentElement;
  const root = parentElement.querySelector(".cues");
  const pick = (rep) => {
    document.dispatchEvent(new CustomEvent("plumbline:pick", { detail: { film: data.film, rep } }));
    setTriggerValue("rep", rep);
  };
  const state = JSON.stringify(data);
  if (host.__state === state) return;
  host.__state = state;
  const parts = data.first.length
    ? [list(data.first, data, pick)]
    : [element("p", data.nothing)];
  if (data.more.length) {
    const more = element("details");
    more.append(element("summary", _("{n} more: {faults}", { n: data.more.length, faults: data.more.map((f) => f.label.toLowerCase()).join(", ") })), list(data.more, data, pick));
    parts.push(more);
  }
  parts.push(...data.beside.map((item) => beside(item, pick)));
  root.replaceChildren(...parts);
}
