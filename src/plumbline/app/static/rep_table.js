// A table of reps: a click, Enter or Space picks a rep, and the player is told at once.
// Every word comes in as data and is set as text, never as markup.
const MARK = { fault: "! ", borderline: "? ", ok: "" };

function element(name, words, className) {
  const out = document.createElement(name);
  if (words !== undefined) out.textContent = words;
  if (className) out.className = className;
  return out;
}

function rowOf(rep, data, pick) {
  const row = element("tr");
  row.dataset.rep = rep.index;
  if (rep.index === data.chosen) row.setAttribute("aria-current", "true");
  const number = element("th");
  number.scope = "row";
  number.dataset.head = _("Rep");
  const link = element("button", String(rep.index));
  link.type = "button";
  link.setAttribute("aria-label", _("Show rep {n}", { n: rep.index }));
  number.append(link);
  if (rep.by_hand) number.append(element("span", ` ${rep.by_hand}`, "sd"));
  row.append(number);
  if (data.legs) { const leg = element("td", rep.leg); leg.dataset.head = _("Leg"); row.append(leg); }
  const findings = element("td", undefined, "findings");
  for (const f of rep.findings) findings.append(element("span", MARK[f.verdict] + f.label, "tag " + f.verdict));
  if (!rep.findings.length) findings.append(element("span", rep.none.words, "tag " + rep.none.tone));
  row.append(findings);
  rep.cells.forEach((cell, i) => {
    const td = element("td", cell.value, cell.verdict || "");
    td.dataset.head = data.columns[i];
    if (cell.side) td.append(element("span", " " + cell.side, "sd"));
    if (cell.sd) td.append(element("span", " ± " + cell.sd, "sd"));
    row.append(td);
  });
  row.addEventListener("click", () => pick(rep));
  return row;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const host = parentElement.host || parentElement;
  const wrap = parentElement.querySelector(".wrap");
  const focused = parentElement.activeElement?.closest?.("tr")?.dataset?.rep;
  const pick = (rep) => {
    document.dispatchEvent(new CustomEvent("plumbline:pick", { detail: { film: data.film, rep: rep.index } }));
    setTriggerValue("rep", rep.index);
  };
  const state = JSON.stringify(data);
  if (host.__state === state) return;
  host.__state = state;
  const table = element("table");
  const head = element("tr");
  const first = [_("Rep"), ...(data.legs ? [_("Leg")] : []), _("Findings")];
  for (const [k, words] of [...first, ...data.columns].entries()) {
    const th = element("th", words, k < first.length ? "words" : undefined);
    th.scope = "col";
    head.append(th);
  }
  const thead = element("thead"); thead.append(head);
  const body = element("tbody");
  for (const rep of data.reps) body.append(rowOf(rep, data, pick));
  table.append(thead, body);
  wrap.replaceChildren(table);
  if (focused) wrap.querySelector(`tr[data-rep="${focused}"] button`)?.focus({ preventScroll: true });
}
