// What to work on: the one or two things that matter most, the others folded; each rep's number picks it.
function element(name, words, className) {
  const out = document.createElement(name);
  if (words !== undefined) out.textContent = words;
  if (className) out.className = className;
  return out;
}

function cue(item, data, pick) {
  const out = element("li");
  out.append(element("span", "! " + item.label, "tag fault"), " ", element("strong", item.cue));
  const where = element("p", `${item.message}: `);
  if (item.on.length) {
    where.append(item.on.length > 1 ? "reps " : "rep ");
    item.on.forEach((rep, i) => {
      const link = element("button", String(rep), "link");
      link.type = "button";
      link.setAttribute("aria-label", `Show rep ${rep}`);
      link.onclick = () => pick(rep);
      where.append(i ? ", " : "", link);
    });
    where.append(` of ${data.reps}.`);
  } else where.append("the whole set.");
  out.append(where, element("p", item.number, "number"));
  return out;
}

function list(items, data, pick) {
  const out = element("ol");
  out.append(...items.map((item) => cue(item, data, pick)));
  return out;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
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
    : [element("span", data.no_findings, data.no_findings === "ok" ? "tag ok" : "tag plain"), ` ${data.nothing}`];
  if (data.more.length) {
    const more = element("details");
    more.append(element("summary", `${data.more.length} more: ${data.more.map((f) => f.label.toLowerCase()).join(", ")}`), list(data.more, data, pick));
    parts.push(more);
  }
  if (data.alone) parts.push(element("p", data.alone, "number"));
  root.replaceChildren(...parts);
}
