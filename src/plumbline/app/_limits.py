"""The limits: each with its origin, to be changed by the coach and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
import tomli_w

from plumbline.app._session import clips_here, judge_anew, last_drill, limits_file, limits_in_force
from plumbline.app._words import error_markdown, escaped
from plumbline.catalogue import MetricLabel, Rule, load_drills, load_movements, load_rules, metric_label, read_limits
from plumbline.errors import PlumblineError
from plumbline.files import delete, make_folder, write_bytes, write_text
from plumbline.language import N_, _, number, say
from plumbline.measuring import load_measuring

Changes = dict[str, dict[str, Any]]
SIDES = (("above", N_("Fault if above")), ("below", N_("Fault if below")))
# So many open clips are judged anew by new limits.
OPEN_CLIPS = 6


def page() -> None:
    """One row a rule, a button that keeps them, one that goes back to Plumbline's own."""
    st.title(_("Limits"))
    try:
        overrides, measuring = read_limits(limits_in_force())
        rules, beyond = load_rules(overrides), load_measuring(measuring).fault_beyond_sd
    except PlumblineError as error:
        there = escaped(str(limits_file()))
        st.error(
            _(
                "{error} The file with your limits is {limits_file}: correct or delete it.",
                error=error_markdown(error),
                limits_file=there,
            )
        )
        return
    st.markdown(
        _(
            "A value is a fault when it is beyond its limit by more than {beyond} times its standard uncertainty "
            "(its ±); nearer to the limit it is borderline. Limits marked *own* are Plumbline's choice, because no "
            "norm is published: change them to suit you.",
            beyond=number(beyond, "g"),
        )
    )
    usual = {r.id: r for r in load_rules()}
    wanted: Changes = {}
    shown, bar = _sought(rules), st.container()
    for fault in dict.fromkeys(r.fault for r in rules):
        for rule in (r for r in rules if r.fault == fault):
            change = _row(rule) if rule in shown else _entered(rule)
            if rule.id not in usual:
                wanted[rule.id] = {**overrides[rule.id], **change}
            else:
                kept = {k: v for k, v in overrides.get(rule.id, {}).items() if k not in ("above", "below")}
                own = change if differs(usual[rule.id], change) else {}
                if row := kept | own:
                    wanted[rule.id] = row
    before = {r.id: _numbers(usual[r.id]) if r.id in usual else {} for r in rules}
    changed = [r for r in rules if differs(r, before[r.id] | wanted.get(r.id, {}))]
    with bar:
        _save(changed, wanted, measuring)
    if not shown:
        st.info(_("No limit fits that."))


def _sought(rules: tuple[Rule, ...]) -> list[Rule]:
    """The rules that are looked for, by drill and by words."""
    used = {d.id: d for d in load_drills().values() if any(rule.judges(d) for rule in rules)}
    a, b = st.columns(2)
    of, last = ["", *used], last_drill()
    drill = a.selectbox(
        _("Drill"),
        of,
        of.index(last) if last in of else 0,
        format_func=lambda d: say(used[d].name) if d else _("All drills"),
        key="limits_drill",
    )
    words = b.text_input(_("Search"), placeholder=_("knee, contact, lean …")).strip().lower()
    return [
        r
        for r in rules
        if (not drill or r.judges(used[drill])) and words in f"{say(r.label)} {metric_label(r.metric).label}".lower()
    ]


def _save(changed: list[Rule], wanted: Changes, measuring: Changes) -> None:
    """Save or take back, always in view; and what is not saved yet."""
    a, b, c = st.columns([1, 1, 2], vertical_alignment="center")
    # Never disabled: the click that leaves a number must count.
    if a.button(_("Save limits"), type="primary", width="stretch"):
        _keep_on(wanted, measuring, _("Saved. They apply from now on; open clips were measured again."))
    if b.button(_("Back to Plumbline's own"), width="stretch", disabled=limits_in_force() is None and not changed):
        said = _("These are Plumbline's own limits again; open clips were measured again.")
        if measuring:
            said += " " + _("Your file still changes how clips are measured: {names}.", names=", ".join(measuring))
        _keep_on({}, measuring, said)
    if changed:
        c.warning(_("Not saved yet: {limits}.", limits=", ".join(dict.fromkeys(say(r.label) for r in changed))))
    elif said := st.session_state.pop("limits_kept", ""):
        c.success(said)
        c.button(_("Undo"), icon=":material/undo:", on_click=_put_back)


def _put_back() -> None:
    """The limits as they were before the last change."""
    path, before = limits_file(), st.session_state.pop("limits_before")
    try:
        write_bytes(path, before) if before else delete(path)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    _forget_entered()
    if lost := _measure_again():
        st.error(lost)


def _keep_on(wanted: Changes, measuring: Changes, said: str) -> None:
    path = limits_file()
    try:
        before = path.read_bytes() if path.is_file() else b""
        keep(path, wanted, measuring)
    except PlumblineError as error:
        st.error(error_markdown(error))
        return
    _forget_entered()
    st.session_state.update(limits_kept=said, limits_before=before)
    st.session_state["limits_kept"] += _measure_again()
    st.rerun()


def _measure_again() -> str:
    """Judge the open clips by the limits that are in force now; what is to be said of those that could not be."""
    jobs, lost = [job for job in clips_here() if job.state == "measured"], []
    with st.spinner(_("Measuring the open clips again")):
        for job in jobs[-OPEN_CLIPS:]:
            try:
                judge_anew(job, job.request)
            except PlumblineError as error:
                lost.append(f" {escaped(job.name)}: {error_markdown(error)}")
    return "".join(lost)


def _forget_entered() -> None:
    st.session_state.pop("limits_entered", None)
    st.session_state["limits_taken"] = st.session_state.get("limits_taken", "") + "_"
    for key in [k for k in st.session_state if str(k).startswith("limit_")]:
        del st.session_state[key]


def _entered(rule: Rule) -> dict[str, float]:
    """The numbers of a rule that is not on the page just now: as they were entered, else as they are."""
    entered: dict[str, float] = st.session_state.get("limits_entered", {})
    return {side: entered.get(f"limit_{rule.id}_{side}", value) for side, value in _numbers(rule).items()}


def _numbers(rule: Rule) -> dict[str, float]:
    return {side: value for side, _label in SIDES if (value := getattr(rule, side)) is not None}


def _names() -> dict[str, str]:
    """Drills and movements in words."""
    return {m.id: say(m.name) for m in load_movements().values()} | {d.id: say(d.name) for d in load_drills().values()}


def _row(rule: Rule) -> dict[str, float]:
    """The numbers of one rule as they stand in the page, in the table's units."""
    label = metric_label(rule.metric)
    known, before = _names(), _entered(rule)
    names = " · ".join(known.get(d, d) for d in rule.drills)
    words, *inputs = st.columns([3, 1, 1], vertical_alignment="center")
    unit = (f", {label.unit}" if label.unit else "") + f" {label.ways}".rstrip()
    words.markdown(
        _(
            "**{fault}**: {metric}{unit}  \n:small[{names}. Origin: {origin}.]",
            fault=say(rule.label),
            metric=label.label,
            unit=unit,
            names=names,
            origin=say(rule.origin),
        )
    )
    if rule.moves_with:
        words.caption(_moves(rule, label))
    out = {}
    for (side, words_of_side), column in zip(SIDES, inputs, strict=True):
        value = getattr(rule, side)
        if value is None:
            continue
        entered = column.number_input(
            say(words_of_side),
            value=round(before[side] * label.factor, 6),
            step=_step(label),
            format=f"%.{max(label.digits, 1)}f",
            # A number that is taken back must not stay in its box: a box of another name has none.
            key=f"limit_{rule.id}_{side}{st.session_state.get('limits_taken', '')}",
        )
        own = entered / label.factor
        out[side] = value if abs(entered - value * label.factor) < 1e-9 else round(own, 9)
        st.session_state.setdefault("limits_entered", {})[f"limit_{rule.id}_{side}"] = out[side]
    return out


def _moves(rule: Rule, label: MetricLabel) -> str:
    """That a limit depends on another metric, and how."""
    other = metric_label(rule.moves_with)
    return _(
        "At {start} {unit} ({metric}); {by} {own_unit} for each {unit} more.",
        start=number(rule.moves_from * other.factor, "g"),
        unit=other.unit,
        metric=other.label.lower(),
        by=number(rule.moves_by * label.factor / other.factor, "+g"),
        own_unit=label.unit,
    )


def _step(label: MetricLabel) -> float:
    return float(10.0**-label.digits * (5 if label.factor >= 100 else 1))


def differs(rule: Rule, row: dict[str, Any]) -> bool:
    """Whether any limit in a row is another one than the rule's."""
    return any(abs(row[side] - (getattr(rule, side) or 0.0)) > 1e-9 for side, _label in SIDES if side in row)


def keep(path: Path, faults: Changes, measuring: Changes) -> None:
    """Write the coach's file: only what differs from Plumbline's own; where nothing does there is no file."""
    if not faults and not measuring:
        delete(path)
        return
    tables = {name: rows for name, rows in (("faults", faults), ("measuring", measuring)) if rows}
    make_folder(path.parent)
    write_text(path, "# Your own limits; they override single rows of Plumbline's tables.\n\n" + tomli_w.dumps(tables))
