"""Holds metrics against limits: fault, borderline or ok, by the value's own uncertainty; and calls a clip's faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal

from plumbline.catalogue import Drill, Rule
from plumbline.quantity import Quantity

Outcome = Literal["fault", "borderline", "ok"]
RANK: dict[Outcome, int] = {"ok": 0, "borderline": 1, "fault": 2}


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a rep (or of the clip)."""

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
    """Outcome of a value against its limits, and the limit that is nearer to being missed.

    Beyond a limit by more than `beyond_sd` of its standard uncertainties is a fault, beyond it by
    less is borderline, within it is ok.
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

    Faults whose metric is missing are not judged at all.
    """
    worst: dict[str, Verdict] = {}
    for rule in rules:
        q = metrics.get(rule.metric)
        if drill.names.isdisjoint(rule.drills) or rule.scope != scope or q is None or not q.known:
            continue
        outcome, limit = decide(q, rule.above, rule.below, beyond_sd)
        verdict = Verdict(
            rule.fault, rule.label, outcome, rule.metric, q.value, q.sd, q.unit, limit, rule.message, rule.cue
        )
        known = worst.get(rule.fault)
        if known is None or RANK[outcome] > RANK[known.verdict]:
            worst[rule.fault] = verdict
    return tuple(worst.values())


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
    """
    judged: dict[str, list[bool]] = {}
    for verdicts in reps:
        for v in verdicts:
            judged.setdefault(v.fault, []).append(v.verdict == "fault")
    by_reps = {fault for fault, hits in judged.items() if sum(hits) >= min(enough, ceil(share * len(hits)))}
    return frozenset(by_reps | {v.fault for v in of_means if v.verdict == "fault"})
