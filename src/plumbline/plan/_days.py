"""On which days a plan's sessions fall: the same weekdays each week, as well spaced as they can be."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from plumbline import language
from plumbline.errors import SettingsError
from plumbline.plan._plan import PlanRequest, settings


def min_gap_days() -> int:
    """Least days between two sessions."""
    return -(-int(settings()["spacing"]["min_hours"]) // 24)


def last_day(request: PlanRequest) -> date:
    """The last day on which jumps may be planned."""
    if request.race is None:
        return date.max
    return request.race - timedelta(days=int(settings()["taper"]["days"]) + 1)


def _gaps(days: tuple[int, ...]) -> list[int]:
    """Days between sessions on the same weekdays every week, the last and the next week's first included."""
    return [(b - a) % 7 or 7 for a, b in zip(days, (*days[1:], days[0]), strict=True)]


def weekdays(request: PlanRequest, most: int) -> tuple[int, ...]:
    """Up to `most` open weekdays with the rest between them; the most even ones, the earlier the better."""
    for count in range(most, 0, -1):
        found = [c for c in combinations(request.open_days, count) if min(_gaps(c)) >= min_gap_days()]
        if found:
            return min(found, key=lambda c: (max(_gaps(c)), sorted((d - request.start.weekday()) % 7 for d in c)))
    return ()


def jump_days(request: PlanRequest, weeks: int, most: int) -> list[list[date]]:
    """Days of each week's sessions, weeks being seven days from the first day on."""
    chosen = weekdays(request, most)
    first, last = request.start, last_day(request)
    days = [first + timedelta(days=k) for k in range(7 * weeks)]
    placed = [d for d in days if d.weekday() in chosen and d <= last]
    return [[d for d in placed if (d - first).days // 7 == week] for week in range(weeks)]


def no_days(request: PlanRequest) -> SettingsError:
    """That the wishes leave no day."""
    if request.race is not None and weekdays(request, 1):
        return SettingsError(
            "the race on {race} leaves no room for this plan: the last jumps may be on {last}. Start earlier, or give "
            "a later race.",
            race=request.race,
            last=last_day(request),
        )
    open_days = ", ".join(language.weekdays()[d] for d in request.open_days) or "none"
    return SettingsError(
        "these days leave no room for jumps: the open days are {open_days}. Hard days close the day before and after; "
        "give more days, or fewer hard ones.",
        open_days=open_days,
    )
