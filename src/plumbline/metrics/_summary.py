"""A clip's means over reps, with their spread and confidence interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from plumbline.metrics._quantity import Quantity


@dataclass(frozen=True)
class Summary:
    """Mean over n reps, their standard deviation, and the mean's 95 % interval."""

    mean: float
    sd: float
    ci95: tuple[float, float]
    n: int
    unit: str

    @staticmethod
    def of(q: Quantity, n: int) -> Summary:
        """A value of the clip as a whole, from n reps."""
        half = 1.96 * q.sd
        return Summary(q.value, q.sd, (q.value - half, q.value + half), n, q.unit)


def summarise(rows: list[dict[str, Quantity]]) -> dict[str, Summary]:
    """Summarise every metric over the reps that have it.

    The interval is Student's; with one rep it comes from that rep's own uncertainty.
    """
    out: dict[str, Summary] = {}
    for name in dict.fromkeys(n for row in rows for n in row):
        q = [row[name] for row in rows if name in row]
        x = np.array([v.value for v in q])
        mean, n = float(x.mean()), len(x)
        if n > 1:
            sd = float(x.std(ddof=1))
            half = float(stats.t.ppf(0.975, n - 1)) * sd / np.sqrt(n)
        else:
            sd, half = q[0].sd, 1.96 * q[0].sd
        out[name] = Summary(mean, sd, (mean - half, mean + half), n, q[0].unit)
    return out


def rhythm_cv(rows: list[dict[str, Quantity]]) -> Quantity | None:
    """Coefficient of variation of the step period in %, timing noise taken off.

    None below four periods. Its uncertainty is that of a standard deviation of n values.
    """
    q = [row["step_period_s"] for row in rows if "step_period_s" in row]
    if len(q) < 4:
        return None
    x, noise = np.array([v.value for v in q]), np.array([v.sd for v in q])
    spread = np.sqrt(max(float(x.var(ddof=1)) - float(np.mean(noise**2)), 0.0))
    cv = 100 * spread / float(x.mean())
    floor = 100 * float(noise.mean()) / float(x.mean())
    return Quantity(cv, float(np.hypot(cv / np.sqrt(2 * (len(x) - 1)), floor / np.sqrt(len(x)))), "%")


def distance_covered(rows: list[dict[str, Quantity]]) -> Quantity | None:
    """Sum of the steps of a travelling drill, m; None without a scale."""
    q = [row["step_length_m"] for row in rows if "step_length_m" in row]
    if not q or len(q) < len(rows):
        return None
    total = float(sum(v.value for v in q))
    # The scale's share is common to all steps, so that uncertainties add.
    return Quantity(total, float(sum(v.sd for v in q)), "m")


def summarise_clip(rows: list[dict[str, Quantity]]) -> dict[str, Quantity]:
    """What is known of the clip as a whole."""
    found = {"rhythm_cv_pct": rhythm_cv(rows), "distance_m": distance_covered(rows)}
    return {name: q for name, q in found.items() if q is not None}
