"""A live session from the first look to the summary.

Frames go in one by one, in any thread; reps are measured beside them in a thread of the
session's own, so that the picture never waits for it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.draw import FrameScene, live_scene
from plumbline.live._counter import WINDOW_S, LiveRep, RepCounter, live_clip
from plumbline.live._memory import Memory
from plumbline.live._stance import bearing, readiness
from plumbline.pipeline import measure_pose
from plumbline.pose import Eye, PoseEstimator, PoseSequence
from plumbline.request import Limits, Request

PHASES = ("looking", "countdown", "counting")
LOOK_S = 1.0
COUNTDOWN_S = 3.0
# Where the feet were in so many last seconds says where the floor is.
FLOOR_S = 3.0
# Reps are looked for shortly after feet come down, and otherwise now and then; never more
# often than every so many seconds, so that the pose model keeps its time.
AFTER_LANDING_S, NOW_AND_THEN_S, SELDOM_S = 0.15, 1.0, 0.3
PACE_FRAMES = 600


@dataclass(frozen=True)
class Pace:
    """Frames per second over the last seconds, and delay in ms from frame to overlay."""

    fps: float
    delay_p50_ms: float
    delay_p95_ms: float
    delay_p99_ms: float


@dataclass(frozen=True)
class LiveView:
    """What is shown now.

    `phase` is one of `PHASES`; `words` tells the athlete what to do; `scene` is None while
    nobody is seen; `rep` is the one whose findings are shown, see `RepCounter.shown`.
    """

    phase: str
    words: str
    scene: FrameScene | None
    contact: bool
    count: int
    rep: LiveRep | None
    pace: Pace


class LiveSession:
    """One athlete, one pose model, one drill; a context manager that releases the model.

    Parameters
    ----------
    estimator : PoseEstimator
        Belongs to the session from now on.
    request : Request
    limits : Limits
    countdown_s : float
        From "side-on and still" to the first rep that counts.
    """

    def __init__(
        self, estimator: PoseEstimator, request: Request, limits: Limits, *, countdown_s: float = COUNTDOWN_S
    ) -> None:
        self.request, self.limits = request, limits
        self.counter = RepCounter(request, limits)
        self.memory: Memory | None = None
        self.phase = "looking"
        self._estimator = estimator
        self._eye = Eye(estimator, mirrored=False)
        self._countdown_s = countdown_s
        self._since_s = 0.0  # start of the countdown, then of the counting
        self._delays_ms: deque[float] = deque(maxlen=PACE_FRAMES)
        self._times_s: deque[float] = deque(maxlen=PACE_FRAMES)
        self._lock = threading.Lock()
        self._landed, self._closed = threading.Event(), False
        self._bore = True
        self._worker = threading.Thread(target=self._measure, name="live reps", daemon=True)
        self._worker.start()

    def look(self, image: NDArray[np.uint8], time_s: float, arrived: float | None = None) -> LiveView:
        """Take the next frame in and say what is to be shown.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.
        time_s : float
            When it was taken, on any one clock.
        arrived : float, optional
            `time.perf_counter()` as the frame arrived, for the delay.
        """
        arrived = time.perf_counter() if arrived is None else arrived
        with self._lock:
            if self._closed:
                return LiveView(self.phase, "", None, False, len(self.counter.reps), None, self.pace)
            found = self._eye.detect(image)
            memory = self._memory_for(image)
            memory.add(time_s, found[0] if len(found) else None)
            words = self._advance(memory, time_s)
            recent = memory.sequence(time_s - FLOOR_S)
        self._times_s.append(time_s)
        self._delays_ms.append(1000 * (time.perf_counter() - arrived))
        contact = bearing(recent)
        if contact and not self._bore:
            self._landed.set()
        self._bore = contact
        scene = live_scene(recent, contact) if len(found) else None
        shown = self.counter.shown(time_s)
        return LiveView(self.phase, words, scene, contact, len(self.counter.reps), shown, self.pace)

    def _memory_for(self, image: NDArray[np.uint8]) -> Memory:
        """The memory; begun anew when the camera changes the size of its pictures."""
        height, width = image.shape[:2]
        if self.memory is None or (self.memory.width, self.memory.height) != (width, height):
            self.memory = Memory(width, height, self._estimator.name)
            self.phase = "looking"
        return self.memory

    def _advance(self, memory: Memory, time_s: float) -> str:
        """Go from looking to countdown to counting; the words for the athlete."""
        if self.phase == "counting":
            return ""
        state = readiness(memory.sequence(time_s - LOOK_S))
        if not state.ready:
            self.phase = "looking"
            return state.words
        if self.phase == "looking":
            self.phase, self._since_s = "countdown", time_s
            self._eye = Eye(self._estimator, mirrored=state.facing_right)
        left = self._countdown_s - (time_s - self._since_s)
        if left > 0:
            return f"Stand still: {int(np.ceil(left))}"
        self.phase = "counting"
        return "Go"

    def _measure(self) -> None:
        """Look for reps that have ended, as often as it can be done without pressing."""
        while not self._closed:
            if self._landed.wait(NOW_AND_THEN_S):
                self._landed.clear()
                time.sleep(AFTER_LANDING_S)
            pose = self._window()
            if pose is not None:
                self.counter.look(pose)
                time.sleep(SELDOM_S)

    def _window(self) -> PoseSequence | None:
        with self._lock:
            if self.phase != "counting" or self.memory is None or self._closed:
                return None
            last = self._times_s[-1] if self._times_s else 0.0
            # A second of standing before the first rep is seen too: the feet are compared with it.
            return self.memory.sequence(max(last - WINDOW_S, self._since_s))

    @property
    def pace(self) -> Pace:
        """How fast it runs."""
        t, delays = list(self._times_s)[-90:], list(self._delays_ms)
        fps = (len(t) - 1) / (t[-1] - t[0]) if len(t) > 1 and t[-1] > t[0] else float("nan")
        p50, p95, p99 = np.percentile(delays, [50, 95, 99]) if delays else [float("nan")] * 3
        return Pace(fps, float(p50), float(p95), float(p99))

    def whole(self) -> PoseSequence | None:
        """The landmarks since the countdown began, None before it."""
        with self._lock:
            if self.memory is None or self.phase == "looking":
                return None
            pose = self.memory.sequence(self._since_s)
        if len(pose) < 2:
            return None
        start = pose.time_s[0]
        return PoseSequence(pose.time_s - start, pose.xy, pose.visibility, pose.width, pose.height, pose.model)

    def summary(self) -> Analysis | None:
        """The whole session measured once more, as a film would be; None before the countdown."""
        pose = self.whole()
        return None if pose is None else measure_pose(pose, live_clip(pose), self.request, self.limits)

    def close(self) -> None:
        """Stop measuring and release the pose model."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._estimator.close()
        self._landed.set()
        if threading.current_thread() is not self._worker:
            self._worker.join(timeout=5)

    def __enter__(self) -> LiveSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
