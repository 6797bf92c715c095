"""Left against right: of two sets, and pooled over days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from plumbline.catalogue import metric_label
from plumbline.log._entries import MetricEntry, SessionEntry, SetEntry
from plumbline.log._variation import settings

# An asymmetry counts when it is larger than errors make it in 19 of 20 cases.
COVERAGE = 1.96
# The share of an asymmetry that is worth a word.
ASYMMETRY_PCT = 10.0
COMPARED = (
    "contact_time_s",
    "flight_time_s",
    "jump_height_m",
    "rsi_ratio",
    "knee_flexion_touchdown_deg",
    "knee_flexion_peak_deg",
    "knee_flexion_range_deg",
    "sway_rms_pct_bh",
    "hold_to_touch_s",
    "hip_drop_pct_bh",
    "heel_rise_pct_bh",
)


@dataclass(frozen=True)
class Asymmetry:
    """Left less right, as a share of their mean, with its uncertainty over `days`; said only beyond it."""

    metric: str
    left: float
    right: float
    unit: str
    pct: float
    sd_pct: float
    days: int = 1

    @property
    def clear(self) -> bool:
        """Whether it is larger than 10 % by more than its uncertainty in 19 of 20 cases."""
        return abs(self.pct) - COVERAGE * self.sd_pct > ASYMMETRY_PCT

    @property
    def weaker(self) -> str:
        """The side that does worse, "" where no direction is better."""
        better = metric_label(self.metric).better
        if not better:
            return ""
        left_is_worse = self.pct < 0 if better == "more" else self.pct > 0
        return "left" if left_is_worse else "right"


def asymmetry(name: str, left: MetricEntry, right: MetricEntry) -> Asymmetry:
    """Compare one metric of both sides.

    The uncertainty is propagated to first order through (L - R) / ((L + R) / 2).
    """
    a, b = left.mean, right.mean
    mean = (a + b) / 2
    if mean == 0:
        return Asymmetry(name, a, b, left.unit, float("nan"), float("nan"))
    sd = float(np.hypot(b * left.sd, a * right.sd)) / mean**2
    return Asymmetry(name, a, b, left.unit, 100 * (a - b) / abs(mean), 100 * sd)


def asymmetries(left: SetEntry, right: SetEntry) -> list[Asymmetry]:
    """Compare a set of the left leg with one of the right."""
    names = [n for n in COMPARED if n in left.metrics and n in right.metrics]
    return [asymmetry(n, left.metrics[n], right.metrics[n]) for n in names]


def pooled(sessions: list[SessionEntry], drill: str) -> list[Asymmetry]:
    """Left against right over all days on which both legs were measured.

    Days are weighted by their uncertainty, which holds how a leg differs from day to day; where
    days scatter by more than that, the uncertainty grows with the scatter (Birge ratio).

    References
    ----------
    Birge 1932, Physical Review 40:207-227.
    """
    days: dict[str, list[Asymmetry]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: s.day):
        legs = {s.side: s for s in session.sets if s.metrics and s.drill == drill}
        if "left" in legs and "right" in legs:
            for a in asymmetries(legs["left"], legs["right"]):
                days[a.metric].append(a)
    return [_pooled(found) for found in days.values()]


def _pooled(days: list[Asymmetry]) -> Asymmetry:
    """One asymmetry from several days'."""
    table = settings()["daily_pct"]
    daily = np.sqrt(2) * float((table.get(days[0].metric) or table["other"])["value"])
    sd = np.hypot([a.sd_pct for a in days], daily)
    pct, weights = np.array([a.pct for a in days]), 1 / sd**2
    mean = float(np.average(pct, weights=weights))
    scatter = float(np.sum(weights * (pct - mean) ** 2)) / max(len(days) - 1, 1)
    left, right = (float(np.mean([getattr(a, side) for a in days])) for side in ("left", "right"))
    spread = float(np.sqrt(max(scatter, 1.0) / weights.sum()))
    return Asymmetry(days[0].metric, left, right, days[0].unit, mean, spread, len(days))


def latest_pairs(sessions: list[SessionEntry]) -> dict[str, tuple[SetEntry, SetEntry]]:
    """The latest left and right set of each single-leg drill that has both, by drill."""
    latest: dict[tuple[str, str], SetEntry] = {}
    for session in sorted(sessions, key=lambda s: s.day):
        for s in session.sets:
            if s.metrics and s.side in ("left", "right"):
                latest[s.drill, s.side] = s
    drills = {d for d, _ in latest}
    both = {d for d in drills if (d, "left") in latest and (d, "right") in latest}
    return {d: (latest[d, "left"], latest[d, "right"]) for d in sorted(both)}
