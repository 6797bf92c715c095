"""The coach's block: twelve sessions in four weeks, three a week, with running on days between."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.plan._days import days_of_week, no_days
from plumbline.plan._plan import Plan, PlannedDrill, PlannedSession, PlanRequest, settings
from plumbline.reps import find_drill

A_WEEK = 3
# The fourth session is the last on the shorter track and without the drills that join.
SHORT_SESSIONS = 4


def _jump_school(number: int) -> tuple[PlannedDrill, ...]:
    """The jump school of a session from 1: every drill twice over the track."""
    table, drills = settings()["block"], settings()["block_drills"]
    later = number > SHORT_SESSIONS
    metres = int(table["track_after_4_m"] if later else table["track_m"])
    names = [*drills["jump_school"], *(drills["after_4"] if later else [])]
    contacts = round(2 * metres * float(table["contacts_per_m"]))
    return tuple(PlannedDrill(d, f"2 x {metres} m", contacts if find_drill(d).contacts else 0) for d in names)


def _session(number: int) -> tuple[PlannedDrill, ...]:
    """All drills of a session, in the coach's order."""
    drills = settings()["block_drills"]

    def as_in_catalogue(group: str) -> tuple[PlannedDrill, ...]:
        return tuple(PlannedDrill(d, find_drill(d).dose) for d in drills[group])

    before = as_in_catalogue("mobility") + as_in_catalogue("balance")
    return before + _jump_school(number) + as_in_catalogue("board") + as_in_catalogue("strength")


def block(request: PlanRequest) -> Plan:
    """Make the block of twelve sessions.

    Raises
    ------
    SettingsError
        When the days leave no room for three sessions a week.
    """
    weeks = int(settings()["block"]["weeks"])
    placed: list[date] = []
    for week in range(weeks):
        days = days_of_week(request, week, A_WEEK, placed[-1] if placed else None)
        if len(days) < A_WEEK:
            raise no_days(request)
        placed += days
    sessions = []
    for i, day in enumerate(placed):
        week = i // A_WEEK + 1
        sessions.append(
            PlannedSession(day, week, "jumps", f"Session {i + 1} of {len(placed)}", "block", _session(i + 1))
        )
        between = day + timedelta(days=1)
        if between not in placed:
            running = tuple(PlannedDrill(d, find_drill(d).dose) for d in settings()["block_drills"]["running"])
            sessions.append(PlannedSession(between, week, "running", "Running and ankle drills", "block", running))
    return Plan("The coach's block", tuple(sessions), _notes(request))


def _notes(request: PlanRequest) -> tuple[str, ...]:
    first, last = (sum(d.contacts for d in _jump_school(k)) for k in (1, SHORT_SESSIONS + 1))
    return (
        f"The jump school is low and quick, but long: about {first} contacts a session, {last} from the fifth on, "
        f"at {settings()['block']['contacts_per_m']} contacts a metre. Published caps for a session ({request.cap} at "
        f"the level {request.level}) are for higher jumps; stop a drill when contacts get long.",
        "The six drills on the board make six minutes; the coach's sheet says eight in all.",
    )
