"""Many clips: each once, the bad ones told, a killed worker and a second run lose nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from plumbline.batch import Cluster, Outcome, Wish, collect, find_clips, left_out, measure_clip
from plumbline.errors import ClipError, SettingsError
from plumbline.report import read_report

pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'batch'")
pytest.importorskip("distributed", reason="needs the extra 'batch'")


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from plumbline.cli import main; main()", "batch", *words]


@pytest.fixture
def films(samples: Path, tmp_path: Path) -> Path:
    """Two clips, one of them twice, and one that is no film."""
    folder = tmp_path / "films"
    (folder / "day 2").mkdir(parents=True)
    shutil.copy(samples / "standing.mp4", folder / "a.mp4")
    shutil.copy(samples / "squats.mp4", folder / "day 2" / "b.MP4")
    shutil.copy(samples / "standing.mp4", folder / "day 2" / "copy of a.mp4")
    (folder / "<script>alert(1).mov").write_bytes(b"not a film")
    (folder / "notes.txt").write_text("x")
    (folder / ".hidden.mp4").write_bytes(b"x")
    return folder


def test_films_are_found_in_all_folders_below(films: Path) -> None:
    names = [c.name for c in find_clips([films, films / "notes.txt"])]
    assert names == ["<script>alert(1).mov", "a.mp4", "b.MP4", "copy of a.mp4", "notes.txt"]
    with pytest.raises(ClipError, match="does not exist"):
        list(find_clips([films / "nowhere"]))


def test_films_of_other_types_are_named(tmp_path: Path) -> None:
    for name in ("a.h264", "b.DIVX", "c.rmvb", "d.mp4", "e.mts", "f.txt", "g.jpg"):
        (tmp_path / name).write_bytes(b"x")
    assert [p.name for p in left_out([tmp_path])] == ["a.h264", "b.DIVX", "c.rmvb"]


def test_a_batch_measures_goes_on_and_gathers(films: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = subprocess.run(command(str(films), "--out", str(out)), capture_output=True, text=True, check=False)
    assert first.returncode == 1, first.stderr
    assert "Traceback" not in first.stderr
    assert "alert(1)" in first.stderr
    # Two workers may meet the two copies at the same time, and both measure them.
    assert ", 1 failed" in first.stdout
    assert not list((out / "clips").glob(".*"))
    assert len(list((out / "clips").iterdir())) == 2

    table = pq.read_table(out / "reps.parquet").to_pandas()
    reports = [read_report(p) for p in sorted((out / "clips").glob("*/report.json"))]
    assert len(table) == sum(len(r.reps) for r in reports) > 2
    one = reports[0]
    rows = table[table.sha256 == one.clip.sha256]
    for rep, (_, row) in zip(one.reps, rows.iterrows(), strict=True):
        for name, quantity in rep.metrics.items():
            assert (row[name], row[f"{name}_sd"]) == (quantity.value, quantity.sd)
    page = (out / "overview.html").read_text()
    assert "<script>" not in page
    assert "Duplicate films, counted once: 1." in page

    (films / "<script>alert(1).mov").unlink()
    again = subprocess.run(command(str(films), "--out", str(out)), capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "0 clips measured, 3 known from before, 0 failed" in again.stdout


def test_another_wish_measures_anew(samples: Path, tmp_path: Path) -> None:
    def run(wish: Wish) -> Outcome:
        return measure_clip(str(samples / "standing.mp4"), str(tmp_path), wish)

    assert [run(Wish()).status, run(Wish()).status] == ["measured", "known"]
    assert run(Wish(drill="stand", film=True)).status == "measured"
    (folder,) = (tmp_path / "clips").iterdir()
    assert (folder / "annotated.mp4").stat().st_size > 10_000
    # Results that were deleted, as `forget` deletes them, are not known.
    (folder / "report.json").unlink()
    assert run(Wish(drill="stand", film=True)).status == "measured"
    assert (folder / "report.json").is_file()


def test_a_killed_worker_loses_nothing(samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clips = [str(samples / name) for name in ("travelling_hops.mp4", "squats.mp4", "standing.mp4")]
    process = subprocess.Popen(
        command(*clips, "--out", str(out), "--workers", "2"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    busy = None
    for _ in range(600):
        children = psutil.Process(process.pid).children(recursive=True)
        busy = next((c for c in children if c.is_running() and any("mediapipe" in m.path for m in maps(c))), None)
        if busy is not None:
            break
        time.sleep(0.1)
    assert busy is not None, "no worker ever began"
    busy.kill()
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert "3 clips measured, 0 known from before, 0 failed" in printed
    assert not list((out / "clips").glob(".*"))


def maps(process: psutil.Process) -> list:
    try:
        return process.memory_maps()
    except psutil.Error:
        return []


def test_a_cluster_that_is_not_there_is_said(films: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(str(films), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    with pytest.raises(SettingsError, match="not both"):
        Cluster(2, "tcp://127.0.0.1:9")


@pytest.fixture
def dask_process(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a scheduler or a worker as its own process, as a club's machines would."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"dask {words[0]}.log").open("wb") as log:
            command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
            running.append(subprocess.Popen(command, stdout=log, stderr=log))
        return running[-1]

    yield start
    for process in reversed(running):
        process.terminate()
        process.wait(timeout=60)


def test_a_cluster_by_its_address(dask_process, samples: Path, tmp_path: Path) -> None:
    scheduler = dask_process("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", tmp_path / "dask")
    while not (tmp_path / "dask").exists():
        assert scheduler.poll() is None
        time.sleep(0.1)
    address = json.loads((tmp_path / "dask").read_text())["address"]
    batch = command(str(samples / "standing.mp4"), "--out", str(tmp_path / "out"), "--scheduler", address)
    alone = subprocess.run(batch, capture_output=True, text=True, check=False)
    assert alone.returncode == 2
    assert f"dask worker {address} --nthreads 1" in alone.stderr

    worker = dask_process("worker", address, "--nthreads", "1", "--no-nanny")
    done = subprocess.run(batch, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 clips measured, 0 known from before, 0 failed" in done.stdout

    # Two batches at once take nothing from each other.
    names = ("standing", "squats")
    words = {n: command(str(samples / f"{n}.mp4"), "--out", str(tmp_path / n), "--scheduler", address) for n in names}
    both = [subprocess.Popen(w, stdout=subprocess.PIPE, text=True) for w in words.values()]
    assert all("1 clips measured" in p.communicate(timeout=300)[0] for p in both)
    for name in names:
        (held,) = (tmp_path / name / "clips").glob("*/report.json")
        assert read_report(held).clip.name == f"{name}.mp4"

    # A scheduler that goes away is said once; what was measured stays.
    batch.insert(batch.index("--out"), str(samples / "pogo_faults.mp4"))
    before = worker_cpu_s(worker)
    process = subprocess.Popen(batch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while worker_cpu_s(worker) < before + 1:
        assert process.poll() is None
        time.sleep(0.1)
    scheduler.kill()
    printed, errors = process.communicate(timeout=120)
    assert process.returncode == 2, printed
    assert errors.strip().splitlines()[-1].startswith("plumbline: the cluster's scheduler has gone away.")
    assert "Traceback" not in errors
    assert "distributed" not in errors
    assert (tmp_path / "out" / "clips").is_dir()


def worker_cpu_s(worker: subprocess.Popen[bytes]) -> float:
    """CPU time that a worker has taken so far."""
    times = psutil.Process(worker.pid).cpu_times()
    return times.user + times.system


def test_a_report_that_went_missing_is_passed_over(tmp_path: Path) -> None:
    gone = Outcome(clip="a.mp4", sha256="00", status="known", folder="clips/00")
    assert collect(tmp_path, [gone]).clips == 0
    assert len(pq.read_table(tmp_path / "reps.parquet")) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_and_a_name_without_end_stop_no_batch(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "zero.mp4").symlink_to("/dev/zero")
    (tmp_path / "loop.mp4").symlink_to("loop.mp4")
    for name in ("pipe", "zero", "loop"):
        told = measure_clip(str((tmp_path / f"{name}.mp4").absolute()), str(tmp_path / "out"), Wish())
        assert told.status == "failed"
        assert f"{name}.mp4" in told.error
