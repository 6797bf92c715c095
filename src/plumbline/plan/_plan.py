"""What a plan is, and what is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator

from plumbline.catalogue import find_drill
from plumbline.errors import SettingsError
from plumbline.language import N_, _, current, number, say
from plumbline.messages import Message
from plumbline.resources import DATA, read_toml

LEVELS = (N_("beginner"), N_("intermediate"), N_("advanced"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What ends a dose that is for either leg, and stands for one that is not to be done.
EACH_LEG, LEFT_OUT = " each leg", N_("leave out")
REPS = re.compile(rf"(\d+) x (\d+)({EACH_LEG})?")
DECIMAL = re.compile(r"\d+\.\d+")
# Of the progressive plan, once it is under way.
MOST_SESSIONS_A_WEEK = 2
ALL_DAYS = frozenset(range(7))


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """The numbers of `data/plan.toml`."""
    return read_toml(DATA / "plan.toml")


def week_choices() -> list[int]:
    """How many weeks a progressive plan may have."""
    weeks = settings()["weeks"]
    return list(range(int(weeks["fewest"]), int(weeks["most"]) + 1))


def session_cap(level: str) -> int:
    """The most contacts of a session at a level."""
    return int(settings()["caps"][level])


def weekly_cap(level: str) -> int:
    """The most contacts of a week at `level`, one of `LEVELS`."""
    return MOST_SESSIONS_A_WEEK * session_cap(level)


def _from_older(kept: Any) -> Any:
    """A sentence as an older version kept it: as it stood, "" for none."""
    return (Message("as_kept", {"words": kept}) if kept else None) if isinstance(kept, str) else kept


Words = Annotated[Message, BeforeValidator(_from_older)]


@dataclass(frozen=True)
class PlanRequest:
    """What a plan is made for.

    Attributes
    ----------
    start : date
        The first day of training.
    level : str
        One of `LEVELS`.
    race : date, optional
        Jumping ends before it.
    days : frozenset of int
        Weekdays on which jumping is possible, Monday is 0.
    hard_days : frozenset of int
        Weekdays of hard running: no jumps on them, the day before or the day after.
    weeks : int
        Length of the progressive plan, 6 to 10.
    easy_days : frozenset of int
        Weekdays of easy running, for the block's running and ankle drills.
    strength_days : frozenset of int
        Weekdays of strength training, shown beside the jumps.

    Raises
    ------
    SettingsError
        When one of these makes no sense: no weekday, no such level, a race before the start.
    """

    start: date
    level: str = "beginner"
    race: date | None = None
    days: frozenset[int] = ALL_DAYS
    hard_days: frozenset[int] = frozenset()
    weeks: int = 8
    easy_days: frozenset[int] = frozenset()
    strength_days: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not 1900 <= self.start.year <= 2999:
            raise SettingsError(
                "a plan from {start} on is not possible: give a day such as 2030-04-01.", start=self.start
            )
        if self.level not in LEVELS:
            raise SettingsError(
                "there is no level '{level}': choose one of {names}.", level=self.level, names=", ".join(LEVELS)
            )
        fewest, most = week_choices()[0], week_choices()[-1]
        if self.weeks not in week_choices():
            raise SettingsError(
                "a plan of {weeks} weeks is not known: choose {fewest} to {most}.",
                weeks=self.weeks,
                fewest=fewest,
                most=most,
            )
        given = self.days | self.hard_days | self.easy_days | self.strength_days
        if not self.days or not given <= ALL_DAYS:
            raise SettingsError("give at least one weekday, as mon,tue,wed,thu,fri,sat,sun.")
        if self.race is not None and self.race <= self.start:
            raise SettingsError(
                "the race ({race}) must come after the start ({start}).", race=self.race, start=self.start
            )

    @property
    def open_days(self) -> tuple[int, ...]:
        """Weekdays that are available, and neither hard nor next to a hard one."""
        taken = {(d + k) % 7 for d in self.hard_days for k in (-1, 0, 1)}
        return tuple(sorted(self.days - taken))

    @property
    def cap(self) -> int:
        """The most contacts of a session at this level."""
        return session_cap(self.level)


@dataclass(frozen=True)
class PlannedDrill:
    """A drill with its dose.

    Attributes
    ----------
    drill : str
        Its id.
    dose : str
    contacts : int
        Of the whole dose.
    """

    drill: str
    dose: str
    contacts: int = 0

    @property
    def name(self) -> str:
        """The catalogue's name, in the language that is spoken."""
        return say(find_drill(self.drill).name)

    @property
    def sets(self) -> tuple[int, int] | None:
        """Sets, those of both legs together, and the reps of each; None where the dose counts no reps."""
        found = REPS.fullmatch(self.dose)
        return (int(found[1]) * (2 if found[3] else 1), int(found[2])) if found else None

    @property
    def _dose_said(self) -> str:
        said = say(self.dose)  # of the catalogue
        if said != self.dose or current() == "en":
            return said
        said = DECIMAL.sub(lambda found: number(float(found[0]), "g"), said)
        return _("{dose} each leg", dose=said.removesuffix(EACH_LEG)) if said.endswith(EACH_LEG) else said

    @property
    def said(self) -> str:
        """The dose with the rest between its sets, as a coach writes it."""
        dose = self._dose_said
        if not self.contacts:
            return dose
        rule = settings()["drill"].get(self.drill, {"phase": "block"})
        rest_s = int(settings()["rest"][f"{rule['phase']}_s"])
        return _("{dose}, {minutes:.0f} min rest", dose=dose, minutes=rest_s / 60)


@dataclass(frozen=True)
class PlannedSession:
    """One day's session.

    Attributes
    ----------
    day : date
    week : int
        From 1.
    kind : {"jumps", "running", "strength"}
    title : Message
    phase : str
    drills : tuple of PlannedDrill
    recovery : bool
        Whether its week is one of recovery.
    share : float
        Of the contacts that were planned before it was scaled back.
    reason : Message or None
        Why it differs from the plan as it was made.
    """

    day: date
    week: int
    kind: str
    title: Words
    phase: str
    drills: tuple[PlannedDrill, ...]
    recovery: bool = False
    share: float = 1.0
    reason: Annotated[Message | None, BeforeValidator(_from_older)] = None

    @property
    def contacts(self) -> int:
        """Contacts of all drills."""
        return sum(d.contacts for d in self.drills)


@dataclass(frozen=True)
class Plan:
    """Sessions in order, and what the reader should know.

    A progressive plan is made anew from what was done; a block keeps its sessions.

    Attributes
    ----------
    title : Message
    sessions : tuple of PlannedSession
        In order.
    notes : tuple of Message
        What the reader should know.
    progressive : bool
        Made anew from what was done; else a block, which keeps its sessions.
    """

    title: Words
    sessions: tuple[PlannedSession, ...]
    notes: tuple[Words, ...] = ()
    progressive: bool = False

    def weekly_contacts(self, days: frozenset[date] | None = None) -> list[int]:
        """Contacts of each week, from the first.

        Parameters
        ----------
        days : frozenset of date, optional
            Those of which the sessions count, all by default.

        Returns
        -------
        list of int
        """
        weeks = max((s.week for s in self.sessions), default=0)
        counted = [s for s in self.sessions if days is None or s.day in days]
        return [sum(s.contacts for s in counted if s.week == w) for w in range(1, weeks + 1)]
