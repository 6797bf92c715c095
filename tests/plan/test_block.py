"""The coach's block worked out on paper: metres, days, and wishes that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.errors import SettingsError
from plumbline.messages import Message
from plumbline.plan import (
    Plan,
    PlannedSession,
    PlanRequest,
    block,
    block_original,
    weekly_cap,
)
from plumbline.plan._block import _fitting, _running_day
from plumbline.plan._days import _gaps, jump_days, last_day, min_gap_days, no_days, weekdays
from plumbline.plan._week import with_other_training

MONDAY = date(2026, 3, 2)
THREE = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


# The block ----------------------------------------------------------------------------------------

# Beginners may have 200 contacts a week. A first week that leaves two rises of 20 %: 200 / 1.44 = 138.9; a third of it
# is 46.3. A pass of 3 m with each of 10 drills is 4.2, so 4 contacts a drill, 40; with 3.5 m it is 50, too many. So
# are 98.9 / 2 = 49.4; the last session has 58.9 left: 3.5 m. In all 130.
# Week 2, 156: 52 (50 of 10 drills), then 13 drills: 53 and 54 (52 each). Week 3, 184.8: 61.6, 66.4, 67.8 (52, 65, 65).
# Week 4, at most 0.7 of 182 = 127.4: 42.5, 44.2 and 49.4: 2 m are 2.8, so 3 contacts of 13 drills, 39.
METRES = {
    "beginner": (
        (3, 3, 3.5, 3.5, 3, 3, 3, 3.5, 3.5, 2, 2, 2),
        (40, 40, 50, 50, 52, 52, 52, 65, 65, 39, 39, 39),
    ),
    # 240 / 1.44 = 166.7: 55.6, 58.3 (50 each), 66.7 (4.5 m, 6.3 contacts: 60). 192: 64 (60), 66 (65), 67 (65).
    # 228: 76 (65), 81.5 (4.5 m: 78), 85 (78). 154.7: 51.6 (39), 57.9 (52), 63.7 (52).
    "intermediate": (
        (3.5, 3.5, 4.5, 4.5, 3.5, 3.5, 3.5, 4.5, 4.5, 2, 3, 3),
        (50, 50, 60, 60, 65, 65, 65, 78, 78, 39, 52, 52),
    ),
}


@pytest.mark.parametrize("level", METRES)
def test_the_block_is_scaled_to_the_level(level: str) -> None:
    plan = block(replace(THREE, level=level))
    metres, contacts = METRES[level]
    assert [s.contacts for s in plan.sessions] == list(contacts)
    assert [s.drills[6].dose for s in plan.sessions] == [f"1 x {m:g} m" for m in metres]
    assert [s.day for s in plan.sessions] == [on(7 * w + d) for w in range(4) for d in (0, 2, 4)]
    assert [s.week for s in plan.sessions] == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    assert [s.recovery for s in plan.sessions] == [False] * 9 + [True] * 3
    assert {(s.kind, s.phase, s.share, s.reason) for s in plan.sessions} == {("jumps", "block", 1.0, None)}
    titles = [s.title.message for s in plan.sessions]
    assert titles[0] == "Session 1 of 12"
    assert titles[8:] == ["Session 9 of 12", *(f"Session {k} of 12, easier week" for k in (10, 11, 12))]
    assert (plan.title.message, plan.progressive) == ("The coach's block, scaled", False)
    assert [n.message for n in plan.notes] == [
        f"The metres are scaled to the level: {contacts[0]} contacts in the first session, {contacts[8]} in the ninth, "
        "at 1.4 contacts per metre; the fourth week is easier. The coach's original has two passes of 7 m, then 8 m, "
        "from the start.",
        "The six drills on the board make six minutes; the coach's sheet says eight in all.",
        "After 12 of 12 sessions there is no easy-run day before the next one, so the running and ankle drills go at "
        "the end of that session.",
    ]


def test_the_coachs_own_block() -> None:
    """Two passes of 7 m are 19.6, so 20 contacts of 10 drills; from the fifth on 8 m, 22.4, of 13: 286."""
    plan = block_original(replace(THREE, easy_days=frozenset({1})))
    jumps = [s for s in plan.sessions if s.kind == "jumps"]
    assert [s.contacts for s in jumps] == [200] * 4 + [286] * 8
    assert [s.title.message for s in jumps] == [f"Session {k} of 12" for k in range(1, 13)]
    assert [s.recovery for s in jumps] == [False] * 9 + [True] * 3
    assert plan.weekly_contacts() == [600, 772, 858, 858]
    assert plan.title.message == "The coach's block, as written"
    assert [n.message for n in plan.notes] == [
        "As the coach wrote it: 200 contacts in a session, 286 from the fifth on.",
        "That is more than the published maximum of 100 contacts a session at level beginner: only for athletes who "
        "are used to it. The scaled block stays within it.",
        "The jumps are low and quick; stop a drill when contacts get long.",
        "The six drills on the board make six minutes; the coach's sheet says eight in all.",
        "After 8 of 12 sessions there is no easy-run day before the next one, so the running and ankle drills go at "
        "the end of that session.",
    ]
    # Easy running on Tuesdays: after Mondays' sessions; the others end with it.
    runs = [s for s in plan.sessions if s.kind == "running"]
    assert [(s.day, s.week, s.title.message, s.phase) for s in runs] == [
        (on(7 * w + 1), w + 1, "Running and ankle drills", "block") for w in range(4)
    ]
    assert [[d.drill for d in s.drills] for s in runs] == [["strides", "ankle_recovery"]] * 4
    assert [(d.dose, d.contacts) for d in runs[0].drills] == [("4 x 80 m", 0), ("2 x 10 each leg", 0)]
    assert [d.drill for d in jumps[0].drills[:6]] == [
        *("sitting_pike", "lying_pike", "lying_pike_single_leg"),
        *("high_knee_twist", "arabesque_high_knee", "arabesque_twist"),
    ]
    assert jumps[0].drills[1].dose == "anterior 10 s"
    assert [d.drill for d in jumps[0].drills[16:]] == [
        *(f"board_{axis}_{feet}" for axis in ("lateral", "sagittal") for feet in ("both", "left", "right")),
        "donkey_kick",
    ]
    assert [d.drill for d in jumps[1].drills[-2:]] == ["strides", "ankle_recovery"]
    assert [d.drill for d in jumps[4].drills[16:19]] == ["quarter_turn_left", "quarter_turn_right", "wide_heels_in_air"]


@pytest.mark.parametrize(
    ("number", "most", "dose", "contacts"),
    [
        (1, 200, "2 x 7 m", 200),
        (1, 150, "2 x 5.5 m", 150),  # 15.4 contacts of each drill
        (1, 140, "2 x 5 m", 140),
        (1, 139, "1 x 7 m", 100),  # two passes are 5 m at least
        (4, 300, "2 x 7 m", 200),
        (5, 300, "2 x 8 m", 286),
        (5, 39, "1 x 2 m", 39),
        (1, 20, "1 x 1.5 m", 20),
        (1, 5, "1 x 1.5 m", 20),  # nothing shorter
    ],
)
def test_the_longest_track_that_fits(number: int, most: float, dose: str, contacts: int) -> None:
    found = _fitting(number, most)
    assert {d.dose for d in found} == {dose}
    assert sum(d.contacts for d in found) == contacts


def test_easy_running_lies_between_sessions_on_a_day_that_is_free() -> None:
    request = replace(THREE, days=frozenset({0, 1, 2, 4}), hard_days=frozenset({1}))
    assert _running_day(request, on(0), on(2)) is None  # Tuesday is hard
    assert _running_day(replace(request, hard_days=frozenset()), on(0), on(2)) == on(1)
    # On available days, where no easy ones are named.
    assert _running_day(THREE, on(4), on(8)) == on(7)
    assert _running_day(replace(THREE, easy_days=frozenset({5, 6})), on(4), on(7)) == on(5)
    assert _running_day(replace(THREE, easy_days=frozenset({5, 6})), on(4), on(5)) is None
    race = replace(THREE, easy_days=frozenset({5, 6}), race=on(6))
    assert _running_day(race, on(4), on(7)) == on(5)
    assert _running_day(replace(race, race=on(5)), on(4), on(7)) is None


def test_three_sessions_a_week_need_three_days() -> None:
    for make in (block, block_original):
        with pytest.raises(SettingsError, match=r"no room for jumps: the open days are Mon, Thu\. "):
            make(PlanRequest(MONDAY, days=frozenset({0, 3})))


def test_own_training_stands_beside_the_block_until_a_race() -> None:
    request = PlanRequest(MONDAY, days=frozenset({0, 2, 4, 5}), strength_days=frozenset({2}), race=on(60))
    strong = [s for s in block(request).sessions if s.kind == "strength"]
    assert [(s.day, s.week, s.title.message, s.phase) for s in strong] == [
        (on(7 * w + 2), w + 1, "Strength", "any") for w in range(4)
    ]
    assert [(d.drill, d.dose) for d in strong[0].drills] == [
        ("heel_raise", "2-3 x 15"),
        ("quarter_squat", "2-3 x 10 each leg"),
        ("donkey_kick", "20 each leg at 30 kg, 15 at 40 kg, 20 at 30 kg"),
    ]
    # On the same day jumps come first, then strength, then running.
    assert [s.kind for s in block(request).sessions if s.day == on(2)] == ["jumps", "strength"]
    # Up to the last day of the last week.
    sundays = replace(request, days=frozenset({1, 3, 5}), strength_days=frozenset({6}), race=on(39))
    assert [s.day for s in block(sundays).sessions if s.kind == "strength"] == [on(7 * w + 6) for w in range(4)]


def test_hard_runs_are_shown_without_drills() -> None:
    request = PlanRequest(MONDAY, days=frozenset({0, 1, 2, 4}), hard_days=frozenset({6}), race=on(20), weeks=6)
    plan = Plan(Message("plan_progressive"), (PlannedSession(on(1), 3, "jumps", Message("plyometrics"), "early", ()),))
    found = with_other_training(plan, request)
    hard = [s for s in found.sessions if s.kind == "running"]
    # The race is on the third Sunday: nothing is shown from it on.
    assert [(s.day, s.week, s.title.message, s.drills) for s in hard] == [
        (on(6), 1, "Hard run (your own programme)", ()),
        (on(13), 2, "Hard run (your own programme)", ()),
    ]
    nothing = replace(plan, sessions=())
    assert with_other_training(nothing, request) == nothing
    assert nothing.weekly_contacts() == []


# Days ---------------------------------------------------------------------------------------------


def test_gaps_go_round_the_week() -> None:
    assert (_gaps((0, 3)), _gaps((0, 2, 4)), _gaps((5,)), _gaps((0, 6))) == ([3, 4], [2, 2, 3], [7], [6, 1])
    assert min_gap_days() == 2


@pytest.mark.parametrize(
    ("start", "days", "hard", "most", "chosen"),
    [
        (0, range(7), (), 2, (0, 3)),
        (2, range(7), (), 2, (2, 5)),  # the first day of the plan is the earliest
        (0, range(7), (), 3, (0, 2, 4)),
        (0, (0, 1), (), 2, (0,)),  # a day apart is too near
        (1, (0, 1), (), 2, (1,)),
        (0, (0, 2, 4), (), 2, (0, 4)),  # 4 and 3 days apart rather than 2 and 5
        (0, range(7), (2,), 2, (0, 4)),  # Tuesday to Thursday are closed
        (0, (1, 2, 3), (2,), 2, ()),
        (0, (0, 6), (), 2, (0,)),  # Sunday and Monday are neighbours
    ],
)
def test_weekdays_are_as_even_as_they_can_be(
    start: int, days: Any, hard: tuple[int, ...], most: int, chosen: tuple[int, ...]
) -> None:
    request = PlanRequest(on(start), days=frozenset(days), hard_days=frozenset(hard))
    assert weekdays(request, most) == chosen


def test_no_jumps_in_the_ten_days_before_a_race() -> None:
    assert last_day(THREE) == date.max
    assert last_day(replace(THREE, race=on(30))) == on(19)
    found = jump_days(replace(THREE, race=on(22)), 3, 3)
    assert found == [[on(0), on(2), on(4)], [on(7), on(9), on(11)], []]
    # Weeks are seven days from the first one on.
    middle = PlanRequest(on(2), days=frozenset({0, 4}))
    assert jump_days(middle, 2, 2) == [[on(4), on(7)], [on(11), on(14)]]


def test_what_leaves_no_day_is_said() -> None:
    assert str(no_days(PlanRequest(MONDAY, days=frozenset({0, 2, 5})))) == (
        "these days leave no room for jumps: the open days are Mon, Wed, Sat. Hard days close the day before and "
        "after; give more days, or fewer hard ones."
    )
    near = PlanRequest(MONDAY, days=frozenset({0, 2}), race=on(12))
    assert str(no_days(near)) == (
        "the race on 2026-03-14 leaves no room for this plan: the last jumps may be on 2026-03-03. Start earlier, or "
        "give a later race."
    )
    assert "the open days are none." in str(no_days(PlanRequest(MONDAY, days=frozenset({0}), hard_days=frozenset({6}))))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": date(1899, 12, 31)}, "a plan from 1899-12-31 on is not possible: give a day such as 2030-04-01."),
        ({"start": date(3000, 1, 1)}, "a plan from 3000-01-01 on is not possible: give a day such as 2030-04-01."),
        ({"level": "hero"}, "there is no level 'hero': choose one of beginner, intermediate, advanced."),
        ({"weeks": 5}, "a plan of 5 weeks is not known: choose 6 to 10."),
        ({"weeks": 11}, "a plan of 11 weeks is not known: choose 6 to 10."),
        ({"days": frozenset()}, "give at least one weekday, as mon,tue,wed,thu,fri,sat,sun."),
        ({"days": frozenset({7})}, "give at least one weekday, as mon,tue,wed,thu,fri,sat,sun."),
        ({"easy_days": frozenset({8})}, "give at least one weekday, as mon,tue,wed,thu,fri,sat,sun."),
        ({"strength_days": frozenset({-1})}, "give at least one weekday, as mon,tue,wed,thu,fri,sat,sun."),
        ({"hard_days": frozenset({9})}, "give at least one weekday, as mon,tue,wed,thu,fri,sat,sun."),
    ],
)
def test_wishes_that_make_no_sense(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        PlanRequest(**{"start": MONDAY, **change})
    assert str(raised.value) == said


def test_wishes_at_the_edge_of_what_is_possible() -> None:
    assert [PlanRequest(date(y, 1, 1)).start.year for y in (1900, 2999)] == [1900, 2999]
    assert [PlanRequest(MONDAY, weeks=w).weeks for w in (6, 10)] == [6, 10]
    assert PlanRequest(MONDAY, race=on(1)).race == on(1)
    with pytest.raises(SettingsError):
        PlanRequest(MONDAY, race=on(0))
    usual = PlanRequest(MONDAY)
    assert (usual.level, usual.weeks, usual.days, usual.open_days) == (
        "beginner",
        8,
        frozenset(range(7)),
        tuple(range(7)),
    )
    assert PlanRequest(MONDAY, hard_days=frozenset({6})).open_days == (1, 2, 3, 4)
    assert [PlanRequest(MONDAY, level=x).cap for x in ("beginner", "intermediate", "advanced")] == [100, 120, 140]
    assert weekly_cap("advanced") == 280
