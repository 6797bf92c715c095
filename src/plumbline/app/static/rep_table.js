// A table of reps: a click, Enter or Space picks a rep and takes the film there at once.
// Every word comes in as data and is set as text, never as markup.
const MARK = { fault: "! ", borderline: "? ", ok: "" };

function film(key) {
  return document.querySelector(`.st-key-${key} video`);
}

function seek(key, time) {
  const video = film(key);
  if (!video) return;
  const go = () => { video.currentTime = time; };
  if (video.readyState > 0) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
}

function element(name, words, className) {
  const out = document.createElement(name);
  if (words !== undefined) out.textContent = words;
  if (className) out.className = className;
  return out;
}

function rowOf(rep, data, pick) {
  const row = element("tr");
  row.tabIndex = 0;
  row.dataset.rep = rep.index;
  row.setAttribute("aria-selected", String(rep.index === data.chosen));
  row.append(element("td", `${rep.index}${rep.by_hand ? " (" + rep.by_hand + ")" : ""}`));
  const findings = element("td");
  for (const f of rep.findings) findings.append(element("span", MARK[f.verdict] + f.label, "tag " + f.verdict));
  if (!rep.findings.length) findings.append(element("span", "ok", "tag ok"));
  row.append(findings);
  rep.cells.forEach((cell, i) => {
    const td = element("td", cell.value);
    td.dataset.head = data.columns[i];
    if (cell.sd) td.append(element("span", " ± " + cell.sd, "sd"));
    row.append(td);
  });
  row.addEventListener("click", () => pick(rep));
  row.addEventListener("keydown", (e) => {
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(rep); }
  });
  return row;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const host = parentElement.host || parentElement;
  const wrap = parentElement.querySelector(".wrap");
  const focused = parentElement.activeElement?.dataset?.rep;
  const pick = (rep) => {
    seek(data.film, rep.seek_s);
    host.__shown = rep.index;
    setTriggerValue("rep", rep.index);
  };
  const table = element("table");
  const head = element("tr");
  for (const words of ["Rep", "Findings", ...data.columns]) head.append(element("th", words));
  const thead = element("thead"); thead.append(head);
  const body = element("tbody");
  for (const rep of data.reps) body.append(rowOf(rep, data, pick));
  table.append(thead, body);
  wrap.replaceChildren(table);
  if (focused) wrap.querySelector(`tr[data-rep="${focused}"]`)?.focus();
  // Picked elsewhere, for instance on a curve.
  if (data.chosen && host.__shown !== data.chosen) {
    host.__shown = data.chosen;
    const rep = data.reps.find((r) => r.index === data.chosen);
    if (rep) seek(data.film, rep.seek_s);
  }
}
