"""A straight line through the values of days, with what is known of its rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy


@dataclass(frozen=True)
class Line:
    """A weighted least-squares line.

    Attributes
    ----------
    start : float
        Its value on the first day.
    change : float
        By how much the last day's differs.
    half_width : float
        Half of the 95 % interval of the change.
    p_value : float
        Probability of so large a change where there is none.
    days : int
        From the first to the last.
    """

    start: float
    change: float
    half_width: float
    p_value: float
    days: int


@dataclass(frozen=True)
class DayValue:
    """One day's value: `sd` against another day's, `measured_sd` of what the films of the day say."""

    day: int
    mean: float
    sd: float
    measured_sd: float


def line_through(values: Sequence[DayValue]) -> Line | None:
    """The line through values of days, each weighted by its uncertainty; None with fewer than three days.

    The interval comes from how the days scatter about the line (Student's, days less two), which holds
    measurement and daily variation whatever their size. Few days may lie close to a line by chance: it is
    never narrower than the films' own uncertainty makes it (the normal one).
    """
    if len(values) < 3:
        return None
    x, y, sd, measured = np.array([(v.day, v.mean, v.sd, v.measured_sd) for v in values], float).T
    weights = 1 / np.maximum(sd, 1e-12) ** 2
    x0, y0 = np.average(x, weights=weights), np.average(y, weights=weights)
    spread = float(weights @ (x - x0) ** 2)
    slope = float(weights @ ((x - x0) * (y - y0))) / spread
    freedom = len(x) - 2
    scatter = float(weights @ (y - y0 - slope * (x - x0)) ** 2) / freedom
    by_scatter = float(np.sqrt(scatter / spread))
    by_films = float(np.sqrt(np.sum((weights * (x - x0) * measured) ** 2))) / spread
    span = float(x.max() - x.min())
    half = max(float(scipy.special.stdtrit(freedom, 0.975)) * by_scatter, 1.96 * by_films)
    p = max(_p_value(slope, by_scatter, freedom), _p_value(slope, by_films, np.inf))
    return Line(float(y0 + slope * (x.min() - x0)), slope * span, half * span, p, int(span))


def _p_value(slope: float, sd: float, freedom: float) -> float:
    """Two-sided, of a slope where there is none; without any error a slope is no chance."""
    if sd == 0:
        return float(slope == 0)
    return float(2 * scipy.special.stdtr(freedom, -abs(slope) / sd))
