"""What else a week holds: hard running and strength, shown beside the jumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from plumbline.catalogue import find_drill
from plumbline.messages import Message
from plumbline.plan._plan import Plan, PlannedDrill, PlannedSession, PlanRequest, settings


def with_other_training(plan: Plan, request: PlanRequest) -> Plan:
    """The plan with the athlete's own hard running and strength days, from its first to its last week."""
    weeks = max((s.week for s in plan.sessions), default=0)
    days = [request.start + timedelta(days=k) for k in range(7 * weeks)]
    days = [d for d in days if request.race is None or d < request.race]
    hard = [_other(request, d, "running", "own_hard_run") for d in days if d.weekday() in request.hard_days]
    strong = [_other(request, d, "strength", "own_strength") for d in days if d.weekday() in request.strength_days]
    order = {"jumps": 0, "strength": 1, "running": 2}
    every = sorted([*plan.sessions, *hard, *strong], key=lambda s: (s.day, order[s.kind]))
    return replace(plan, sessions=tuple(every))


def _other(request: PlanRequest, day: date, kind: str, code: str) -> PlannedSession:
    drills = settings()["strength"]["drills"] if kind == "strength" else ()
    week = (day - request.start).days // 7 + 1
    return PlannedSession(
        day, week, kind, Message(code), "any", tuple(PlannedDrill(k, find_drill(k).dose) for k in drills)
    )
