"""A straight line through the values of days, with what is known of its rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy


@dataclass(frozen=True)
class Line:
    """A least-squares line.

    Attributes
    ----------
    start, change : float
        Its value on the first day, and by how much the last day's differs.
    half_width : float
        Half of the 95 % interval of the change, from how the days scatter about the line.
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


def line_through(days: Sequence[float], values: Sequence[float]) -> Line | None:
    """The line through values of days; None with fewer than three days.

    The scatter about the line holds measurement and daily variation, whatever their size.
    """
    if len(days) < 3:
        return None
    found = scipy.stats.linregress(days, values)
    span = max(days) - min(days)
    quantile = float(scipy.special.stdtrit(len(days) - 2, 0.975))
    p = float(found.pvalue) if np.isfinite(found.pvalue) else 1.0
    return Line(
        start=float(found.intercept + found.slope * min(days)),
        change=float(found.slope * span),
        half_width=quantile * float(found.stderr) * span,
        p_value=p,
        days=int(span),
    )
