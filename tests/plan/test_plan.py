"""A plan keeps its rules whatever is asked; what it cannot keep it refuses."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from plumbline.catalogue import find_drill
from plumbline.errors import SettingsError
from plumbline.log import Discomfort, SessionEntry, SetEntry, set_by_hand
from plumbline.messages import Message
from plumbline.plan import (
    LEVELS,
    KeptPlan,
    Plan,
    PlannedDrill,
    PlannedSession,
    PlanRequest,
    adapted,
    block,
    block_original,
    calendar_of,
    due,
    made_for,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    rest_of,
    stride_gain_m,
)
from tests.plan.rules import broken_block, broken_days, broken_load, broken_progressive, jumps_of

MONDAY = date(2026, 3, 2)
THREE_DAYS = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))

days = st.frozensets(st.integers(0, 6), min_size=1)
requests = st.builds(
    lambda start, level, race_in, open_days, hard, weeks, easy: PlanRequest(
        start, level, start + timedelta(days=race_in) if race_in else None, open_days, hard, weeks, easy
    ),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from(LEVELS),
    st.none() | st.integers(1, 120),
    days,
    st.frozensets(st.integers(0, 6), max_size=3),
    st.integers(6, 10),
    days,
)


@settings(max_examples=12, deadline=None)
@given(requests)
def test_a_progressive_plan_breaks_no_rule(request: PlanRequest) -> None:
    """A sample; benchmarks/plans.py makes a thousand."""
    try:
        plan = progressive(request)
    except SettingsError as error:
        assert "no room" in str(error)
        return
    assert broken_progressive(plan, request) == []


@settings(max_examples=100, deadline=None)
@given(requests)
def test_a_block_breaks_no_rule(request: PlanRequest) -> None:
    try:
        plan = block(request)
    except SettingsError as error:
        assert "no room" in str(error)
        return
    assert broken_block(plan, request) == []
    assert broken_days(block_original(request), request) == []
    sessions = jumps_of(plan)
    assert [sum(s.week == w for s in sessions) for w in (1, 2, 3, 4)] == [3, 3, 3, 3]


roomy = st.builds(
    PlanRequest,
    start=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    level=st.sampled_from(LEVELS),
    days=st.frozensets(st.integers(0, 6), min_size=4),
    hard_days=st.frozensets(st.integers(0, 6), max_size=1),
    weeks=st.integers(6, 10),
).filter(lambda r: len(r.open_days) > 3)


@given(roomy)
@settings(max_examples=5, deadline=None)
def test_enough_days_are_enough(request: PlanRequest) -> None:
    sessions = jumps_of(progressive(request))
    assert len({s.week for s in sessions}) == request.weeks
    assert len({s.day.weekday() for s in sessions}) <= 2


def test_eight_weeks_on_two_days_are_what_studies_need() -> None:
    plan = progressive(PlanRequest(MONDAY, days=frozenset({0, 3})))
    assert len(jumps_of(plan)) == 16
    assert any("this plan has that many" in note.message for note in plan.notes)
    short = progressive(PlanRequest(MONDAY, days=frozenset({0}), weeks=6))
    assert any("this plan has 6 weeks and 6 sessions" in note.message for note in short.notes)


@pytest.mark.parametrize(
    ("dose", "sets"),
    [("3 x 10", (3, 10)), ("2 x 6 each leg", (4, 6)), ("2 x 7 m", None), ("30 s", None), ("2-3 x 10", None)],
)
def test_a_dose_gives_its_sets_and_reps(dose: str, sets: tuple[int, int] | None) -> None:
    assert PlannedDrill("pogo", dose).sets == sets


def test_the_checks_find_a_plan_that_breaks_the_rules() -> None:
    request = PlanRequest(MONDAY)
    plan = progressive(request)
    first, *rest = plan.sessions
    hop = PlannedDrill("depth_jump", "2 x 6", 12)
    bad = replace(plan, sessions=(replace(first, drills=(*first.drills, hop)), *rest))
    words = " ".join(broken_progressive(bad, request))
    for word in (
        "depth_jump for beginner",
        "too soon",
        "12 of depth_jump at exposure 1",
        "a late drill",
        "new at once",
    ):
        assert word in words
    twice = replace(plan, sessions=(*plan.sessions[:4], *(replace(s, week=2) for s in plan.sessions[4:6])))
    assert any(word.startswith("week 2") for word in broken_load(twice, request))


def test_the_coachs_sheet() -> None:
    plan = block_original(PlanRequest(MONDAY))
    sessions = jumps_of(plan)
    track = [[d for d in s.drills if find_drill(d.drill).group == "jump school"] for s in sessions]
    assert [len(t) for t in track] == [10] * 4 + [13] * 8
    assert {d.dose for t in track[:4] for d in t} == {"2 x 7 m"}
    assert {d.dose for t in track[4:] for d in t} == {"2 x 8 m"}
    assert {d.said for t in track[4:] for d in t if d.contacts} == {"2 x 8 m, 1 min rest"}
    groups = [find_drill(d.drill).group for d in sessions[0].drills]
    assert list(dict.fromkeys(groups)) == ["mobility", "balance", "jump school", "board", "strength"]
    assert "more than the published maximum of 100 contacts" in plan.notes[1].message


def test_running_has_its_own_day_or_ends_the_session() -> None:
    three = frozenset({0, 2, 4})
    apart = block(PlanRequest(MONDAY, days=three, easy_days=frozenset({1, 3, 5})))
    assert [s.day.weekday() for s in apart.sessions] == [0, 1, 2, 3, 4, 5] * 4
    joined = block(PlanRequest(MONDAY, days=three))
    assert {s.drills[-1].drill for s in joined.sessions} == {"ankle_recovery"}


def test_what_is_asked_must_make_sense() -> None:
    with pytest.raises(SettingsError, match="no level"):
        PlanRequest(MONDAY, level="hero")
    with pytest.raises(SettingsError, match="after the start"):
        PlanRequest(MONDAY, race=MONDAY)
    with pytest.raises(SettingsError, match="6 to 10"):
        PlanRequest(MONDAY, weeks=12)
    with pytest.raises(SettingsError, match=r"no room.*the open days are none"):
        progressive(PlanRequest(MONDAY, hard_days=frozenset({0, 2, 4, 6})))


REQUEST = PlanRequest(MONDAY, level="advanced", days=frozenset({0, 3}), strength_days=frozenset({1}))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return progressive(REQUEST)


def as_logged(session: PlannedSession, share: float = 1.0, **more: object) -> SessionEntry:
    sets = [SetEntry(drill=d.drill, reps=10, contacts=round(share * d.contacts)) for d in session.drills if d.contacts]
    return SessionEntry.model_validate({"day": session.day, "sets": [s.model_dump() for s in sets], **more})


def volumes(plan: Plan, done: list[SessionEntry], today: date) -> list[int]:
    """Contacts of each week: those that were done, and those planned from today on."""
    weeks = [0] * REQUEST.weeks
    for s in (s for s in jumps_of(plan) if s.day >= today and s.day not in {d.day for d in done}):
        weeks[s.week - 1] += s.contacts
    for d in done:
        weeks[(d.day - REQUEST.start).days // 7] += d.contacts
    return weeks


def test_a_plan_that_is_kept_stays_as_it_is(plan: Plan) -> None:
    done = [as_logged(s) for s in jumps_of(plan)[:5]]
    found = adapted(plan, REQUEST, done, done[-1].day)
    assert (found.plan, found.why, found.missed) == (plan, (), frozenset())
    assert found.done == {d.day for d in done}
    assert due(plan, done[-1].day + timedelta(days=1)) == jumps_of(plan)[5]


def test_after_missed_weeks_nothing_is_caught_up(plan: Plan) -> None:
    done = [as_logged(s) for s in jumps_of(plan)[:4]]
    today = MONDAY + timedelta(weeks=4)
    found = adapted(plan, REQUEST, done, today)
    assert found.missed == {s.day for s in jumps_of(plan)[4:8]}
    assert "Missed: Mon 16 Mar, Thu 19 Mar" in found.why[0].message
    weeks = volumes(found.plan, done, today)
    assert weeks[2:4] == [0, 0]
    # Two weeks without jumps: no more than the last full week had, and 20 % a week from there.
    assert weeks[4] <= 1.2 * weeks[1]
    assert weeks[5] <= 1.2 * weeks[4] + 0.5
    met = {d.drill for s in jumps_of(plan)[:4] for d in s.drills}
    first = next(s for s in jumps_of(found.plan) if s.day >= today)
    assert len({d.drill for d in first.drills} - met) <= 1
    assert all(d.drill not in ("bounding", "squat_jump") for d in first.drills)


def test_less_than_planned_lets_the_next_weeks_rise_from_there(plan: Plan) -> None:
    done = [as_logged(s, 0.6) for s in jumps_of(plan)[:2]]
    today = MONDAY + timedelta(weeks=1)
    found = adapted(plan, REQUEST, done, today)
    weeks = volumes(found.plan, done, today)
    assert "instead of" in found.why[0].message
    for before, week in pairwise(weeks[:3]):
        assert week <= 1.2 * before + 0.5


def test_a_handful_of_contacts_is_no_session_to_build_on(plan: Plan) -> None:
    done = [as_logged(s, 0.2) for s in jumps_of(plan)[:1]]
    found = adapted(plan, REQUEST, done, MONDAY + timedelta(weeks=1))
    assert any("too few to build on" in why.message for why in found.why)
    coming = [s.contacts for s in jumps_of(found.plan) if s.day >= MONDAY + timedelta(weeks=1)]
    assert min(coming) >= 24


@pytest.mark.parametrize(("contacts", "days"), [(2, 1), (10, 1), (4, 8), (8, 29), (24, 8), (300, 8)])
@pytest.mark.parametrize("drill", ["pogo", "tuck_jump"])
def test_whatever_one_set_was_logged_before_there_is_a_plan(drill: str, contacts: int, days: int) -> None:
    """A clip by itself is no week's load, and more than any session may have is none to rise from."""
    logged = [SessionEntry(day=MONDAY - timedelta(days=days), sets=(set_by_hand(drill, contacts),))]
    made = made_for(progressive, REQUEST, logged)
    first = made.weekly_contacts()[0]
    assert 2 * 24 <= first <= 2 * REQUEST.cap


def test_more_than_planned_leaves_less_for_the_week(plan: Plan) -> None:
    done = [as_logged(jumps_of(plan)[0]), as_logged(jumps_of(plan)[1]), as_logged(jumps_of(plan)[2], 1.9)]
    found = adapted(plan, REQUEST, done, done[-1].day)
    assert volumes(found.plan, done, done[-1].day)[1] <= 1.2 * plan.weekly_contacts()[0] + 0.5
    assert "the rest of its week has fewer" in found.why[0].message


@pytest.mark.parametrize(
    ("more", "share", "words"),
    [
        ({"discomfort": [{"where": "left Achilles", "score": 4}]}, 0.5, "discomfort 4 of 10"),
        ({"effort": 9}, 0.7, "effort 9"),
    ],
)
def test_pain_or_great_effort_eases_the_coming_week(
    plan: Plan, more: dict[str, object], share: float, words: str
) -> None:
    done = [as_logged(s) for s in jumps_of(plan)[:13]]
    done.append(as_logged(jumps_of(plan)[13], **more))
    today = done[-1].day + timedelta(days=1)
    found = adapted(plan, REQUEST, done, today)
    assert words in found.why[0].message
    coming = [s for s in jumps_of(found.plan) if today <= s.day <= today + timedelta(days=7)]
    before = {s.day: s.contacts for s in jumps_of(plan)}
    assert coming
    for s in coming:
        assert words in s.reason.message
        assert s.contacts <= share * before[s.day] + 1
        assert share > 0.5 or not {d.drill for d in s.drills} & {"depth_jump", "weighted_pogo"}
    assert words in plan_html(found.plan)


@pytest.mark.parametrize(("score", "on_day"), [(4, 0), (4, 3), (5, 1)])
def test_pain_before_the_first_session_halves_the_first_ones(plan: Plan, score: int, on_day: int) -> None:
    today = REQUEST.start + timedelta(days=on_day)
    hurt = SessionEntry(day=today, discomfort=(Discomfort(where="left Achilles", score=score),))
    found = adapted(plan, REQUEST, [hurt], today)
    assert f"discomfort {score} of 10" in " ".join(w.message for w in found.why).lower()
    before = {s.day: s.contacts for s in jumps_of(plan)}
    coming = [s for s in jumps_of(found.plan) if today <= s.day <= today + timedelta(days=7)]
    assert coming
    assert all(s.contacts <= before[s.day] / 2 for s in coming)


@pytest.mark.parametrize("kind", [progressive, block])
def test_great_pain_leaves_no_jumps_until_less_is_said(kind: Any) -> None:
    request = REQUEST if kind is progressive else THREE_DAYS
    made, today = kind(request), request.start + timedelta(days=1)
    hurt = SessionEntry(day=today, discomfort=(Discomfort(where="left Achilles", score=6),))
    found = adapted(made, request, [hurt], today)
    week = [s for s in jumps_of(found.plan) if today <= s.day <= today + timedelta(days=7)]
    assert sum(s.contacts for s in week) == 0
    assert any(s.contacts for s in jumps_of(found.plan) if s.day > today + timedelta(days=7))
    better = SessionEntry(day=today, discomfort=(Discomfort(where="Left  achilles", score=2),))
    well = adapted(found.plan, request, [hurt, better], today)
    assert well.why[-1].code == "no_longer_eased"
    assert [s.share for s in jumps_of(well.plan) if s.day >= today] == [1.0] * len(
        [s for s in jumps_of(made) if s.day >= today]
    )


def test_what_hurts_is_spared_what_is_new_and_what_lands_on_one_leg() -> None:
    """After seven sessions, discomfort of 4: only drills met three times before, on both feet."""
    plan = progressive(REQUEST)
    done = jumps_of(plan)[:7]
    logged = [
        SessionEntry(
            day=s.day,
            sets=tuple(SetEntry(drill=d.drill, reps=1, contacts=d.contacts) for d in s.drills if d.contacts),
        )
        for s in done
    ]
    today = done[-1].day + timedelta(days=1)
    hurt = SessionEntry(day=today, kind="other", discomfort=(Discomfort(where="left Achilles", score=4),))
    found = adapted(plan, REQUEST, [*logged, hurt], today)
    met = Counter(d.drill for s in done for d in s.drills if d.contacts)
    week = [s for s in jumps_of(found.plan) if today <= s.day <= today + timedelta(days=7)]
    assert week
    jumped = {d.drill for s in week for d in s.drills if d.contacts}
    assert jumped
    assert all(met[drill] >= 3 for drill in jumped)
    assert not jumped & {"single_leg_hop", "bounding"}


def test_48_hours_after_a_session_on_another_day_nothing_is_due() -> None:
    request = replace(REQUEST, days=frozenset({0, 2}))
    plan = progressive(request)
    first = jumps_of(plan)[0]
    late = first.day + timedelta(days=1)
    sets = tuple(SetEntry(drill=d.drill, reps=1, contacts=d.contacts) for d in first.drills if d.contacts)
    found = adapted(plan, request, [SessionEntry(day=late, sets=sets)], late)
    coming = due(found.plan, late, found.done)
    assert coming is not None
    assert coming.day >= late + timedelta(days=2)
    assert "done_on_other_days" in [w.code for w in found.why]


def test_a_session_that_was_done_is_not_due_again() -> None:
    plan = progressive(REQUEST)
    first, second = jumps_of(plan)[:2]
    sets = tuple(SetEntry(drill=d.drill, reps=1, contacts=d.contacts) for d in first.drills if d.contacts)
    found = adapted(plan, REQUEST, [SessionEntry(day=first.day, sets=sets)], first.day)
    coming = due(found.plan, first.day, found.done)
    assert coming is not None
    assert coming.day == second.day
    # Of one set of it the rest is still to come.
    part = adapted(plan, REQUEST, [SessionEntry(day=first.day, sets=sets[:1])], first.day)
    assert due(part.plan, first.day, part.done) == first


def test_what_was_not_logged_of_a_planned_session_can_be_at_once() -> None:
    plan = progressive(REQUEST)
    first, second = jumps_of(plan)[:2]
    pogo, other = PlannedDrill("pogo", "2 x 10", 20), PlannedDrill("jump_forward", "3 x 8", 24)
    session = replace(
        first, drills=(pogo, other, PlannedDrill("pogo", "1 x 15", 15), PlannedDrill("arabesque_twist", "30 s"))
    )
    filmed = SessionEntry(day=first.day, sets=(SetEntry(drill="pogo", reps=26, contacts=26),))
    # 26 of 20 + 15 pogo contacts are there, none of the other drill's; balancing has none, and is noted as done.
    lacking = [("jump_forward", 24), ("pogo", 9), ("arabesque_twist", 0)]
    assert [(s.drill, s.contacts) for s in rest_of(session, [filmed])] == lacking
    assert [s.contacts for s in rest_of(session, [replace_day(filmed, second.day)])] == [20, 24, 15, 0]
    whole = SessionEntry(day=first.day, sets=tuple(rest_of(session, [])))
    assert rest_of(session, [whole]) == []
    assert whole.sets[0].reps == 20


def replace_day(entry: SessionEntry, day: date) -> SessionEntry:
    """The same session on another day."""
    return entry.model_copy(update={"day": day})


def logged_of(plan: Plan) -> list[SessionEntry]:
    """All of a plan, done as planned."""
    return [SessionEntry(day=s.day, sets=tuple(rest_of(s, []))) for s in jumps_of(plan)]


def test_a_new_plan_goes_on_from_the_last_one(plan: Plan) -> None:
    logged = logged_of(plan)
    *_rest, full, _recovery = plan.weekly_contacts()
    request = replace(REQUEST, start=jumps_of(plan)[-1].day + timedelta(days=1))
    after = made_for(progressive, request, logged)
    first = [s for s in jumps_of(after) if s.week == 1]
    assert first[0].day >= jumps_of(plan)[-1].day + timedelta(days=2)
    # The week before was one of recovery: 80 % of the last full one, or that one again; never a fifth more.
    assert 0.7 * full <= sum(s.contacts for s in first) <= 1.2 * full
    assert first[0].phase == jumps_of(plan)[-1].phase != jumps_of(plan)[0].phase
    assert "plan_goes_on" in [n.code for n in after.notes]
    # It stays as it was made when it is followed, and is made anew from the same where a session is missed.
    assert adapted(after, request, logged, request.start).plan == after
    missed = adapted(after, request, logged, first[0].day + timedelta(days=1)).plan
    second = jumps_of(missed)[1].contacts
    assert second > 1.5 * jumps_of(plan)[0].contacts
    # Nor is what was missed made up for in what is left of the week.
    assert second <= 1.2 * first[1].contacts


def test_what_lies_far_back_is_built_anew(plan: Plan) -> None:
    logged, fresh = logged_of(plan), weeks_of(progressive(REQUEST))
    late = replace(REQUEST, start=jumps_of(plan)[-1].day + timedelta(weeks=6, days=4))
    late = replace(late, start=late.start - timedelta(days=late.start.weekday() - REQUEST.start.weekday()))
    assert weeks_of(made_for(progressive, late, logged)) == fresh
    # After weeks off it is less, down to a beginning's contacts.
    off = [replace(REQUEST, start=jumps_of(plan)[-1].day + timedelta(weeks=k, days=4)) for k in (0, 2, 5)]
    firsts = [weeks_of(made_for(progressive, request, logged))[0] for request in off]
    assert firsts[0] > firsts[1] > firsts[2] - 8
    assert firsts[2] <= 1.2 * fresh[0]


def weeks_of(plan: Plan) -> list[int]:
    return [n for n in plan.weekly_contacts() if n]


@pytest.mark.parametrize("weeks_missed", [1, 2, 3, 4])
def test_who_missed_the_beginning_begins_there(weeks_missed: int) -> None:
    """With nothing done nothing but first doses of early drills is due, in a week of recovery too."""
    plan = progressive(REQUEST)
    today = REQUEST.start + timedelta(weeks=weeks_missed)
    found = adapted(plan, REQUEST, [], today)
    coming = due(found.plan, today, found.done)
    assert coming is not None
    jumps = [d for d in coming.drills if d.contacts]
    assert {find_drill(d.drill).phase for d in jumps} == {"early"}
    assert coming.contacts <= jumps_of(plan)[0].contacts


def test_a_block_is_scaled_back_where_it_hurts() -> None:
    request = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))
    for made in (block(request), block_original(request)):
        hurt = SessionEntry(day=MONDAY, discomfort=(Discomfort(where="left Achilles", score=4),))
        today = MONDAY + timedelta(days=1)
        less = adapted(made, request, [hurt], today).plan
        for a, b in zip(made.sessions, less.sessions, strict=True):
            if today <= b.day <= today + timedelta(days=7) and b.contacts:
                assert b.contacts <= 0.5 * a.contacts
            else:
                assert a == b
        # The entry was a mistake, or asks for less easing than it did.
        whole = adapted(less, request, [], today)
        assert whole.plan == made
        assert [w.code for w in whole.why] == ["missed_days", "no_longer_eased"]
        tired = SessionEntry(day=MONDAY, effort=9)
        eased = adapted(less, request, [tired], today)
        assert eased.plan == adapted(made, request, [tired], today).plan
        assert "no_longer_eased" not in [w.code for w in eased.why]


def test_a_plan_is_whole_again_without_the_entry_that_eased_it(plan: Plan) -> None:
    today = REQUEST.start + timedelta(days=1)
    hurt = SessionEntry(day=REQUEST.start, discomfort=(Discomfort(where="left Achilles", score=4),))
    eased = adapted(plan, REQUEST, [hurt], today)
    assert any(s.share < 1 for s in eased.plan.sessions)
    whole = adapted(eased.plan, REQUEST, [], today)
    assert whole.why[-1].code == "no_longer_eased"
    assert all(s.share == 1 and s.reason is None for s in whole.plan.sessions)
    assert adapted(whole.plan, REQUEST, [], today).plan == whole.plan


def test_a_session_has_the_order_and_the_rests_of_a_coach(plan: Plan) -> None:
    rule = {"ankle_hops": 0, "pogo": 0, "skips": 0, "single_leg_hop": 0, "depth_jump": 2, "weighted_pogo": 2}
    for s in jumps_of(plan):
        names = [d.drill for d in s.drills]
        assert names[0] == "single_leg_stance"
        assert names[-2:] == ["heel_raise", "quarter_squat"]  # what tires the calves comes last
        jumping = [d for d in s.drills if d.contacts]
        hardness = [rule.get(d.drill, 1) for d in jumping]
        assert hardness == sorted(hardness)  # quick before hard
        for d, hard in zip(jumping, hardness, strict=True):
            assert d.said == f"{d.dose}, {hard + 1} min rest"
    assert "min rest" in plan_html(plan)
    assert any("easy running" in note.message for note in plan.notes)


def test_strength_stands_beside_the_jumps(plan: Plan) -> None:
    strong = [s for s in plan.sessions if s.kind == "strength"]
    assert [s.day.weekday() for s in strong] == [1] * REQUEST.weeks


@settings(max_examples=4, deadline=None)
@given(roomy, st.sampled_from([progressive, block, block_original]))
def test_calendar_and_table_hold_every_session(request: PlanRequest, make: object) -> None:
    try:
        plan = make(request)  # type: ignore[operator]
    except SettingsError:
        return
    events = Calendar.from_ical(plan_ics(plan)).walk("VEVENT")
    assert [(e.decoded("dtstart"), str(e["summary"])) for e in events] == [(s.day, s.title.said) for s in plan.sessions]
    assert len({str(e["uid"]) for e in events}) == len(plan.sessions)
    rows = list(csv.DictReader(io.StringIO(plan_csv(plan))))
    assert len(rows) == sum(len(s.drills) for s in plan.sessions)
    assert sum(int(r["contacts"]) for r in rows) == sum(s.contacts for s in plan.sessions)
    page = plan_html(plan)
    assert "http" not in page
    assert page.count("<section>") == len(plan.sessions)


def test_ten_centimetres_over_a_marathon() -> None:
    assert stride_gain_m(10, 30_000) == 3000.0
    with pytest.raises(SettingsError, match="cm a step"):
        stride_gain_m(-1, 10)


def test_two_athletes_calendars_stay_apart_and_a_new_plan_moves_and_cancels() -> None:
    long, short = progressive(PlanRequest(MONDAY)), progressive(PlanRequest(MONDAY + timedelta(days=2), weeks=6))
    mine, theirs = plan_ics(long, "Åse"), plan_ics(long, "Jo")

    def by_uid(calendar: bytes) -> dict[str, object]:
        return {str(e["uid"]): e for e in Calendar.from_ical(calendar).walk("VEVENT")}

    assert not set(by_uid(mine)) & set(by_uid(theirs))
    assert set(by_uid(mine)) == set(by_uid(plan_ics(long, "ÅSE")))
    again = by_uid(plan_ics(short, "Åse", mine))
    assert set(again) == set(by_uid(mine))
    cancelled = [e for e in again.values() if e.get("status") == "CANCELLED"]
    assert len(cancelled) == len(long.sessions) - len(short.sessions) > 0
    assert {int(e["sequence"]) for e in again.values()} == {1}
    assert all(str(e["summary"]).startswith("Åse: ") for e in again.values())
    kept = [
        KeptPlan(PlanRequest(MONDAY), long),
        KeptPlan(PlanRequest(MONDAY), short, ((MONDAY, (Message("plan_sound_base"),)),)),
    ]
    assert {int(e["sequence"]) for e in by_uid(calendar_of(kept, "Åse")).values() if "status" not in e} == {2}
    nobody = [by_uid(plan_ics(plan)) for plan in (long, short)]
    assert not set(nobody[0]) & set(nobody[1])  # plans of nobody may be of two
    third = by_uid(plan_ics(short, "Åse", plan_ics(short, "Åse", mine)))
    assert {int(e["sequence"]) for e in third.values() if e.get("status") != "CANCELLED"} == {2}


@pytest.mark.parametrize("level", LEVELS)
def test_weeks_rise_as_they_are_meant_to(level: str) -> None:
    """Two drills, 24 contacts each at first, make 48 a session; then 15 % a week, and 0.6 of the last full week.

    Contacts come in whole doses: a week misses its aim by a few.
    """
    weeks = progressive(PlanRequest(MONDAY, level, days=frozenset({0, 3}))).weekly_contacts()
    assert weeks[0] == 96
    for before, week, share in (
        (0, 1, 1.15),
        (1, 2, 1.15),
        (2, 3, 0.6),
        (2, 4, 1.0),
        (4, 5, 1.15),
        (5, 6, 1.15),
        (6, 7, 0.6),
    ):
        assert weeks[week] / weeks[before] == pytest.approx(share, abs=0.04), week


def test_a_progressive_plan_says_what_it_is(plan: Plan) -> None:
    """Sixteen sessions in eight weeks: the fourth and the eighth are of recovery; phases only go on."""
    sessions = jumps_of(plan)
    assert (plan.title.message, plan.progressive) == ("Progressive plan", True)
    assert [s.week for s in sessions] == [w for w in range(1, 9) for _ in range(2)]
    assert [s.day for s in sessions] == [MONDAY + timedelta(days=7 * w + d) for w in range(8) for d in (0, 3)]
    assert {s.week for s in sessions if s.recovery} == {4, 8}
    for s in sessions:
        words = {"early": "early phase", "middle": "middle phase", "late": "late phase"}[s.phase]
        assert s.title.message == f"Plyometrics, {words}{', recovery week' if s.recovery else ''}"
        assert ("strides" in [d.drill for d in s.drills]) == (s.phase != "early")
        assert (s.share, s.reason) == (1.0, None)
    order = [("early", "middle", "late").index(s.phase) for s in sessions]
    assert order == sorted(order)
    assert order[0] == 0
    # A drill of the middle phase comes after six sessions at the earliest.
    assert order.index(1) >= 6


def test_days_that_leave_too_few_weeks_are_refused() -> None:
    """Jumping ends eleven days before the race: 25 days on, a third week has its Monday left, 24 days on it has not."""
    two = frozenset({0, 3})
    enough = progressive(PlanRequest(MONDAY, days=two, race=MONDAY + timedelta(days=25)))
    assert {s.week for s in enough.sessions} == {1, 2, 3}
    with pytest.raises(SettingsError, match="no room"):
        progressive(PlanRequest(MONDAY, days=two, race=MONDAY + timedelta(days=24)))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_missed_is_not_made_up_for_in_one_session(seed: int) -> None:
    """Done as planned on the days that are not missed, no session has half more than the largest one before it."""
    rng = random.Random(seed)
    request = PlanRequest(MONDAY, weeks=6, level=LEVELS[seed])
    plan, logged, largest = progressive(request), [], 0
    for k in range(42):
        today = MONDAY + timedelta(days=k)
        if today.weekday() not in request.days:
            continue
        now = adapted(plan, request, logged, today)
        plan, session = now.plan, due(now.plan, today, now.done)
        if session is None or session.day != today or rng.random() < 0.4:
            continue
        contacts = sum(s.contacts for s in rest_of(session, logged))
        assert not largest or contacts <= 1.5 * largest, (today, contacts, largest)
        largest = max(largest, contacts)
        logged.append(SessionEntry(day=today, sets=tuple(rest_of(session, logged))))
    assert len(logged) > 5
