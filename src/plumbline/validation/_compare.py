"""Matches the reps of a report to those of a truth file and collects the errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from scipy.optimize import linear_sum_assignment

from plumbline.errors import SettingsError, first_problem
from plumbline.files import read_document
from plumbline.report import Report, RepOut, VerdictOut
from plumbline.reps import EVENTS

TRUTH_SCHEMA = "plumbline/truth/1"
# What follows from the events alone, and so can be labelled.
TIMES = ("contact_time_s", "flight_time_s")
# Two reps are the same when their key events lie this close.
MATCH_S = 0.12
MATCH_SLOW_S = 0.6


class _Read(BaseModel):
    model_config = ConfigDict(extra="allow", allow_inf_nan=False)


class _TrueRep(_Read):
    start_s: float
    end_s: float
    touchdown_s: float | None = None
    toe_off_s: float | None = None
    landing_s: float | None = None
    metrics: dict[str, float]
    planted: list[str] = []


class _Truth(_Read):
    schema_id: Literal["plumbline/truth/1"] = Field(alias="schema")
    drill: str
    reps: list[_TrueRep]


@dataclass
class Comparison:
    """Errors collected over clips.

    Attributes
    ----------
    errors : dict of list of float
        Measured less true, by metric or event, in its unit.
    truths : dict of list of float
        The true values.
    sds : dict of list of float
        The stated uncertainties, NaN where there is none.
    true_reps : int
        How many there are.
    found_reps : int
        How many were found.
    matched_reps : int
        How many of both belong together.
    missed_faults : list of str
        In which clip and rep a fault was not found.
    false_faults : list of str
        In which one was found that is none.
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
        """Note one pair of measured and true value.

        Parameters
        ----------
        name : str
            The metric or event.
        measured, true : float
            In its unit.
        sd : float or None
            The stated standard uncertainty, same unit.
        """
        self.errors.setdefault(name, []).append(measured - true)
        self.truths.setdefault(name, []).append(true)
        self.sds.setdefault(name, []).append(float("nan") if sd is None else sd)


def read_truth(path: Path) -> dict[str, Any]:
    """Read the truth file at `path`.

    Raises
    ------
    SettingsError
        When it is missing or not one.
    """
    try:
        # What the file does not say is not filled in: labels of events say nothing of faults.
        return _Truth.model_validate_json(read_document(path)).model_dump(by_alias=True, exclude_unset=True)
    except ValidationError as error:
        raise SettingsError(
            "{path} is not a usable truth file: {first_problem}.", path=path, first_problem=first_problem(error)
        ) from error


def _apart_s(rep: RepOut, true: dict[str, Any]) -> float:
    """How far two reps lie apart: on average over the events that both have, else by their middles."""
    found = {e: getattr(rep, e) for e in EVENTS}
    both = [found[e] - true[e] for e in EVENTS if found[e] is not None and true.get(e) is not None]
    if both:
        return sum(map(abs, both)) / len(both)
    return abs(rep.start_s + rep.end_s - true["start_s"] - true["end_s"]) / 2


def _match(report: Report, truth: dict[str, Any]) -> list[tuple[int, int]]:
    """Indices of the found and the true reps that belong together: as many as lie near, and those nearest."""
    if not report.reps or not truth["reps"]:
        return []
    apart = np.array([[_apart_s(rep, true) for true in truth["reps"]] for rep in report.reps])
    slow = [not any(true.get(e) is not None for e in EVENTS) for true in truth["reps"]]
    near = apart <= np.where(slow, MATCH_SLOW_S, MATCH_S)
    pairs = zip(*linear_sum_assignment(np.where(near, apart, 1e3)), strict=True)
    return [(int(i), int(k)) for i, k in pairs if near[i, k]]


def _truly_beyond(v: VerdictOut, true: dict[str, Any]) -> bool:
    """Whether the true value, too, is on the wrong side of the limit."""
    expected = true["metrics"].get(v.metric)
    return expected is not None and (expected - v.limit) * (v.value - v.limit) > 0


def _compare_rep(rep: RepOut, true: dict[str, Any], into: Comparison, name: str) -> None:
    for event in EVENTS:
        measured, expected = getattr(rep, event), true.get(event)
        if measured is not None and expected is not None:
            own = getattr(rep, f"{event[:-2]}_sd_s")
            into.add(event, measured, expected, rep.event_sd_s if own is None else own)
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
    invented = (v.fault for v in found if v.fault not in planted and not _truly_beyond(v, true))
    into.false_faults += [f"{name} rep {rep.index}: {fault}" for fault in invented]


def compare(report: Report, truth: dict[str, Any], into: Comparison) -> None:
    """Match the reps of a clip and add their errors to a comparison.

    Parameters
    ----------
    report : Report
    truth : dict
        From `read_truth`.
    into : Comparison
        Changed in place.
    """
    pairs = _match(report, truth)
    into.true_reps += len(truth["reps"])
    into.found_reps += len(report.reps)
    into.matched_reps += len(pairs)
    for i, k in pairs:
        _compare_rep(report.reps[i], truth["reps"][k], into, report.clip.name)
    found, known = {i for i, _ in pairs}, {k for _, k in pairs}
    for k, true in enumerate(truth["reps"]):
        if k not in known:
            lost = true.get("planted", [])
            into.missed_faults += [f"{report.clip.name} true rep {k + 1}, not found: {f}" for f in lost]
    if truth["reps"] and all("planted" in true for true in truth["reps"]):
        for rep in (rep for i, rep in enumerate(report.reps) if i not in found):
            raised = (v.fault for v in rep.verdicts if v.verdict == "fault")
            into.false_faults += [f"{report.clip.name} rep {rep.index}, which is none: {f}" for f in raised]


def labels_of(report: Report) -> dict[str, Any]:
    """The events of `report` as a truth document: labels that a person has looked over."""
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
