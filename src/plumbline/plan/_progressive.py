"""The progressive plan: one to two sessions a week, early to late drills, contacts below the cap."""

from __future__ import annotations

from math import ceil

from plumbline.plan._days import days_of_week, no_days
from plumbline.plan._plan import MOST_SESSIONS_A_WEEK, Plan, PlannedDrill, PlannedSession, PlanRequest, settings
from plumbline.reps import find_drill

PHASES = ("early", "middle", "late")
# Drills of a session besides the slow ones, new ones among them; the largest set, and the most
# contacts of one drill: few where each is hard.
MOST_DRILLS, MOST_NEW = 4, 2
SET_REPS = {"early": 10, "middle": 6, "late": 4}
MOST_CONTACTS = {"early": 60, "middle": 30, "late": 20}
SHORTEST_WEEKS = 3


def phase_of_week(week: int, weeks: int) -> str:
    """Phase of a week from 0: a third each."""
    return PHASES[min(3 * week // weeks, 2)]


def is_recovery(week: int) -> bool:
    """Whether a week from 0 is one of recovery."""
    return (week + 1) % int(settings()["recovery"]["every_weeks"]) == 0


def sessions_in_week(week: int, weeks: int) -> int:
    """One at the beginning and in recovery, two later."""
    return 1 if is_recovery(week) or week < ceil(weeks / 4) else MOST_SESSIONS_A_WEEK


def budget(request: PlanRequest, week: int) -> int:
    """Contacts of a session in a week from 0."""
    table = settings()
    start = float(table["start"]["share"])
    share = start + (1 - start) * week / max(request.weeks - 1, 1)
    if is_recovery(week):
        share *= float(table["recovery"]["share"])
    return int(request.cap * share)


def _unlocked(phase: str, number: int, count: int) -> list[str]:
    """Drills that may be done in the `number`th of `count` sessions of a phase, in the order of joining."""
    table = settings()["phases"]
    out: list[str] = []
    for name in PHASES:
        drills = list(table[name])
        if name == phase:
            return out + drills[: ceil((number + 1) / count * len(drills))]
        out += drills
    return out


def _dose(drill_id: str, contacts: int) -> PlannedDrill:
    """As many sets and reps as the contacts allow."""
    drill = find_drill(drill_id)
    if not drill.contacts:
        return PlannedDrill(drill_id, drill.dose)
    legs = 2 if drill_id.startswith("single_leg") else 1
    kind = drill.phase if drill.phase in PHASES else "middle"
    reps = max(int(min(contacts, MOST_CONTACTS[kind]) / drill.contacts / legs), 1)
    sets = ceil(reps / SET_REPS[kind])
    size = reps // sets
    each = " each leg" if legs == 2 else ""
    return PlannedDrill(drill_id, f"{sets} x {size}{each}", round(sets * size * legs * drill.contacts))


def _choose(unlocked: list[str], known: list[str]) -> list[str]:
    """The first drill to warm up, then the latest: known ones, and at most two that are new.

    A new drill waits until those before it are known.
    """
    table = settings()["phases"]
    before = {*known, *table["always"]}
    new: list[str] = []
    for d in unlocked:
        if d not in known and len(new) < MOST_NEW and set(find_drill(d).needs) <= {*before, *new}:
            new.append(d)
    chosen = [d for d in unlocked if d in known or d in new]
    return chosen if len(chosen) <= MOST_DRILLS else [chosen[0], *chosen[-MOST_DRILLS + 1 :]]


def _drills(chosen: list[str], contacts: int) -> tuple[PlannedDrill, ...]:
    """The slow drills of every session, and the chosen ones, which share its contacts."""
    jumping = [d for d in chosen if find_drill(d).contacts]
    each = contacts // max(len(jumping), 1)
    slow = tuple(PlannedDrill(d, find_drill(d).dose) for d in settings()["phases"]["always"])
    return (*slow, *(_dose(d, each) for d in chosen))


def progressive(request: PlanRequest) -> Plan:
    """Make the plan of six to eight weeks.

    Raises
    ------
    SettingsError
        When the days or the race leave too little room.
    """
    if not request.open_days:
        raise no_days(request)
    placed = []
    after = None
    thin = 0
    for week in range(request.weeks):
        wished = sessions_in_week(week, request.weeks)
        days = days_of_week(request, week, wished, after)
        thin += len(days) < wished
        placed += [(day, week) for day in days]
        after = days[-1] if days else after
    if len({week for _, week in placed}) < SHORTEST_WEEKS:
        raise no_days(request)
    per_phase = {p: [x for x in placed if phase_of_week(x[1], request.weeks) == p] for p in PHASES}
    sessions: list[PlannedSession] = []
    known: list[str] = []
    for day, week in placed:
        phase = phase_of_week(week, request.weeks)
        mates = per_phase[phase]
        chosen = _choose(_unlocked(phase, mates.index((day, week)), len(mates)), known)
        known += [d for d in chosen if d not in known]
        sessions.append(
            PlannedSession(
                day=day,
                week=week + 1,
                kind="jumps",
                title=f"Plyometrics, {phase} phase" + (", recovery week" if is_recovery(week) else ""),
                phase=phase,
                drills=_drills(chosen, budget(request, week)),
                recovery=is_recovery(week),
            )
        )
    return Plan("Progressive plan", tuple(sessions), tuple(_notes(request, thin)))


def _notes(request: PlanRequest, thin: int) -> list[str]:
    out = [
        f"At most {request.cap} contacts a session ({request.level}), from {budget(request, 0)} in the first week.",
        "Only on a sound running base and with ankles, knees and hips free of pain; on track or sprung floor, "
        "not on concrete.",
    ]
    if thin:
        out.append(f"In {thin} week{'s' if thin > 1 else ''} the days leave room for fewer sessions than wished.")
    if request.race is not None:
        out.append(f"No new jumping load in the last {settings()['taper']['days']} days before {request.race}.")
    return out
