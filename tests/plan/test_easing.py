"""What pain and effort leave of a plan, and how it goes on from what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plumbline.log import Discomfort, SessionEntry, SetEntry
from plumbline.messages import Message
from plumbline.plan import (
    Plan,
    PlannedDrill,
    PlannedSession,
    PlanRequest,
    adapted,
    block,
    due,
    eased_said,
    scaled_back,
)
from plumbline.plan._adapt import _matched, _slots, _trimmed, _why, was_done
from plumbline.plan._doses import Slot
from plumbline.plan._load import Done
from plumbline.plan._scale_back import _less, easing

MONDAY = date(2026, 3, 2)
THREE = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


# Easing -------------------------------------------------------------------------------------------


def logged(day: date, *, score: int | None = None, effort: float | None = None, contacts: int = 0) -> SessionEntry:
    return SessionEntry(
        day=day,
        effort=effort,
        discomfort=() if score is None else (Discomfort(where="left calf", score=score),),
        sets=(SetEntry(drill="pogo", reps=10, contacts=contacts),) if contacts else (),
    )


@pytest.mark.parametrize(
    ("entry", "share", "said"),
    [
        (logged(on(0), score=3), 0.5, "discomfort 3 of 10 on Mon 2 Mar (left calf); look at technique again"),
        (logged(on(0), score=2), 1.0, ""),
        (logged(on(0), effort=8.0), 0.7, "effort 8 of 10 on Mon 2 Mar"),
        (logged(on(0), effort=7.5), 1.0, ""),
        (
            logged(on(0), score=4, effort=9.5),
            0.5,
            "discomfort 4 of 10 on Mon 2 Mar (left calf); look at technique again",
        ),
        (logged(on(-7), score=5), 0.5, "discomfort 5 of 10 on Mon 23 Feb (left calf); look at technique again"),
        (logged(on(-8), score=5), 1.0, ""),
        (logged(on(1), score=5), 1.0, ""),
    ],
)
def test_what_eases_the_coming_week(entry: SessionEntry, share: float, said: str) -> None:
    """Within seven days before today, Monday."""
    found, why = easing([entry], MONDAY)
    assert found == share
    assert (why.message if why else "") == said
    assert easing([], MONDAY) == (1.0, None)
    least, reason = easing([logged(on(-1), effort=9.0), entry], MONDAY)
    assert least == min(share, 0.7)
    assert reason is not None


@pytest.mark.parametrize(
    ("dose", "contacts", "share", "less", "left"),
    [
        ("2 x 7 m", 20, 0.5, "1 x 7 m", 10),
        ("3 x 8 m", 30, 0.7, "2 x 8 m", 20),  # 2.1 passes
        ("2 x 7 m", 20, 0.2, "1 x 7 m", 10),  # one at least
        ("1 x 3 m", 4, 0.5, "1 x 1.5 m", 2),
        ("1 x 3.5 m", 5, 0.7, "1 x 2 m", 2),  # 2.45, in halves; 2.86 contacts
        ("1 x 1.5 m", 2, 0.5, "1 x 1 m", 1),  # nothing shorter
        ("3 x 8", 24, 0.5, "3 x 4", 12),
        ("3 x 5", 15, 0.7, "3 x 3", 9),
        ("2 x 4 each leg", 16, 0.7, "2 x 2 each leg", 8),
        ("2 x 1", 2, 0.5, "leave out", 0),
    ],
)
def test_a_drill_is_eased_by_reps_or_passes(dose: str, contacts: int, share: float, less: str, left: int) -> None:
    found = _less(PlannedDrill("pogo", dose, contacts), share)
    assert (found.drill, found.dose, found.contacts) == ("pogo", less, left)


def test_what_has_no_contacts_stays() -> None:
    stand = PlannedDrill("single_leg_stance", "10 s each leg, then longer")
    assert _less(stand, 0.5) is stand


def planned_on(*days: int, drills: tuple[PlannedDrill, ...] = (PlannedDrill("pogo", "3 x 8", 24),)) -> Plan:
    sessions = (
        PlannedSession(on(d), d // 7 + 1, "jumps", Message("plyometrics", {"phase": "early phase"}), "early", drills)
        for d in days
    )
    return Plan(Message("plan_progressive"), tuple(sessions))


def test_the_coming_seven_days_are_scaled_back() -> None:
    drills = (
        PlannedDrill("pogo", "3 x 8", 24),
        PlannedDrill("depth_jump", "2 x 4", 8),
        PlannedDrill("strides", "4 x 80 m"),
    )
    plan = planned_on(0, 1, 8, 9, drills=drills)
    run = PlannedSession(on(2), 1, "running", Message("own_hard_run"), "any", drills)
    plan = replace(plan, sessions=(*plan.sessions, run))
    less = scaled_back(plan, [logged(on(0), score=4)], on(1))
    before, today, last, after, other = less.sessions
    assert (before, after, other) == (plan.sessions[0], plan.sessions[3], run)
    for s in (today, last):
        assert [(d.drill, d.dose, d.contacts) for d in s.drills] == [("pogo", "3 x 4", 12), ("strides", "4 x 80 m", 0)]
        assert s.share == 0.5
        assert eased_said(s) == (
            "Scaled back to 50%: discomfort 4 of 10 on Mon 2 Mar (left calf); look at technique again."
        )
    # Great effort leaves the late drills in.
    hard = scaled_back(plan, [logged(on(0), effort=9)], on(1)).sessions[1]
    assert [(d.drill, d.dose, d.contacts) for d in hard.drills] == [
        ("pogo", "3 x 5", 15), ("depth_jump", "2 x 2", 4), ("strides", "4 x 80 m", 0),
    ]  # fmt: skip
    assert eased_said(hard) == "Scaled back to 70%: effort 9 of 10 on Mon 2 Mar."
    assert scaled_back(plan, [], on(1)) is plan
    assert eased_said(plan.sessions[0]) == ""


# Going on -----------------------------------------------------------------------------------------


def test_what_was_done_is_read_from_the_log() -> None:
    entries = [
        SessionEntry(
            day=on(3), sets=(SetEntry(drill="pogo", reps=9, contacts=9), SetEntry(drill="skips", reps=4, contacts=8))
        ),
        SessionEntry(day=on(0), sets=(SetEntry(drill="pogo", reps=10, contacts=10),)),
        SessionEntry(day=on(3), sets=(SetEntry(drill="pogo", reps=5, contacts=5), SetEntry(drill="strides", reps=4))),
        SessionEntry(day=on(1), sets=(SetEntry(drill="strides", reps=4),)),
    ]
    assert was_done(entries) == [Done(on(0), {"pogo": 10}), Done(on(3), {"pogo": 14, "skips": 8})]


def test_a_session_is_met_on_its_day_or_the_next_to_it() -> None:
    plan = planned_on(0, 3, 7, 10, 14)
    done = [Done(on(d), {"pogo": 24}) for d in (1, 2, 9)]
    # Of Thursday the day before, of the second Monday nothing, of its Thursday the day before; today is not missed yet.
    assert _matched(plan, done, on(14)) == (frozenset({on(0), on(3), on(10)}), frozenset({on(7)}))
    assert _matched(plan, [], on(3)) == (frozenset(), frozenset({on(0)}))
    # Today's session is done with five sixths of its 24 contacts; of an earlier day any part is.
    assert _matched(plan, [Done(on(3), {"pogo": 20})], on(3)) == (frozenset({on(3)}), frozenset({on(0)}))
    assert _matched(plan, [Done(on(3), {"pogo": 19})], on(3)) == (frozenset(), frozenset({on(0)}))
    assert _matched(plan, [Done(on(3), {"pogo": 1})], on(4)) == (frozenset({on(3)}), frozenset({on(0)}))
    # One day's training meets one session; what comes later is neither.
    near = planned_on(0, 2)
    assert _matched(near, [Done(on(1), {"pogo": 1})], on(9)) == (frozenset({on(0)}), frozenset({on(2)}))


def test_what_differs_from_the_plan_is_said() -> None:
    """24 planned: more than 28.8 are more, fewer than 20 fewer, unless it is today."""
    plan = planned_on(0, 3, 7)
    assert _why(plan, [Done(on(0), {"pogo": 28}), Done(on(3), {"pogo": 20})], frozenset(), on(5)) == []
    found = _why(plan, [Done(on(0), {"pogo": 29}), Done(on(3), {"pogo": 19})], frozenset({on(7)}), on(9))
    assert [m.message for m in found] == [
        "Missed: Mon 9 Mar. Don't make them up; the plan carries on from what was done.",
        "Mon 2 Mar had 29 contacts instead of 24: the rest of its week has fewer.",
        "Thu 5 Mar had 19 contacts instead of 24, too few to build on: the plan goes on as if they had been missed.",
    ]
    assert _why(plan, [Done(on(3), {"pogo": 19})], frozenset(), on(3)) == []
    assert _why(plan, [Done(on(1), {"pogo": 90})], frozenset(), on(3)) == []  # another day than planned
    several = _why(plan, [], frozenset({on(3), on(0)}), on(5))
    assert several[0].message == (
        "Missed: Mon 2 Mar, Thu 5 Mar. Don't make them up; the plan carries on from what was done."
    )


def test_slots_that_are_left() -> None:
    """Mondays and Thursdays from the second Tuesday on, two days after the last that was done."""
    request = PlanRequest(MONDAY, days=frozenset({0, 3}), weeks=6)
    slots = _slots(request, [Done(on(0), {"pogo": 1}), Done(on(9), {"pogo": 1})], on(8), 1.0)
    assert [s.day for s in slots][:3] == [on(14), on(17), on(21)]
    assert {(s.share, s.gentle) for s in slots} == {(1.0, False)}
    assert [s.week for s in slots] == [2, 2, 3, 3, 4, 4, 5, 5]
    assert next(s.day for s in _slots(request, [Done(on(8), {"pogo": 1})], on(8), 1.0)) == on(10)
    eased = _slots(request, [], on(7), 0.5)
    # Today and the seven days after it.
    assert [(s.share, s.gentle) for s in eased] == [(0.5, True)] * 3 + [(1.0, False)] * 7
    hard = _slots(request, [], on(8), 0.7)
    assert [(s.share, s.gentle) for s in hard] == [(0.7, False)] * 2 + [(1.0, False)] * 7


def test_a_week_that_has_had_its_contacts_has_no_more_sessions() -> None:
    """96 in the first week: 115 in the second. After 70, 45 are left for one session; after 100, 15: too few."""
    request = PlanRequest(MONDAY, days=frozenset({0, 3}), weeks=6)
    first = [Done(on(0), {"pogo": 48}), Done(on(3), {"pogo": 48})]
    slots = [Slot(on(10), 1), Slot(on(14), 2)]
    assert _trimmed(request, slots, [*first, Done(on(7), {"pogo": 70})]) == slots
    assert _trimmed(request, slots, [*first, Done(on(7), {"pogo": 100})]) == slots[1:]
    assert _trimmed(request, slots, []) == slots
    assert _trimmed(request, [], first) == []
    # Of two sessions that are left one may go: 115 - 70 = 45 are less than 48.
    both = [Slot(on(10), 1), Slot(on(12), 1), Slot(on(14), 2)]
    assert _trimmed(request, both, [*first, Done(on(7), {"pogo": 70})])[-1] == both[2]
    assert len(_trimmed(request, both, [*first, Done(on(7), {"pogo": 110})])) == 1


def test_the_session_that_is_due() -> None:
    plan = planned_on(0, 3, 7)
    run = PlannedSession(on(4), 1, "running", Message("own_hard_run"), "any", ())
    plan = replace(plan, sessions=(plan.sessions[0], plan.sessions[1], run, plan.sessions[2]))
    assert [due(plan, on(d)) for d in (0, 1, 3, 4, 7, 8)] == [
        *(plan.sessions[0], plan.sessions[1], plan.sessions[1], plan.sessions[3], plan.sessions[3], None)
    ]


def test_a_block_keeps_its_sessions_and_says_what_was_missed() -> None:
    plan = block(THREE)
    found = adapted(plan, THREE, [logged(on(0), contacts=40), logged(on(40), contacts=9)], on(5))
    assert found.plan == plan
    assert (found.done, found.missed) == (frozenset({on(0)}), frozenset({on(2), on(4)}))
    assert [m.code for m in found.why] == ["missed_days"]
    # What was logged before the plan begins is not of it.
    early = adapted(plan, THREE, [logged(on(-1), contacts=40)], on(1))
    assert (early.done, early.missed) == (frozenset(), frozenset({on(0)}))
    hurt = adapted(plan, THREE, [logged(on(0), contacts=40, effort=9)], on(1))
    assert [m.message for m in hurt.why] == [
        "The next week is cut to 70% of its contacts: effort 9 of 10 on Mon 2 Mar."
    ]
    assert [s.share for s in hurt.plan.sessions[:5]] == [1.0, 0.7, 0.7, 0.7, 1.0]
