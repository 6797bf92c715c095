"""A clip's way from upload to results, with the slow parts stood in for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plumbline.app import _clip, _jobs
from plumbline.app._clip import ClipJob
from plumbline.app._jobs import Store
from plumbline.errors import PlumblineError
from plumbline.request import Request


def waited_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    assert true()


class Works:
    """What measuring and drawing do, and when they may go on."""

    def __init__(self) -> None:
        self.go, self.measuring, self.refuses = threading.Event(), threading.Event(), False
        self.go.set()

    def probe(self, path: Path, capture_fps: float | None) -> Any:
        if self.refuses:
            raise PlumblineError("{path} cannot be read.", path=path)
        return SimpleNamespace(frames=10, capture_fps=capture_fps)

    def see(self, clip: Any, on_frame: Callable[[int], None], glimpses: bool) -> Any:
        assert glimpses
        for k in range(10):
            on_frame(k)
        return SimpleNamespace(people=[])

    def measure(self, *_: Any) -> Any:
        self.measuring.set()
        self.go.wait(20)
        return SimpleNamespace(pose=[0] * 10, footage=SimpleNamespace(glimpses={0: "seen"}))

    def film(self, analysis: Any, path: Path, on_frame: Callable[[int], None]) -> None:
        for k in range(10):
            on_frame(k)
        path.write_bytes(b"drawn")


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> Works:
    works = Works()
    monkeypatch.setattr(_jobs, "load_libraries", lambda: None)
    monkeypatch.setattr(_clip, "probe", works.probe)
    monkeypatch.setattr(_clip, "see", works.see)
    monkeypatch.setattr(_clip, "measure_footage", works.measure)
    monkeypatch.setattr(_clip, "build_report", lambda analysis: SimpleNamespace(reps=[]))
    monkeypatch.setattr(_clip, "key_stills", lambda analysis: [])
    monkeypatch.setattr(_clip, "write_film", works.film)
    return works


@pytest.fixture
def store(tmp_path: Path, works: Works) -> Iterator[Store]:
    yield Store(tmp_path / "clips")


def added(store: Store, name: str = "hop.mp4") -> ClipJob:
    job = store.add(name, lambda p: p.write_bytes(b"filmed"), Request())
    return job


@pytest.mark.parametrize("name", ["hop.mp4", "annotated_1.mp4", "annotated_hop.mp4"])
def test_a_film_stays_as_it_was_given_whatever_its_name(store: Store, name: str) -> None:
    job = added(store, name)
    waited_until(lambda: job.film is not None)
    assert job.source.read_bytes() == b"filmed"
    assert job.film is not None and job.film.read_bytes() == b"drawn"
    assert job.analysis is not None and not job.analysis.footage.glimpses  # memory of a clip that stays open


def test_a_clip_stopped_while_it_is_measured_stays_stopped(store: Store, works: Works) -> None:
    works.go.clear()
    job = added(store)
    assert works.measuring.wait(20)
    job.cancel()
    works.go.set()
    time.sleep(0.2)
    assert (job.state, job.report) == ("cancelled", None)


def test_another_rate_that_cannot_be_had_leaves_what_was_measured(store: Store, works: Works) -> None:
    job = added(store)
    waited_until(lambda: job.film is not None)
    before = job.report
    works.refuses = True
    store.recount(job, Request(drill="pogo"), None, 120.0)
    waited_until(lambda: job.state == "measured")
    assert (job.report, job.request.drill, job.capture_fps) == (before, "auto", None)
    assert job.error == "hop.mp4 cannot be read."


def test_another_rate_that_is_stopped_leaves_what_was_measured_and_can_be_asked_for_again(
    store: Store, works: Works
) -> None:
    job = added(store)
    waited_until(lambda: job.film is not None)
    before = job.report
    works.go.clear()
    works.measuring.clear()
    store.recount(job, Request(), None, 120.0)
    assert works.measuring.wait(20)
    job.cancel()
    assert job.state == "measured"
    works.go.set()
    time.sleep(0.2)
    assert (job.report, job.capture_fps) == (before, None)
    store.recount(job, Request(), None, 240.0)
    waited_until(lambda: job.capture_fps == 240.0 and job.film is not None)
    assert job.report is not before


def test_the_film_is_drawn_though_another_rate_was_stopped(store: Store, works: Works) -> None:
    job = added(store)
    waited_until(lambda: job.film is not None)
    works.go.clear()
    works.measuring.clear()
    store.recount(job, Request(), None, 120.0)
    assert works.measuring.wait(20)
    job.cancel()
    works.go.set()
    job.remeasure(Request(drill="pogo"), None)
    store.redraw(job)
    waited_until(lambda: job.film is not None)
    assert (job.request.drill, job.film_error) == ("pogo", "")


def test_a_correction_waits_for_what_is_being_measured(store: Store, works: Works) -> None:
    job = added(store)
    waited_until(lambda: job.film is not None)
    works.go.clear()
    works.measuring.clear()
    store.recount(job, Request(), None, 120.0)
    assert works.measuring.wait(20)
    with pytest.raises(PlumblineError, match="is being measured"):
        job.remeasure(Request(drill="pogo"), None)
    works.go.set()
    waited_until(lambda: job.state == "measured" and job.film is not None)
    assert (job.request.drill, job.capture_fps) == ("auto", 120.0)


def test_clips_that_are_looked_at_are_not_let_go_for_new_ones(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_jobs, "KEEP_CLIPS", 2)
    jobs = []
    for k in range(4):
        jobs.append(added(store, f"{k}.mp4"))
        waited_until(lambda: jobs[-1].film is not None)
    assert all(store.get(job.token) is job for job in jobs)
    for job in jobs:
        job.seen_at -= 3600
    added(store, "new.mp4")
    # With the new one there are two again.
    assert [store.get(job.token) is None for job in jobs] == [True, True, True, False]
