"""A plan as a table, a calendar, a page and in the log; what a longer step adds up to."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from plumbline.catalogue import find_drill
from plumbline.errors import OutputError, SettingsError
from plumbline.language import speaking
from plumbline.log import AthleteEntry, Discomfort, SessionEntry, SetEntry, TrainingLog
from plumbline.messages import Message
from plumbline.plan import (
    KeptPlan,
    Plan,
    PlannedDrill,
    PlannedSession,
    PlanRequest,
    block,
    calendar_of,
    earlier_calendar,
    follow,
    from_entry,
    plan_csv,
    plan_html,
    plan_ics,
    stride_gain_m,
    to_entry,
)

MONDAY = date(2026, 3, 2)
THREE = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


SMALL = Plan(
    Message("plan_progressive"),
    (
        PlannedSession(
            on(0), 1, "jumps", Message("plyometrics", {"phase": "early phase"}), "early",
            (PlannedDrill("pogo", "3 x 4", 12), PlannedDrill("strides", "4 x 80 m")), False, 0.5,
            Message("eased_for_effort", {"effort": 9.0, "day": "2026-03-01"}),
        ),
        PlannedSession(on(2), 1, "running", Message("own_hard_run"), "any", ()),
        PlannedSession(on(3), 1, "jumps", Message("plyometrics", {"phase": "early phase"}), "early",
                       (PlannedDrill("pogo", "1 x 1", 1),)),
    ),
    (Message("plan_sound_base"),),
)  # fmt: skip


def test_a_plan_as_a_table() -> None:
    rows = list(csv.reader(io.StringIO(plan_csv(SMALL))))
    pogo, strides = find_drill("pogo").name, find_drill("strides").name
    eased = "effort 9 of 10 on Sun 1 Mar"
    assert rows == [
        ["day", "week", "session", "phase", "drill", "name", "dose", "contacts", "scaled", "reason"],
        ["2026-03-02", "1", "Plyometrics, early phase", "early", "pogo", pogo, "3 x 4", "12", "0.5", eased],
        ["2026-03-02", "1", "Plyometrics, early phase", "early", "strides", strides, "4 x 80 m", "0", "0.5", eased],
        ["2026-03-05", "1", "Plyometrics, early phase", "early", "pogo", pogo, "1 x 1", "1", "1.0", ""],
    ]


def events(calendar: bytes) -> list[Any]:
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


def test_a_plan_as_a_calendar() -> None:
    made = plan_ics(SMALL, "Åse", revision=3)
    whole = Calendar.from_ical(made)
    assert [str(whole[k]) for k in ("prodid", "version", "method", "x-wr-calname")] == [
        "-//Plumbline//plan//EN",
        "2.0",
        "PUBLISH",
        "Åse: Progressive plan",
    ]
    first, second, third = events(made)
    pogo, strides = find_drill("pogo").name, find_drill("strides").name
    assert str(first["description"]) == (
        f"Scaled back to 50%: effort 9 of 10 on Sun 1 Mar.\n{pogo}: 3 x 4, 1 min rest\n{strides}: 4 x 80 m\n12 contacts"
    )
    assert str(second["description"]) == ""
    assert str(third["description"]) == f"{pogo}: 1 x 1, 1 min rest\n1 contact"
    assert [str(e["summary"]) for e in (first, second)] == [
        "Åse: Plyometrics, early phase",
        "Åse: Hard run (your own programme)",
    ]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (on(0), on(1))
    assert [int(e["sequence"]) for e in (first, second, third)] == [3, 3, 3]
    assert first.decoded("dtstamp").utcoffset() == timedelta(0)
    assert first.decoded("dtstamp").microsecond == 0
    uids = [str(e["uid"]) for e in (first, second, third)]
    assert len(set(uids)) == 3
    assert all(len(u) == 42 and u.endswith("@plumbline") for u in uids)
    assert str(Calendar.from_ical(plan_ics(SMALL))["x-wr-calname"]) == "Progressive plan"
    assert str(events(plan_ics(SMALL))[0]["summary"]) == "Plyometrics, early phase"


def test_a_newer_calendar_counts_on_and_cancels_once() -> None:
    one = plan_ics(SMALL, "Åse")
    fewer = replace(SMALL, sessions=SMALL.sessions[:2])
    two = plan_ics(fewer, "Åse", one)
    assert [int(e["sequence"]) for e in events(one)] == [0, 0, 0]
    assert [(int(e["sequence"]), str(e.get("status", ""))) for e in events(two)] == [(1, ""), (1, ""), (1, "CANCELLED")]
    # What is cancelled stays as it is; what is not ours, or no calendar, is left out.
    three = plan_ics(fewer, "Åse", two, 1)
    assert [(int(e["sequence"]), str(e.get("status", ""))) for e in events(three)] == [
        (3, ""),
        (3, ""),
        (1, "CANCELLED"),
    ]
    foreign = one.replace(b"@plumbline", b"@elsewhere")
    assert len(events(plan_ics(fewer, "Åse", foreign))) == 2
    assert len(events(plan_ics(fewer, "Åse", b"BEGIN:NOTHING"))) == 2


def test_a_calendar_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    assert earlier_calendar(file) is None
    one = plan_ics(SMALL, "Åse")
    file.write_bytes(one)
    assert earlier_calendar(file) == one
    for foreign in (one.replace(b"@plumbline", b"@elsewhere", 1), b"BEGIN:NOTHING", b"my notes"):
        file.write_bytes(foreign)
        with pytest.raises(OutputError, match="not a plan of Plumbline's"):
            earlier_calendar(file)


def test_a_revision_that_cannot_be_read_begins_anew() -> None:
    broken = plan_ics(SMALL, "Åse").replace(b"SEQUENCE:0", b"SEQUENCE:abc")
    assert [int(e["sequence"]) for e in events(plan_ics(SMALL, "Åse", broken))] == [0, 0, 0]
    doubled = plan_ics(SMALL, "Åse").replace(b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:4")
    assert [int(e["sequence"]) for e in events(plan_ics(SMALL, "Åse", doubled))] == [0, 0, 0]


def test_a_plan_as_a_page() -> None:
    page = plan_html(SMALL)
    assert '<html lang="en">' in page
    assert "<h1>Progressive plan</h1>" in page
    assert "Scaled back to 50%: effort 9 of 10 on Sun 1 Mar." in page
    assert "week 1 · Plyometrics, early phase · 12 contacts" in page
    assert "· 1 contact<" in page
    assert "☑" not in page
    first = SMALL.sessions[0]
    assert plan_html(SMALL, done=frozenset({first.day})).count("☑") == len(first.drills)
    with speaking("nb"):
        assert '<html lang="nb">' in plan_html(SMALL)
    evil = replace(SMALL, notes=(Message("as_kept", {"words": "<script>"}),))
    assert "<script>" not in plan_html(evil)


def test_a_plan_in_the_log_follows_what_was_done(tmp_path: Path) -> None:
    request = PlanRequest(MONDAY, days=frozenset({0, 2, 4}))
    plan = block(request)
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        entry = to_entry(KeptPlan(request, plan), on(-1))
        assert (entry.made, entry.kind) == (on(-1), "The coach's block, scaled")
        log.save_plan(athlete, entry)
        # Nothing has happened: it stays.
        assert follow(log, athlete, entry, MONDAY).plan == plan
        assert log.plan(athlete).body == entry.body
        pain = (Discomfort(where="left calf", score=5),)
        done = (SetEntry(drill="pogo", reps=40, contacts=40),)
        log.save_session(athlete, SessionEntry(day=on(0), discomfort=pain, sets=done))
        now = follow(log, athlete, entry, on(1))
        changed = log.plan(athlete)
        assert changed is not None
        assert (changed.id, changed.made, changed.kind) == (entry.id, entry.made, entry.kind)
        back = from_entry(changed)
        assert back.plan == now.plan != plan
        assert back.request == request
        assert [(day, [m.code for m in why]) for day, why in back.changes] == [(on(1), ["week_eased"])]
        assert len(log.plans(athlete)) == 1
        # Looked at again, the same pain takes nothing off once more.
        assert follow(log, athlete, changed, on(1)).plan == now.plan
        assert log.plan(athlete) == changed
    assert {int(e["sequence"]) for e in events(calendar_of([back], "A"))} == {1}
    assert calendar_of([], "A") == b""


def test_what_no_version_wrote_is_said() -> None:
    entry = to_entry(KeptPlan(THREE, SMALL), MONDAY)
    with pytest.raises(
        SettingsError, match=r"^the plan of 2026-03-02 cannot be read: .+\. Delete it and make a new one\.$"
    ):
        from_entry(entry.model_copy(update={"body": {"plan": 1}}))
    assert to_entry(KeptPlan(THREE, SMALL), MONDAY, "a" * 32).id == "a" * 32
    assert entry.id != to_entry(KeptPlan(THREE, SMALL), MONDAY).id


@pytest.mark.parametrize(
    ("cm", "steps", "metres"), [(10, 30_000, 3000.0), (0, 0, 0.0), (100, 1_000_000, 1e6), (0.5, 2, 0.01)]
)
def test_what_a_longer_step_adds_up_to(cm: float, steps: int, metres: float) -> None:
    assert stride_gain_m(cm, steps) == pytest.approx(metres)


@pytest.mark.parametrize(("cm", "steps"), [(-0.1, 10), (100.1, 10), (1, -1), (1, 1_000_001), (float("nan"), 1)])
def test_a_step_that_is_a_slip_of_the_pen(cm: float, steps: int) -> None:
    with pytest.raises(SettingsError, match=r"^give 0 to 100 cm a step and 0 to 1000000 steps\.$"):
        stride_gain_m(cm, steps)


def test_a_plan_as_an_older_version_kept_it_is_read() -> None:
    """Sentences stood there as they were; none was an empty one."""
    entry = to_entry(KeptPlan(THREE, SMALL), MONDAY)
    plan = entry.body["plan"]
    assert isinstance(plan, dict)
    sessions = plan["sessions"]
    assert isinstance(sessions, list)
    first, second, third = ({**s} for s in sessions if isinstance(s, dict))
    first["reason"], second["reason"], second["title"] = "effort 9 of 10", "", "Easy run"
    body = entry.body | {"plan": plan | {"sessions": [first, second, third], "notes": ["Warm up."], "title": "A plan"}}
    kept = from_entry(entry.model_copy(update={"body": body}))
    assert [s.reason.message if s.reason else None for s in kept.plan.sessions] == ["effort 9 of 10", None, None]
    assert [s.title.message for s in kept.plan.sessions[:2]] == ["Plyometrics, early phase", "Easy run"]
    assert (kept.plan.title.message, [n.message for n in kept.plan.notes]) == ("A plan", ["Warm up."])
    assert kept.plan.sessions[2] == SMALL.sessions[2]
    assert kept.plan.sessions[0].drills == SMALL.sessions[0].drills
