"""What is logged stays: edits, deletes, files, crashes and several writers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from plumbline.errors import OutputError, PlumblineError, SettingsError
from plumbline.files import write_text
from plumbline.forget import forget
from plumbline.language import speaking
from plumbline.log import (
    REPEAT,
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    PlanEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    export_csv,
    export_json,
    import_json,
    log_film,
    metric_entry,
    refuse_known,
    url_of_coach,
)
from plumbline.log._database import _url, engine_of
from plumbline.log._migrate import _config
from plumbline.log._tables import Base
from plumbline.messages import Message
from plumbline.plan import KeptPlan, PlanRequest, block, from_entry, progressive, to_entry

DAY = date(2026, 3, 2)


def a_set(**change: object) -> SetEntry:
    values: dict[str, object] = {
        "drill": "pogo",
        "reps": 10,
        "contacts": 10,
        "metrics": {"contact_time_s": MetricEntry(mean=0.184, sd=0.004, n=10, unit="s")},
        "faults": {"head_forward": FaultCount(label="Head forward", count=3)},
    }
    return SetEntry(**(values | change))  # type: ignore[arg-type]


def plain(entry: SessionEntry | AthleteEntry | PlanEntry) -> dict[str, object]:
    return entry.model_dump(exclude={"changed"})


def test_a_session_comes_back_as_it_was(log: TrainingLog, athlete: AthleteEntry) -> None:
    session = SessionEntry(
        day=DAY,
        kind="jumps",
        effort=6.5,
        minutes=40,
        notes="wind; «quick» feet\nsecond line",
        discomfort=(Discomfort(where="left calf", score=2),),
        sets=(a_set(), a_set(drill="single_leg_hop", side="left", metrics={}, faults={})),
    )
    log.save_session(athlete, session)
    (back,) = log.sessions(athlete)
    assert plain(back) == plain(session)
    assert (back.contacts, [d.score for d in back.discomfort]) == (20, [2])
    assert plain(log.athlete("runner a")) == plain(athlete)


def test_sets_of_a_day_join_one_session(log: TrainingLog, athlete: AthleteEntry) -> None:
    first = log.add_set(athlete, DAY, a_set())
    assert log.add_set(athlete, DAY, a_set(drill="skips")) == first
    assert log.add_set(athlete, date(2026, 3, 4), a_set()) != first
    assert [[s.drill for s in x.sets] for x in log.sessions(athlete)] == [["pogo", "skips"], ["pogo"]]
    assert [x.day for x in log.sessions(athlete, since=date(2026, 3, 3))] == [date(2026, 3, 4)]


def test_editing_keeps_what_was_not_touched(log: TrainingLog, athlete: AthleteEntry) -> None:
    log.add_set(athlete, DAY, a_set())
    log.add_set(athlete, DAY, a_set(drill="skips"))
    (session,) = log.sessions(athlete)
    fewer = session.sets[0].model_copy(update={"reps": 8, "contacts": 8})
    log.save_session(athlete, session.model_copy(update={"effort": 4.0, "sets": (fewer,)}))
    (back,) = log.sessions(athlete)
    assert (back.effort, len(back.sets), back.sets[0].reps) == (4.0, 1, 8)
    assert back.sets[0].metrics == session.sets[0].metrics


def test_an_edit_of_an_old_state_is_refused(log: TrainingLog, athlete: AthleteEntry) -> None:
    log.add_set(athlete, DAY, a_set())
    (mine,) = log.sessions(athlete)
    log.add_set(athlete, DAY, a_set(drill="skips"))  # somebody else's
    with pytest.raises(PlumblineError, match="somebody else changed"):
        log.save_session(athlete, mine.model_copy(update={"notes": "mine"}))
    assert [s.drill for s in log.sessions(athlete)[0].sets] == ["pogo", "skips"]


def test_a_page_that_is_behind_neither_revives_nor_takes_out(log: TrainingLog, athlete: AthleteEntry) -> None:
    log.add_set(athlete, DAY, a_set())
    (mine,) = log.sessions(athlete)
    log.add_set(athlete, DAY, a_set(drill="skips"))  # somebody else's
    with pytest.raises(PlumblineError, match="somebody else changed"):
        log.delete_session(mine.id, mine.changed)
    assert len(log.sessions(athlete)[0].sets) == 2
    log.delete_session(mine.id)
    with pytest.raises(PlumblineError, match="deleted meanwhile"):
        log.save_session(athlete, mine)
    assert log.sessions(athlete) == []
    assert log.whose(mine.id) == athlete.name
    assert log.whose("0" * 32) == ""


def test_an_older_copy_does_not_undo_newer_work(log: TrainingLog, athlete: AthleteEntry, tmp_path: Path) -> None:
    log.add_set(athlete, DAY, a_set())
    copy = tmp_path / "log.json"
    write_text(copy, export_json(log))
    log.add_set(athlete, DAY, a_set(drill="skips"))
    log.save_athlete(athlete.model_copy(update={"level": "advanced"}))
    import_json(log, copy)
    assert [s.drill for s in log.sessions(athlete)[0].sets] == ["pogo", "skips"]
    assert log.athlete(athlete.name).level == "advanced"
    # What was deleted since comes back as it was.
    write_text(copy, export_json(log))
    log.delete_session(log.sessions(athlete)[0].id)
    import_json(log, copy)
    assert len(log.sessions(athlete)[0].sets) == 2


def test_a_film_is_logged_once_a_day(log: TrainingLog, athlete: AthleteEntry) -> None:
    film = a_set().model_copy(update={"source": "film", "film_sha256": "a" * 64})
    assert log_film(log, athlete, DAY, film, replace=False) is None
    edited = film.model_copy(update={"id": uuid4().hex, "reps": film.reps - 1})
    with pytest.raises(SettingsError, match="--replace"):
        log_film(log, athlete, DAY, edited, replace=False)
    assert log_film(log, athlete, DAY, edited, replace=True) is None
    (session,) = log.sessions(athlete)
    assert [s.reps for s in session.sets] == [film.reps - 1]
    # Measured as another drill it is the same film; its other leg is a set of its own; another day is said.
    other = film.model_copy(update={"id": uuid4().hex, "drill": "skips", "side": "left"})
    with pytest.raises(SettingsError, match="--replace"):
        log_film(log, athlete, DAY, other, replace=False)
    assert log_film(log, athlete, DAY, other, replace=True) is None
    right = other.model_copy(update={"id": uuid4().hex, "side": "right"})
    assert log_film(log, athlete, DAY, right, replace=False) is None
    (session,) = log.sessions(athlete)
    assert [(s.drill, s.side) for s in session.sets] == [("skips", "left"), ("skips", "right")]
    both = film.model_copy(update={"id": uuid4().hex})
    assert log_film(log, athlete, DAY, both, replace=True) is None
    assert [s.id for x in log.sessions(athlete) for s in x.sets] == [both.id]
    later = film.model_copy(update={"id": uuid4().hex})
    assert log_film(log, athlete, date(2026, 3, 9), later, replace=False) == DAY
    with pytest.raises(SettingsError, match="as this test already"):
        refuse_known(log.sessions(athlete), [later])


def test_names_are_one_line() -> None:
    assert AthleteEntry(name=" A\n B\t C ").name == "A B C"


def test_delete_is_undone_newest_first(log: TrainingLog, athlete: AthleteEntry) -> None:
    ids = [log.add_set(athlete, date(2026, 3, d), a_set()) for d in (2, 4)]
    for i in ids:
        log.delete_session(i)
    assert log.sessions(athlete) == []
    restored = [log.undo_delete(), log.undo_delete()]
    assert [r.id for r in restored if r] == ids[::-1]
    assert log.undo_delete() is None
    assert len(log.sessions(athlete)) == 2
    with pytest.raises(SettingsError, match="no session"):
        log.delete_session("0" * 32)


def test_a_name_is_taken_once(log: TrainingLog, athlete: AthleteEntry) -> None:
    with pytest.raises(SettingsError, match="already"):
        log.save_athlete(AthleteEntry(name=athlete.name))
    with pytest.raises(SettingsError, match="no athlete 'Nobody'"):
        log.athlete("Nobody")


def test_forgetting_leaves_nothing(log: TrainingLog, athlete: AthleteEntry) -> None:
    log.add_set(athlete, DAY, a_set(report="out/report.json"))
    log.delete_session(log.sessions(athlete)[0].id)
    assert [s.report for s in log.all_sets(athlete)] == ["out/report.json"]
    log.forget_athlete(athlete)
    assert log.all_sets(athlete) == []
    assert (log.athletes(), log.sessions(athlete)) == ([], [])


def test_a_log_of_the_first_schema_is_brought_forward(url: str) -> None:
    """Rows as the first release wrote them: nothing is lost, what is new is empty and can be used."""
    engine = engine_of(_url(url))
    ids = {"a": "a" * 32, "s": "b" * 32, "x": "c" * 32, "d": datetime(2026, 3, 2, 9), "day": DAY}
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        for row in (
            "INSERT INTO athlete (id, name, level, notes) VALUES (:a, 'Old', 'advanced', 'n')",
            "INSERT INTO session (id, athlete_id, day, kind, notes, discomfort, changed)"
            " VALUES (:s, :a, :day, 'jumps', '', '[]', :d)",
            "INSERT INTO drill_set (id, session_id, place, drill, side, reps, contacts, source, film, film_sha256,"
            " report, notes) VALUES (:x, :s, 0, 'pogo', 'both', 10, 10, 'film', 'f.mp4', '', '', '')",
            "INSERT INTO metric (set_id, name, mean, sd, n, unit) VALUES (:x, 'contact_time_s', 0.2, 0.004, 10, 's')",
        ):
            connection.execute(sql(row), ids)
    engine.dispose()
    with TrainingLog(url) as log:
        athlete = log.athlete("old")
        (session,) = log.sessions(athlete)
        assert session.sets[0].metrics["contact_time_s"] == MetricEntry(mean=0.2, sd=0.004, n=10, unit="s")
        assert (athlete.level, athlete.headline, log.plan(athlete)) == ("advanced", {}, None)
        log.save_athlete(athlete.model_copy(update={"headline": {"pogo": "rsi_ratio"}}))
        parts = MetricEntry(mean=0.19, sd=0.004, n=10, unit="s", common_sd=0.003, rep_sd=0.008)
        log.add_set(athlete, DAY, SetEntry(drill="pogo", reps=10, metrics={"contact_time_s": parts}))
        assert log.athlete("old").headline == {"pogo": "rsi_ratio"}
        assert log.sessions(athlete)[0].sets[1].metrics["contact_time_s"] == parts


def test_a_log_of_the_second_schema_is_brought_forward(url: str) -> None:
    """Sets from before there were guided tests are training, and can be part of one from now on."""
    engine = engine_of(_url(url))
    ids = {"a": "a" * 32, "s": "b" * 32, "x": "c" * 32, "d": datetime(2026, 3, 2, 9), "day": DAY}
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0002")
        for row in (
            "INSERT INTO athlete (id, name, level, notes, headline) VALUES (:a, 'Old', 'advanced', 'n', '{}')",
            "INSERT INTO session (id, athlete_id, day, kind, notes, discomfort, changed)"
            " VALUES (:s, :a, :day, 'jumps', '', '[]', :d)",
            "INSERT INTO drill_set (id, session_id, place, drill, side, reps, contacts, source, film, film_sha256,"
            " report, notes) VALUES (:x, :s, 0, 'pogo', 'both', 10, 10, 'film', 'f.mp4', '', '', '')",
            "INSERT INTO metric (set_id, name, mean, sd, n, unit, common_sd, rep_sd)"
            " VALUES (:x, 'contact_time_s', 0.2, 0.004, 10, 's', 0.003, 0.006)",
        ):
            connection.execute(sql(row), ids)
    engine.dispose()
    with TrainingLog(url) as log:
        athlete = log.athlete("old")
        (kept,) = log.sessions(athlete)[0].sets
        assert kept.protocol == ""
        # What was written counts: common 3 ms of 4 ms in all leave the root of 7 ms².
        assert kept.metrics["contact_time_s"].reps_sd == pytest.approx(np.sqrt(7) / 1000)
        log.add_set(athlete, DAY, SetEntry(drill="pogo", reps=10, protocol=REPEAT))
        assert [s.protocol for s in log.sessions(athlete)[0].sets] == ["", REPEAT]


def test_a_plan_that_an_older_version_kept_is_read() -> None:
    def session(reason: str) -> dict[str, object]:
        drill = {"drill": "pogo", "dose": "2 x 8", "contacts": 16}
        said = {"title": "Plyometrics, early phase", "phase": "early", "drills": [drill], "reason": reason}
        return {"day": "2026-03-02", "week": 1, "kind": "jumps", **said}

    plan = {"title": "Progressive plan", "sessions": [session(""), session("effort 9 of 10")], "notes": ["Warm up."]}
    body = {"request": {"start": "2026-03-02"}, "plan": plan, "changes": [["2026-03-03", ["Missed: Mon 02 Mar."]]]}
    kept = from_entry(PlanEntry.model_validate({"made": DAY, "kind": "Progressive plan", "body": body}))
    assert kept.plan.title.said == "Progressive plan"
    assert [s.reason and s.reason.said for s in kept.plan.sessions] == [None, "effort 9 of 10"]
    assert [n.said for n in kept.plan.notes] == ["Warm up."]
    assert kept.changes[0][1][0].said == "Missed: Mon 02 Mar."
    with speaking("nb"):
        assert kept.plan.title.said == "Stigende plan"
        assert kept.plan.sessions[0].title.said == "Plyometrics, early phase"  # no text of a catalogue any more


def test_a_plan_belongs_to_an_athlete(log: TrainingLog, athlete: AthleteEntry) -> None:
    request = PlanRequest(DAY, days=frozenset({0, 3}), weeks=6)
    kept = KeptPlan(request, progressive(request), ((DAY, (Message("missed_days", {"days": "2026-03-02"}),)),))
    entry = to_entry(kept, DAY)
    log.save_plan(athlete, entry)
    found = log.plan(athlete)
    assert plain(found) == plain(entry)
    assert from_entry(found) == kept
    changed = KeptPlan(request, block(PlanRequest(DAY, days=frozenset({0, 2, 4}))))
    log.save_plan(athlete, to_entry(changed, DAY, entry.id))
    assert from_entry(log.plan(athlete)).plan.title.message == "The coach's block, scaled"
    with pytest.raises(SettingsError, match="cannot be read"):
        from_entry(entry.model_copy(update={"body": {"plan": 1}}))
    log.delete_plan(entry.id)
    assert log.plan(athlete) is None
    log.save_plan(athlete, entry)
    log.forget_athlete(athlete)


def test_reps_and_what_is_common_to_them_stand_apart() -> None:
    values, sds = np.array([0.20, 0.21, 0.19, 0.20]), np.full(4, 0.013)
    apart = metric_entry(values, sds, [0.005] * 4, "s")
    # The reading's own part, 12 ms, is larger than how reps differ, 8 ms: it counts, and four of them halve it.
    assert apart.rep_sd == pytest.approx(0.012)
    assert apart.sd == pytest.approx(np.hypot(0.005, 0.012 / 2))
    assert (apart.common_sd, apart.mean) == (0.005, pytest.approx(0.20))
    whole = metric_entry(values, sds, [None] * 4, "s")
    assert (whole.sd, whole.common_sd) == (0.013, None)


def test_the_tables_are_what_the_migrations_make(url: str) -> None:
    TrainingLog(url).close()
    engine = create_engine(_url(url))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
finite = st.floats(-1e6, 1e6)
metrics = st.dictionaries(
    st.sampled_from(["contact_time_s", "trunk_lean_deg", "hold_time_s"]),
    st.builds(MetricEntry, mean=finite, sd=st.floats(0, 1e3), n=st.integers(1, 99), unit=st.sampled_from(["s", "°"])),
)
sets = st.builds(
    SetEntry,
    drill=st.sampled_from(["pogo", "skips", "a drill of old"]),
    side=st.sampled_from(["both", "left"]),
    reps=st.integers(0, 99),
    contacts=st.integers(0, 200),
    notes=text,
    metrics=metrics,
)
sessions = st.builds(
    SessionEntry,
    day=st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    effort=st.none() | st.floats(0, 10),
    notes=text,
    discomfort=st.lists(st.builds(Discomfort, where=st.just("knee"), score=st.integers(0, 10)), max_size=2).map(tuple),
    sets=st.lists(sets, max_size=3).map(tuple),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(sessions, max_size=3))
def test_export_and_import_lose_nothing(tmp_path: Path, entries: list[SessionEntry]) -> None:
    athlete = AthleteEntry(name='Åse Ø.; "=1+1"', level="advanced", mass_kg=61.5)
    file, one, two = tmp_path / "all.json", tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    for old in (one, two):
        for part in tmp_path.glob(f"{old.name}*"):
            part.unlink()
    with TrainingLog(str(one)) as log, TrainingLog(str(two)) as other:
        log.save_athlete(athlete)
        for entry in entries:
            log.save_session(athlete, entry)
        file.write_text(export_json(log), encoding="utf-8")
        for _ in range(2):  # a second time doubles nothing
            assert import_json(other, file) == (1, len(entries), ())
        assert export_json(other) == export_json(log)
        assert export_csv(other) == export_csv(log)


def test_an_athlete_known_by_name_keeps_what_is_known_here(log: TrainingLog, athlete: AthleteEntry) -> None:
    twin = AthleteEntry(name="RUNNER A", height_m=1.5)
    log.take_in([(twin, [])])
    assert [(a.name, a.height_m) for a in log.athletes()] == [("Runner A", 1.72)]
    other = AthleteEntry(name="Runner B")
    log.save_athlete(other)
    with pytest.raises(SettingsError, match="two athletes"):
        log.take_in([(AthleteEntry(id=other.id, name="Runner A"), [])])
    assert {a.name for a in log.athletes()} == {"Runner A", "Runner B"}


def test_plans_move_with_the_log(log: TrainingLog, athlete: AthleteEntry, tmp_path: Path) -> None:
    for weeks in (8, 6):
        request = PlanRequest(DAY, weeks=weeks)
        log.save_plan(athlete, to_entry(KeptPlan(request, progressive(request)), DAY))
    write_text(tmp_path / "log.json", export_json(log))
    with TrainingLog(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        import_json(other, tmp_path / "log.json")
        import_json(other, tmp_path / "log.json")  # nothing is doubled
        (moved,) = other.athletes()
        assert [p.body for p in other.plans(moved)] == [p.body for p in log.plans(athlete)]
        assert from_entry(other.plan(moved)).request.weeks == 6


def test_a_file_from_elsewhere_names_no_place_on_this_machine(tmp_path: Path) -> None:
    kept = tmp_path / "coaches" / "another" / "clips" / "1" / "report.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    entry = SetEntry(drill="pogo", reps=8, source="film", report=str(kept), film_sha256="0" * 64)
    file = tmp_path / "all.json"
    with TrainingLog(str(tmp_path / "one.sqlite")) as log, TrainingLog(str(tmp_path / "two.sqlite")) as other:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        log.add_set(athlete, date(2026, 3, 1), entry)
        file.write_text(export_json(log), encoding="utf-8")
        import_json(other, file, with_places=False)
        (taken,) = other.all_sets(athlete)
        assert (taken.report, taken.film_sha256, taken.reps) == ("", "", 8)
        forget(other, athlete)
        assert kept.is_file()
        # One's own log, taken in again, keeps the places that it knows.
        import_json(log, file, with_places=False)
        (known,) = log.all_sets(athlete)
        assert (known.report, known.film_sha256) == (entry.report, entry.film_sha256)
        forget(log, athlete)
    assert not kept.is_file()


def test_each_coach_has_a_log_of_his_own(url: str) -> None:
    own = {name: url_of_coach(url, uuid4().hex[:24]) for name in ("one", "two")}
    assert url_of_coach(url, "") == url
    try:
        for name, place in own.items():
            for _ in range(2):  # a second time finds the first
                with TrainingLog(place) as log:
                    if not log.athletes():
                        log.save_athlete(AthleteEntry(name=f"Athlete of {name}"))
                    assert [a.name for a in log.athletes()] == [f"Athlete of {name}"]
        with TrainingLog(url) as common:
            assert common.athletes() == []
    finally:
        if "://" in url:
            import psycopg

            with psycopg.connect(url, autocommit=True) as connection:
                for place in own.values():
                    connection.execute(f"DROP SCHEMA {place.rpartition('%3D')[2]} CASCADE")


BAD_FILES = {
    "not JSON": "{",
    "another schema": '{"schema": "plumbline/report/1", "athletes": []}',
    "an effort of 11": json.dumps(
        {
            "schema": "plumbline/log/1",
            "athletes": [{"athlete": {"name": "A"}, "sessions": [{"day": "2026-01-01", "effort": 11}]}],
        }
    ),
    "a key too many": '{"schema": "plumbline/log/1", "athletes": [], "x": 1}',
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_changes_nothing(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(BAD_FILES[kind])
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        with pytest.raises(SettingsError, match="not a log that Plumbline exported"):
            import_json(log, file)
        assert log.athletes() == []


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        evil = AthleteEntry(name="=HYPERLINK(1)")
        log.save_athlete(evil)
        log.add_set(evil, DAY, a_set())
        assert "'=HYPERLINK" in export_csv(log)


def test_backup_while_open(tmp_path: Path) -> None:
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        someone = AthleteEntry(name="A")
        log.save_athlete(someone)
        log.add_set(someone, DAY, a_set())
        copy = log.backup(tmp_path / "safe" / "copy.sqlite")
        with pytest.raises(OutputError, match="the log itself"):
            log.backup(tmp_path / "log.sqlite")
        with TrainingLog(str(copy)) as other:
            assert export_json(other) == export_json(log)


def test_what_is_no_log_is_said(tmp_path: Path) -> None:
    junk = tmp_path / "junk.sqlite"
    junk.write_bytes(b"not a database" * 100)
    with pytest.raises(SettingsError, match=r"cannot be opened: this file is not a log\. Put a backup in its place"):
        TrainingLog(str(junk))
    with pytest.raises(SettingsError, match="not a database that Plumbline knows"):
        TrainingLog("foo://bar")
    with pytest.raises(SettingsError, match="has no name"):
        TrainingLog("")


def test_another_program_s_database_stays_as_it_is(tmp_path: Path) -> None:
    theirs = tmp_path / "photos.sqlite"
    with closing(sqlite3.connect(theirs)) as other:
        other.execute("create table photo (name text)")
        other.commit()
    before = theirs.read_bytes()
    with pytest.raises(SettingsError, match="is another program's database"):
        TrainingLog(str(theirs))
    assert theirs.read_bytes() == before


@pytest.mark.parametrize("change", ["discomfort = 'x'", "day = 'yesterday'", "changed = 'x'"])
def test_a_value_that_cannot_be_read_is_one_line(change: str, tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    with TrainingLog(str(path)) as log:
        log.save_athlete(who := AthleteEntry(name="Runner A"))
        log.add_set(who, DAY, a_set())
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"update session set {change}")
        raw.commit()
    with TrainingLog(str(path)) as log, pytest.raises(OutputError, match="is damaged"):
        log.sessions(who)
