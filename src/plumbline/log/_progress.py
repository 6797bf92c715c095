"""What the log says of an athlete: trends, left against right, bests, load, faults."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import scipy

from plumbline.catalogue import metric_label
from plumbline.log._entries import SessionEntry, SetEntry
from plumbline.log._line import Line, line_through
from plumbline.log._variation import Variation, settings, variation

# A change counts when it is larger than errors make it in 19 of 20 cases.
COVERAGE = 1.96
LEVEL = 0.05
REASSESS_DAYS = 28

DatedSet = tuple[date, SetEntry]


@dataclass(frozen=True)
class Point:
    """One set's value of a metric."""

    day: date
    mean: float
    sd: float
    set_id: str

    @property
    def half_width(self) -> float:
        """Half of the 95 % interval."""
        return COVERAGE * self.sd


@dataclass(frozen=True)
class Trend:
    """A metric of a drill over time.

    Attributes
    ----------
    drill, side, metric, unit : str
    points : tuple of Point
        In order of days.
    passes : bool or None
        Whether the change counts after all tests of its page are taken together; None for a trend
        that stands alone, which counts at 5 %.
    """

    drill: str
    side: str
    metric: str
    unit: str
    points: tuple[Point, ...]
    passes: bool | None = None

    @cached_property
    def variation(self) -> Variation:
        """How much one of its values differs by chance."""
        sd = float(np.median([p.sd for p in self.points]))
        return variation(self.metric, [(p.day, p.mean) for p in self.points], sd)

    @cached_property
    def line(self) -> Line | None:
        """The line through all days; None with fewer than three."""
        days: dict[date, list[float]] = defaultdict(list)
        for p in self.points:
            days[p.day].append(p.mean)
        return line_through([(d - self.points[0].day).days for d in days], [float(np.mean(v)) for v in days.values()])

    @property
    def change(self) -> float:
        """From the first to the latest day, along the line; between the two sets where there is none."""
        return self.line.change if self.line else self.points[-1].mean - self.points[0].mean

    @property
    def smallest_change(self) -> float:
        """The smallest change that is told from chance in 19 of 20 cases, measurement and days included.

        Half of the 95 % interval of the line's change; without a line, of the difference of two
        values that vary from day to day.
        """
        if self.line:
            return self.line.half_width
        return self.variation.quantile(LEVEL) * self._difference_sd

    @property
    def _difference_sd(self) -> float:
        apart = self.points[0].day != self.points[-1].day
        measured = float(np.hypot(self.points[0].sd, self.points[-1].sd))
        return max(measured, self.variation.sd * np.sqrt(2)) if apart else measured

    @property
    def p_value(self) -> float:
        """Probability of so large a change by chance alone; 1 with one value."""
        if len(self.points) < 2:
            return 1.0
        if self.line:
            return self.line.p_value
        if self._difference_sd == 0:
            return float(self.change == 0)
        return float(2 * scipy.special.stdtr(self.variation.freedom, -abs(self.change) / self._difference_sd))

    @property
    def beyond_error(self) -> bool:
        """Whether the change counts."""
        return self.p_value <= LEVEL if self.passes is None else self.passes

    @property
    def best(self) -> Point | None:
        """The best set, where one direction is better."""
        better = metric_label(self.metric).better
        if not better:
            return None
        return (max if better == "more" else min)(self.points, key=lambda p: p.mean)


def trends(sessions: list[SessionEntry]) -> list[Trend]:
    """Every metric of every drill and side that was measured, each standing alone."""
    points: dict[tuple[str, str, str, str], list[Point]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: s.day):
        for s in session.sets:
            for name, m in s.metrics.items():
                points[s.drill, s.side, name, m.unit].append(Point(session.day, m.mean, m.sd, s.id))
    return [Trend(*key, tuple(p)) for key, p in points.items()]


def headline_of(drill: str, present: set[str], chosen: dict[str, str] | None = None) -> str:
    """The metric that a drill is followed by: the coach's choice, else the first of the table; "" without one."""
    wished = (chosen or {}).get(drill, "")
    return next((m for m in (wished, *settings()["headline"]["order"]) if m in present), "")


def page_of(family: list[Trend], chosen: dict[str, str] | None = None) -> list[Trend]:
    """Trends that are looked at together: false changes on the page stay at 5 % in all.

    The headline metrics share half of it, all others the other half by false-discovery control.

    Parameters
    ----------
    family : list of Trend
    chosen : dict of drill to metric, optional
        The coach's headline metrics.

    References
    ----------
    Benjamini and Hochberg 1995, J. R. Statist. Soc. B 57:289-300.
    """
    present: dict[str, set[str]] = defaultdict(set)
    for t in family:
        present[t.drill].add(t.metric)
    first = {d: headline_of(d, names, chosen) for d, names in present.items()}
    tests = settings()["tests"]
    out: dict[int, Trend] = {}
    for headline, level in ((True, tests["headline_level"]), (False, tests["others_level"])):
        mine = [(i, t) for i, t in enumerate(family) if (first[t.drill] == t.metric) == headline]
        tested = [(i, t) for i, t in mine if len(t.points) > 1]
        adjusted: list[float] = (
            list(scipy.stats.false_discovery_control([t.p_value for _, t in tested])) if tested else []
        )
        passing = {i for (i, _), p in zip(tested, adjusted, strict=True) if p <= float(level)}
        out |= {i: replace(t, passes=i in passing) for i, t in mine}
    return [out[i] for i in range(len(family))]


def between(first: DatedSet, latest: DatedSet) -> list[Trend]:
    """What two sets have in common, as trends of two points."""
    (day_a, a), (day_b, b) = first, latest
    out = []
    for name, q in b.metrics.items():
        p = a.metrics.get(name)
        if p is not None and p.unit == q.unit:
            points = (Point(day_a, p.mean, p.sd, a.id), Point(day_b, q.mean, q.sd, b.id))
            out.append(Trend(b.drill, b.side, name, q.unit, points))
    return out


def first_and_latest(sessions: list[SessionEntry], drill: str, side: str) -> tuple[DatedSet, ...]:
    """The first and the latest measured set of a drill and side; empty with fewer than two."""
    found = [
        (session.day, s)
        for session in sorted(sessions, key=lambda x: x.day)
        for s in session.sets
        if s.metrics and (s.drill, s.side) == (drill, side)
    ]
    return (found[0], found[-1]) if len(found) > 1 else ()


def weekly_contacts(sessions: list[SessionEntry]) -> dict[date, int]:
    """Contacts of each week by its Monday, weeks without any included."""
    if not sessions:
        return {}
    mondays = [s.day - timedelta(days=s.day.weekday()) for s in sessions]
    weeks = {min(mondays) + timedelta(weeks=k): 0 for k in range((max(mondays) - min(mondays)).days // 7 + 1)}
    for monday, s in zip(mondays, sessions, strict=True):
        weeks[monday] += s.contacts
    return weeks


def fault_shares(sessions: list[SessionEntry]) -> dict[str, list[tuple[date, float]]]:
    """For each fault's label, the share of a day's filmed reps that had it, over time.

    Only the drills count in which the fault was ever raised.
    """
    drills: dict[str, set[str]] = defaultdict(set)
    for s in (x for session in sessions for x in session.sets):
        for f in s.faults.values():
            drills[f.label].add(s.drill)
    out: dict[str, list[tuple[date, float]]] = {label: [] for label in sorted(drills)}
    for session in sorted(sessions, key=lambda s: s.day):
        for label, shares in out.items():
            filmed = [x for x in session.sets if x.source == "film" and x.drill in drills[label]]
            reps = sum(x.reps for x in filmed)
            count = sum(f.count for x in filmed for f in x.faults.values() if f.label == label)
            if reps:
                shares.append((session.day, min(count / reps, 1.0)))
    return out


def reassess_on(sessions: list[SessionEntry]) -> date | None:
    """When the athlete should be filmed again: four weeks after the last film; None without one."""
    filmed = [s.day for s in sessions if any(x.source == "film" for x in s.sets)]
    return max(filmed) + timedelta(days=REASSESS_DAYS) if filmed else None
