"""How much an athlete's numbers differ without a change: from their own repeats, or as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import scipy

from plumbline.resources import DATA, read_toml


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """The numbers of `data/variation.toml`."""
    return read_toml(DATA / "variation.toml")


@dataclass(frozen=True)
class Variation:
    """How much one day's value differs from another day's by chance.

    Attributes
    ----------
    sd : float
        Standard deviation of one day's value, its measurement included, in the metric's unit.
    freedom : float
        Degrees of freedom of `sd`; infinite for a published value.
    repeats : int
        Pairs of the athlete's own that it comes from; 0 for a published value.
    origin : str
        Where it comes from, in words.
    """

    sd: float
    freedom: float
    repeats: int
    origin: str

    def quantile(self, level: float) -> float:
        """How many `sd` are exceeded with a probability of `level`, on either side."""
        return float(scipy.special.stdtrit(self.freedom, 1 - level / 2))


def typical_error(pairs: Sequence[tuple[float, float]]) -> float:
    """Standard deviation of one value, from repeats: that of the differences over the root of 2.

    Parameters
    ----------
    pairs : sequence of (float, float)
        Two values each that should be the same.

    References
    ----------
    Hopkins 2000, Sports Medicine 30(1):1-15.
    """
    differences = np.array([b - a for a, b in pairs])
    return float(np.sqrt(np.mean(differences**2) / 2))


def repeats(values: Sequence[tuple[date, float]]) -> list[tuple[float, float]]:
    """Pairs of values so close in time that training has changed nothing; each value in one pair only."""
    within = int(settings()["repeats"]["within_days"])
    ordered = sorted(values, key=lambda v: v[0])
    pairs: list[tuple[float, float]] = []
    taken = False
    for (day_a, a), (day_b, b) in pairwise(ordered):
        taken = not taken and (day_b - day_a).days <= within
        if taken:
            pairs.append((a, b))
    return pairs


def variation(metric: str, values: Sequence[tuple[date, float]], measured_sd: float) -> Variation:
    """What one value differs by from day to day.

    Parameters
    ----------
    metric : str
    values : sequence of (date, float)
        All that the athlete has of it in one drill and side.
    measured_sd : float
        Standard uncertainty of one value's measurement; the variation is never less.
    """
    table = settings()
    pairs = repeats(values)
    if len(pairs) >= int(table["repeats"]["needed"]):
        own = typical_error(pairs)
        return Variation(max(own, measured_sd), len(pairs), len(pairs), f"from {len(pairs)} repeats of their own")
    row = table["daily_pct"].get(metric) or table["daily_pct"]["other"]
    size = abs(float(np.mean([v for _, v in values]))) * float(row["value"]) / 100
    return Variation(
        float(np.hypot(size, measured_sd)), np.inf, 0, f"{row['value']:g} % from day to day, {row['origin']}"
    )
