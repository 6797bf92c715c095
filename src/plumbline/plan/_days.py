"""On which days a plan's sessions fall."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

from plumbline.errors import SettingsError
from plumbline.plan._plan import WEEKDAYS, PlanRequest, settings


def min_gap_days() -> int:
    """Least days between two sessions."""
    return -(-int(settings()["spacing"]["min_hours"]) // 24)


def _wished_gap_days() -> int:
    return int(settings()["spacing"]["max_hours"]) // 24


def last_day(request: PlanRequest) -> date:
    """The last day on which jumps may be planned."""
    if request.race is None:
        return date.max
    return request.race - timedelta(days=int(settings()["taper"]["days"]) + 1)


def days_of_week(request: PlanRequest, week: int, count: int, after: date | None) -> list[date]:
    """Up to `count` days of the plan's week (from 0) that keep the rules, as well spaced as they can be.

    Parameters
    ----------
    request : PlanRequest
    week, count : int
    after : date, optional
        The last session before.
    """
    first = request.start + timedelta(weeks=week)
    days = [first + timedelta(days=k) for k in range(7)]
    gap = timedelta(days=min_gap_days())
    usable = [
        d
        for d in days
        if d.weekday() in request.open_days and d <= last_day(request) and (after is None or d - after >= gap)
    ]
    for n in range(min(count, len(usable)), 0, -1):
        spaced = [[*c] for c in combinations(usable, n) if all(b - a >= gap for a, b in pairwise(c))]
        if spaced:
            return min(spaced, key=lambda c: _awkwardness(c, after))
    return []


def _awkwardness(days: list[date], after: date | None) -> tuple[int, int]:
    """By how much the gaps exceed the wished one; then the earlier the better."""
    whole = [*days] if after is None else [after, *days]
    return sum(max((b - a).days - _wished_gap_days(), 0) for a, b in pairwise(whole)), days[0].toordinal()


def no_days(request: PlanRequest) -> SettingsError:
    """That the wishes leave no day."""
    open_days = ", ".join(WEEKDAYS[d] for d in request.open_days) or "none"
    return SettingsError(
        f"these days leave no room for jumps: open are {open_days}. Hard days close the day before and after; "
        "give more days, fewer hard ones, or a later race."
    )
