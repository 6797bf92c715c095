"""Left against right: of two sets, and pooled over days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import scipy

from plumbline.catalogue import metric_label
from plumbline.language import _, say
from plumbline.log._entries import MetricEntry, SessionEntry, SetEntry
from plumbline.log._variation import Repeats, Variation, settings

# An asymmetry is clear when a one-sided test at this level says that it is above `worth_pct`.
LEVEL = 0.05
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


def worth_pct() -> float:
    """From which difference on the legs are said to differ, %."""
    return float(settings()["asymmetry"]["worth_pct"])


@dataclass(frozen=True)
class Asymmetry:
    """Left less right as a share of their mean, with its uncertainty; said only beyond it.

    Attributes
    ----------
    metric : str
    left, right : float
        In `unit`.
    unit : str
    pct : float
        The difference in % of the mean, left larger positive; NaN where the mean is 0.
    sd_pct : float
        Its standard uncertainty, %.
    days : int
        That it was measured on.
    freedom : float
        Degrees of freedom of the uncertainty, a count; infinite where it is not from the athlete's own repeats.
    """

    metric: str
    left: float
    right: float
    unit: str
    pct: float
    sd_pct: float
    days: int = 1
    freedom: float = float("inf")

    @property
    def half_width(self) -> float:
        """Half of the 95 % interval, in %."""
        return float(scipy.special.stdtrit(self.freedom, 0.975)) * self.sd_pct

    @property
    def clear(self) -> bool:
        """Whether it is larger than `worth_pct` by more than its uncertainty in 19 of 20 cases."""
        return abs(self.pct) - float(scipy.special.stdtrit(self.freedom, 1 - LEVEL)) * self.sd_pct > worth_pct()

    @property
    def weaker(self) -> str:
        """The side that does worse, "" where no direction is better."""
        better = metric_label(self.metric).better
        if not better:
            return ""
        left_is_worse = self.pct < 0 if better == "more" else self.pct > 0
        return "left" if left_is_worse else "right"

    @property
    def said(self) -> str:
        """Both legs and their difference on a line, in the language that is spoken."""
        label = metric_label(self.metric)
        said = _(
            "{name}: left {left}, right {right}, {pct:+.0f} ± {half:.0f} % (95 %)",
            name=label.label,
            left=label.number(self.left),
            right=label.amount(self.right),
            pct=self.pct,
            half=self.half_width,
        )
        return said + _(", the {side} does worse", side=say(self.weaker)) if self.clear and self.weaker else said


def asymmetry(
    name: str, left: Sequence[MetricEntry], right: Sequence[MetricEntry], variation: Variation | None = None
) -> Asymmetry:
    """Compare one metric of both sides, each over its sets of a day.

    The uncertainty is propagated to first order through (L - R) / ((L + R) / 2). A leg also differs by
    chance from one set to the next: by the athlete's own typical error, else by what is published from
    day to day; without a `variation` only the measurement counts.

    Parameters
    ----------
    name : str
        The metric.
    left, right : sequence of MetricEntry
        Of each leg's sets of the day, at least one.
    variation : Variation, optional
        How sets differ by chance.

    Returns
    -------
    Asymmetry
    """
    chance = variation or Variation(0.0)
    (a, a_sd), (b, b_sd) = chance.of_day(left), chance.of_day(right)
    freedom = chance.freedom(max(a_sd, b_sd), same_day=True)
    if np.isinf(freedom):
        a_sd, b_sd = (float(np.hypot(sd, chance.daily)) for sd in (a_sd, b_sd))
    mean = (a + b) / 2
    if mean == 0:
        return Asymmetry(name, a, b, left[0].unit, float("nan"), float("nan"))
    sd = float(np.hypot(b * a_sd, a * b_sd)) / mean**2
    return Asymmetry(name, a, b, left[0].unit, 100 * (a - b) / abs(mean), 100 * sd, freedom=freedom)


def asymmetries(
    left: Sequence[SetEntry], right: Sequence[SetEntry], sessions: Sequence[SessionEntry] = ()
) -> list[Asymmetry]:
    """Compare sets of the left leg with sets of the right, of one drill.

    Parameters
    ----------
    left, right : sequence of SetEntry
        Of one day.
    sessions : sequence of SessionEntry
        All that is logged of the athlete, for their own typical error.

    Returns
    -------
    list of Asymmetry
        One for each metric that both legs have.
    """
    repeats, out = Repeats.of(sessions), []
    for name in COMPARED:
        a, b = ([s.metrics[name] for s in side if name in s.metrics] for side in (left, right))
        if a and b:
            size = float(np.mean([m.mean for m in (*a, *b)]))
            out.append(asymmetry(name, a, b, repeats.variation(left[0].drill, "both", name, size)))
    return out


def pooled(sessions: Sequence[SessionEntry], drill: str) -> list[Asymmetry]:
    """Left against right over all days on which both legs were measured.

    Days are weighted by their uncertainty, which holds how a leg differs by chance; where
    days scatter by more than that, the uncertainty grows with the scatter (Birge ratio).

    Parameters
    ----------
    sessions : sequence of SessionEntry
        All that is logged of the athlete.
    drill : str

    Returns
    -------
    list of Asymmetry
        One for each metric.

    References
    ----------
    Birge 1932, Physical Review 40:207-227.
    """
    days: dict[str, list[Asymmetry]] = defaultdict(list)
    for left, right in leg_pairs(sessions).get(drill, []):
        for a in asymmetries(left, right, sessions):
            if np.isfinite(a.pct):  # legs that both read 0 have no share
                days[a.metric].append(a)
    return [_pooled(found) for found in days.values()]


def _pooled(days: list[Asymmetry]) -> Asymmetry:
    """One asymmetry from several days'."""
    pct, sd = (np.array([getattr(a, k) for a in days]) for k in ("pct", "sd_pct"))
    weights = 1 / np.maximum(sd, 1e-9) ** 2
    mean = float(np.average(pct, weights=weights))
    scatter = float(np.sum(weights * (pct - mean) ** 2)) / max(len(days) - 1, 1)
    left, right = (float(np.average([getattr(a, side) for a in days], weights=weights)) for side in ("left", "right"))
    spread = float(np.sqrt(max(scatter, 1.0) / weights.sum()))
    freedom = min(a.freedom for a in days)
    return Asymmetry(days[0].metric, left, right, days[0].unit, mean, spread, len(days), freedom)


def leg_pairs(sessions: Sequence[SessionEntry]) -> dict[str, list[tuple[list[SetEntry], list[SetEntry]]]]:
    """The left and the right sets of each day of `sessions` that has both, of each single-leg drill."""
    sets: dict[tuple[str, date], dict[str, list[SetEntry]]] = defaultdict(lambda: {"left": [], "right": []})
    for session in sessions:
        for s in session.sets:
            if s.metrics and s.side in ("left", "right"):
                sets[s.drill, session.day][s.side].append(s)
    out: dict[str, list[tuple[list[SetEntry], list[SetEntry]]]] = defaultdict(list)
    for (drill, _day), legs in sorted(sets.items()):
        if legs["left"] and legs["right"]:
            out[drill].append((legs["left"], legs["right"]))
    return dict(out)
