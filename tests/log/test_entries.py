"""What the log holds, as it is said and as it is checked; where it lies; and as a table of its own."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.engine import make_url

from plumbline.errors import OutputError, PlumblineError, SettingsError
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    FaultCount,
    MetricEntry,
    PlanEntry,
    SessionEntry,
    SetEntry,
    TrainingLog,
    default_url,
    drill_name,
    export_csv,
    export_json,
    import_json,
    set_said,
    url_of_coach,
)
from plumbline.log._database import _url, read_only
from plumbline.log._exchange import COLUMNS

DAY = date(2026, 3, 2)
HASH = "0123456789abcdef" * 4


def test_drills_are_said_with_their_leg() -> None:
    assert (drill_name("pogo"), drill_name("of old")) == ("Pogo hops on the spot", "of old")
    assert set_said("pogo", "both") == "Pogo hops on the spot"
    assert set_said("of old", "left") == "of old, left"
    s = SetEntry(drill="of old", side="right", reps=3)
    assert (s.drill_name, s.said) == ("of old", "of old, right")


def test_faults_are_said_with_their_number() -> None:
    counts = {"a": FaultCount(label="Long contact", count=3), "b": FaultCount(label="Heel first", count=0)}
    assert SetEntry(drill="pogo", reps=9, faults=counts).faults_said == "Long contact (3 of 9)"
    both = counts | {"b": FaultCount(label="Heel first", count=1)}
    assert SetEntry(drill="pogo", reps=9, faults=both).faults_said == "Long contact (3 of 9), Heel first (1 of 9)"


def test_a_session_is_said_in_a_line() -> None:
    sets = (SetEntry(drill="pogo", reps=9, contacts=9), SetEntry(drill="skips", reps=4, contacts=8))
    pains = (Discomfort(where="left calf", score=2), Discomfort(where="knee", score=4))
    whole = SessionEntry(day=DAY, effort=6.5, discomfort=pains, sets=sets)
    assert whole.said == "jumps · 17 contacts · effort 6.5 · left calf 2/10 · knee 4/10"
    assert whole.contacts == 17
    bare = SessionEntry(day=DAY, kind="running", effort=0)
    assert (bare.said, bare.contacts) == ("running · effort 0", 0)
    one = SessionEntry(day=DAY, sets=(SetEntry(drill="pogo", reps=1, contacts=1),))
    assert one.said == "jumps · 1 contact"


@pytest.mark.parametrize(
    ("common", "shared", "reps"), [(0.003, 0.003, 0.004), (None, 0.005, 0.0), (0.009, 0.005, 0.0), (0.0, 0.0, 0.005)]
)
def test_the_parts_of_a_metric_s_doubt(common: float | None, shared: float, reps: float) -> None:
    """Of 5 ms in all."""
    m = MetricEntry(mean=0.2, sd=0.005, n=4, unit="s", common_sd=common)
    assert (m.shared_sd, m.reps_sd) == (pytest.approx(shared), pytest.approx(reps))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (AthleteEntry, {"name": " "}),
        (AthleteEntry, {"name": 121 * "x"}),
        (AthleteEntry, {"name": "A", "height_m": 2.6}),
        (AthleteEntry, {"name": "A", "height_m": 0.7}),
        (AthleteEntry, {"name": "A", "mass_kg": 14}),
        (AthleteEntry, {"name": "A", "level": "hero"}),
        (AthleteEntry, {"name": "A", "id": "x"}),
        (AthleteEntry, {"name": "A", "age": 3}),
        (MetricEntry, {"mean": float("nan"), "sd": 1, "n": 1, "unit": "s"}),
        (MetricEntry, {"mean": 1, "sd": -1, "n": 1, "unit": "s"}),
        (MetricEntry, {"mean": 1, "sd": 1, "n": 0, "unit": "s"}),
        (SetEntry, {"drill": "pogo", "reps": -1}),
        (SetEntry, {"drill": "pogo", "reps": 1, "side": "up"}),
        (SetEntry, {"drill": "pogo", "reps": 1, "film_sha256": "abc"}),
        (Discomfort, {"where": "knee", "score": 11}),
        (SessionEntry, {"day": DAY, "effort": 10.5}),
        (SessionEntry, {"day": DAY, "minutes": 1441}),
        (SessionEntry, {"day": DAY, "kind": "chess"}),
    ],
)
def test_what_makes_no_sense_is_not_kept(kind: Any, given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(**given)


def test_each_entry_has_a_name_of_its_own() -> None:
    made = [AthleteEntry(name="  A  "), AthleteEntry(name="A"), SetEntry(drill="pogo", reps=1), SessionEntry(day=DAY)]
    assert len({e.id for e in made}) == 4
    assert all(len(e.id) == 32 for e in made)
    assert made[0].name == "A"  # type: ignore[union-attr]
    usual = SetEntry(drill="pogo", reps=3)
    assert (usual.side, usual.contacts, usual.source, usual.film, usual.protocol) == ("both", 0, "hand", "", "")


# As a table --------------------------------------------------------------------------------------


def test_a_row_for_each_metric_of_each_set(tmp_path: Path) -> None:
    numbers = {
        "contact_time_s": MetricEntry(mean=0.2, sd=0.004, n=8, unit="s", common_sd=0.003, rep_sd=0.007),
        "rsi_ratio": MetricEntry(mean=2.0, sd=0.1, n=8, unit=""),
    }
    faults = {"a": FaultCount(label="Long contact", count=3), "b": FaultCount(label="Heel first", count=0)}
    hops = SetEntry(
        drill="pogo", reps=8, contacts=8, source="film", film="a.mp4", metrics=numbers, faults=faults, protocol="p"
    )
    pains = (Discomfort(where="calf", score=2), Discomfort(where="knee", score=1))
    with TrainingLog(str(tmp_path / "log.sqlite")) as log:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        hand = SetEntry(drill="skips", side="left", reps=4, contacts=8)
        log.save_session(athlete, SessionEntry(day=DAY, effort=6.5, discomfort=pains, sets=(hops, hand)))
        log.save_session(athlete, SessionEntry(day=date(2026, 3, 3), kind="other", effort=7.0))
        rows = list(csv.reader(io.StringIO(export_csv(log))))
    assert (
        rows[0]
        == list(COLUMNS)
        == [
            *("athlete", "day", "kind", "effort", "discomfort", "drill", "side", "reps", "contacts", "source", "film"),
            *("faults", "protocol", "metric", "mean", "sd", "common_sd", "rep_sd", "n", "unit"),
        ]
    )
    head = ["A", "2026-03-02", "jumps", "6.5", "calf 2; knee 1"]
    filmed = [*head, "pogo", "both", "8", "8", "film", "a.mp4", "Long contact 3; Heel first 0", "p"]
    assert rows[1:] == [
        [*filmed, "contact_time_s", "0.2", "0.004", "0.003", "0.007", "8", "s"],
        [*filmed, "rsi_ratio", "2.0", "0.1", "", "", "8", ""],
        [*head, "skips", "left", "4", "8", "hand", "", "", "", *[""] * 7],
        ["A", "2026-03-03", "other", "7.0", *[""] * 16],  # a session without a set
    ]


def plain(entries: list[Any]) -> list[Any]:
    """Without when they were written."""
    return [entry.model_copy(update={"changed": None}) for entry in entries]


def test_a_file_says_how_much_it_held(tmp_path: Path) -> None:
    with TrainingLog(str(tmp_path / "one.sqlite")) as log, TrainingLog(str(tmp_path / "two.sqlite")) as other:
        a, b = AthleteEntry(name="A"), AthleteEntry(name="B")
        for athlete in (a, b):
            log.save_athlete(athlete)
        for day in (2, 3, 5):
            log.add_set(a, date(2026, 3, day), SetEntry(drill="pogo", reps=8, report="x", film_sha256=HASH))
        plan = PlanEntry(made=DAY, kind="Progressive plan", body={"x": 1})
        log.save_plan(a, plan)
        text = export_json(log)
        assert text.endswith("}\n")
        assert '"schema": "plumbline/log/1"' in text
        path = tmp_path / "all.json"
        path.write_text(text, encoding="utf-8")
        assert import_json(other, path)[:2] == (2, 3)
        assert plain(other.plans(a)) == [plan]
        assert [s.report for s in other.all_sets(a)] == ["x"] * 3
        path.write_text(text.replace('"reps": 8', '"reps": -8'), encoding="utf-8")
        with pytest.raises(SettingsError) as raised:
            import_json(other, path)
        assert str(raised.value).startswith(
            f"{path} is not a log that Plumbline exported: athletes.0.sessions.0.sets.0.reps: "
        )


# Where it lies -----------------------------------------------------------------------------------


def test_where_the_log_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLUMBLINE_LOG", "postgresql://x@y/z")
    assert default_url() == "postgresql://x@y/z"
    monkeypatch.delenv("PLUMBLINE_LOG")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert Path(default_url()).name == "log.sqlite"
    assert Path(default_url()).is_absolute()
    file = tmp_path / "mine" / "log.sqlite"
    with TrainingLog(str(file)) as log:
        assert log.place == str(file)
        assert log.clips == tmp_path / "mine" / "clips"
    monkeypatch.setenv("PLUMBLINE_LOG", str(tmp_path / "own.sqlite"))
    with TrainingLog() as log:
        assert log.place == str(tmp_path / "own.sqlite")


@pytest.mark.parametrize(
    ("given", "driver", "database"),
    [
        ("a/log.sqlite", "sqlite", str(Path("a/log.sqlite"))),
        ("sqlite:///a.sqlite", "sqlite", "a.sqlite"),
        ("postgresql://u:p@h/d", "postgresql+psycopg", "d"),
        ("postgres://u:p@h/d", "postgresql+psycopg", "d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg", "d"),
    ],
)
def test_each_kind_of_database_has_one_driver(given: str, driver: str, database: str) -> None:
    assert (_url(given).drivername, _url(given).database) == (driver, database)
    assert _url("~/log.sqlite").database == str(Path("~/log.sqlite").expanduser())


def test_each_coach_has_a_file_in_a_folder_of_theirs(tmp_path: Path) -> None:
    common = str(tmp_path / "log.sqlite")
    assert url_of_coach(common, "ab12") == str(tmp_path / "coaches" / "ab12" / "log.sqlite")
    assert url_of_coach(common, "") == common
    with pytest.raises(SettingsError, match=r"^:// is neither a file nor a database URL\.$"):
        url_of_coach("://", "ab12")
    with pytest.raises(SettingsError, match=r"^:// is neither a file nor a database URL\.$"):
        TrainingLog("://")


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    pytest.importorskip("psycopg")
    url = "postgresql://u:secret@127.0.0.1:1/d"
    with pytest.raises(SettingsError) as raised:
        TrainingLog(url)
    assert str(raised.value).startswith("the log postgresql+psycopg://u:***@127.0.0.1:1/d cannot be opened: ")
    with pytest.raises(SettingsError) as raised:
        url_of_coach(url, "ab12")
    assert str(raised.value).startswith("the log postgresql+psycopg://u:***@127.0.0.1:1/d cannot be opened: ")
    assert not read_only(make_url(url))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_log_that_may_only_be_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "log.sqlite"
    with TrainingLog(str(file)) as log:
        log.save_athlete(AthleteEntry(name="A"))
    file.chmod(0o400)
    assert read_only(_url(str(file)))
    with TrainingLog(str(file)) as log:
        assert [a.name for a in log.athletes()] == ["A"]
        with pytest.raises(OutputError, match="cannot be used: attempt to write a readonly database"):
            log.save_athlete(AthleteEntry(name="B"))
    file.chmod(0o600)
    assert not read_only(_url(str(file)))
    assert not read_only(_url(str(tmp_path / "none.sqlite")))


def test_a_log_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite"
    TrainingLog(str(file)).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SettingsError) as raised:
        TrainingLog(str(file))
    assert str(raised.value) == (
        f"the log {file} was written by a newer version of Plumbline: update Plumbline to open it."
    )


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match=r"^the log's folder cannot be made: .+\.$"):
        TrainingLog(str(tmp_path / "file" / "log.sqlite"))
    with pytest.raises(SettingsError, match=r"^foo://bar is not a database that Plumbline knows\.$"):
        TrainingLog("foo://bar")


# Kept and changed --------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> TrainingLog:
    return TrainingLog(str(tmp_path / "kept.sqlite"))


def test_sqlite_keeps_its_word(kept: TrainingLog) -> None:
    """Writes survive a power cut, a reader does not wait for a writer, and what is referred to is there."""
    with kept._engine.connect() as connection:
        rows = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert rows == ["wal", 2, 1, 30_000]


def test_athletes_are_listed_by_name_and_changed_by_id(kept: TrainingLog) -> None:
    b, a = AthleteEntry(name="B", height_m=1.8), AthleteEntry(name="A", headline={"pogo": "rsi_ratio"})
    kept.save_athlete(b)
    kept.save_athlete(a)
    assert plain(kept.athletes()) == [a, b]
    renamed = b.model_copy(update={"name": "Bo", "mass_kg": 60.0, "level": "advanced", "notes": "n"})
    kept.save_athlete(renamed)
    assert plain(kept.athletes()) == [a, renamed]
    with pytest.raises(SettingsError) as raised:
        kept.save_athlete(renamed.model_copy(update={"name": "a"}))
    assert str(raised.value) == (
        "there already is an athlete 'a': tell them apart by a second name or a year of birth."
    )
    with pytest.raises(SettingsError) as raised:
        kept.athlete("C")
    assert str(raised.value) == "there is no athlete 'C' in the log: plumbline log athlete 'C' adds one."


def test_sessions_and_sets_keep_their_order(kept: TrainingLog) -> None:
    kept.save_athlete(athlete := AthleteEntry(name="A"))
    sets = [SetEntry(drill=d, reps=k + 1) for k, d in enumerate(("pogo", "skips", "ankle_hops"))]
    assert kept.add_sets(athlete, DAY, sets[:2]) == kept.add_set(athlete, DAY, sets[2])
    (session,) = kept.sessions(athlete)
    assert [s.drill for s in session.sets] == ["pogo", "skips", "ankle_hops"]
    assert session.kind == "jumps"
    other = kept.add_set(athlete, DAY, sets[0].model_copy(update={"id": "f" * 32}), "strength")
    assert other != session.id
    assert {s.kind for s in kept.sessions(athlete)} == {"jumps", "strength"}
    turned = session.model_copy(update={"sets": session.sets[::-1]})
    kept.save_session(athlete, turned)
    assert [len(kept.sessions(athlete, since=d)) for d in (DAY, date(2026, 3, 3))] == [2, 0]
    back = next(s for s in kept.sessions(athlete) if s.id == session.id)
    assert back.sets == session.sets[::-1]
    # A session that was deleted takes no more sets; a new one begins.
    kept.delete_session(session.id)
    assert kept.add_set(athlete, DAY, SetEntry(drill="pogo", reps=1)) != session.id
    with pytest.raises(SettingsError, match=rf"^there is no session {session.id}\.$"):
        kept.delete_session(session.id)
    with pytest.raises(SettingsError, match=r"^this athlete is not in the log \(any more\)\.$"):
        kept.add_set(AthleteEntry(name="Z"), DAY, SetEntry(drill="pogo", reps=1))


def test_a_set_s_numbers_are_brought_up_to_date(kept: TrainingLog) -> None:
    kept.save_athlete(athlete := AthleteEntry(name="A"))

    def metric(mean: float) -> MetricEntry:
        return MetricEntry(mean=mean, sd=0.004, n=8, unit="s", common_sd=0.003, rep_sd=0.002)

    first = SetEntry(
        drill="pogo",
        reps=8,
        metrics={"a": metric(1.0), "b": metric(2.0)},
        faults={"x": FaultCount(label="X", count=1), "y": FaultCount(label="Y", count=2)},
    )
    kept.add_set(athlete, DAY, first)
    (session,) = kept.sessions(athlete)
    second = first.model_copy(
        update={
            "drill": "skips", "side": "left", "reps": 9, "contacts": 18, "film": "f.mp4", "film_sha256": HASH,
            "report": "r", "notes": "n", "protocol": "p", "source": "film",
            "metrics": {"b": metric(3.0), "c": metric(4.0)}, "faults": {"y": FaultCount(label="YY", count=5)},
        }
    )  # fmt: skip
    kept.save_session(athlete, session.model_copy(update={"sets": (second,)}))
    (back,) = kept.sessions(athlete)
    assert back.sets == (second,)
    assert back.changed is not None
    with pytest.raises(PlumblineError) as raised:
        kept.save_session(athlete, session)
    assert str(raised.value) == "somebody else changed this session meanwhile: look at it again."


def test_plans_are_kept_in_their_order(kept: TrainingLog) -> None:
    kept.save_athlete(athlete := AthleteEntry(name="A"))
    kept.save_athlete(other := AthleteEntry(name="B"))
    one, two = (PlanEntry(made=DAY, kind=k, body={"n": k}) for k in ("one", "two"))
    assert (kept.plan(athlete), kept.plans(athlete)) == (None, [])
    for plan in (one, two):
        kept.save_plan(athlete, plan)
    assert plain([kept.plan(athlete)]) == [two]
    assert plain(kept.plans(athlete)) == [one, two]
    kept.save_plan(athlete, one.model_copy(update={"body": {"n": 3}}))
    assert plain([kept.plan(athlete)]) == [one.model_copy(update={"body": {"n": 3}})]
    assert kept.plans(other) == []
    kept.delete_plan(one.id)
    kept.delete_plan(one.id)
    assert plain(kept.plans(athlete)) == [two]


def test_a_time_of_another_zone_is_the_same_time() -> None:
    """Half past ten in a zone two hours ahead is half past eight, as the log has it."""
    entry = AthleteEntry.model_validate({"name": "A", "changed": "2026-03-02T10:30:00+02:00"})
    assert entry.changed == datetime(2026, 3, 2, 8, 30)
    assert AthleteEntry.model_validate_json(entry.model_dump_json()) == entry


def test_who_is_taken_in_is_who_is_here(kept: TrainingLog) -> None:
    kept.save_athlete(here := AthleteEntry(name="Åse", level="advanced"))
    session = SessionEntry(day=DAY, sets=(SetEntry(drill="pogo", reps=3),))
    plan = PlanEntry(made=DAY, kind="x", body={})
    stranger = AthleteEntry(name="ÅSE", level="beginner")
    kept.take_in([(stranger, [session])], {stranger.id: [plan]})
    assert plain(kept.athletes()) == [here]  # as they are here
    assert [s.id for s in kept.sessions(here)] == [session.id]
    assert plain(kept.plans(here)) == [plan]
    (known,) = kept.athletes()
    later = known.changed + timedelta(seconds=1)
    changed = here.model_copy(update={"name": "Åse B", "level": "intermediate", "changed": later})
    kept.take_in([(changed, [])])
    assert kept.athletes() == [changed]
    kept.take_in([(known, []), (here, [])])  # of before, and of who knows when
    assert kept.athletes() == [changed]
    kept.take_in([(new := AthleteEntry(name="Bo"), [])])
    assert kept.athletes() == [new, changed]
    with pytest.raises(SettingsError) as raised:
        kept.take_in([(new.model_copy(update={"name": "åse b"}), [])])
    assert str(raised.value) == "there are two athletes 'åse b': rename one of them first."
    # What was deleted here comes back with a file.
    kept.delete_session(session.id)
    kept.take_in([(changed, [session])])
    assert [s.id for s in kept.sessions(changed)] == [session.id]


def test_a_backup_that_cannot_be_written(kept: TrainingLog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "copy.sqlite"
    with pytest.raises(OutputError) as raised:
        kept.backup(path)
    assert str(raised.value).startswith(f"{path} cannot be written: ")
    good = kept.backup(tmp_path / "new" / "copy.sqlite")
    assert good == tmp_path / "new" / "copy.sqlite"
    assert [p.name for p in good.parent.iterdir()] == ["copy.sqlite"]
