"""A measured film, or a count by hand, as a set of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from plumbline.arrays import FloatArray
from plumbline.catalogue import find_drill, load_protocols
from plumbline.errors import SettingsError, first_problem
from plumbline.faults import reps_to_call
from plumbline.log._entries import FaultCount, Kind, MetricEntry, SetEntry
from plumbline.measuring import load_measuring
from plumbline.quantity import of_each_and_of_all, together, without

if TYPE_CHECKING:  # the log is opened without what makes reports
    from plumbline.report import Report, RepOut


KINDS: dict[str, Kind] = {
    "strength": "strength",
    "balance": "balance",
    "board": "balance",
    "stability": "balance",
}


def set_from_report(report: Report, path: str = "") -> SetEntry:
    """What the log keeps of a report.

    Contacts are those that were detected: one a rep that has a touchdown or a landing, by
    the drill's count. A metric's uncertainty is that of the mean: what is common to all reps
    stays as it is, what differs from rep to rep shrinks with their number. Where the report does
    not part them, the whole of a reading's error counts as common.

    Parameters
    ----------
    report : Report
    path : str
        Where the report lies.

    Returns
    -------
    SetEntry

    Raises
    ------
    SettingsError
        When no drill was found in it.
    """
    if report.drill is None or not report.reps:
        raise SettingsError("the report of {name} has no reps: there is nothing to log.", name=report.clip.name)
    try:
        return _entry(report, path)
    except ValidationError as error:
        raise SettingsError(
            "the report of {name} holds numbers that cannot be: {first_problem}.",
            name=report.clip.name,
            first_problem=first_problem(error),
        ) from error


def _entry(report: Report, path: str) -> SetEntry:
    assert report.drill is not None
    stances = {r.stance for r in report.reps}
    return SetEntry(
        drill=report.drill.id,
        side=stances.pop() if len(stances) == 1 else "both",
        reps=len(report.reps),
        contacts=_contacts(report),
        source="film",
        film=report.clip.name[:255],
        film_sha256=report.clip.sha256,
        report=path[:1024],
        metrics=_metrics(report.reps) | _scores(report),
        faults=_faults(report),
    )


def _contacts(report: Report) -> int:
    assert report.drill is not None
    per_rep = find_drill(report.drill.id).contacts
    if not per_rep:
        return 0
    landed = [r for r in report.reps if r.touchdown_s is not None or r.landing_s is not None]
    return round(per_rep * len(landed))


def _metrics(reps: list[RepOut]) -> dict[str, MetricEntry]:
    out = {}
    for name in dict.fromkeys(n for r in reps for n in r.metrics):
        q = [r.metrics[name] for r in reps if name in r.metrics]
        values = np.array([v.value for v in q])
        out[name] = metric_entry(values, np.array([v.sd for v in q]), [v.common_sd for v in q], q[0].unit)
    return out


def _scores(report: Report) -> dict[str, MetricEntry]:
    """Scores of field tests, each one value of the whole set."""
    found = report.summary.metrics
    return {
        name: MetricEntry(mean=found[name].mean, sd=found[name].sd, n=1, unit=found[name].unit)
        for name in load_protocols()
        if name in found
    }


def metric_entry(values: FloatArray, sds: FloatArray, common: list[float | None], unit: str) -> MetricEntry:
    """A metric over a set, its uncertainty in two parts.

    Parameters
    ----------
    values : (n,)
        One value a rep, in `unit`.
    sds : (n,)
        The whole standard uncertainty of each, in `unit`.
    common : list of float or None, n
        The part of it that all reps share, same unit.
    unit : str

    Returns
    -------
    MetricEntry
    """
    n, mean = len(values), float(values.mean())
    known = [c for c in common if c is not None]
    if len(known) < n:
        scatter = float(values.std(ddof=1)) if n > 1 else 0.0
        return MetricEntry(mean=mean, sd=max(scatter / np.sqrt(n), float(np.median(sds))), n=n, unit=unit)
    own = np.array([without(sd, c) for sd, c in zip(sds, known, strict=True)])
    rep, shared = of_each_and_of_all(values, own, np.array(known))
    return MetricEntry(mean=mean, sd=together(shared, rep / np.sqrt(n)), n=n, unit=unit, common_sd=shared, rep_sd=rep)


def _faults(report: Report) -> dict[str, FaultCount]:
    labels = {v.fault: v.label for r in report.reps for v in r.verdicts}
    labels |= {v.fault: v.label for v in report.summary.verdicts}
    # What only the set as a whole can have, such as an uneven rhythm, is on all of its reps. A fault that the mean has,
    # though hardly a rep is sure of it, counts as many as make a fault one of the set.
    of_set = {v.fault for v in report.summary.verdicts} - {v.fault for r in report.reps for v in r.verdicts}
    m, n = load_measuring(), len(report.reps)
    least = reps_to_call(n, round(m.fault_reps), m.fault_share_of_few)
    counts = {k: max(v.count, least if v.called else 0) for k, v in report.summary.faults.items()}
    return {k: FaultCount(label=labels.get(k, k), count=n if k in of_set else count) for k, count in counts.items()}


def set_by_hand(drill_id: str, reps: int, side: str = "both") -> SetEntry:
    """A set that was not filmed: contacts by the drill's count.

    Parameters
    ----------
    drill_id : str
    reps : int
    side : "both", "left" or "right"

    Returns
    -------
    SetEntry

    Raises
    ------
    SettingsError
        When there is no such drill.
    """
    contacts = round(reps * (find_drill(drill_id).contacts or 0))
    return SetEntry.model_validate({"drill": drill_id, "reps": reps, "side": side, "contacts": contacts})


def kind_of(drill_id: str) -> Kind:
    """The kind of session that the drill `drill_id` belongs to."""
    drill = find_drill(drill_id)
    if drill.contacts:
        return "jumps"
    if drill.movement and drill.movement.id == "run":
        return "running"
    return KINDS.get(drill.group, "other")
