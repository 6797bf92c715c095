"""The limits: each with its origin, to be changed by the coach and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from plumbline.app._session import limits_file, limits_in_force
from plumbline.catalogue import MetricLabel, Rule, load_drills, load_movements, load_rules, metric_label, read_limits
from plumbline.errors import PlumblineError
from plumbline.files import make_folder, write_text

Changes = dict[str, dict[str, Any]]
SIDES = (("above", "Too much above"), ("below", "Too little below"))


def page() -> None:
    """One row a rule, a button that keeps them, one that goes back to Plumbline's own."""
    st.title("Limits")
    st.markdown(
        "A value beyond its limit by more than 1.64 of its own standard uncertainty is a fault, by less borderline. "
        "Limits marked *own* are Plumbline's choice, no norm is published: make them yours."
    )
    try:
        overrides, measuring = read_limits(limits_in_force())
        rules = load_rules(overrides)
    except PlumblineError as error:
        st.error(f"{error} The file with your limits is {limits_file()}: mend or remove it.")
        return
    usual = {r.id: r for r in load_rules()}
    wanted: Changes = {}
    for fault in dict.fromkeys(r.fault for r in rules):
        for rule in (r for r in rules if r.fault == fault):
            change = _row(rule)
            if rule.id not in usual:
                wanted[rule.id] = {**overrides[rule.id], **change}
            elif differs(usual[rule.id], change):
                kept = {k: v for k, v in overrides.get(rule.id, {}).items() if k not in ("above", "below")}
                wanted[rule.id] = {**kept, **change}
    a, b, _ = st.columns([1, 1, 2])
    if a.button("Save limits", type="primary", width="stretch"):
        _keep_on(wanted, measuring)
    if b.button("Back to Plumbline's own", width="stretch", disabled=limits_in_force() is None):
        limits_file().unlink(missing_ok=True)
        for key in [k for k in st.session_state if str(k).startswith("limit_")]:
            del st.session_state[key]
        st.rerun()
    if st.session_state.pop("limits_kept", False):
        st.success("Saved. They apply to every clip from now on; measure an open clip again under *Athlete and drill*.")


def _keep_on(wanted: Changes, measuring: Changes) -> None:
    try:
        keep(limits_file(), wanted, measuring)
    except PlumblineError as error:
        st.error(str(error))
    else:
        st.session_state["limits_kept"] = True
        st.rerun()


def _row(rule: Rule) -> dict[str, float]:
    """The numbers of one rule as they stand in the page, in the table's units."""
    label = metric_label(rule.metric)
    known = {m.id: m.name for m in load_movements().values()} | {d.id: d.name for d in load_drills().values()}
    names = ", ".join(known.get(d, d) for d in rule.drills)
    words, *inputs = st.columns([3, 1, 1], vertical_alignment="center")
    unit = f", {label.unit}" if label.unit else ""
    words.markdown(f"**{rule.label}**: {label.label}{unit}  \n:small[{names}. Origin: {rule.origin}.]")
    out = {}
    for (side, words_of_side), column in zip(SIDES, inputs, strict=True):
        value = getattr(rule, side)
        if value is None:
            continue
        entered = column.number_input(
            words_of_side,
            value=round(value * label.factor, 6),
            step=_step(label),
            format=f"%.{max(label.digits, 1)}f",
            key=f"limit_{rule.id}_{side}",
        )
        out[side] = value if abs(entered - value * label.factor) < 1e-9 else round(entered / label.factor, 9)
    return out


def _step(label: MetricLabel) -> float:
    return float(10.0**-label.digits * (5 if label.factor >= 100 else 1))


def differs(rule: Rule, change: dict[str, float]) -> bool:
    """Whether any number of a row is another one."""
    return any(abs(value - (getattr(rule, side) or 0.0)) > 1e-9 for side, value in change.items())


def keep(path: Path, faults: Changes, measuring: Changes) -> None:
    """Write the coach's file: only what differs from Plumbline's own."""
    lines = ["# Your own limits; they override single rows of Plumbline's tables."]
    for section, rows in (("faults", faults), ("measuring", measuring)):
        for name, row in rows.items():
            lines += ["", f"[{section}.{json.dumps(name)}]"]
            # JSON's text, number and list forms are TOML's too.
            lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    make_folder(path.parent)
    write_text(path, "\n".join(lines) + "\n")
