"""Plan, log and progress: by hand without a browser, from a measured clip with one."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.dates import get_date_format
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from plumbline.app import _local, _log_session, _plan
from plumbline.app._local import date_order
from plumbline.errors import SettingsError
from plumbline.language import ask_for, fitting, place
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    MetricEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    kind_of,
    set_by_hand,
)
from plumbline.messages import Message
from plumbline.plan import KeptPlan, PlanRequest, follow, progressive, to_entry
from tests.app.conftest import Server, choose, wait_for_results


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainingLog:
    path = str(tmp_path / "log.sqlite")
    monkeypatch.setenv("PLUMBLINE_LOG", path)
    return TrainingLog(path)


def plain(words: str) -> str:
    """Markdown without what keeps its signs from being read."""
    return words.replace("\\", "")


def opened(page: str) -> AppTest:
    return AppTest.from_string(f"from plumbline.app import {page}\n{page}.page()\n", default_timeout=60).run()


def of_athlete(log: TrainingLog, name: str) -> AppTest:
    """The page of one athlete."""
    app = AppTest.from_string("from plumbline.app import _athletes\n_athletes.page()\n", default_timeout=60)
    app.query_params["athlete"] = log.athlete(name).id
    return app.run()


def add_to_log(app: AppTest, name: str, words: str) -> None:
    """Choose whose clip it is, and log it."""
    next(b for b in app.selectbox if b.label == "Athlete").select(name).run()
    next(b for b in app.button if b.label == words).click().run()


def measured(side: str, contact_s: float) -> SetEntry:
    metrics = {"contact_time_s": MetricEntry(mean=contact_s, sd=0.004, n=8, unit="s")}
    return SetEntry(drill="single_leg_hop", side=side, reps=8, contacts=8, source="film", metrics=metrics)  # type: ignore[arg-type]


def test_a_log_that_is_none_is_said_with_what_to_do(log: TrainingLog, tmp_path: Path) -> None:
    log.close()
    (tmp_path / "log.sqlite").write_bytes(b"no database" * 1000)
    for page in ("_log", "_plan", "_progress", "_tests", "_athletes"):
        app = opened(page)
        assert not app.exception
        assert re.fullmatch(
            r"The log .* cannot be opened: this file is not a log\. Put a backup.*", plain(app.error[0].value)
        )


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en-GB", "DD/MM/YYYY"),
        ("en-US", "MM/DD/YYYY"),
        ("nb-NO", "DD.MM.YYYY"),
        ("en-CA", "YYYY-MM-DD"),
        ("de-DE", "DD/MM/YYYY"),
    ],
)
def test_days_are_written_as_where_the_browser_is(locale: str, shown: str) -> None:
    ask_for(lambda: fitting(locale), lambda: locale)
    try:
        assert date_order(get_date_format("short", place()).pattern) == shown
    finally:
        ask_for(lambda: "")


def test_heights_and_weights_are_asked_in_the_places_units(monkeypatch: pytest.MonkeyPatch) -> None:
    script = """
import streamlit as st
from plumbline.app import _local
st.session_state["got"] = (_local.height_input(st, 1.75), _local.mass_input(st, 70.0))
st.session_state["said"] = (_local.height_said(1.75), _local.mass_said(70.0))
"""
    for feet, said in ((False, ("175 cm", "70 kg")), (True, ("5 ft 9 in", "154 lb"))):
        monkeypatch.setattr(_local, "in_feet", lambda feet=feet: feet)
        app = AppTest.from_string(script, default_timeout=60).run()
        assert not app.exception
        assert app.session_state["said"] == said
        assert app.session_state["got"] == (1.75, 70.0)  # what nobody changes stays as exact as it was
    app.selectbox[0].set_value(70)
    app.number_input[0].set_value(160.0).run()
    # 70 inches of 25.4 mm, 160 pounds of 453.59237 g.
    assert app.session_state["got"] == (pytest.approx(1.778), pytest.approx(72.5748, abs=1e-4))


@pytest.mark.parametrize("feet", [False, True])
@pytest.mark.parametrize(("tall_m", "heavy_kg"), [(0.8, 15.0), (2.5, 300.0)])
def test_the_least_and_the_most_that_the_log_takes_are_shown_and_given_back(
    monkeypatch: pytest.MonkeyPatch, feet: bool, tall_m: float, heavy_kg: float
) -> None:
    monkeypatch.setattr(_local, "in_feet", lambda: feet)
    script = f"""
import streamlit as st
from plumbline.app import _local
st.session_state["got"] = (_local.height_input(st, {tall_m}), _local.mass_input(st, {heavy_kg}))
st.session_state["new"] = (_local.height_input(st, 1.7, key="a"), _local.mass_input(st, 70.0, key="b"))
"""
    app = AppTest.from_string(script, default_timeout=60).run()
    assert not app.exception
    assert app.session_state["got"] == (tall_m, heavy_kg)
    for field in app.number_input:
        field.set_value(field.max if tall_m > 1 else field.min)
    for field in app.selectbox:
        field.set_value(98 if tall_m > 1 else 31)
    app.run()
    new_m, new_kg = app.session_state["new"]
    assert 0.8 <= new_m <= 2.5
    assert 15 <= new_kg <= 300
    assert (new_m, new_kg) == (pytest.approx(tall_m, abs=0.013), pytest.approx(heavy_kg, abs=0.023))


def test_a_plan_is_made_and_refused(log: TrainingLog) -> None:
    app = opened("_plan")
    assert not app.exception
    assert any("week" in m.value.lower() for m in app.markdown)
    assert any("contacts" in m.value for m in app.markdown)
    app.get("button_group")[0].set_value([]).run()
    assert not app.exception
    assert "at least one weekday" in app.error[0].value


def test_what_still_changes_a_plan_is_said_once() -> None:
    missed, more = Message("missed_days", {"days": "2026-03-02"}), Message("no_longer_eased")
    request = PlanRequest(date(2026, 3, 2))
    days = [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)]
    changes = tuple(zip(days, ((missed,), (missed, more), (more,)), strict=True))
    first, second = _plan._changes_said(KeptPlan(request, progressive(request), changes))
    assert first.endswith(missed.said)
    assert missed.said not in second
    assert second.endswith(more.said)


def test_a_new_plan_is_shown_as_it_will_be_saved(log: TrainingLog) -> None:
    log.save_athlete(athlete := AthleteEntry(name="Runner A"))
    today = date.today()
    pain = (Discomfort(where="Achilles", score=6),)
    log.save_session(athlete, SessionEntry(day=today, discomfort=pain, sets=(set_by_hand("pogo", 20),)))
    app = opened("_plan")
    assert not app.exception
    assert app.warning
    weeks = [e.label for e in app.expander if e.label.startswith("Week")]
    next(b for b in app.button if b.label.startswith("Save for")).click().run()
    saved = follow(log, athlete, log.plan(athlete), today).plan.weekly_contacts()
    assert weeks == [f"Week {k}" + (f" · {n} contacts" if n else "") for k, n in enumerate(saved, 1)]
    assert saved != progressive(PlanRequest(today)).weekly_contacts()


def test_a_session_is_logged_as_it_was_planned(log: TrainingLog) -> None:
    athlete = AthleteEntry(name="Runner A")
    log.save_athlete(athlete)
    today = date.today()
    request = PlanRequest(today - timedelta(days=7), days=frozenset({today.weekday(), (today.weekday() + 3) % 7}))
    made = progressive(request)
    log.save_plan(athlete, to_entry(KeptPlan(request, made), request.start))
    app = opened("_plan")
    assert not app.exception
    # What was missed is hatched in the chart of the weeks.
    done, missed = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    of_days = made.weekly_contacts(frozenset(s.day for s in made.sessions if s.day < today))
    assert (missed["name"], missed["y"]) == ("missed", of_days)
    assert done["y"] != of_days
    now, late = (b for b in app.button if "done as planned" in b.label.lower())
    assert now.label == "Done as planned"
    now.click().run()
    assert not app.exception
    wanted = next(s for s in follow(log, athlete, log.plan(athlete), today).plan.sessions if s.day == today)
    (session,) = log.sessions(athlete)
    assert (session.day, sum(s.contacts for s in session.sets)) == (today, wanted.contacts)
    (late,) = (b for b in opened("_plan").button if "done as planned" in b.label.lower())
    late.click().run()
    assert [s.day for s in log.sessions(athlete)] == [today - timedelta(days=4), today]
    assert not [b for b in opened("_plan").button if "done as planned" in b.label.lower()]


def test_a_session_by_hand_is_logged_changed_deleted_and_brought_back(log: TrainingLog) -> None:
    app = opened("_log")
    assert any("Nobody is in the log" in i.value for i in app.info)
    app.text_input[0].set_value("Runner A")
    app.button[0].click().run()
    assert not app.exception
    (athlete,) = log.athletes()
    app = opened("_log")
    next(n for n in app.number_input if n.label == "Reps").set_value(12)
    next(b for b in app.button if b.label == "Log it").click().run()
    (session,) = log.sessions(athlete)
    assert session.sets[0].reps == 12
    app = opened("_log")
    next(n for n in app.number_input if "Effort" in n.label).set_value(7.0)
    next(b for b in app.button if b.label == "Save session").click().run()
    assert log.sessions(athlete)[0].effort == 7.0
    app = opened("_log")
    next(b for b in app.button if b.label == "Delete this session").click().run()
    assert log.sessions(athlete) == []
    app = AppTest.from_string("from plumbline.app import _log\n_log.page()\n", default_timeout=60)
    app.session_state["deleted"] = ("somebody else", session.id, "today")
    assert all(b.label != "Undo" for b in app.run().button), "another athlete's session"
    app.session_state["deleted"] = (athlete.id, session.id, "today")
    next(b for b in app.run().button if b.label == "Undo").click().run()
    assert len(log.sessions(athlete)) == 1


def test_what_is_written_into_a_session_outlasts_a_look_at_another_page(log: TrainingLog) -> None:
    athlete = AthleteEntry(name="Runner A")
    log.save_athlete(athlete)
    log.add_set(athlete, date(2026, 3, 2), set_by_hand("pogo", 12, "both"), kind_of("pogo"))
    script = """
import streamlit as st
from plumbline.app import _log
if not st.session_state.get("elsewhere"):
    _log.page()
"""

    def button(label: str) -> Any:
        return next(b for b in app.button if b.label == label)

    app = AppTest.from_string(script, default_timeout=60).run()
    assert not [c for c in app.caption if "Not saved" in c.value]
    assert button("Undo changes").disabled
    app.text_area[0].set_value("tired legs").run()
    assert [c for c in app.caption if "Not saved" in c.value]
    app.session_state["elsewhere"] = True
    assert not app.run().text_area
    app.session_state["elsewhere"] = False
    app.run()
    assert app.text_area[0].value == "tired legs"
    assert "not saved" in app.expander[0].label
    assert log.sessions(athlete)[0].notes == ""
    button("Undo changes").click().run()
    assert app.text_area[0].value == ""
    app.text_area[0].set_value("fresh legs").run()
    button("Save session").click().run()
    assert not app.exception
    assert log.sessions(athlete)[0].notes == "fresh legs"
    assert app.text_area[0].value == "fresh legs"
    assert button("Undo changes").disabled


def test_a_new_athlete_is_the_one_chosen(log: TrainingLog) -> None:
    log.save_athlete(AthleteEntry(name="Runner A"))
    script = """
from plumbline.app import _training
log = _training.training_log()
_training.choose_athlete(log, "log_x")
_training.add_athlete(log)
"""
    app = AppTest.from_string(script, default_timeout=60).run()
    app.selectbox(key="log_x").select("Runner A").run()
    app.text_input[0].set_value("Runner B")
    app.button[0].click().run()
    assert app.selectbox(key="log_x").value == "Runner B"
    assert app.session_state["athlete"] == "Runner B"


def test_what_is_known_of_an_athlete_can_be_changed(log: TrainingLog) -> None:
    log.save_athlete(AthleteEntry(name="Runner A"))
    log.save_athlete(AthleteEntry(name="Runner B"))
    app = of_athlete(log, "Runner A")
    for label, value in (("Height, cm", 171), ("Body weight, kg", 62.5)):
        next(n for n in app.number_input if n.label == label).set_value(value)
    next(b for b in app.button if b.label == "Save").click().run()
    assert not app.exception
    first = next(a for a in log.athletes() if a.name == "Runner A")
    assert (first.height_m, first.mass_kg) == (pytest.approx(1.71), pytest.approx(62.5))
    app = of_athlete(log, "Runner A")
    next(t for t in app.text_input if t.label == "Name" and t.value == "Runner A").set_value("runner b")
    next(b for b in app.button if b.label == "Save").click().run()
    assert any("already is an athlete" in e.value for e in app.error)


def test_an_athlete_is_forgotten_only_by_name(log: TrainingLog) -> None:
    log.save_athlete(AthleteEntry(name="Runner A"))
    log.save_athlete(AthleteEntry(name="Runner B"))
    for typed, left in (("Runner", ["Runner A", "Runner B"]), ("Runner A", ["Runner B"])):
        app = of_athlete(log, "Runner A")
        next(t for t in app.text_input if "to be sure" in t.label).set_value(typed)
        next(b for b in app.button if b.label == "Delete permanently").click().run()
        assert not app.exception
        assert [a.name for a in log.athletes()] == left


def test_the_tables_of_a_session_change_take_out_and_add() -> None:
    filmed = measured("left", 0.2)
    session = SessionEntry(day=date(2026, 3, 2), sets=(filmed, set_by_hand("pogo", 10)))
    new = {"drill": "skips", "side": "both", "reps": 12, "contacts": 24}
    sets = _log_session._typed({"id": [filmed.id, None], **{k: [getattr(filmed, k), v] for k, v in new.items()}})
    sets.loc[0, "reps"] = 9
    hurt = _log_session._typed({"where": ["calf", "heel", None], "score": [2, 4, None]})
    edited = _log_session._edited(session, sets, hurt, 6.0, "")
    assert [(s.drill, s.reps, s.side) for s in edited.sets] == [("single_leg_hop", 9, "left"), ("skips", 12, "both")]
    assert edited.sets[0].metrics == filmed.metrics
    assert edited.discomfort == (Discomfort(where="calf", score=2), Discomfort(where="heel", score=4))
    # Contacts of a set by hand follow its reps, unless they were written too: 2 contacts a rep of skips, 1 of pogos.
    by_hand = set_by_hand("skips", 10)
    one = SessionEntry(day=date(2026, 3, 2), sets=(by_hand,))
    for drill, reps, written, contacts in (("skips", 30, 20, 60), ("pogo", 10, 20, 10), ("skips", 30, 25, 25)):
        row = {"id": [by_hand.id], "drill": [drill], "side": ["both"], "reps": [reps], "contacts": [written]}
        (changed,) = _log_session._edited(
            one, _log_session._typed(row), _log_session._typed({"where": [], "score": []}), None, ""
        ).sets
        assert changed.contacts == contacts
    with pytest.raises(SettingsError, match="score"):
        _log_session._edited(session, sets, _log_session._typed({"where": ["calf"], "score": [None]}), None, "")


def test_progress_says_what_is_beyond_error(log: TrainingLog) -> None:
    athlete = AthleteEntry(name="Runner A")
    log.save_athlete(athlete)
    assert any("Nothing is logged" in i.value for i in opened("_progress").info)
    for k, contact in enumerate((0.24, 0.16)):
        day = date(2026, 3, 2) + timedelta(days=7 * k)
        log.add_set(athlete, day, measured("left", contact + 0.06))
        log.add_set(athlete, day, measured("right", contact))
    app = opened("_progress")
    assert not app.exception
    words = " ".join(m.value for m in app.markdown)
    assert "A real change" in words
    # Of 300 and 240 and of 220 and 160 ms the day that is known better counts more: 52 to 48.
    assert "left 262, right 202 ms" in words
    assert "the left does worse" in words
    next(t for t in app.toggle if "First against latest" in t.label).set_value(True).run()
    assert not app.exception
    assert any("the clip was not kept" in c.value for c in app.caption)
    assert any(m.value == "## What has changed" for m in app.markdown)


SETS = """
import streamlit as st
from plumbline.app import _exports
from plumbline.app._session import clip_of, store
from plumbline.live import live_clip
from plumbline.pose import Footage
from plumbline.request import Request
from tests.athletes import JITTER, landmarks, movement

if "live_session" not in st.session_state:
    poses = [landmarks(movement("pogo", 1), JITTER, fps=30, seed=seed)[0] for seed in range(3)]
    jobs = [store().adopt("set", (live_clip(p), Footage.of_one(p)), Request(drill="pogo")) for p in poses]
    st.session_state["live_session"] = [job.token for job in jobs]
_exports._to_log(clip_of(st.session_state["live_session"][-1]))
"""


def test_all_sets_before_the_camera_are_logged_at_once(log: TrainingLog) -> None:
    log.save_athlete(who := AthleteEntry(name="Runner A"))
    app = AppTest.from_string(SETS, default_timeout=60).run()
    assert not app.exception
    add_to_log(app, "Runner A", "Add to the log")
    assert [len(s.sets) for s in log.sessions(who)] == [1]
    again = AppTest.from_string(SETS, default_timeout=60).run()
    add_to_log(again, "Runner A", "Add all 3 sets of this session")
    assert not again.exception
    (session,) = log.sessions(who)
    assert [(x.drill, x.reps > 2) for x in session.sets[-3:]] == [("pogo", True)] * 3
    assert "Logged." in again.run().success[0].value


LIVE_SET = """
import streamlit as st
from plumbline.app import _measured
from plumbline.app._session import clip_of, store
from plumbline.edits import Edits
from plumbline.live import live_clip
from plumbline.pose import Footage
from plumbline.request import Request
from tests.athletes import JITTER, landmarks, movement

if "live_session" not in st.session_state:
    pose = landmarks(movement("pogo", 1), JITTER, fps=30, seed=1)[0]
    rows = [{"rep": n + 1, "delete": True} for n in range(st.session_state.get("dropped", 0))]
    edits = Edits.model_validate({"schema": "plumbline/edits/1", "reps": rows}) if rows else None
    job = store().adopt("set 1", (live_clip(pose), Footage.of_one(pose)), Request(drill="pogo", edits=edits))
    job.counted_live = 40
    st.session_state["live_session"] = [job.token]
_measured.page(clip_of(st.session_state["live_session"][0]))
"""


def test_a_live_count_that_differs_is_said_and_noted_and_deleted_reps_come_back(log: TrainingLog) -> None:
    log.save_athlete(who := AthleteEntry(name="Runner A"))
    app = AppTest.from_string(LIVE_SET, default_timeout=120).run()
    assert not app.exception
    assert not [b for b in app.button if b.label == "Add to the log"]  # nobody is taken for whom it shows
    next(b for b in app.selectbox if b.label == "Athlete").select("Runner A").run()
    (said,) = [c.value for c in app.caption if "live counted 40 reps" in c.value]
    next(b for b in app.button if b.label == "Add to the log").click().run()
    (session,) = log.sessions(who)
    assert session.sets[0].notes == said.replace("\\", "")
    assert session.sets[0].reps < 40
    app = AppTest.from_string(LIVE_SET, default_timeout=120)
    app.session_state["dropped"] = session.sets[0].reps
    app.run()
    assert not app.exception
    assert any("Every rep is deleted" in m.value for m in app.markdown)
    assert any("no rep to log" in c.value for c in app.caption)
    next(b for b in app.button if b.label == "Bring the reps back").click().run()
    app.run()
    assert not app.exception
    labels = [b.label for b in app.button]
    assert any(label.startswith("Delete rep") for label in labels)
    assert "Bring the reps back" not in labels


def test_a_clip_is_logged_with_one_click(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/athletes")
    page.get_by_label("Name").fill("Runner <b>B</b>")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Runner <b>B</b>").wait_for()
    page.goto(server.url)
    page.get_by_text("Try the sample clip").click()
    wait_for_results(page)
    page.get_by_role("tab", name="Export and save").click()
    choose(page, "Athlete", "Runner <b>B</b>", exact=True)
    page.get_by_role("button", name="Add to the log").click()
    page.get_by_text("Logged.").wait_for()
    page.goto(f"{server.url}/athletes")
    page.get_by_role("button", name="Runner <b>B</b>").click()
    expect(page.get_by_role("heading", level=1, name="Runner <b>B</b>")).to_be_visible()
    page.get_by_role("button", name="Open progress").click()
    expect(page.get_by_text("Film again by")).to_be_visible()
    expect(page.get_by_text("One set so far")).to_be_visible()
    assert page.locator("b", has_text="B").count() == 0
