"""The coach's block: twelve sessions in four weeks, three a week, with running on days between."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.catalogue import find_drill
from plumbline.messages import Message
from plumbline.plan._days import jump_days, no_days
from plumbline.plan._load import is_recovery
from plumbline.plan._plan import Plan, PlannedDrill, PlannedSession, PlanRequest, settings, weekly_cap
from plumbline.plan._week import with_other_training

A_WEEK = 3
# Metres are planned in halves, and a pass is shorter before there is only one.
STEP_M, LEAST_M, TWO_PASSES_FROM_M = 0.5, 1.5, 5.0


def _track(number: int) -> float:
    """The coach's metres of a session from 1."""
    table = settings()["block"]
    return float(table["track_m"] if number <= int(table["short_sessions"]) else table["track_after_4_m"])


def _school(number: int) -> list[str]:
    """The jump school's drills of a session from 1."""
    drills = settings()["block_drills"]
    return [*drills["jump_school"], *(drills["after_4"] if number > int(settings()["block"]["short_sessions"]) else [])]


def _jump_school(number: int, passes: int, metres: float) -> tuple[PlannedDrill, ...]:
    contacts = round(passes * metres * float(settings()["block"]["contacts_per_m"]))
    return tuple(
        PlannedDrill(d, f"{passes} x {metres:g} m", contacts if find_drill(d).contacts else 0) for d in _school(number)
    )


def _fitting(number: int, most: float) -> tuple[PlannedDrill, ...]:
    """The jump school with the longest track whose contacts stay within a number: two passes where there is room."""
    found = []
    for passes, shortest in ((2, TWO_PASSES_FROM_M), (1, LEAST_M)):
        metres = _track(number)
        while metres >= shortest:
            school = _jump_school(number, passes, metres)
            if sum(d.contacts for d in school) <= most:
                found.append(school)
                break
            metres -= STEP_M
    return max(found, key=lambda s: sum(d.contacts for d in s)) if found else _jump_school(number, 1, LEAST_M)


def _scaled(request: PlanRequest) -> list[tuple[PlannedDrill, ...]]:
    """The jump schools of all sessions, scaled to the level: within its caps, rising as a plan may."""
    table = settings()
    rise = 1 + float(table["rise"]["most_pct"]) / 100
    schools: list[tuple[PlannedDrill, ...]] = []
    base = 0
    for week in range(int(table["block"]["weeks"])):
        wished = weekly_cap(request.level) / rise**2 if week == 0 else base * rise
        most = base * float(table["recovery"]["most_share"]) if is_recovery(week) else wished
        left = min(most, weekly_cap(request.level))
        for k in range(A_WEEK):
            school = _fitting(week * A_WEEK + k + 1, min(left / (A_WEEK - k), request.cap))
            left -= sum(d.contacts for d in school)
            schools.append(school)
        if not is_recovery(week):
            base = sum(d.contacts for s in schools[-A_WEEK:] for d in s)
    return schools


def block(request: PlanRequest) -> Plan:
    """Make the block of twelve sessions for `request`, its metres scaled to the level.

    Raises
    ------
    SettingsError
        When the days leave no room for three sessions a week.
    """
    schools = _scaled(request)
    first, last = (sum(d.contacts for d in schools[k]) for k in (0, 8))
    table = settings()["block"]
    said = {"first": first, "last": last, "per_m": table["contacts_per_m"]}
    said |= {"metres": table["track_m"], "later": table["track_after_4_m"]}
    return _plan(request, "plan_block", schools, (Message("block_scaled", said), Message("block_board")))


def block_original(request: PlanRequest) -> Plan:
    """Make the block for `request` with the coach's own metres, whatever the level; its notes say what that means.

    Raises
    ------
    SettingsError
        When the days leave no room for three sessions a week.
    """
    count = int(settings()["block"]["sessions"])
    schools = [_jump_school(k, 2, _track(k)) for k in range(1, count + 1)]
    first, last = (sum(d.contacts for d in schools[k]) for k in (0, count - 1))
    notes = [Message("block_as_written", {"first": first, "last": last})]
    if last > request.cap:
        notes.append(Message("block_above_cap", {"cap": request.cap, "level": request.level}))
    notes += [Message("block_low_and_quick"), Message("block_board")]
    return _plan(request, "plan_block_original", schools, tuple(notes))


def _plan(
    request: PlanRequest, title: str, schools: list[tuple[PlannedDrill, ...]], notes: tuple[Message, ...]
) -> Plan:
    days = jump_days(request, int(settings()["block"]["weeks"]), A_WEEK)
    if any(len(week) < A_WEEK for week in days):
        raise no_days(request)
    placed = [day for week in days for day in week]
    sessions = []
    same_day = 0
    for i, (day, school) in enumerate(zip(placed, schools, strict=True)):
        week = (day - request.start).days // 7 + 1
        easier = title == "plan_block" and is_recovery(week - 1)
        name = Message("session_easier" if easier else "session_of", {"number": i + 1, "count": len(placed)})
        until = placed[i + 1] if i + 1 < len(placed) else day + timedelta(days=3)
        between = _running_day(request, day, until)
        after = _from_catalogue("running") if between is None else ()
        same_day += between is None
        drills = (*_around(), *school, *_from_catalogue("board"), *_from_catalogue("strength"), *after)
        sessions.append(PlannedSession(day, week, "jumps", name, "block", drills, is_recovery(week - 1)))
        if between is not None:
            at = (between - request.start).days // 7 + 1
            running = _from_catalogue("running")
            sessions.append(PlannedSession(between, at, "running", Message("running_and_ankles"), "block", running))
    if same_day:
        notes = (*notes, Message("running_ends_session", {"n": same_day, "count": len(placed)}))
    return with_other_training(Plan(Message(title), tuple(sessions), notes), request)


def _around() -> tuple[PlannedDrill, ...]:
    return _from_catalogue("mobility") + _from_catalogue("balance")


def _from_catalogue(group: str) -> tuple[PlannedDrill, ...]:
    return tuple(PlannedDrill(d, find_drill(d).dose) for d in settings()["block_drills"][group])


def _running_day(request: PlanRequest, after: date, before: date) -> date | None:
    """A day between two sessions on which easy running is possible; never a hard one."""
    possible = (request.easy_days or request.days) - request.hard_days
    between = [after + timedelta(days=k) for k in range(1, (before - after).days)]
    free = [d for d in between if d.weekday() in possible and (request.race is None or d < request.race)]
    return free[0] if free else None
