"""A clip's means over reps, with their spread and confidence interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from plumbline.catalogue import Drill, protocols_of
from plumbline.metrics._score import score
from plumbline.metrics._settings import METRIC
from plumbline.pose import SIDES
from plumbline.quantity import Quantity, of_each_and_of_all


@dataclass(frozen=True)
class Summary:
    """Mean over n reps, how they scatter, and the mean's own uncertainty.

    Attributes
    ----------
    mean : float
        In `unit`.
    sd : float
        Standard deviation of the reps' values about their mean, same unit; of a single rep its uncertainty.
    ci95 : (low, high)
        95 % interval of the mean, same unit.
    n : int
        Reps that have the metric.
    unit : str
    mean_sd : float
        Standard uncertainty of the mean, same unit: what the reps share, and their scatter over the root of n.
    """

    mean: float
    sd: float
    ci95: tuple[float, float]
    n: int
    unit: str
    mean_sd: float = 0.0

    @staticmethod
    def of(q: Quantity, n: int) -> Summary:
        """A value of the clip as a whole.

        Parameters
        ----------
        q : Quantity
        n : int
            Reps of the clip.

        Returns
        -------
        Summary
        """
        half = 1.96 * q.sd
        return Summary(q.value, q.sd, (q.value - half, q.value + half), n, q.unit, q.sd)

    @property
    def quantity(self) -> Quantity:
        """The mean with its uncertainty."""
        return Quantity(self.mean, self.mean_sd, self.unit, self.mean_sd)


def summarise(rows: list[dict[str, Quantity]]) -> dict[str, Summary]:
    """Summarise every metric over the reps that have it.

    The reps' scatter falls with their number, what they share does not: Student's interval of the first,
    the normal one of the second, added as independent. With one rep it comes from that rep's uncertainty.

    Parameters
    ----------
    rows : list of dict
        One a rep, metric name to Quantity.

    Returns
    -------
    dict of Summary
        By metric name.

    References
    ----------
    JCGM 100:2008 (GUM), 5.2 and F.1.2.3: an error common to repeated readings is not averaged away.
    """
    out: dict[str, Summary] = {}
    for name in dict.fromkeys(n for row in rows for n in row):
        q = [row[name] for row in rows if name in row]
        x = np.array([v.value for v in q])
        mean, n = float(x.mean()), len(x)
        own, shared = of_each_and_of_all(x, np.array([v.rep_sd for v in q]), np.array([v.common_sd for v in q]))
        own /= np.sqrt(n)
        if n > 1:
            sd = float(x.std(ddof=1))
            half = float(np.hypot(scipy.special.stdtrit(n - 1, 0.975) * sd / np.sqrt(n), 1.96 * shared))
            half = max(half, 1.96 * float(np.hypot(own, shared)))
        else:
            sd, half = q[0].sd, 1.96 * q[0].sd
        out[name] = Summary(mean, sd, (mean - half, mean + half), n, q[0].unit, float(np.hypot(own, shared)))
    return out


def summarise_legs(rows: list[dict[str, Quantity]], stances: list[str]) -> dict[str, dict[str, Summary]]:
    """The same for the reps of each leg, where the legs take turns; empty where one leg, or both at once, work.

    Parameters
    ----------
    rows : list of dict
        One a rep, metric name to value.
    stances : list of {"both", "left", "right"}
        Which leg bore in each rep.

    Returns
    -------
    dict of dict of Summary
        By "left" and "right", then by metric name.
    """
    legs = {side: [r for r, s in zip(rows, stances, strict=True) if s == side] for side in SIDES}
    if min(map(len, legs.values())) < METRIC.min_of_a_leg:
        return {}
    return {side: summarise(mine) for side, mine in legs.items()}


def rhythm_cv(rows: list[dict[str, Quantity]]) -> Quantity | None:
    """Coefficient of variation of the step period, timing noise taken off.

    Its uncertainty is how much larger it might be: the variance less the noise's is as uncertain as the variance of n
    values whose neighbours share an event, s² √(3 / (n - 1)), which a steady rhythm feels most.

    Parameters
    ----------
    rows : list of dict
        One a rep, metric name to Quantity.

    Returns
    -------
    Quantity or None
        %; None below the fewest periods.
    """
    hidden = hidden_steps(rows)
    q = [row["step_period_s"] for k, row in enumerate(rows) if "step_period_s" in row and k not in hidden]
    if len(q) < METRIC.min_periods:
        return None
    x, noise = np.array([v.value for v in q]), np.array([v.rep_sd for v in q])
    seen = float(x.var(ddof=1))
    own = max(seen - float(np.mean(noise**2)), 0.0)
    # Noise that by chance spreads little leaves nothing that is known any better.
    vague = max(seen, float(np.mean(noise**2))) * np.sqrt(3 / (len(x) - 1))
    percent = 100 / float(x.mean())
    return Quantity(percent * np.sqrt(own), float(percent * (np.sqrt(own + vague) - np.sqrt(own))), "%")


def hidden_steps(rows: list[dict[str, Quantity]]) -> list[int]:
    """Places of the `rows` whose period is so much longer than the others' that it hides a step that was not seen."""
    periods = {k: row["step_period_s"].value for k, row in enumerate(rows) if "step_period_s" in row}
    if len(periods) < METRIC.min_periods:
        return []
    longest = METRIC.longest_period * float(np.median(list(periods.values())))
    return [k for k, period in periods.items() if period > longest]


def distance_covered(rows: list[dict[str, Quantity]]) -> Quantity | None:
    """Sum of the steps of a travelling drill, m; None without a scale."""
    q = [row["step_length_m"] for row in rows if "step_length_m" in row]
    if not q or len(q) < len(rows):
        return None
    total = float(sum(v.value for v in q))
    # The scale's share is common to all steps: it adds up, the steps' own errors in squares.
    own = float(np.sqrt(sum(v.rep_sd**2 for v in q)))
    return Quantity.of(total, "m", rep=(own,), common=(sum(v.common_sd for v in q),))


def summarise_clip(rows: list[dict[str, Quantity]], drill: Drill | None = None) -> dict[str, Quantity]:
    """What is known of the clip as a whole.

    Parameters
    ----------
    rows : list of dict
        One a rep, metric name to Quantity.
    drill : Drill, optional
        Brings the scores of the field tests that a set of it may be.

    Returns
    -------
    dict of Quantity
        By metric name; what cannot be known is left out.
    """
    found = {"rhythm_cv_pct": rhythm_cv(rows), "distance_m": distance_covered(rows)}
    found |= {p.id: score(p, rows) for p in protocols_of(drill)}
    return {name: q for name, q in found.items() if q is not None}
