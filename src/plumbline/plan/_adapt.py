"""A plan goes on from what was done, missed or hurt, and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plumbline.catalogue import find_drill
from plumbline.errors import SettingsError
from plumbline.log import SessionEntry, SetEntry
from plumbline.messages import Message, listed
from plumbline.plan._block import block, block_original
from plumbline.plan._days import jump_days, min_gap_days
from plumbline.plan._doses import Slot
from plumbline.plan._load import Done, loads, too_few
from plumbline.plan._plan import MOST_SESSIONS_A_WEEK, Plan, PlannedSession, PlanRequest, settings
from plumbline.plan._progressive import progressive, sessions_of
from plumbline.plan._scale_back import easing, scaled_back
from plumbline.plan._week import with_other_training


@dataclass(frozen=True)
class Adapted:
    """A plan as the log leaves it.

    Attributes
    ----------
    plan : Plan
        Sessions before today as they were planned, the others made anew.
    done : frozenset of date
        Days of planned jump sessions before or on today that were done.
    missed : frozenset of date
        Those that were not.
    why : tuple of Message
        Each thing that changed the plan.
    """

    plan: Plan
    done: frozenset[date]
    missed: frozenset[date]
    why: tuple[Message, ...]


def was_done(logged: list[SessionEntry]) -> list[Done]:
    """The logged sessions that had contacts, one a day."""
    days: dict[date, Counter[str]] = {}
    for session in logged:
        for s in session.sets:
            if s.contacts:
                days.setdefault(session.day, Counter())[s.drill] += s.contacts
    return [Done(day, dict(days[day])) for day in sorted(days)]


def made_for(maker: Callable[[PlanRequest], Plan], request: PlanRequest, logged: list[SessionEntry]) -> Plan:
    """A new plan for an athlete; the progressive one goes on from what was logged in the weeks before it.

    Parameters
    ----------
    maker : callable
        `progressive`, `block` or `block_original`.
    request : PlanRequest
    logged : list of SessionEntry
        All of the athlete's.

    Returns
    -------
    Plan

    Raises
    ------
    SettingsError
        When the days or the race leave too little room.
    """
    return progressive(request, _before(request, logged)) if maker is progressive else maker(request)


def _before(request: PlanRequest, logged: list[SessionEntry]) -> list[Done]:
    first = request.start - timedelta(weeks=int(settings()["before"]["weeks"]))
    return [d for d in was_done(logged) if first <= d.day < request.start]


def _tolerance_factor() -> float:
    """By which contacts must differ from the plan before they count as more or less than planned."""
    return 1 + float(settings()["rise"]["most_pct"]) / 100


def _matched(plan: Plan, done: list[Done], today: date) -> tuple[frozenset[date], frozenset[date]]:
    """Days of planned sessions that were done, on the day or the next to it, and that were missed."""
    meant = {s.day: s.contacts for s in plan.sessions if s.kind == "jumps" and s.day <= today}
    # Today's is not over with its first set.
    met = {d.day for d in done if d.day in meant and (d.day < today or d.total * _tolerance_factor() >= meant[d.day])}
    free = {d.day for d in done} - meant.keys()
    for day in meant:
        near = {day + timedelta(days=k) for k in (-1, 1)} & free
        if day not in met and near:
            free.discard(min(near))
            met.add(day)
    return frozenset(met), frozenset(day for day in meant if day < today and day not in met)


def adapted(plan: Plan, request: PlanRequest, logged: list[SessionEntry], today: date) -> Adapted:
    """Go on with a plan from what the log holds.

    The progressive plan is made anew from today on: prerequisites, first doses and the weekly rise
    count what was done, not what was planned. A block keeps its sessions; those of the coming week
    are scaled back where something hurt or was very hard.

    Parameters
    ----------
    plan : Plan
        As it was made or adapted last.
    request : PlanRequest
        What it was made for.
    logged : list of SessionEntry
        All of the athlete's.
    today : date

    Returns
    -------
    Adapted
    """
    done = [d for d in was_done(logged) if request.start <= d.day <= today]
    met, missed = _matched(plan, done, today)
    why = _why(plan, done, missed, today)
    share, reason = easing(logged, today)
    if reason is not None:
        why.append(Message("week_eased", {"reason": reason, "share": share}))
    overly = _overly_eased(plan, share, today)
    if overly and reason is None:
        why.append(Message("no_longer_eased"))
    if not plan.progressive or today < request.start:
        return Adapted(scaled_back(_in_full(plan, request, overly), logged, today), met, missed, tuple(why))
    if not why:
        return Adapted(plan, met, missed, ())
    begun, known = {d.day for d in done} | met, [*_before(request, logged), *done]
    past = [s for s in plan.sessions if s.day < today or (s.day == today and s.kind == "jumps" and s.day in begun)]
    made = _made(request, _trimmed(request, _slots(request, known, today, share), known), known)
    if made is None:  # eased before anything is known: the plan as it stands is scaled back
        return Adapted(scaled_back(plan, logged, today), met, missed, tuple(why))
    sessions = [replace(s, reason=reason if s.share < 1 else None) for s in made]
    # Where it hurts too much to jump, the days stand in the plan without their jumps.
    stilled = scaled_back(plan, logged, today).sessions if share == 0 else ()
    sessions += [s for s in stilled if s.kind == "jumps" and s.share == 0 and s.day >= today]
    sessions.sort(key=lambda s: s.day)
    coming = with_other_training(replace(plan, sessions=tuple(sessions)), request)
    rest = [s for s in coming.sessions if s.day > today or (s.day == today and s not in past)]
    return Adapted(replace(plan, sessions=(*past, *rest)), met, missed, tuple(why))


def _made(request: PlanRequest, slots: list[Slot], done: list[Done]) -> tuple[PlannedSession, ...] | None:
    """Sessions that go on from what was done; where that is too little for the week's rules, from the beginning.

    None where not even a beginning fits.
    """
    fewer = [s for k, s in enumerate(slots) if k == 0 or s.week != slots[k - 1].week]
    for left, known in ((slots, done), (fewer, done), (slots, []), (fewer, [])):
        with suppress(SettingsError):
            return sessions_of(request, left, known)
    return None


def _overly_eased(plan: Plan, share: float, today: date) -> frozenset[date]:
    """Days still to come whose session was eased by more than the log asks for now: an entry may have been mended."""
    return frozenset(s.day for s in plan.sessions if s.kind == "jumps" and s.day >= today and s.share < share)


def _in_full(plan: Plan, request: PlanRequest, days: frozenset[date]) -> Plan:
    """A block with the jump sessions of some days as it was made with."""
    if not days:
        return plan
    made = block_original(request) if plan.title.code == "plan_block_original" else block(request)
    whole = {s.day: s for s in made.sessions if s.kind == "jumps" and s.day in days}
    return replace(plan, sessions=tuple(whole.get(s.day, s) if s.kind == "jumps" else s for s in plan.sessions))


def _why(plan: Plan, done: list[Done], missed: frozenset[date], today: date) -> list[Message]:
    """What differs from the plan."""
    factor = _tolerance_factor()
    out = []
    if missed:
        out.append(Message("missed_days", {"days": listed("listed", [d.isoformat() for d in sorted(missed)])}))
    planned = {s.day: s.contacts for s in plan.sessions if s.kind == "jumps"}
    drills = {s.day: {x.drill for x in s.drills if x.contacts} for s in plan.sessions if s.kind == "jumps"}
    if plan.progressive and (on_others := sorted(d.day.isoformat() for d in done if d.day not in planned)):
        out.append(Message("done_on_other_days", {"days": listed("listed", on_others)}))
    with_others = sorted(d.day.isoformat() for d in done if not drills.get(d.day, set(d.contacts)) & set(d.contacts))
    if plan.progressive and with_others:
        out.append(Message("other_drills_done", {"days": listed("listed", with_others)}))
    for d in done:
        meant = planned.get(d.day)
        if meant is None:
            continue
        code = "more_than_planned" if d.total > factor * meant else ""
        if d.day < today and d.total * factor < meant:
            code = "too_few_done" if too_few(d.total) else "less_than_planned"
        if code:
            out.append(Message(code, {"day": d.day.isoformat(), "n": d.total, "meant": meant}))
    return out


def _slots(request: PlanRequest, done: list[Done], today: date, share: float) -> list[Slot]:
    """Sessions still to come, those of the coming days eased."""
    table = settings()["scale_back"]
    until = today + timedelta(days=int(table["since_days"]))
    hurts = share <= float(table["pain_share"])
    earliest = max([today] + [d.day + timedelta(days=min_gap_days()) for d in done[-1:]])
    out = []
    for week, days in enumerate(jump_days(request, request.weeks, MOST_SESSIONS_A_WEEK)):
        for day in days:
            eased = share < 1 and day <= until
            if day >= earliest and not (eased and share == 0):
                out.append(Slot(day, week, share if eased else 1.0, eased and hurts))
    return out


def _trimmed(request: PlanRequest, slots: list[Slot], done: list[Done]) -> list[Slot]:
    """Without the sessions of this week for which it has no contacts left."""
    if not slots or not done:
        return slots
    week = (done[-1].day - request.start).days // 7
    mine = [s for s in slots if s.week == week]
    already = [d.total for d in done if (d.day - request.start).days // 7 == week]
    load = loads(request, done, week)
    while mine:
        bounds = load.week(week, len(mine), sum(already), len(already), 1.0)
        if bounds.most >= len(mine) * int(settings()["session"]["least_contacts"]):
            break
        mine.pop()
    return [*mine, *(s for s in slots if s.week != week)]


def days_done(plan: Plan, logged: list[SessionEntry], today: date) -> frozenset[date]:
    """Days of planned jump sessions that the log says were done.

    Parameters
    ----------
    plan : Plan
    logged : list of SessionEntry
        All of the athlete's.
    today : date
        The last day that counts.

    Returns
    -------
    frozenset of date
    """
    first = min((s.day for s in plan.sessions), default=today)
    return _matched(plan, [d for d in was_done(logged) if first <= d.day <= today], today)[0]


def due(plan: Plan, today: date, done: frozenset[date] = frozenset()) -> PlannedSession | None:
    """The jump session of a day, the next one where it has none.

    Parameters
    ----------
    plan : Plan
    today : date
    done : frozenset of date, optional
        Days whose session was done, as `adapted` has them.

    Returns
    -------
    PlannedSession or None
        None after the last.
    """
    coming = [s for s in plan.sessions if s.kind == "jumps" and s.day >= today and s.day not in done]
    return coming[0] if coming else None


def rest_of(session: PlannedSession, logged: list[SessionEntry]) -> list[SetEntry]:
    """What the log lacks of a planned session, as sets by hand: done as planned, though not all of it was filmed.

    Parameters
    ----------
    session : PlannedSession
    logged : list of SessionEntry
        All of the athlete's.

    Returns
    -------
    list of SetEntry
        Empty where every drill has its contacts; drills without contacts are added if none was logged.
    """
    known = Counter[str]()
    done: set[str] = set()
    for entry in logged:
        for s in entry.sets if entry.day == session.day else []:
            known[s.drill] += s.contacts
            done.add(s.drill)
    out = []
    for d in session.drills:
        if not d.contacts and d.drill not in done:
            sets, reps = d.sets or (0, 0)
            out.append(SetEntry(drill=d.drill, reps=sets * reps, source="plan"))
        there = min(known[d.drill], d.contacts)
        known[d.drill] -= there
        if left := d.contacts - there:
            reps = max(round(left / (find_drill(d.drill).contacts or 1)), 1)
            out.append(SetEntry(drill=d.drill, reps=reps, contacts=left, source="plan"))
    return out
