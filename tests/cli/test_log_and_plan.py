"""drills, plan and log from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar

from plumbline.language import day as day_said
from tests.cli.commands import run


def test_drills_lists_and_shows() -> None:
    listed = run("drills")
    assert listed.returncode == 0
    assert "stefan_holm_left" in listed.stdout
    one = run("drills", "quarter_squat")
    for words in ("Purpose", "near the camera", "knee past the toe", "2-3 x 10 each leg"):
        assert words in one.stdout
    unknown = run("drills", "quarter_squad")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)
    assert "did you mean quarter_squat" in unknown.stderr


def test_plan_writes_calendar_table_and_page(tmp_path: Path) -> None:
    done = run("plan", "--start", "2026-03-02", "--days", "mon,wed,fri", "--kind", "block", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Session 12 of 12" in done.stdout
    assert (
        len(Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")) == 12
    )  # running ends the session where no other day is open to it
    assert {p.name for p in tmp_path.iterdir()} == {"plan.ics", "plan.csv", "plan.html"}
    bad = run("plan", "--days", "funday")
    assert (bad.returncode, bad.stderr) == (
        2,
        "plumbline: 'funday' is not a weekday: choose from mon,tue,wed,thu,fri,sat,sun.\n",
    )
    full = run("plan", "--hard", "mon,wed,fri,sun")
    assert full.returncode == 2
    assert "no room for jumps" in full.stderr


def test_a_plan_is_written_though_nobody_reads_on_and_bears_the_name_of_the_log(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "log.sqlite")]
    assert run("log", "athlete", "Åse Berg", *store).returncode == 0
    words = [sys.executable, "-m", "plumbline", "plan", "--athlete", "åse berg", "--out", str(tmp_path), *store]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as planning:
        assert planning.stdout is not None and planning.stderr is not None
        planning.stdout.close()
        assert b"Traceback" not in planning.stderr.read()
    calendar = Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    assert calendar["X-WR-CALNAME"] == "Åse Berg: Progressive plan"
    assert all(e["SUMMARY"].startswith("Åse Berg: ") for e in calendar.walk("VEVENT"))
    assert (tmp_path / "plan.html").is_file()


def test_the_log_from_film_to_progress(tmp_path: Path, samples: Path) -> None:
    store = ["--store", str(tmp_path / "log.sqlite")]
    who = ["--athlete", "Runner A", *store]
    missing = run("log", "show", *who)
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
    assert run("log", "athlete", "Runner A", "--level", "advanced", *store).returncode == 0
    out = tmp_path / "out"
    assert run("analyze", str(samples / "pogo_faults.mp4"), "--no-video", "--out", str(out)).returncode == 0
    for day in ("2026-03-02", "2026-03-09"):
        done = run("log", "add", str(out / "report.json"), "--day", day, *who)
        assert "8 reps, 8 contacts" in done.stdout, done.stderr
    assert run("log", "add", "--drill", "skips", "--reps", "12", "--day", "2026-03-09", *who).returncode == 0
    noted = run("log", "note", "--day", "2026-03-09", "--effort", "8", "--discomfort", "left calf:4", *who)
    assert noted.returncode == 0, noted.stderr
    shown = run("log", "show", *who).stdout
    assert "32 contacts · effort 8 · left calf 4/10" in shown
    progress = run("log", "progress", *who).stdout
    assert "week of 2026-03-09: 32 contacts" in progress
    assert "Film again by 6 Apr 2026: 4 weeks after the last film." in progress
    assert run("log", "week", "--day", "2026-03-09", "--out", str(tmp_path / "week.pdf"), *who).returncode == 0
    assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")
    same = run("compare", str(out / "report.json"), str(out / "report.json"))
    assert (same.returncode, "yes" in same.stdout) == (0, False)
    own = run("compare", "--athlete", "Runner A", str(out / "report.json"), str(out / "report.json"), *store)
    assert "Chance: " in own.stdout, own.stderr
    session = next(line.split()[-1] for line in shown.splitlines() if line.startswith("2026-03-02"))
    assert run("log", "delete", session, *who).returncode == 0
    assert "2026-03-02" not in run("log", "show", *who).stdout
    assert "2026-03-02 is back" in run("log", "undo", *store).stdout
    assert run("log", "export", str(tmp_path / "all.json"), *store).returncode == 0
    assert json.loads((tmp_path / "all.json").read_text())["athletes"][0]["athlete"]["name"] == "Runner A"
    assert run("log", "export", str(tmp_path / "all.parquet"), *store).returncode == 0
    frame = pd.read_parquet(tmp_path / "all.parquet")
    assert set(frame["athlete"]) == {"Runner A"}
    assert frame.loc[frame["metric"] == "contact_time_s", "mean"].between(0.1, 0.5).all()
    jumps = tmp_path / "jumps.csv"
    jumps.write_text("name,date,contact time (ms)\nRunner B,2026-03-02,200\n")
    assert "1 athletes, 1 sessions" in run("log", "import", str(jumps), "--drill", "pogo", *store).stdout
    other = ["--store", str(tmp_path / "other.sqlite")]
    assert "1 athletes, 2 sessions" in run("log", "import", str(tmp_path / "all.json"), *other).stdout
    assert run("log", "backup", str(tmp_path / "copy.sqlite"), *store).returncode == 0
    bad = run("log", "note", "--discomfort", "calf", *who)
    assert (bad.returncode, bad.stderr.count("\n")) == (2, 1)
    assert run("log", "note", "--effort", "11", *who).returncode == 2
    assert run("log", "add", *who).returncode == 2


def test_stride_gain_says_what_it_is_not() -> None:
    assert "= 3000 m. This is arithmetic" in run("stride-gain", "10").stdout


def test_an_athlete_is_forgotten_with_reports_films_and_landmarks(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PLUMBLINE_LOG", str(tmp_path / "log.sqlite"))
    out = tmp_path / "out"
    assert run("log", "athlete", "Runner A").returncode == 0
    assert run("analyze", str(samples / "squats.mp4"), "--out", str(out)).returncode == 0
    assert run("log", "add", str(out / "report.json"), "--athlete", "Runner A").returncode == 0
    (out / "mine.txt").write_text("stays")
    assert len(list((tmp_path / "cache" / "landmarks").iterdir())) == 1
    refused = run("forget", "Runner A")
    assert refused.returncode != 0
    assert (out / "report.json").is_file()
    done = run("forget", "Runner A", "--yes")
    assert done.stdout == "Forgotten. Sets: 1; result files: 5; films' landmarks: 1.\n", done.stderr
    assert [p.name for p in out.iterdir()] == ["mine.txt"]
    assert list((tmp_path / "cache" / "landmarks").iterdir()) == []
    assert run("log", "show", "--athlete", "Runner A").returncode == 2


def test_a_saved_plan_says_what_is_due_and_why(tmp_path: Path) -> None:
    who = ("--athlete", "Runner A", "--store", str(tmp_path / "log.sqlite"))
    assert run("log", "athlete", "Runner A", "--store", str(tmp_path / "log.sqlite")).returncode == 0
    none = run("due", *who)
    assert (none.returncode, "no plan is saved" in none.stderr) == (2, True)
    today = date.today()
    made = run("plan", "--start", today.isoformat(), "--strength", "mon,tue", "--save", *who)
    assert "Strength" in made.stdout, made.stderr
    due = run("due", *who).stdout
    assert day_said(today, "yMMMEd") in due
    assert "min rest" in due
    assert "Film: " in due
    ahead = run("due", *who, "--done", (today + timedelta(days=1)).isoformat())
    assert (ahead.returncode, "no jumps to log" in ahead.stderr) == (2, True)
    done = run("due", *who, "--done", "today").stdout
    assert "Logged: " in done
    assert day_said(today, "yMMMEd") not in done  # the next one is due now
    assert "holds all of it" in run("due", *who, "--done", "today").stdout
    assert run("log", "note", "--discomfort", "left Achilles:4", *who).returncode == 0
    assert "discomfort 4 of 10" in run("due", *who).stdout


def test_a_test_is_said_how_it_is_done_and_refused_where_it_is_none(tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "log.sqlite"))
    assert "Film two sets now" in run("log", "test").stdout
    how = run("log", "test", "single_leg_pair").stdout
    assert "1. Left leg" in how
    assert "2. Right leg" in how
    assert run("log", "athlete", "Runner A", *store).returncode == 0
    chosen = run("log", "headline", "pogo", "contact_time_s", "--athlete", "Runner A", *store)
    assert chosen.stdout.strip() == "Runner A: Pogo hops on the spot is followed by contact time."
    wrong = run("log", "headline", "pogo", "hold_time_s", "--athlete", "Runner A", *store)
    assert (wrong.returncode, "choose one of contact_time_s" in wrong.stderr) == (2, True)
    assert run("log", "test", "no_such_test").returncode == 2
