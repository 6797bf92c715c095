"""Holds metrics against limits: fault, borderline or ok, by the value's own uncertainty; and calls a clip's faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, inf, nan
from typing import Literal

from plumbline.catalogue import Drill, Rule
from plumbline.quantity import Quantity

Outcome = Literal["fault", "borderline", "ok"]
RANK: dict[Outcome, int] = {"ok": 0, "borderline": 1, "fault": 2}


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a rep (or of the clip).

    Attributes
    ----------
    fault : str
        The fault's name; several rules may share it.
    label : str
        What is wrong, in few words.
    verdict : {"fault", "borderline", "ok"}
    metric : str
    value : float
        Of the metric, in `unit`.
    sd : float
        Its standard uncertainty, in `unit`.
    unit : str
    limit : float
        The limit that is nearer to being missed, in `unit`.
    message : str
        What it means.
    cue : str
        What to say to the athlete.
    """

    fault: str
    label: str
    verdict: Outcome
    metric: str
    value: float
    sd: float
    unit: str
    limit: float
    message: str
    cue: str


def decide(q: Quantity, above: float | None, below: float | None, beyond_sd: float = 1.0) -> tuple[Outcome, float]:
    """Outcome of a value against its limits.

    Beyond a limit by more than `beyond_sd` of its standard uncertainties is a fault, beyond it by
    less is borderline, within it is ok.

    Parameters
    ----------
    q : Quantity
    above : float or None
        A fault lies above it, in the unit of `q`.
    below : float or None
        A fault lies below it, in the unit of `q`; one of both is a number.
    beyond_sd : float
        In times the standard uncertainty.

    Returns
    -------
    outcome : {"fault", "borderline", "ok"}
    limit : float
        The limit that is nearer to being missed, in the unit of `q`.
    """
    misses = []
    if above is not None:
        misses.append((q.value - above, above))
    if below is not None:
        misses.append((below - q.value, below))
    miss, limit = max(misses)
    if miss > beyond_sd * q.sd:
        return "fault", limit
    return ("borderline" if miss > 0 else "ok"), limit


def judge(
    metrics: dict[str, Quantity],
    drill: Drill,
    rules: tuple[Rule, ...],
    scope: str = "rep",
    beyond_sd: float = 1.0,
) -> tuple[Verdict, ...]:
    """Judge one rep: one verdict a fault, the worst where several rules share its name.

    Faults whose metric is missing, or the metric that their limit depends on, are not judged at all.

    Parameters
    ----------
    metrics : dict of Quantity
        By metric name.
    drill : Drill
        Only rules that name it or its movement count.
    rules : tuple of Rule
    scope : "rep" or "clip"
        Which rules count.
    beyond_sd : float
        In times the standard uncertainty, see `decide`.

    Returns
    -------
    tuple of Verdict
        In the order of the rules.
    """
    worst: dict[str, Verdict] = {}
    for rule in rules:
        q = metrics.get(rule.metric)
        if not rule.judges(drill) or rule.scope != scope or q is None or not q.known:
            continue
        moved = _moved(rule, metrics)
        if not moved.known:
            continue
        above, below = (None if x is None else x + moved.value for x in (rule.above, rule.below))
        judged = q.wider(moved.sd)
        outcome, limit = decide(judged, above, below, beyond_sd)
        verdict = Verdict(
            rule.fault, rule.label, outcome, rule.metric, q.value, judged.sd, q.unit, limit, rule.message, rule.cue
        )
        known = worst.get(rule.fault)
        if known is None or _badness(verdict) > _badness(known):
            worst[rule.fault] = verdict
    return tuple(worst.values())


def _badness(v: Verdict) -> tuple[int, float]:
    """What the worse of two verdicts has more of: its outcome first, then how far it is off the limit, in sds."""
    off = abs(v.value - v.limit) / v.sd if v.sd > 0 else inf
    return RANK[v.verdict], -off if v.verdict == "ok" else off


def _moved(rule: Rule, metrics: dict[str, Quantity]) -> Quantity:
    """How far a rep moves a rule's limits, in the judged metric's unit; unknown without the metric they depend on."""
    if not rule.moves_with:
        return Quantity(0.0, 0.0, "")
    with_it = metrics.get(rule.moves_with, Quantity(nan, nan, ""))
    return Quantity(rule.moves_by * (with_it.value - rule.moves_from), abs(rule.moves_by) * with_it.sd, "")


def reps_to_call(reps: int, enough: int, share: float) -> int:
    """How many reps must have a fault for it to be one of the set.

    Parameters
    ----------
    reps : int
        How many were judged.
    enough : int
        So many reps are, however many there are.
    share : float
        So large a share of few reps is.

    Returns
    -------
    int
        A count, 1 or more.
    """
    return max(1, min(enough, ceil(share * reps)))


def called(
    reps: Iterable[tuple[Verdict, ...]], of_means: tuple[Verdict, ...], enough: int, share: float
) -> frozenset[str]:
    """Faults that the clip as a whole has: what is advised on, where a single rep is only marked.

    Each rep may miss a limit by chance: of ten reps at the limit one most likely does. A fault is
    called when the mean of the reps is beyond the limit, or enough reps are.

    Parameters
    ----------
    reps : iterable of tuple of Verdict
        Each rep's verdicts.
    of_means : tuple of Verdict
        Verdicts of the means over the reps, by their own uncertainty.
    enough : int
        So many faulty reps call a fault, however many there are.
    share : float
        So large a share of few reps does.

    Returns
    -------
    frozenset of str
        Names of the faults.
    """
    judged: dict[str, list[bool]] = {}
    for verdicts in reps:
        for v in verdicts:
            judged.setdefault(v.fault, []).append(v.verdict == "fault")
    by_reps = {fault for fault, hits in judged.items() if sum(hits) >= reps_to_call(len(hits), enough, share)}
    return frozenset(by_reps | {v.fault for v in of_means if v.verdict == "fault"})
