"""How many contacts each week may have and aims at, from what the weeks before it had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.plan._days import weekdays
from plumbline.plan._plan import MOST_SESSIONS_A_WEEK, PlanRequest, session_cap, settings


@dataclass(frozen=True)
class Done:
    """A session that was done: its day, and the contacts of each drill."""

    day: date
    contacts: dict[str, int]

    @property
    def total(self) -> int:
        """Contacts of all drills."""
        return sum(self.contacts.values())


@dataclass(frozen=True)
class WeekLoad:
    """Contacts that a week's sessions still to come may have at least and at most, and aim at.

    `usual` is what one session aims at when nothing is eased, `most_a_session` the most that it may have: who missed
    the week's first session does not make up for it in the second.
    """

    least: int
    most: int
    aim: int
    usual: float
    most_a_session: int


def is_recovery(week: int) -> bool:
    """Whether a week from 0 is one of recovery; none before the plan was."""
    return week >= 0 and (week + 1) % int(settings()["recovery"]["every_weeks"]) == 0


def first_week(request: PlanRequest, sessions: int) -> int:
    """Contacts of the first week."""
    return round(sessions * session_cap(request.level) * float(settings()["start"]["share"]))


@dataclass
class Loads:
    """What the last full week had, while weeks are gone through.

    Attributes
    ----------
    base : int or None
        Contacts of the last full week; None before the first.
    sessions : int
        Sessions of it.
    rested : bool
        Whether the week after it was one of recovery, or without jumps.
    first : int
        Contacts of the first week that had any.
    """

    request: PlanRequest
    base: int | None = None
    sessions: int = 0
    rested: bool = False
    first: int = 0

    def keep(self, week: int, contacts: int, sessions: int) -> None:
        """Go on to the next week.

        A week that was missed, in part or as a whole, takes no more than its share off the base.
        """
        fallen = 0
        if self.base is not None:
            floor = min(first_week(self.request, max(self.sessions, 1)), self.base, self.first or self.base)
            fallen = max(round(self.base * float(settings()["missed"]["share"])), floor)
        self.first = self.first or contacts
        if contacts == 0:
            self.base = fallen or None
            self.rested = self.base is not None  # who comes back does not rise at once
        elif is_recovery(week) and self.base is not None:
            self.rested = True
        else:
            if self.base is None and sessions:  # one of two first sessions says as much as both
                full = max(len(weekdays(self.request, MOST_SESSIONS_A_WEEK)), sessions)
                contacts, sessions = round(contacts * full / sessions), full
            self.base, self.sessions, self.rested = max(contacts, fallen), max(sessions, self.sessions), False

    def week(self, week: int, sessions: int, before: int, sessions_before: int, share: float) -> WeekLoad:
        """Bounds of the sessions still to come in a week.

        Parameters
        ----------
        week : int
            From 0.
        sessions : int
            Still to come.
        before, sessions_before : int
            Contacts and sessions that the week has had already.
        share : float
            What is left where a session is eased; 1 otherwise.
        """
        table = settings()
        count = sessions + sessions_before
        cap = session_cap(self.request.level)
        first = first_week(self.request, count)
        base = first if self.base is None else min(self.base, max(count, self.sessions) * cap)
        least, rise = 0.0, table["rise"]
        if is_recovery(week) and self.base is not None:
            rest = table["recovery"]
            least, aim, most = (base * float(rest[k]) for k in ("least_share", "aim_share", "most_share"))
        elif self.base is None:
            aim, most = base, base * (1 + rise["most_pct"] / 100)
        else:
            most = base if self.rested else base * (1 + rise["most_pct"] / 100)
            aim = base if self.rested else base * (1 + rise["aim_pct"] / 100)
        usual = min(aim / max(count, self.sessions), cap)
        if share < 1 or sessions_before or count < self.sessions:
            least = 0.0
        aim = max(usual * count * share - before, 0)
        top = round(usual * (1 + rise["most_pct"] / 100))
        return WeekLoad(round(-(-least // 1)), max(int(most - before), 0), round(aim), usual, top)


def too_few(contacts: int) -> bool:
    """Whether so many contacts are no session to go on from, as of a clip that was filmed by itself."""
    return contacts < int(settings()["session"]["least_contacts"])


def loads(request: PlanRequest, done: list[Done], until: int) -> Loads:
    """The load that sessions which were done leave for the week of a number, weeks without any included."""
    out = Loads(request)
    weeks = [(d.day - request.start).days // 7 for d in done]
    for week in range(min([0, *weeks]), until):
        mine = [d.total for d, w in zip(done, weeks, strict=True) if w == week and not too_few(d.total)]
        out.keep(week, sum(mine), len(mine))
    return out
