"""A live session from the first look to the summary.

Frames go in one by one, in any thread; reps are measured beside them in a thread of the
session's own, so that the picture never waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.camera import Repeats
from plumbline.draw import FrameScene, live_scene
from plumbline.estimation import Eye, PoseEstimator
from plumbline.language import N_, _, current, say, speaking
from plumbline.live._calls import Calls, sum_up
from plumbline.live._company import Company
from plumbline.live._counter import RepCounter, live_clip
from plumbline.live._memory import Memory
from plumbline.live._pace import Pace, Watch
from plumbline.live._phases import Around, Phases, SetSettings, spoken
from plumbline.live._settings import LIVE
from plumbline.live._stance import bearing, unrest_pct_bh
from plumbline.live._view import BEFORE_COUNTING, LiveView
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Limits, Request
from plumbline.video import PictureChange

log = logging.getLogger(__name__)

STUMBLED = N_("A hiccup in counting ({kind}): reps may be missed")


class LiveSession:
    """One athlete, one pose model, one drill; a context manager that releases the model.

    Parameters
    ----------
    estimator : PoseEstimator
        Belongs to the session from now on.
    request : Request
    limits : Limits
    settings : SetSettings, optional
    open_scout : callable, optional
        Opens an estimator of several people, to see whether others are there; it is opened
        and used beside the pictures, and closed with the session.
    """

    def __init__(
        self,
        estimator: PoseEstimator,
        request: Request,
        limits: Limits,
        settings: SetSettings | None = None,
        open_scout: Callable[[], PoseEstimator] | None = None,
    ) -> None:
        self.request, self.limits = request, limits
        self.counter = RepCounter(request, limits)
        self.calls = Calls()
        self.memory: Memory | None = None
        self.trouble = ""
        self._phases = Phases(settings or SetSettings(), request.wanted)
        self._estimator, self._open_scout = estimator, open_scout
        self._scout: PoseEstimator | None = None
        self._eye, self._watch, self._company = Eye(estimator, mirrored=False), Watch(), Company()
        self._image: NDArray[np.uint8] | None = None
        self._changed_athlete, self._dark = False, False
        self._lock = threading.Lock()
        self._landed, self._closed = threading.Event(), False
        self._bore, self._language = True, current()
        self._repeats, self._change = Repeats(), PictureChange()
        self._shown: LiveView | None = None
        self._worker = threading.Thread(target=self._work, name="live reps", daemon=True)
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

        Returns
        -------
        LiveView
        """
        arrived = time.perf_counter() if arrived is None else arrived
        with self._lock:
            if self._closed:
                return self._view("", None, False, time_s)
            if self._repeats.again(self._change.of(image)) and self._shown is not None:
                return self._shown  # no new instant: a body that stands still for a picture
            found = self._eye.detect(self._company.hide(image))
            memory = self._memory_for(image)
            memory.add(time_s, found[0] if len(found) else None)
            self._image = image
            words = self._advance(memory, time_s)
            recent = memory.sequence(time_s - LIVE.floor_s)
        self._watch.add(time_s, 1000 * (time.perf_counter() - arrived))
        contact = bearing(recent)
        if contact and not self._bore:
            self._landed.set()
        self._bore = contact
        rep = self.counter.shown(time_s)
        verdicts = [*rep.faults, *rep.borderline] if rep is not None else []
        scene = live_scene(recent, contact, verdicts) if len(found) else None
        self._shown = self._view(words, scene, contact, time_s)
        return self._shown

    def _view(self, words: str, scene: FrameScene | None, contact: bool, now_s: float) -> LiveView:
        faults = tuple((label, tuple(on)) for label, on in self.counter.fault_reps.items())
        return LiveView(
            phase=self.phase,
            words=words,
            scene=scene,
            contact=contact,
            count=len(self.counter.reps),
            rep=self.counter.shown(now_s),
            pace=self.pace,
            calls=self.calls.recent(),
            faults=faults,
            missed=self.missed,
        )

    def _memory_for(self, image: NDArray[np.uint8]) -> Memory:
        """The memory; begun again when the camera changes its pictures, or another one is the athlete."""
        height, width = image.shape[:2]
        same = self.memory is not None and (self.memory.width, self.memory.height) == (width, height)
        if self.memory is None or not same or self._changed_athlete:
            self.memory = Memory(width, height, self._estimator.name)
            self._changed_athlete = False
            self._begin()
        return self.memory

    def _begin(self) -> None:
        self._phases.begin()
        self.counter = RepCounter(self.request, self.limits)
        self.calls.begin()

    def next_set(self) -> None:
        """Begin another set: look, count down, count from one."""
        with self._lock:
            self._begin()

    def _advance(self, memory: Memory, time_s: float) -> str:
        """Go on from looking to countdown to counting; the words for the athlete."""
        before = self._phases.now
        around = Around(
            memory,
            self._watch,
            self._company.near,
            self._dark,
            self.trouble,
            self.counter.notes,
            len(self.counter.reps),
        )
        words = self._phases.advance(around, time_s)
        if before == "looking" and self.phase != "looking":
            self._eye = Eye(self._estimator, mirrored=self._phases.facing_right)
        if before != "counting" and self.phase == "counting":
            self.counter.from_s = time_s
        if before == "counting":
            self.calls.guide(words, time_s)
        elif before != "done":
            self.calls.guide(spoken(words), time_s, at_once=self.phase != "looking")
        return words

    def _work(self) -> None:
        with speaking(self._language):
            self._work_on()

    def _work_on(self) -> None:
        """Look for finished reps and for other people, resting after each look for as long as it took."""
        looked = -np.inf
        while not self._closed:
            if self._landed.wait(LIVE.now_and_then_s):
                self._landed.clear()
                time.sleep(LIVE.after_landing_s)
            began = time.perf_counter()
            try:
                self._measure()
                if began - looked > LIVE.company_every_s:
                    looked = began
                    self._look_round()
                self.trouble = ""
            except Exception as error:  # a failed look must not end the session
                log.exception("a look at the live reps failed")
                self.trouble, self._phases.missed = say(STUMBLED, kind=type(error).__name__), True
            time.sleep(max(time.perf_counter() - began, LIVE.shortest_rest_s))

    def _window(self) -> tuple[RepCounter, PoseSequence] | None:
        """Who counts the reps of this set, and what is to be looked at; None while none are counted."""
        with self._lock:
            if self.phase != "counting" or self.memory is None:
                return None
            # A second of standing before the first rep is seen too: the feet are compared with it.
            since = max(self.counter.window_from(self._watch.last_s), self._phases.since_s - LIVE.look_s)
            return self.counter, self.memory.sequence(since)

    def _measure(self) -> None:
        window = self._window()
        if window is None:
            return
        counter, pose = window
        for rep in counter.look(pose):
            if counter is not self.counter:  # the next set has begun meanwhile
                break
            self.calls.rep(rep.number, rep.faults)
            if self._phases.settings.target is not None and rep.number >= self._phases.settings.target:
                self._finish(rep.end_s)
                break

    def _finish(self, end_s: float) -> None:
        with self._lock:
            if self.phase != "counting":
                return
            self._phases.finish(end_s + LIVE.after_landing_s)
            # What a late look found beyond the target belongs to no set.
            del self.counter.reps[self._phases.settings.target :]
        self.calls.say(_("Done.") + " " + sum_up(len(self.counter.reps), self.counter.fault_reps))

    def _look_round(self) -> None:
        """Whether others are there, whether the athlete only stands by, whether it is too dark."""
        now_s = self._watch.last_s
        with self._lock:
            image, memory = self._image, self.memory
            recent = memory.sequence(now_s - LIVE.company_every_s) if memory is not None else None
        if image is None or memory is None or recent is None or self._closed:
            return
        self._dark = float(image[::8, ::8].mean()) < LIVE.dark_below
        if self._open_scout is None:
            return
        self._scout = self._scout or self._open_scout()
        found = self._scout.detect(image)
        athlete = memory.newest
        unrest = unrest_pct_bh(recent)
        # Whoever is counted is the athlete, and may stand still while others pass.
        counted = self.phase not in BEFORE_COUNTING
        if self._company.look(now_s, found, athlete, counted or unrest > LIVE.still_pct_bh):
            self._changed_athlete = True

    @property
    def phase(self) -> str:
        """One of `PHASES`."""
        return self._phases.now

    @property
    def missed(self) -> bool:
        """Whether reps of this set may have been missed."""
        return self._phases.missed

    @property
    def still_s(self) -> float:
        """Start of the countdown, in which the athlete stands still."""
        return self._phases.still_s

    @property
    def pace(self) -> Pace:
        """How fast it runs."""
        return self._watch.pace

    def whole(self) -> PoseSequence | None:
        """The set's landmarks from the start of the countdown, a time of standing still; None before "Go"."""
        with self._lock:
            if self.memory is None or self.phase in BEFORE_COUNTING:
                return None
            pose = self.memory.sequence(self.still_s).until(self._phases.end_s)
        return pose.from_zero() if len(pose) > 1 else None

    @property
    def remembers_all(self) -> bool:
        """Whether the landmarks are there from the start of the countdown on."""
        with self._lock:
            return self.memory is not None and self.memory.begins_s <= self.still_s

    def summary(self) -> Analysis | None:
        """The whole set measured once more, as a film would be; None before the countdown has ended."""
        pose = self.whole()
        return None if pose is None else measure_pose(pose, live_clip(pose), self.request, self.limits)

    def close(self) -> None:
        """Stop measuring and release the pose models; the last rep is still counted."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._estimator.close()
        self._landed.set()
        if threading.current_thread() is not self._worker:
            self._worker.join(timeout=5)
        try:
            self._measure()
        except Exception:  # the last rep; what was counted before stands
            log.exception("the last live rep could not be measured")
        if self._scout is not None:
            self._scout.close()

    def __enter__(self) -> LiveSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
