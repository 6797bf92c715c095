"""Matches the reps of a report to those of a truth file and collects the errors."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plumbline.errors import SettingsError
from plumbline.report import Report, RepOut, VerdictOut
from plumbline.reps import EVENTS

TRUTH_SCHEMA = "plumbline/truth/1"
# What follows from the events alone, and so can be labelled.
TIMES = ("contact_time_s", "flight_time_s")
# Two reps are the same when their key events lie this close.
MATCH_S = 0.12
MATCH_SLOW_S = 0.6


@dataclass
class Comparison:
    """Errors collected over clips.

    `errors`, `truths` and `sds` hold one list per metric or event; `missed_faults` and
    `false_faults` say in which clip and rep.
    """

    errors: dict[str, list[float]] = field(default_factory=dict)
    sds: dict[str, list[float]] = field(default_factory=dict)
    truths: dict[str, list[float]] = field(default_factory=dict)
    true_reps: int = 0
    found_reps: int = 0
    matched_reps: int = 0
    missed_faults: list[str] = field(default_factory=list)
    false_faults: list[str] = field(default_factory=list)

    def add(self, name: str, measured: float, true: float, sd: float | None) -> None:
        """Note one pair of measured and true value."""
        self.errors.setdefault(name, []).append(measured - true)
        self.truths.setdefault(name, []).append(true)
        self.sds.setdefault(name, []).append(float("nan") if sd is None else sd)


def read_truth(path: Path) -> dict[str, Any]:
    """Read a truth file.

    Raises
    ------
    SettingsError
        When it is missing or not one.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SettingsError(f"{path} is not a truth file that can be read: {error}.") from error
    if not isinstance(document, dict) or document.get("schema") != TRUTH_SCHEMA:
        raise SettingsError(f"{path} is not a truth file (schema {TRUTH_SCHEMA}).")
    if not isinstance(document.get("drill"), str) or not isinstance(document.get("reps"), list):
        raise SettingsError(f"{path} is not a whole truth file: it needs a drill and reps.")
    return document


def _middle(rep: dict[str, Any]) -> float:
    known = [rep[e] for e in EVENTS if rep.get(e) is not None]
    return sum(known) / len(known) if known else (rep["start_s"] + rep["end_s"]) / 2


def _match(report: Report, truth: dict[str, Any]) -> list[tuple[RepOut, dict[str, Any]]]:
    """Pairs of reps whose middles are nearest, each used once."""
    pairs, free = [], list(report.reps)
    for true in truth["reps"]:
        if not free:
            break
        slow = not any(true.get(e) is not None for e in EVENTS)
        near = min(free, key=lambda r: abs(_middle(r.model_dump()) - _middle(true)))
        if abs(_middle(near.model_dump()) - _middle(true)) <= (MATCH_SLOW_S if slow else MATCH_S):
            pairs.append((near, true))
            free.remove(near)
    return pairs


def _truly_beyond(v: VerdictOut, true: dict[str, Any]) -> bool:
    """Whether the true value, too, is on the wrong side of the limit."""
    expected = true["metrics"].get(v.metric)
    return expected is not None and (expected - v.limit) * (v.value - v.limit) > 0


def _compare_rep(rep: RepOut, true: dict[str, Any], into: Comparison, name: str) -> None:
    for event in EVENTS:
        measured, expected = getattr(rep, event), true.get(event)
        if measured is not None and expected is not None:
            into.add(event, measured, expected, rep.event_sd_s)
    for metric, expected in true["metrics"].items():
        if metric in rep.metrics:
            q = rep.metrics[metric]
            into.add(metric, q.value, expected, q.sd)
    found = [v for v in rep.verdicts if v.verdict == "fault"]
    raised = {v.fault for v in found}
    if "planted" not in true:
        return  # labels of events say nothing of faults
    planted = set(true["planted"])
    into.missed_faults += [f"{name} rep {rep.index}: {f}" for f in sorted(planted - raised)]
    if not planted:
        into.false_faults += [f"{name} rep {rep.index}: {v.fault}" for v in found if not _truly_beyond(v, true)]


def compare(report: Report, truth: dict[str, Any], into: Comparison) -> None:
    """Match the reps of a clip and add their errors to a comparison."""
    pairs = _match(report, truth)
    into.true_reps += len(truth["reps"])
    into.found_reps += len(report.reps)
    into.matched_reps += len(pairs)
    for rep, true in pairs:
        _compare_rep(rep, true, into, report.clip.name)


def labels_of(report: Report) -> dict[str, Any]:
    """The events of a report as a truth document: labels that a person has looked over."""
    reps: list[dict[str, Any]] = [
        {
            "start_s": r.start_s,
            "end_s": r.end_s,
            "touchdown_s": r.touchdown_s,
            "toe_off_s": r.toe_off_s,
            "landing_s": r.landing_s,
            "metrics": {name: r.metrics[name].value for name in TIMES if name in r.metrics},
        }
        for r in report.reps
    ]
    return {"schema": TRUTH_SCHEMA, "drill": report.drill.id if report.drill else "auto", "reps": reps}
