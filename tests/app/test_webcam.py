"""The camera's frames on their way to a live session and into a set's film."""

from __future__ import annotations

import threading
import time
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest

from plumbline.app import _webcam
from plumbline.app._webcam import Webcam
from plumbline.errors import OutputError
from plumbline.pose import PoseSequence
from plumbline.request import Request


class Session:
    """Counts what it is shown; the phase is the test's to set."""

    def __init__(self) -> None:
        self.phase, self.still_s, self.sizes, self.closed = "looking", 0.0, [], False
        self.counter = SimpleNamespace(reps=[])
        self.request, self.missed = Request(drill="pogo"), False
        self.again, self.remembers_all = False, True
        self._view: Any = None

    def look(self, image: np.ndarray, time_s: float, arrived: float) -> Any:
        if not (self.again and self._view is not None):
            self.sizes.append(image.shape[1::-1])
            self._view = SimpleNamespace(phase=self.phase, scene=None, count=0)
        return self._view

    def whole(self) -> PoseSequence | None:
        n = len(self.sizes)
        if self.phase == "looking" or n < 2:
            return None
        return PoseSequence(np.arange(n) / 30, np.zeros((n, 33, 2)), np.ones((n, 33)), 640, 480, "x")

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_webcam, "live_picture", lambda image, scene, words: image)
    monkeypatch.setattr(_webcam, "board", lambda view: None)


def frame(k: int, width: int = 640, height: int = 480) -> av.VideoFrame:
    made = av.VideoFrame.from_ndarray(np.full((height, width, 3), k % 200, np.uint8), format="rgb24")
    made.pts, made.time_base = k * 3000, Fraction(1, 90_000)
    return made


def test_a_set_s_pictures_keep_their_size_though_the_browser_sends_smaller_ones() -> None:
    session = Session()
    camera = Webcam(lambda: session)  # type: ignore[arg-type, return-value]
    camera.recv(frame(0, 320, 240))  # a stream begins small
    camera.recv(frame(1, 640, 480))
    session.phase = "counting"
    camera.recv(frame(2, 640, 480))
    camera.recv(frame(3, 480, 360))
    shown = camera.recv(frame(4, 320, 240))
    assert session.sizes == [(320, 240), *[(640, 480)] * 4]
    assert (shown.width, shown.height) == (640, 480)
    camera.recv(frame(5, 240, 320))  # turned: another picture
    assert session.sizes[-1] == (240, 320)


def test_a_film_has_a_picture_for_each_row_of_landmarks(tmp_path: Path) -> None:
    session = Session()
    session.phase = "counting"
    camera = Webcam(lambda: session, lambda: tmp_path / "set.mp4")  # type: ignore[arg-type, return-value]
    for k in range(12):
        session.again = k % 2 == 1  # every picture comes twice
        camera.recv(frame(k))
        time.sleep(0.002)
    camera.on_ended()
    assert camera.last_set is not None
    assert len(camera.last_set.pose) == 6
    with av.open(str(camera.last_set.film)) as film:
        assert sum(1 for _ in film.decode(video=0)) == 6
    assert session.closed


def test_a_set_longer_than_its_landmarks_has_no_film(tmp_path: Path) -> None:
    session = Session()
    session.phase, session.remembers_all = "counting", False
    camera = Webcam(lambda: session, lambda: tmp_path / "set.mp4")  # type: ignore[arg-type, return-value]
    for k in range(4):
        camera.recv(frame(k))
    done = camera.take_set()
    assert done is not None
    assert (done.film, len(done.pose)) == (None, 4)
    assert "without the film" in done.trouble
    assert not (tmp_path / "set.mp4").exists()


def test_a_film_that_cannot_be_written_leaves_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Any) -> Path:
        raise OutputError("{path} cannot be written: {failure}.", path="set.mp4", failure="no space left")

    monkeypatch.setattr(_webcam._Film, "close", full)
    session = Session()
    session.phase = "counting"
    camera = Webcam(lambda: session, lambda: tmp_path / "set.mp4")  # type: ignore[arg-type, return-value]
    for k in range(4):
        camera.recv(frame(k))
    done = camera.take_set()
    assert done is not None
    assert (done.film, len(done.pose)) == (None, 4)
    assert "no space left" in done.trouble


def test_the_picture_goes_on_while_the_pose_model_loads() -> None:
    """streamlit-webrtc gives up a stream whose picture takes longer than 10 s."""
    ready, session = threading.Event(), Session()

    def slowly() -> Any:
        ready.wait(20)
        return session

    camera = Webcam(slowly)
    began = time.monotonic()
    shown = camera.recv(frame(0))
    assert time.monotonic() - began < 5
    assert (shown.width, camera.session, camera.error) == (640, None, "")
    camera.on_ended()
    ready.set()
    until = time.monotonic() + 10
    while not session.closed and time.monotonic() < until:
        time.sleep(0.01)
    assert session.closed, "nobody waits for it any more"


def test_a_slow_replay_says_that_it_is_one_and_holds_no_old_words(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, Any]] = []
    monkeypatch.setattr(_webcam, "board", lambda view: _webcam.Board("7", (("No faults", "ok"),)))
    monkeypatch.setattr(
        _webcam, "live_picture", lambda image, scene, words: drawn.append((image[0, 0, 0], words)) or image
    )
    session = Session()
    session.counter.reps = [SimpleNamespace(number=7, start_s=0.4, end_s=0.7)]
    webcam = Webcam(lambda: session)  # type: ignore[arg-type, return-value]
    webcam.session, webcam.showing = session, _webcam.Showing(again_s=2.0)  # type: ignore[assignment]
    session.phase = "counting"
    view = SimpleNamespace(scene=None, count=7)
    for k in range(100):
        webcam._shown(np.full((48, 64, 3), k, np.uint8), view, k / 30)  # type: ignore[arg-type]
    kept = [words for _, words in drawn if words == _webcam.Board()]
    assert len(kept) == 100
    replayed = [(int(level), words) for level, words in drawn if "Slow replay: rep 7" in str(words)]
    # From 2.7 s on the picture is that of 0.15 s and a quarter of what has passed since.
    assert len(replayed) == 100 - 81
    assert abs(replayed[0][0] - 4.5) < 2
    assert all(words.count == "7" and len(words.lines) == 1 for _, words in replayed)
