"""Holds metrics against limits: fault, borderline or ok, by the value's own uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plumbline.faults._rules import Rule
from plumbline.metrics import Quantity
from plumbline.reps import Drill

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


def decide(q: Quantity, above: float | None, below: float | None) -> tuple[Outcome, float]:
    """Outcome of a value against its limits, and the limit that is nearer to being missed.

    Beyond a limit by more than one standard uncertainty is a fault, beyond it by less
    is borderline, within it is ok.
    """
    misses = []
    if above is not None:
        misses.append((q.value - above, above))
    if below is not None:
        misses.append((below - q.value, below))
    miss, limit = max(misses)
    if miss > q.sd:
        return "fault", limit
    return ("borderline" if miss > 0 else "ok"), limit


def judge(
    metrics: dict[str, Quantity], drill: Drill, rules: tuple[Rule, ...], scope: str = "rep"
) -> tuple[Verdict, ...]:
    """Judge one rep: one verdict a fault, the worst where several rules share its name.

    Faults whose metric is missing are not judged at all.
    """
    worst: dict[str, Verdict] = {}
    for rule in rules:
        q = metrics.get(rule.metric)
        if drill.names.isdisjoint(rule.drills) or rule.scope != scope or q is None or not q.known:
            continue
        outcome, limit = decide(q, rule.above, rule.below)
        verdict = Verdict(
            rule.fault, rule.label, outcome, rule.metric, q.value, q.sd, q.unit, limit, rule.message, rule.cue
        )
        known = worst.get(rule.fault)
        if known is None or RANK[outcome] > RANK[known.verdict]:
            worst[rule.fault] = verdict
    return tuple(worst.values())
