"""What the log counts by day and by week: contacts, faults, when to film again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from plumbline.language import day as day_said
from plumbline.language import ngettext
from plumbline.log._entries import SessionEntry
from plumbline.log._variation import settings


def weekly_contacts(sessions: list[SessionEntry]) -> dict[date, int]:
    """Contacts of each week of `sessions` by its Monday, weeks without any included."""
    if not sessions:
        return {}
    mondays = [s.day - timedelta(days=s.day.weekday()) for s in sessions]
    weeks = {min(mondays) + timedelta(weeks=k): 0 for k in range((max(mondays) - min(mondays)).days // 7 + 1)}
    for monday, s in zip(mondays, sessions, strict=True):
        weeks[monday] += s.contacts
    return weeks


class FaultDay(NamedTuple):
    """On how many of a day's filmed reps a fault was.

    Attributes
    ----------
    day : date
    faulty, reps : int
        Reps with the fault, and filmed in all.
    """

    day: date
    faulty: int
    reps: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.faulty / self.reps


def fault_days(sessions: list[SessionEntry]) -> dict[str, list[FaultDay]]:
    """For each fault's label, on how many of a day's filmed reps it was, over the days of `sessions`.

    Only the drills count in which the fault was ever raised.
    """
    drills: dict[str, set[str]] = defaultdict(set)
    for s in (x for session in sessions for x in session.sets):
        for f in s.faults.values():
            drills[f.label].add(s.drill)
    out: dict[str, list[FaultDay]] = {label: [] for label in sorted(drills)}
    for day in sorted({s.day for s in sessions}):
        sets = [x for s in sessions if s.day == day for x in s.sets]
        for label, days in out.items():
            filmed = [x for x in sets if x.source == "film" and x.drill in drills[label]]
            reps = sum(x.reps for x in filmed)
            count = sum(f.count for x in filmed for f in x.faults.values() if f.label == label)
            if reps:
                days.append(FaultDay(day, min(count, reps), reps))
    return out


def reassess_on(sessions: list[SessionEntry]) -> date | None:
    """When the athlete of `sessions` should be filmed again, as `variation.toml` has it; None without a film."""
    filmed = [s.day for s in sessions if any(x.source == "film" for x in s.sets)]
    return max(filmed) + timedelta(days=int(settings()["reassess"]["after_days"])) if filmed else None


def film_again_said(again: date) -> str:
    """When to film again, with its reason, in the language that is spoken.

    Parameters
    ----------
    again : date
        As `reassess_on` gives it.

    Returns
    -------
    str
    """
    weeks = int(settings()["reassess"]["after_days"]) // 7
    return ngettext(
        "Film again by {day}: {n} week after the last film.",
        "Film again by {day}: {n} weeks after the last film.",
        weeks,
        day=day_said(again, "medium"),
    )
