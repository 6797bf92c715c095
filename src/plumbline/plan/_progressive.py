"""The progressive plan: low and quick first, contacts that rise steadily, below the caps."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from plumbline.catalogue import find_drill
from plumbline.errors import SettingsError
from plumbline.language import N_
from plumbline.messages import Message
from plumbline.plan._days import jump_days, min_gap_days, no_days
from plumbline.plan._doses import PHASES, Slot, filled
from plumbline.plan._load import Done, is_recovery
from plumbline.plan._plan import MOST_SESSIONS_A_WEEK, Plan, PlannedDrill, PlannedSession, PlanRequest, settings
from plumbline.plan._week import with_other_training

SHORTEST_WEEKS = 3
NAMES = (N_("early phase"), N_("middle phase"), N_("late phase"))


def progressive(request: PlanRequest, before: Sequence[Done] = ()) -> Plan:
    """Make the plan of six to ten weeks.

    Parameters
    ----------
    request : PlanRequest
    before : sequence of Done, optional
        What was done before its first day, as `made_for` finds it: the plan goes on from there.

    Returns
    -------
    Plan

    Raises
    ------
    SettingsError
        When the days or the race leave too little room.
    """
    if not request.open_days:
        raise no_days(request)
    days = jump_days(request, request.weeks, MOST_SESSIONS_A_WEEK)
    if sum(bool(week) for week in days) < SHORTEST_WEEKS:
        raise no_days(request)
    rested = before[-1].day + timedelta(days=min_gap_days()) if before else request.start
    slots = [Slot(day, week) for week, mine in enumerate(days) for day in mine if day >= rested]
    known, sessions = _begun(request, slots, before)
    plan = Plan(Message("plan_progressive"), sessions, progressive=True)
    notes = (_goes_on(known), *_notes(request, plan)) if known else _notes(request, plan)
    return with_other_training(replace(plan, notes=notes), request)


def _begun(
    request: PlanRequest, slots: list[Slot], before: Sequence[Done]
) -> tuple[Sequence[Done], tuple[PlannedSession, ...]]:
    """What a plan goes on from, and its sessions: from the beginning where nothing fits what was done before."""
    if before:
        with suppress(SettingsError):
            return before, sessions_of(request, slots, list(before))
    return (), sessions_of(request, slots, [])


def sessions_of(request: PlanRequest, slots: list[Slot], done: list[Done]) -> tuple[PlannedSession, ...]:
    """Sessions that fill the slots, after those that were done."""
    out = []
    phase = _phase([k for d in done for k in d.contacts])
    for slot, drills in zip(slots, filled(request, slots, done), strict=True):
        phase = max(phase, _phase([d.drill for d in drills]))
        rest = is_recovery(slot.week)
        out.append(
            PlannedSession(
                day=slot.day,
                week=slot.week + 1,
                kind="jumps",
                title=Message("plyometrics_recovery" if rest else "plyometrics", {"phase": NAMES[phase]}),
                phase=PHASES[phase],
                drills=_with_slow_drills(drills, phase),
                recovery=rest,
                share=slot.share,
            )
        )
    return tuple(out)


def _phase(drills: list[str]) -> int:
    """The latest phase that drills belong to."""
    rules = settings()["drill"]
    return max((PHASES.index(rules[k]["phase"]) for k in drills if k in rules), default=0)


def _with_slow_drills(drills: tuple[PlannedDrill, ...], phase: int) -> tuple[PlannedDrill, ...]:
    """The jumps while fresh, the quick before the hard ones; strength, which tires the calves, last."""
    table = settings()["with_every_session"]
    after = [*(table["strides"] if phase else []), *table["after"]]
    before, after_them = (
        tuple(PlannedDrill(k, find_drill(k).dose) for k in names) for names in (table["before"], after)
    )
    return (*before, *drills, *after_them)


def _goes_on(before: Sequence[Done]) -> Message:
    """What the plan begins from."""
    days = {"first": before[0].day.isoformat(), "last": before[-1].day.isoformat()}
    return Message("plan_goes_on", {"n": len(before), "contacts": sum(d.total for d in before), **days})


def _notes(request: PlanRequest, plan: Plan) -> tuple[Message, ...]:
    table = settings()
    jumps, weeks = len(plan.sessions), plan.sessions[-1].week
    first = sum(s.contacts for s in plan.sessions if s.week == 1)
    known = {k: int(table["weeks"][f"known_{k}"]) for k in ("weeks", "sessions")}
    enough = weeks > known["weeks"] and jumps > known["sessions"]
    rise = {"first": first, "cap": request.cap, "level": request.level, "rise": table["rise"]["most_pct"]}
    out = [
        Message("plan_rises", rise),
        Message("plan_long_enough" if enough else "plan_shorter", {**known, "mine": weeks, "mine_sessions": jumps}),
        Message("as_kept", {"words": table["with_every_session"]["warm_up"]}),
        Message("plan_sound_base"),
    ]
    counts = [sum(s.week == w for s in plan.sessions) for w in range(1, request.weeks + 1)]
    thin = sum(0 < n < MOST_SESSIONS_A_WEEK for n in counts)
    if thin:
        out.append(Message("thin_weeks", {"n": thin}))
    if request.race is not None and request.race <= _end(request) + timedelta(days=int(table["taper"]["days"])):
        out.append(Message("plan_taper", {"days": table["taper"]["days"], "race": request.race.isoformat()}))
    return tuple(out)


def _end(request: PlanRequest) -> date:
    return request.start + timedelta(weeks=request.weeks)
