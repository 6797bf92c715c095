"""What the log says of an athlete: trends, left against right, bests, load, faults."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from plumbline.log._entries import MetricEntry, SessionEntry, SetEntry

# A change counts when it is larger than errors make it in 19 of 20 cases.
COVERAGE = 1.96
# The share of an asymmetry that is worth a word.
ASYMMETRY_PCT = 10.0
REASSESS_DAYS = 28
# Where more is better, and where less is; elsewhere nothing is called a best.
BETTER_HIGH = ("jump_height_m", "rsi_ratio", "rsi_height_m_s", "hold_to_touch_s", "heel_rise_pct_bh")
BETTER_LOW = ("contact_time_s", "plumb_spread_pct_bh", "sway_rms_pct_bh", "rhythm_cv_pct")
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
    """

    drill: str
    side: str
    metric: str
    unit: str
    points: tuple[Point, ...]

    @property
    def change(self) -> float:
        """Latest less first."""
        return self.points[-1].mean - self.points[0].mean

    @property
    def smallest_change(self) -> float:
        """The smallest change beyond measurement error between the first and the latest set.

        1.96 times the uncertainty of their difference.
        """
        return COVERAGE * float(np.hypot(self.points[0].sd, self.points[-1].sd))

    @property
    def beyond_error(self) -> bool:
        """Whether the change is larger than that."""
        return len(self.points) > 1 and abs(self.change) > self.smallest_change

    @property
    def best(self) -> Point | None:
        """The best set, where one direction is better."""
        if self.metric in BETTER_HIGH:
            return max(self.points, key=lambda p: p.mean)
        if self.metric in BETTER_LOW:
            return min(self.points, key=lambda p: p.mean)
        return None


def trends(sessions: list[SessionEntry]) -> list[Trend]:
    """Every metric of every drill and side that was measured."""
    points: dict[tuple[str, str, str, str], list[Point]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: s.day):
        for s in session.sets:
            for name, m in s.metrics.items():
                points[s.drill, s.side, name, m.unit].append(Point(session.day, m.mean, m.sd, s.id))
    return [Trend(*key, tuple(p)) for key, p in points.items()]


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


@dataclass(frozen=True)
class Asymmetry:
    """Left less right, as a share of their mean, with its uncertainty; said only beyond it."""

    metric: str
    left: float
    right: float
    unit: str
    pct: float
    sd_pct: float

    @property
    def clear(self) -> bool:
        """Whether it is larger than 10 % by more than its uncertainty in 19 of 20 cases."""
        return abs(self.pct) - COVERAGE * self.sd_pct > ASYMMETRY_PCT

    @property
    def weaker(self) -> str:
        """The side that does worse, "" where no direction is better."""
        if self.metric in BETTER_HIGH:
            return "left" if self.pct < 0 else "right"
        if self.metric in BETTER_LOW:
            return "left" if self.pct > 0 else "right"
        return ""


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
