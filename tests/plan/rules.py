"""The rules that a plan keeps, read from the plan alone: dates, doses and counts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from plumbline.catalogue import find_drill
from plumbline.plan import Plan, PlannedDrill, PlannedSession, PlanRequest

CAPS = {"beginner": 100, "intermediate": 120, "advanced": 140}
# A coach's list, written out: what a level may do, what comes before it and how often, the first dose.
LEVEL = {"hurdle_hops": 1, "drop_to_bound": 1, "depth_jump": 1, "weighted_pogo": 2}
LEVELS = {"beginner": 0, "intermediate": 1, "advanced": 2}
BEFORE = {
    "skips": {"ankle_hops": 1},
    "single_leg_hop": {"ankle_hops": 3, "pogo": 2},
    "squat_jump": {"pogo": 3},
    "drop_landing": {"squat_jump": 1},
    "box_jump": {"squat_jump": 2},
    "bounding": {"skips": 3, "single_leg_hop": 3},
    "hurdle_hops": {"pogo": 4, "box_jump": 2},
    "drop_to_bound": {"drop_landing": 3, "bounding": 2},
    "depth_jump": {"drop_landing": 3, "box_jump": 3, "drop_to_bound": 1},
    "weighted_pogo": {"pogo": 8, "depth_jump": 2},
}
FIRST = {"ankle_hops": 24, "pogo": 24, "skips": 24, "single_leg_hop": 16, "squat_jump": 6, "drop_landing": 6}
FIRST |= {"box_jump": 9, "bounding": 16, "hurdle_hops": 8, "drop_to_bound": 6, "depth_jump": 6, "weighted_pogo": 12}
EARLY = {"ankle_hops", "pogo", "skips", "single_leg_hop"}
LATE = {"depth_jump", "weighted_pogo"}


def jumps_of(plan: Plan) -> list[PlannedSession]:
    return [s for s in plan.sessions if s.kind == "jumps"]


def broken_days(plan: Plan, request: PlanRequest) -> list[str]:
    """Rest, closed days, taper."""
    out = []
    for a, b in pairwise(jumps_of(plan)):
        if (b.day - a.day).days < 2:
            out.append(f"{a.day} and {b.day} are less than 48 h apart")
    for s in plan.sessions:
        easy = s.kind == "running" and s.drills
        if s.kind == "jumps" and s.day.weekday() not in request.days:
            out.append(f"{s.day} is not available")
        if easy and s.day.weekday() not in (request.easy_days or request.days) - request.hard_days:
            out.append(f"running on {s.day}, a closed day")
        near = {(s.day + timedelta(days=k)).weekday() for k in (-1, 0, 1)}
        if s.kind == "jumps" and near & request.hard_days:
            out.append(f"{s.day} is next to a hard day")
        if s.kind == "jumps" and request.race is not None and (request.race - s.day).days <= 10:
            out.append(f"{s.day} is too near the race")
        if s.day < request.start:
            out.append(f"{s.day} is before the start")
    return out


def broken_load(plan: Plan, request: PlanRequest) -> list[str]:
    """Caps, the rise from week to week, weeks of recovery."""
    out = [f"{s.contacts} contacts" for s in jumps_of(plan) if s.contacts > CAPS[request.level]]
    volumes = plan.weekly_contacts()
    counts = [sum(s.week == w + 1 for s in jumps_of(plan)) for w in range(len(volumes))]
    full, width, rested = 0, 0, False
    for w, volume in enumerate(volumes):
        if w % 4 == 3:
            if volume > 0.7 * full + 0.5 or (counts[w] == width and volume < 0.5 * full - 0.5):
                out.append(f"week {w + 1}: {volume} in recovery after {full}")
            rested = True
            continue
        if full and volume > (1.0 if rested else 1.2) * full + 0.5:
            out.append(f"week {w + 1}: {volume} after {full}")
        full, width, rested = volume, counts[w], False
    return out


def broken_dose(d: PlannedDrill, day: date, met: Counter[str], level: str) -> list[str]:
    """A drill's level, its prerequisites, its dose."""
    out = []
    if LEVEL.get(d.drill, 0) > LEVELS[level]:
        out.append(f"{d.drill} for {level}")
    if any(met[k] < n for k, n in BEFORE.get(d.drill, {}).items()):
        out.append(f"{d.drill} too soon on {day}")
    if d.contacts > FIRST[d.drill] * (met[d.drill] + 1):
        out.append(f"{d.contacts} of {d.drill} at exposure {met[d.drill] + 1}")
    sets, reps, each = re.fullmatch(r"(\d) x (\d+)( each leg)?", d.dose).groups()  # type: ignore[union-attr]
    if int(sets) * int(reps) * (2 if each else 1) * (find_drill(d.drill).contacts or 0) != d.contacts:
        out.append(f"{d.dose} is not {d.contacts}")
    return out


def broken_drills(plan: Plan, request: PlanRequest) -> list[str]:
    """Levels, prerequisites, first doses, new drills, what the dose adds up to."""
    out, met = [], Counter[str]()
    for i, s in enumerate(jumps_of(plan)):
        jumping = [d for d in s.drills if d.contacts]
        new = [d.drill for d in jumping if not met[d.drill]]
        if new and s.week % 4 == 0:
            out.append(f"{new} new in recovery week {s.week}")
        if len(new) > (2 if i == 0 else 1):
            out.append(f"{new} new at once")
        if i < 6 and not {d.drill for d in jumping} <= EARLY:
            out.append(f"no early drill in session {i + 1}")
        if i < 12 and {d.drill for d in jumping} & LATE:
            out.append(f"a late drill in session {i + 1}")
        if not 2 <= len(jumping) <= 4 or not {d.drill for d in jumping} & EARLY:
            out.append(f"{len(jumping)} drills on {s.day}")
        for d in jumping:
            out += broken_dose(d, s.day, met, request.level)
        met.update(d.drill for d in jumping)
    return out + [f"{k} met {n} times only" for k, n in met.items() if n < 3 and plan.sessions[-1].week > 5]


def broken_progressive(plan: Plan, request: PlanRequest) -> list[str]:
    """Every rule that a progressive plan breaks."""
    return broken_days(plan, request) + broken_load(plan, request) + broken_drills(plan, request)


def broken_block(plan: Plan, request: PlanRequest) -> list[str]:
    """Every rule that a block scaled to the level breaks."""
    return broken_days(plan, request) + broken_load(plan, request)
