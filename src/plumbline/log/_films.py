"""A film in the log: once a day, however often it is measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.errors import SettingsError
from plumbline.log._entries import AthleteEntry, SessionEntry, SetEntry
from plumbline.log._from_report import kind_of
from plumbline.log._store import TrainingLog


def _same_film(a: SetEntry, b: SetEntry) -> bool:
    """Whether two sets are of one film, each by itself or each of one guided test, as whatever it was measured.

    But for its left and its right leg: a film may hold a set of each.
    """
    one = bool(a.film_sha256) and (a.film_sha256, a.protocol) == (b.film_sha256, b.protocol)
    return one and {a.side, b.side} != {"left", "right"}


def log_film(log: TrainingLog, athlete: AthleteEntry, day: date, entry: SetEntry, *, replace: bool) -> date | None:
    """Log a measured film.

    Parameters
    ----------
    log : TrainingLog
    athlete : AthleteEntry
    day : date
        On which it was filmed.
    entry : SetEntry
    replace : bool
        Put it in the place of what the same film was logged as that day before.

    Returns
    -------
    date or None
        Another day on which the same film is logged, if any: it was filmed on one.

    Raises
    ------
    SettingsError
        When the film is logged that day already, and not to be replaced.
    """
    known = [s for s in log.sessions(athlete) if any(_same_film(x, entry) for x in s.sets)]
    of_day = [s for s in known if s.day == day]
    if not of_day:
        log.add_set(athlete, day, entry, kind_of(entry.drill))
    elif not replace:
        raise SettingsError(
            "this film is logged for {name} on {day} already: --replace puts this report in its place.",
            name=athlete.name,
            day=day,
        )
    for session in of_day:
        places = [k for k, x in enumerate(session.sets) if _same_film(x, entry)]
        sets = [entry if k == places[0] else x for k, x in enumerate(session.sets) if k not in places[1:]]
        log.save_session(athlete, session.model_copy(update={"sets": tuple(sets)}))
    # What the film was logged with before is taken off already.
    before = sum(x.contacts for s in of_day for x in s.sets if _same_film(x, entry) and x.drill == entry.drill)
    _take_off_planned(log, athlete, day, entry.drill, entry.contacts - before)
    return next((s.day for s in known if s.day != day), None)


def _take_off_planned(log: TrainingLog, athlete: AthleteEntry, day: date, drill: str, left: int) -> None:
    """Take a film's contacts off what was logged as planned of its drill that day: they were done once."""
    for session in [s for s in log.sessions(athlete, day) if s.day == day]:
        sets = []
        for x in session.sets:
            taken = min(x.contacts, max(left, 0)) if x.source == "plan" and x.drill == drill else 0
            left -= taken
            if not taken:
                sets.append(x)
            elif rest := x.contacts - taken:
                reps = max(round(x.reps * rest / x.contacts), 1)
                sets.append(x.model_copy(update={"contacts": rest, "reps": reps}))
        if tuple(sets) != session.sets:
            log.save_session(athlete, session.model_copy(update={"sets": tuple(sets)}))


def refuse_known(sessions: list[SessionEntry], sets: Sequence[SetEntry]) -> None:
    """Refuse a guided test's films that are logged as such a test already: its chance would be counted twice.

    Parameters
    ----------
    sessions : list of SessionEntry
        All of the athlete's.
    sets : sequence of SetEntry
        The test's films.

    Raises
    ------
    SettingsError
        With the day.
    """
    for s in sessions:
        if any(_same_film(known, x) for known in s.sets for x in sets):
            raise SettingsError("these films are in the log as this test already, on {day}.", day=s.day)
