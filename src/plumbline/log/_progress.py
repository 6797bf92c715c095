"""An athlete's trends and bests, and which changes are beyond chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import scipy

from plumbline.catalogue import find_target, load_protocols, metric_label
from plumbline.language import _, say
from plumbline.log._entries import MetricEntry, SessionEntry, SetEntry
from plumbline.log._line import DayValue, Line, line_through
from plumbline.log._variation import Repeats, Variation, settings

# A change counts when it is larger than errors make it in 19 of 20 cases.
COVERAGE = 1.96
LEVEL = 0.05
# Of a normal deviate, beyond which one in twenty lies on one side.
ONE_SIDED = float(scipy.special.ndtri(1 - LEVEL))

DatedSet = tuple[date, SetEntry]


@dataclass(frozen=True)
class Point:
    """One set's value of a metric."""

    day: date
    entry: MetricEntry
    set_id: str

    @property
    def mean(self) -> float:
        """Over the set's reps."""
        return self.entry.mean

    @property
    def sd(self) -> float:
        """Standard uncertainty of the mean: what the reps share, and their own part over the root of their number."""
        return self.entry.sd

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
    variation : Variation
        How much one of its values differs by chance.
    passes : bool or None
        Whether the change counts after all tests of its page are taken together; None for a trend
        that stands alone, which counts at 5 %.
    headline : bool
        Whether the drill is followed by this metric; set where a page is taken together.
    """

    drill: str
    side: str
    metric: str
    unit: str
    points: tuple[Point, ...]
    variation: Variation
    passes: bool | None = None
    headline: bool = False

    @cached_property
    def line(self) -> Line | None:
        """The line through all days; None with fewer than three."""
        days: dict[date, list[MetricEntry]] = defaultdict(list)
        for p in self.points:
            days[p.day].append(p.entry)
        values = []
        for day, sets in days.items():
            mean, sd = self.variation.of_day(sets)
            values.append(DayValue((day - self.points[0].day).days, mean, self.variation.between_days(sd), sd))
        return line_through(values)

    @cached_property
    def _ends(self) -> list[tuple[float, float]]:
        """Mean and sd of the first and of the latest day's sets; of the two sets where both are of one day."""
        first, latest = self.points[0].day, self.points[-1].day
        sets = [[p.entry for p in self.points if p.day == day] for day in (first, latest)]
        if first == latest:
            sets = [[self.points[0].entry], [self.points[-1].entry]]
        return [self.variation.of_day(of) for of in sets]

    @property
    def change(self) -> float:
        """From the first to the latest day, along the line where there is one; on one day from set to set."""
        if self.line:
            return self.line.change
        first, latest = (mean for mean, _sd in self._ends)
        return latest - first

    @property
    def ends(self) -> tuple[float, float]:
        """Value on the first and on the latest day, which differ by `change`."""
        first = self.line.start if self.line else self._ends[0][0]
        return first, first + self.change

    @property
    def smallest_change(self) -> float:
        """The smallest change that is beyond chance in 19 of 20 cases, measurement and days included.

        Half of the 95 % interval of the line's change; without a line, of the difference of two
        ends that vary from set to set and, on different days, from day to day.
        """
        if self.line:
            return self.line.half_width
        sd, freedom = self._difference
        return float(scipy.special.stdtrit(freedom, 1 - LEVEL / 2)) * sd

    @cached_property
    def _difference(self) -> tuple[float, float]:
        """Standard deviation of the difference of the two ends, and its degrees of freedom."""
        v, sds = self.variation, [sd for _mean, sd in self._ends]
        same_day = self.points[0].day == self.points[-1].day
        freedom = v.freedom(max(sds), same_day=same_day)
        return float(np.hypot(*(sds if same_day else map(v.between_days, sds)))), freedom

    @property
    def p_value(self) -> float:
        """Probability of so large a change by chance alone; 1 with one value."""
        if len(self.points) < 2:
            return 1.0
        if self.line:
            return self.line.p_value
        sd, freedom = self._difference
        if sd == 0:
            return float(self.change == 0)
        return float(2 * scipy.special.stdtr(freedom, -abs(self.change) / sd))

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
    """Every metric of every drill and side in `sessions` that was measured, each standing alone."""
    points: dict[tuple[str, str, str, str], list[Point]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: s.day):
        for s in session.sets:
            for name, m in s.metrics.items():
                points[s.drill, s.side, name, m.unit].append(Point(session.day, m, s.id))
    repeats = Repeats.of(sessions)
    return [_trend(*key, tuple(p), repeats) for key, p in points.items()]


def target_said(trend: Trend, level: str) -> str:
    """Whether the latest set reaches the target of a level, beyond chance, in words.

    Parameters
    ----------
    trend : Trend
    level : str

    Returns
    -------
    str
        Empty without a target.
    """
    label, last = metric_label(trend.metric), trend.points[-1]
    target = find_target(trend.drill, trend.metric, level)
    if target is None or not label.better:
        return ""
    v = trend.variation
    set_sd = v.of_day([last.entry])[1]
    # One side is asked about, in 19 of 20 cases.
    margin = float(scipy.special.stdtrit(v.freedom(set_sd, same_day=False), 1 - LEVEL)) * v.between_days(set_sd)
    # Between two films what they share cancels; against a fixed limit it does not.
    margin = float(np.hypot(margin, ONE_SIDED * last.entry.shared_sd))
    ahead = last.mean - target.value if label.better == "more" else target.value - last.mean
    verdict = _("reached") if ahead > margin else _("not yet") if ahead < -margin else _("too close to call")
    text = _("Target, {level}: at least {value}: {verdict} ({origin}).")
    if label.better == "less":
        text = _("Target, {level}: at most {value}: {verdict} ({origin}).")
    return text.format(level=say(level), value=label.said(target.value), verdict=verdict, origin=say(target.origin))


def is_followed(metric: str) -> bool:
    """Whether `metric` is shown over time: those of the table of reps, and the scores of guided tests."""
    return metric_label(metric).headline or metric in load_protocols()


def _trend(drill: str, side: str, metric: str, unit: str, points: tuple[Point, ...], repeats: Repeats) -> Trend:
    size = float(np.mean([p.mean for p in points]))
    return Trend(drill, side, metric, unit, points, repeats.variation(drill, side, metric, size))


def headline_of(drill: str, present: set[str], chosen: dict[str, str] | None = None) -> str:
    """The metric that a drill is followed by: the coach's choice, else the first of the table.

    Parameters
    ----------
    drill : str
    present : set of str
        Metrics to choose from.
    chosen : dict of drill to metric, optional
        The coach's headline metrics.

    Returns
    -------
    str
        Empty without one.
    """
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

    Returns
    -------
    list of Trend
        In the same order, with `passes` and `headline` set.

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
            list(scipy.stats.false_discovery_control([t.p_value for _index, t in tested])) if tested else []
        )
        passing = {i for (i, _trend), p in zip(tested, adjusted, strict=True) if p <= float(level)}
        out |= {i: replace(t, passes=i in passing, headline=headline) for i, t in mine}
    return [out[i] for i in range(len(family))]


def between(first: DatedSet, latest: DatedSet, sessions: Sequence[SessionEntry] = ()) -> list[Trend]:
    """What two sets have in common, as trends of two points.

    Parameters
    ----------
    first, latest : (date, SetEntry)
    sessions : sequence of SessionEntry
        All that is logged of the athlete, for their own typical error.

    Returns
    -------
    list of Trend
        One for each metric that both have in one unit.
    """
    (day_a, a), (day_b, b) = first, latest
    repeats = Repeats.of(sessions)
    out = []
    for name, q in b.metrics.items():
        p = a.metrics.get(name)
        if p is not None and p.unit == q.unit:
            points = (Point(day_a, p, a.id), Point(day_b, q, b.id))
            out.append(_trend(b.drill, b.side, name, q.unit, points, repeats))
    return out


def first_and_latest(sessions: list[SessionEntry], drill: str, side: str) -> tuple[DatedSet, ...]:
    """The first and the latest measured set of a drill and side.

    Parameters
    ----------
    sessions : list of SessionEntry
    drill, side : str

    Returns
    -------
    tuple of (date, SetEntry)
        Two, or empty with fewer.
    """
    found = [
        (session.day, s)
        for session in sorted(sessions, key=lambda x: x.day)
        for s in session.sets
        if s.metrics and (s.drill, s.side) == (drill, side)
    ]
    return (found[0], found[-1]) if len(found) > 1 else ()
