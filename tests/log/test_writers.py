"""Several writers at once, and one that is killed: what was confirmed is there, and nothing by half."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from plumbline.log import AthleteEntry, TrainingLog

WRITER = """
import sys
from datetime import date
from plumbline.log import SetEntry, MetricEntry, TrainingLog
log = TrainingLog(sys.argv[1])
athlete = log.athlete("Runner A")
for k in range(int(sys.argv[2])):
    metrics = {f"m{i}": MetricEntry(mean=float(i), sd=1.0, n=3, unit="s") for i in range(40)}
    entry = SetEntry(drill="pogo", reps=k, contacts=1, metrics=metrics)
    log.add_set(athlete, date(2026, 3, 2), entry)
    print(entry.id, flush=True)
"""


def writer(url: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, url, str(count)], stdout=subprocess.PIPE, text=True)


def test_writers_at_once_lose_nothing(url: str, log: TrainingLog, athlete: AthleteEntry) -> None:
    writers = [writer(url, 12) for _ in range(3)]
    written = [w.communicate(timeout=120)[0].split() for w in writers]
    assert [w.returncode for w in writers] == [0, 0, 0]
    (session,) = log.sessions(athlete)  # one day, one session, whoever began it
    assert sorted(s.id for s in session.sets) == sorted(i for ids in written for i in ids)
    assert len(session.sets) == 36


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_in_mid_write(url: str, log: TrainingLog, athlete: AthleteEntry) -> None:
    said: list[str] = []
    for pause in (0.0, 0.013, 0.041):
        process = writer(url, 100_000)
        assert process.stdout is not None
        said += [process.stdout.readline().strip() for _ in range(4)]
        time.sleep(pause)
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().split()
        process.wait()
    (session,) = log.sessions(athlete)
    kept = {s.id: s for s in session.sets}
    # Everything that was confirmed is there, and nothing is there by half.
    assert [i for i in said if len(i) == 32 and i not in kept] == []
    assert all(len(s.metrics) == 40 for s in kept.values())
    if "://" not in url:
        with sqlite3.connect(url) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
