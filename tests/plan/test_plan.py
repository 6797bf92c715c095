"""A plan keeps its rules whatever is asked; what it cannot keep it refuses."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from plumbline.errors import SettingsError
from plumbline.log import Discomfort, SessionEntry
from plumbline.plan import (
    LEVELS,
    Plan,
    PlanRequest,
    block,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    scaled_back,
    stride_gain_m,
)
from plumbline.reps import find_drill

MONDAY = date(2026, 3, 2)
CAPS = {"beginner": 100, "intermediate": 120, "advanced": 140}

days = st.frozensets(st.integers(0, 6), min_size=1)
requests = st.builds(
    lambda start, level, race_in, open_days, hard, weeks: PlanRequest(
        start, level, start + timedelta(days=race_in) if race_in else None, open_days, hard, weeks
    ),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from(LEVELS),
    st.none() | st.integers(1, 120),
    days,
    st.frozensets(st.integers(0, 6), max_size=3),
    st.integers(6, 8),
)


def broken(plan: Plan, request: PlanRequest) -> list[str]:
    """Every rule that a plan breaks."""
    out = []
    jumps = [s for s in plan.sessions if s.kind == "jumps"]
    for a, b in pairwise(jumps):
        if (b.day - a.day).days < 2:
            out.append(f"{a.day} and {b.day} are less than 48 h apart")
    for s in jumps:
        if s.day.weekday() not in request.days:
            out.append(f"{s.day} is not available")
        if any((s.day + timedelta(days=k)).weekday() in request.hard_days for k in (-1, 0, 1)):
            out.append(f"{s.day} is next to a hard day")
        if request.race is not None and (request.race - s.day).days <= 10:
            out.append(f"{s.day} is too near the race")
        if s.day < request.start:
            out.append(f"{s.day} is before the start")
    return out


def broken_progressive(plan: Plan, request: PlanRequest) -> list[str]:
    out = broken(plan, request)
    order = {"early": 0, "middle": 1, "late": 2}
    if [order[s.phase] for s in plan.sessions] != sorted(order[s.phase] for s in plan.sessions):
        out.append("phases go back")
    done: set[str] = set()
    for s in plan.sessions:
        if s.contacts > CAPS[request.level]:
            out.append(f"{s.contacts} contacts")
        if s.recovery != (s.week % 4 == 0):
            out.append(f"recovery in week {s.week}")
        if any(order.get(find_drill(d.drill).phase, 0) > order[s.phase] for d in s.drills):
            out.append(f"a drill of a later phase in week {s.week}")
        done |= {d.drill for d in s.drills}
        for d in s.drills:
            if missing := set(find_drill(d.drill).needs) - done:
                out.append(f"{d.drill} before {missing}")
    return out + broken_weeks(plan, request)


def broken_weeks(plan: Plan, request: PlanRequest) -> list[str]:
    weeks = {w: [s.contacts for s in plan.sessions if s.week == w] for w in range(1, request.weeks + 1)}
    out = [f"{len(c)} sessions in week {w}" for w, c in weeks.items() if len(c) > (1 if w in (1, 4, 8) else 2)]
    if weeks[3] and weeks[4] and max(weeks[4]) > 0.75 * max(weeks[3]):
        out.append("no less in the recovery week")
    return out


@settings(max_examples=1000, deadline=None)
@given(requests)
def test_a_progressive_plan_breaks_no_rule(request: PlanRequest) -> None:
    try:
        plan = progressive(request)
    except SettingsError as error:
        assert "no room" in str(error)
        return
    assert broken_progressive(plan, request) == []


@settings(max_examples=300, deadline=None)
@given(requests)
def test_a_block_breaks_no_rule(request: PlanRequest) -> None:
    try:
        plan = block(request)
    except SettingsError as error:
        assert "no room" in str(error)
        return
    assert broken(plan, request) == []
    sessions = [s for s in plan.sessions if s.kind == "jumps"]
    assert len(sessions) == 12
    assert {s.week: sum(x.week == s.week for x in sessions) for s in sessions} == {1: 3, 2: 3, 3: 3, 4: 3}
    assert [s.kind for s in plan.sessions] == ["jumps", "running"] * 12


roomy = st.builds(
    PlanRequest,
    start=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    level=st.sampled_from(LEVELS),
    days=st.frozensets(st.integers(0, 6), min_size=4),
    hard_days=st.frozensets(st.integers(0, 6), max_size=1),
    weeks=st.integers(6, 8),
).filter(lambda r: len(r.open_days) > 3)


@given(roomy)
@settings(max_examples=50, deadline=None)
def test_enough_days_are_enough(request: PlanRequest) -> None:
    assert len({s.week for s in progressive(request).sessions}) == request.weeks


def test_the_coachs_sheet() -> None:
    plan = block(PlanRequest(MONDAY))
    sessions = [s for s in plan.sessions if s.kind == "jumps"]
    track = [[d for d in s.drills if find_drill(d.drill).group == "jump school"] for s in sessions]
    assert [len(t) for t in track] == [10] * 4 + [13] * 8
    assert {d.dose for t in track[:4] for d in t} == {"2 x 7 m"}
    assert {d.dose for t in track[4:] for d in t} == {"2 x 8 m"}
    groups = [find_drill(d.drill).group for d in sessions[0].drills]
    assert list(dict.fromkeys(groups)) == ["mobility", "balance", "jump school", "board", "strength"]


def test_what_is_asked_must_make_sense() -> None:
    with pytest.raises(SettingsError, match="no level"):
        PlanRequest(MONDAY, level="hero")
    with pytest.raises(SettingsError, match="after the start"):
        PlanRequest(MONDAY, race=MONDAY)
    with pytest.raises(SettingsError, match="6 to 8"):
        PlanRequest(MONDAY, weeks=12)
    with pytest.raises(SettingsError, match=r"no room.*open are none"):
        progressive(PlanRequest(MONDAY, hard_days=frozenset({0, 2, 4, 6})))


PAIN = SessionEntry(day=MONDAY + timedelta(days=27), discomfort=(Discomfort(where="left Achilles", score=4),))
EFFORT = SessionEntry(day=MONDAY + timedelta(days=27), effort=9)


@pytest.mark.parametrize(
    ("logged", "share", "words"), [(PAIN, 0.5, "left Achilles: discomfort 4"), (EFFORT, 0.7, "effort 9")]
)
def test_the_log_scales_the_next_sessions_back(logged: SessionEntry, share: float, words: str) -> None:
    plan, today = progressive(PlanRequest(MONDAY, level="advanced")), MONDAY + timedelta(days=28)
    less = scaled_back(plan, [logged], today)
    changed = 0
    for a, b in zip(plan.sessions, less.sessions, strict=True):
        if today <= b.day <= today + timedelta(days=7):
            changed += 1
            assert words in b.reason
            assert b.contacts <= share * a.contacts
            assert words in plan_html(less)
        else:
            assert a == b
    assert changed
    assert scaled_back(plan, [logged], today + timedelta(days=30)) == plan


def test_late_drills_are_left_out_when_it_hurts() -> None:
    plan = progressive(PlanRequest(MONDAY))
    today = MONDAY + timedelta(weeks=6)
    hurt = PAIN.model_copy(update={"day": today - timedelta(days=1)})
    week = [s for s in scaled_back(plan, [hurt], today).sessions if s.reason]
    assert week
    assert all(find_drill(d.drill).phase != "late" for s in week for d in s.drills)


@settings(max_examples=25, deadline=None)
@given(roomy, st.sampled_from([progressive, block]))
def test_calendar_and_table_hold_every_session(request: PlanRequest, make: object) -> None:
    try:
        plan = make(request)  # type: ignore[operator]
    except SettingsError:
        return
    events = Calendar.from_ical(plan_ics(plan)).walk("VEVENT")
    assert [(e.decoded("dtstart"), str(e["summary"])) for e in events] == [(s.day, s.title) for s in plan.sessions]
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
    third = by_uid(plan_ics(short, "Åse", plan_ics(short, "Åse", mine)))
    assert {int(e["sequence"]) for e in third.values() if e.get("status") != "CANCELLED"} == {2}
