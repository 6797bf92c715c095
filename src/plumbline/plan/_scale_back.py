"""Pain or great effort in the log scales the next sessions back, and says why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from plumbline.catalogue import find_drill
from plumbline.log import SessionEntry
from plumbline.messages import Message
from plumbline.names import name_key
from plumbline.plan._plan import LEFT_OUT, Plan, PlannedDrill, PlannedSession, settings


def easing(logged: list[SessionEntry], today: date) -> tuple[float, Message | None]:
    """Share of the contacts that is left, and why; 1 and None when nothing speaks against it."""
    table = settings()["scale_back"]
    recent = [s for s in logged if timedelta(0) <= today - s.day <= timedelta(days=int(table["since_days"]))]
    shares: list[tuple[float, Message | None]] = [(1.0, None)]
    # How a place feels now is what was said of it last.
    felt = {name_key(d.where): (d, s.day) for s in sorted(recent, key=lambda s: s.day) for d in s.discomfort}
    for d, day in felt.values():
        if d.score >= table["pain"]:
            pain = Message("eased_for_pain", {"where": d.where, "score": d.score, "day": day.isoformat()})
            shares.append((0.0 if d.score >= table["no_jumps_from"] else float(table["pain_share"]), pain))
    for s in recent:
        # A run that was meant to be hard says nothing of the jumps.
        if s.effort is not None and s.kind not in ("running", "strength") and s.effort >= table["effort"]:
            hard = Message("eased_for_effort", {"effort": s.effort, "day": s.day.isoformat()})
            shares.append((float(table["effort_share"]), hard))
    return min(shares, key=lambda x: x[0])


def _less(drill: PlannedDrill, share: float) -> PlannedDrill:
    """A drill with fewer reps a set, or sets of a track."""
    if not drill.contacts:
        return drill
    match = re.fullmatch(r"([1-9]\d*) x ([1-9]\d*(?:\.\d+)?)(.*)", drill.dose)
    if match is None:
        return drill  # a plan from elsewhere may say its doses in other words
    sets, size, rest = int(match[1]), float(match[2]), match[3]
    if rest.strip() == "m":
        if sets == 1:
            shorter = max(int(2 * size * share) / 2, 1.0)
            return replace(drill, dose=f"1 x {shorter:g}{rest}", contacts=int(drill.contacts * shorter / size))
        fewer = max(int(sets * share), 1)
        return replace(drill, dose=f"{fewer} x {size:g}{rest}", contacts=round(fewer * drill.contacts / sets))
    smaller = int(size * share)
    if smaller == 0:
        return replace(drill, dose=LEFT_OUT, contacts=0)
    return replace(drill, dose=f"{sets} x {smaller}{rest}", contacts=int(drill.contacts * smaller / size))


def scaled_back(plan: Plan, logged: list[SessionEntry], today: date) -> Plan:
    """The plan with the sessions of the coming week scaled back where the log asks for it.

    Late drills are left out meanwhile when something hurts.

    Parameters
    ----------
    plan : Plan
    logged : list of SessionEntry
        All of the athlete's.
    today : date

    Returns
    -------
    Plan
    """
    share, reason = easing(logged, today)
    if share == 1.0:
        return plan
    until = today + timedelta(days=int(settings()["scale_back"]["since_days"]))
    hurts = share <= float(settings()["scale_back"]["pain_share"])

    def change(s: PlannedSession) -> PlannedSession:
        if not today <= s.day <= until or s.kind != "jumps" or s.share <= share:
            return s  # what was scaled back at an earlier look is not scaled back by the same once more
        if share == 0:
            return replace(s, drills=tuple(d for d in s.drills if not d.contacts), share=share, reason=reason)
        kept = [d for d in s.drills if not (hurts and find_drill(d.drill).phase == "late")]
        return replace(s, drills=tuple(_less(d, share / s.share) for d in kept), share=share, reason=reason)

    return replace(plan, sessions=tuple(change(s) for s in plan.sessions))
