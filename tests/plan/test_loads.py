"""What weeks may have after what weeks had, doses, and notes of the progressive plan: worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from ortools.sat.python import cp_model

from plumbline.catalogue import find_drill
from plumbline.errors import SettingsError
from plumbline.language import speaking
from plumbline.messages import Message
from plumbline.plan import (
    Plan,
    PlannedDrill,
    PlannedSession,
    PlanRequest,
)
from plumbline.plan._doses import doses, drills_of, planned
from plumbline.plan._load import Done, Loads, WeekLoad, first_week, is_recovery, loads
from plumbline.plan._progressive import _notes, _phase, _with_slow_drills
from plumbline.plan._solver import solved

MONDAY = date(2026, 3, 2)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


# Loads --------------------------------------------------------------------------------------------

TWO = PlanRequest(MONDAY, days=frozenset({0, 3}))


def kept(*weeks: tuple[int, int]) -> Loads:
    """What weeks of so many contacts in so many sessions leave."""
    out = Loads(TWO)
    for week, (contacts, sessions) in enumerate(weeks):
        out.keep(week, contacts, sessions)
    return out


def test_every_fourth_week_is_one_of_recovery() -> None:
    assert [w for w in range(12) if is_recovery(w)] == [3, 7, 11]
    assert first_week(TWO, 2) == 100
    assert first_week(replace(TWO, level="advanced"), 1) == 70


@pytest.mark.parametrize(
    ("before", "asked", "load"),
    [
        # The first week: half of the caps, a fifth more at most.
        ((), (0, 2, 0, 0, 1.0), WeekLoad(0, 120, 100, 50.0, 60)),
        ((), (0, 1, 0, 0, 1.0), WeekLoad(0, 60, 50, 50.0, 60)),
        # 96: 15 % more are 110.4, 20 % 115.2.
        (((96, 2),), (1, 2, 0, 0, 1.0), WeekLoad(0, 115, 110, 55.2, 66)),
        # One of the week's two has had 70 contacts: 40.4 and 45.2 are left.
        (((96, 2),), (1, 1, 70, 1, 1.0), WeekLoad(0, 45, 40, 55.2, 66)),
        (((96, 2),), (1, 1, 130, 1, 1.0), WeekLoad(0, 0, 0, 55.2, 66)),
        # Halved.
        (((96, 2),), (1, 2, 0, 0, 0.5), WeekLoad(0, 115, 55, 55.2, 66)),
        # 190 and 15 % are 218.5: more than two sessions of 100.
        (((96, 2), (190, 2)), (2, 2, 0, 0, 1.0), WeekLoad(0, 228, 200, 100.0, 120)),
        # 128 in the third week: 64 to 89.6, at best 76.8; a thinner week may have less.
        (((96, 2), (110, 2), (128, 2)), (3, 2, 0, 0, 1.0), WeekLoad(64, 89, 77, 38.4, 46)),
        (((96, 2), (110, 2), (127, 2)), (3, 2, 0, 0, 1.0), WeekLoad(64, 88, 76, 38.1, 46)),  # 63.5, 88.9, 76.2
        (((96, 2), (110, 2), (128, 2)), (3, 1, 0, 0, 1.0), WeekLoad(0, 89, 38, 38.4, 46)),
        (((96, 2), (110, 2), (128, 2)), (3, 2, 0, 0, 0.5), WeekLoad(0, 89, 38, 38.4, 46)),
        (((96, 2), (110, 2), (128, 2)), (3, 1, 30, 1, 1.0), WeekLoad(0, 59, 47, 38.4, 46)),
        # After it from where the last full one was.
        (((96, 2), (110, 2), (128, 2), (77, 2)), (4, 2, 0, 0, 1.0), WeekLoad(0, 128, 128, 64.0, 77)),
        (((96, 2), (110, 2), (128, 2), (77, 2), (128, 2)), (5, 2, 0, 0, 1.0), WeekLoad(0, 153, 147, 73.6, 88)),
        # A week of recovery before anything is known is as any first one.
        (((0, 0), (0, 0), (0, 0)), (3, 2, 0, 0, 1.0), WeekLoad(0, 120, 100, 50.0, 60)),
    ],
)
def test_what_a_week_may_have(before: Any, asked: Any, load: WeekLoad) -> None:
    found = kept(*before).week(*asked)
    assert (found.least, found.most, found.aim) == (load.least, load.most, load.aim)
    assert found.usual == pytest.approx(load.usual)
    assert found.most_a_session == load.most_a_session


@pytest.mark.parametrize(
    ("weeks", "base", "sessions", "rested"),
    [
        ((), None, 0, False),
        (((0, 0),), None, 0, False),
        (((96, 2),), 96, 2, False),
        (((120, 2), (0, 0)), 100, 2, True),  # 0.8 of it is 96: no less than the first week's; no rise at once
        (((180, 2), (0, 0)), 144, 2, True),
        (((180, 2), (0, 0), (0, 0)), 115, 2, True),  # 115.2
        (((60, 2), (0, 0)), 60, 2, True),  # no more than there was
        (((180, 2), (50, 1)), 144, 2, False),  # a part of a week counts as a missed one
        (((180, 2), (150, 3)), 150, 3, False),
        (((96, 2), (110, 2), (128, 2), (70, 2)), 128, 2, True),
        (((96, 2), (110, 2), (128, 2), (70, 2), (120, 2)), 120, 2, False),
        (((96, 2), (110, 2), (128, 2), (0, 0)), 102, 2, True),
        (((0, 0), (0, 0), (0, 0), (40, 1)), 80, 2, False),
    ],
)
def test_what_weeks_leave(weeks: Any, base: int | None, sessions: int, rested: bool) -> None:
    found = kept(*weeks)
    assert (found.base, found.sessions, found.rested) == (base, sessions, rested)


def test_what_was_done_is_summed_by_week() -> None:
    done = [Done(on(0), {"pogo": 24, "skips": 24}), Done(on(3), {"pogo": 50}), Done(on(7), {"pogo": 60})]
    assert (done[0].total, done[1].total) == (48, 50)
    one, two, three = (loads(TWO, done, k) for k in (1, 2, 3))
    assert (one.base, one.sessions) == (98, 2)
    # Thinner weeks, and none, take it down to the first week's 100 at most, where it is not below that.
    assert (two.base, two.sessions) == (98, 2)
    assert (three.base, three.sessions) == (98, 2)
    assert loads(TWO, done, 0).base is None


# Drills -------------------------------------------------------------------------------------------


def test_a_level_has_its_drills() -> None:
    beginner = {
        *("ankle_hops", "pogo", "skips", "single_leg_hop", "squat_jump", "drop_landing", "box_jump", "bounding"),
    }
    assert set(drills_of("beginner")) == beginner
    assert set(drills_of("intermediate")) == beginner | {"hurdle_hops", "drop_to_bound", "depth_jump"}
    assert set(drills_of("advanced")) == set(drills_of("intermediate")) | {"weighted_pogo"}


def test_doses_are_long_sets_before_many_short_ones() -> None:
    """Skips have two contacts each: 2 and 3 sets of 4, 6 and 8; 24 are 2 x 6 rather than 3 x 4."""
    assert doses("skips") == {16: (2, 4), 24: (2, 6), 32: (2, 8), 36: (3, 6), 48: (3, 8)}
    # Of either leg.
    assert doses("single_leg_hop") == {16: (2, 4), 24: (2, 6), 32: (2, 8), 36: (3, 6), 48: (3, 8)}
    # 5 x 5 = 25 are more than 24.
    assert doses("hurdle_hops") == {8: (2, 4), 10: (2, 5), 12: (3, 4), 15: (3, 5), 16: (4, 4), 20: (4, 5)}
    assert doses("box_jump") == {9: (3, 3), 12: (3, 4), 15: (3, 5), 16: (4, 4), 20: (4, 5)}
    assert planned("single_leg_hop", 24) == PlannedDrill("single_leg_hop", "2 x 6 each leg", 24)
    assert planned("pogo", 18) == PlannedDrill("pogo", "3 x 6", 18)


def test_the_latest_phase_of_drills() -> None:
    assert [_phase(x) for x in ([], ["pogo"], ["pogo", "box_jump"], ["depth_jump", "pogo"], ["sitting_pike"])] == [
        *(0, 0, 1, 2, 0)
    ]


def test_jumps_stand_between_balance_and_strength() -> None:
    pogo = PlannedDrill("pogo", "2 x 8", 16)
    early, late = _with_slow_drills((pogo,), 0), _with_slow_drills((pogo,), 1)
    assert [(d.drill, d.dose, d.contacts) for d in early] == [
        ("single_leg_stance", "10 s each leg, then longer", 0),
        ("pogo", "2 x 8", 16),
        ("heel_raise", "2-3 x 15", 0),
        ("quarter_squat", "2-3 x 10 each leg", 0),
    ]
    assert [d.drill for d in late] == ["single_leg_stance", "pogo", "strides", "heel_raise", "quarter_squat"]


def test_a_drill_is_said_with_its_rest() -> None:
    rows = [("pogo", "3 x 8", 24), ("box_jump", "3 x 4", 12), ("depth_jump", "2 x 3", 6), ("jump_left", "1 x 3 m", 4)]
    said = [PlannedDrill(*row).said for row in rows]
    assert said == ["3 x 8, 1 min rest", "3 x 4, 2 min rest", "2 x 3, 3 min rest", "1 x 3 m, 1 min rest"]
    assert PlannedDrill("strides", "4 x 80 m").said == "4 x 80 m"
    assert PlannedDrill("pogo", "2 x 8", 16).name == find_drill("pogo").name
    with speaking("nb"):
        assert PlannedDrill("jump_left", "1 x 3.5 m", 5).said.startswith("1 x 3,5 m, ")
        assert not PlannedDrill("single_leg_hop", "2 x 6 each leg", 24).said.startswith("2 x 6 each leg")
        assert PlannedDrill("single_leg_hop", "2 x 6 each leg", 24).said.startswith("2 x 6 ")


def test_rules_that_contradict_each_other_are_said() -> None:
    model = cp_model.CpModel()
    x = model.new_int_var(0, 9, "x")
    model.add(x >= 4)
    model.minimize(x)
    assert solved(model).value(x) == 4
    model.add(x <= 3)
    with pytest.raises(SettingsError) as raised:
        solved(model)
    assert str(raised.value) == (
        "the plan's rules leave no plan: ease one of the limits in plan.toml, or give other days."
    )


# Notes of the progressive plan --------------------------------------------------------------------


def weeks_of(counts: list[int], contacts: int = 24) -> Plan:
    """So many sessions in each week, of 24 contacts."""
    sessions = [
        PlannedSession(
            on(7 * w + 2 * k),
            w + 1,
            "jumps",
            Message("plyometrics"),
            "early",
            (PlannedDrill("pogo", "3 x 8", contacts),),
        )
        for w, n in enumerate(counts)
        for k in range(n)
    ]
    return Plan(Message("plan_progressive"), tuple(sessions), progressive=True)


def test_a_long_plan_says_what_it_keeps() -> None:
    notes = _notes(PlanRequest(MONDAY), weeks_of([2] * 8))
    assert [n.message for n in notes] == [
        "48 contacts in the first week, at most 100 in a session (beginner), and at most 20 % more from one full week "
        "to the next, lighter recovery weeks aside.",
        "Studies find a better running economy after more than 7 weeks and 15 sessions; this plan has that many.",
        "Warm up with 10 minutes of easy running, ankles and hips loosened, three build-ups over 40 m.",
        "Only on a sound running base and with ankles, knees and hips free of pain; on track or sprung floor, not on "
        "concrete.",
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([2] * 7 + [1], "this plan has 8 weeks and 15 sessions."),
        ([3] * 7, "this plan has 7 weeks and 21 sessions."),
    ],
)
def test_a_shorter_plan_says_so(counts: list[int], said: str) -> None:
    assert _notes(PlanRequest(MONDAY), weeks_of(counts))[1].message == (
        f"Studies find a better running economy after more than 7 weeks and 15 sessions: {said}"
    )


def test_thin_weeks_and_a_race_are_said() -> None:
    thin = _notes(PlanRequest(MONDAY, weeks=6), weeks_of([1, 2, 1, 0, 2, 2]))
    assert thin[-1].message == "In 2 of the weeks there is room for only one session."
    one = _notes(PlanRequest(MONDAY, weeks=6), weeks_of([2, 1, 2, 0, 2, 2]))
    assert one[-1].message == "In one of the weeks there is room for only one session."
    # A race within ten days after the last week, of six, cuts into them.
    for day, count in ((52, 5), (53, 4)):
        notes = _notes(PlanRequest(MONDAY, weeks=6, race=on(day)), weeks_of([2] * 6))
        assert len(notes) == count
    near = _notes(PlanRequest(MONDAY, weeks=6, race=on(52)), weeks_of([2] * 6))
    assert near[-1].message == "No new jumping load in the last 10 days before the race on Thu 23 Apr."
