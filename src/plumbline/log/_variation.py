"""How much an athlete's numbers differ without a change: from their own repeats, or as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from plumbline.catalogue import MetricLabel
from plumbline.language import _
from plumbline.log._entries import REPEAT, MetricEntry, SessionEntry
from plumbline.messages import Message
from plumbline.resources import DATA, read_toml


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """The numbers of `data/variation.toml`."""
    return read_toml(DATA / "variation.toml")


@dataclass(frozen=True)
class Spread:
    """A typical error from an athlete's own repeats.

    Attributes
    ----------
    sd : float
        Standard deviation of one value, in the metric's unit.
    freedom : int
        Repeats that it comes from: two values that should be the same are one, three are two.
    """

    sd: float
    freedom: int

    @property
    def enough(self) -> bool:
        """Whether it takes the place of what is published."""
        return self.freedom >= int(settings()["repeats"]["needed"])


def typical_error(groups: Sequence[Sequence[float]]) -> Spread | None:
    """Standard deviation of one value, from values that should be the same.

    Of pairs it is that of the differences over the root of 2.

    Parameters
    ----------
    groups : sequence of sequence of float
        In the metric's unit; those of a group should be the same.

    Returns
    -------
    Spread or None
        None without a repeat.

    References
    ----------
    Hopkins 2000, Sports Medicine 30(1):1-15.
    """
    freedom = sum(len(g) - 1 for g in groups)
    if freedom < 1:
        return None
    return Spread(float(np.sqrt(sum(np.var(g) * len(g) for g in groups) / freedom)), freedom)


@dataclass(frozen=True)
class Variation:
    """How much one set's value of a metric differs from another's by chance.

    Attributes
    ----------
    daily : float
        Published standard deviation from day to day, beyond that of measuring, in the metric's unit.
    origin : Message, optional
        Where it comes from.
    sets : Spread or None
        The athlete's own typical error between sets of one day, as films taken anew show it.
    days : Spread or None
        Their own between days that are close together.
    """

    daily: float
    origin: Message | None = None
    sets: Spread | None = None
    days: Spread | None = None

    @property
    def _sets(self) -> Spread | None:
        return self.sets if self.sets is not None and self.sets.enough else None

    @property
    def _days(self) -> Spread | None:
        return self.days if self.days is not None and self.days.enough else None

    def of_day(self, sets: Sequence[MetricEntry]) -> tuple[float, float]:
        """What a day's sets say together: the mean, weighted by their uncertainty, and its sd.

        Without repeats the sets' common errors are taken to be one and the same, which no mean makes
        smaller. An own typical error holds both; it is never less than the reps' own part.

        Parameters
        ----------
        sets : sequence of MetricEntry
            At least one.

        Returns
        -------
        mean, sd : float
            In the metric's unit.
        """
        weights = np.array([1 / max(s.sd, 1e-12) ** 2 for s in sets])
        weights /= weights.sum()
        reps, common = (np.array([getattr(s, k) for s in sets]) for k in ("reps_sd", "shared_sd"))
        own = float(np.sqrt(np.sum((weights * reps) ** 2)))
        if self._sets:
            sd = max(self._sets.sd * float(np.sqrt(np.sum(weights**2))), own)
        else:
            sd = float(np.hypot(own, weights @ common))
        return float(weights @ [s.mean for s in sets]), sd

    def between_days(self, set_sd: float) -> float:
        """Standard deviation from one day's value to another's, measuring (`set_sd`) included, in the metric's unit."""
        return max(self._days.sd, set_sd) if self._days else float(np.hypot(self.daily, set_sd))

    def freedom(self, set_sd: float, *, same_day: bool) -> float:
        """Degrees of freedom of what `of_day` or `between_days` gives.

        Parameters
        ----------
        set_sd : float
            Standard uncertainty of a day's value, in the metric's unit.
        same_day : bool
            Of `of_day`; else of `between_days`.

        Returns
        -------
        float
            A count; infinite where nothing is the athlete's own.
        """
        if self._days and not same_day:
            return float(self._days.freedom)
        if self._sets is None:
            return float("inf")
        share = 1.0 if same_day else (set_sd / self.between_days(set_sd)) ** 2
        return (
            self._sets.freedom / max(share, 1e-9) ** 2
        )  # Welch and Satterthwaite: the published part is taken as known

    @property
    def _origin_said(self) -> str:
        return self.origin.said if self.origin is not None else ""

    def said(self, label: MetricLabel) -> str:
        """What chance comes from, in words; `label` is the metric's."""
        days, sets = self._days, self._sets
        said = _("{n} repeats of their own on close days", n=days.freedom) if days else self._origin_said
        if sets is not None and days is None:
            own = {"size": label.amount(sets.sd), "n": sets.freedom}
            said += _("; from set to set {size}, their own typical error from {n} repeats", **own)
        elif self.sets is not None and sets is None:
            needed = settings()["repeats"]["needed"]
            said += _(
                "; their own typical error counts from {needed} repeats, {n} so far", needed=needed, n=self.sets.freedom
            )
        return said


@dataclass(frozen=True)
class Repeats:
    """An athlete's values that training cannot have changed.

    Attributes
    ----------
    sets : dict of (drill, metric) to groups of values
        Of sets that were filmed as repeats, a group for each day and side.
    days : dict of (drill, side, metric) to pairs of values
        Of days that are close together, each in one pair only.
    """

    sets: dict[tuple[str, str], list[list[float]]] = field(default_factory=dict)
    days: dict[tuple[str, str, str], list[tuple[float, float]]] = field(default_factory=dict)

    @staticmethod
    def of(sessions: Sequence[SessionEntry]) -> Repeats:
        """Find them in `sessions`, all that is logged of an athlete."""
        values: dict[tuple[str, str, str], dict[date, list[float]]] = {}
        marked: dict[tuple[str, str, str, date], list[float]] = {}
        for session in sessions:
            for s in session.sets:
                for name, m in s.metrics.items():
                    key = (s.drill, s.side, name)
                    values.setdefault(key, {}).setdefault(session.day, []).append(m.mean)
                    if s.protocol == REPEAT:
                        marked.setdefault((*key, session.day), []).append(m.mean)
        sets: dict[tuple[str, str], list[list[float]]] = {}
        for (drill, _side, name, _day), group in marked.items():
            if len(group) > 1:
                sets.setdefault((drill, name), []).append(group)
        return Repeats(sets, {k: _close({d: float(np.mean(x)) for d, x in v.items()}) for k, v in values.items()})

    def typical_errors(self, drill: str) -> dict[str, Spread]:
        """The own typical error of each metric of `drill` from set to set, few repeats or many."""
        found = {name: typical_error(groups) for (d, name), groups in self.sets.items() if d == drill}
        return {name: spread for name, spread in found.items() if spread is not None}

    def variation(self, drill: str, side: str, metric: str, size: float) -> Variation:
        """How much a metric of a drill and side varies by chance.

        Parameters
        ----------
        drill, side, metric : str
        size : float
            About how large its values are, in its unit.

        Returns
        -------
        Variation
        """
        row = settings()["daily_pct"].get(metric) or settings()["daily_pct"]["other"]
        return Variation(
            daily=abs(size) * float(row["value"]) / 100,
            origin=Message("from_day_to_day", {"pct": float(row["value"]), "origin": row["origin"]}),
            sets=self.typical_errors(drill).get(metric),
            days=typical_error(self.days.get((drill, side, metric), [])),
        )


def _close(values: dict[date, float]) -> list[tuple[float, float]]:
    """Pairs of days so close that training has changed nothing; each day in one pair only."""
    within = int(settings()["repeats"]["within_days"])
    pairs: list[tuple[float, float]] = []
    taken = False
    for (day_a, a), (day_b, b) in pairwise(sorted(values.items())):
        taken = not taken and (day_b - day_a).days <= within
        if taken:
            pairs.append((a, b))
    return pairs
