"""A live session from the first look to the summary.

Frames go in one by one, in any thread; reps are measured beside them in a thread of the
session's own, so that the picture never waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

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
from plumbline.live._settings import LIVE
from plumbline.live._stance import bearing, readiness, unrest_pct_bh
from plumbline.live._start import start_words
from plumbline.live._view import PHASES, LiveView
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Limits, Request
from plumbline.video import PictureChange

log = logging.getLogger(__name__)

STUMBLED = N_("A hiccup in counting ({kind}): reps may be missed")
BEHIND = N_("This computer is too slow right now: reps may be missed")
TOO_FEW = N_("Too few pictures come from the camera: add light, or close other programs")


@dataclass(frozen=True)
class Plan:
    """What the athlete wants of the session.

    Attributes
    ----------
    countdown_s : float
        From standing still to the first rep that counts.
    target : int or None
        Reps at which counting stops by itself; None for never.
    """

    countdown_s: float = LIVE.countdown_s
    target: int | None = None


class LiveSession:
    """One athlete, one pose model, one drill; a context manager that releases the model.

    Parameters
    ----------
    estimator : PoseEstimator
        Belongs to the session from now on.
    request : Request
    limits : Limits
    plan : Plan, optional
    open_scout : callable, optional
        Opens an estimator of several people, to see whether others are there; it is opened
        and used beside the pictures, and closed with the session.
    """

    def __init__(
        self,
        estimator: PoseEstimator,
        request: Request,
        limits: Limits,
        plan: Plan | None = None,
        open_scout: Callable[[], PoseEstimator] | None = None,
    ) -> None:
        self.request, self.limits, self.plan = request, limits, plan or Plan()
        self.counter = RepCounter(request, limits)
        self.calls = Calls()
        self.memory: Memory | None = None
        self.phase, self.trouble, self.missed = "looking", "", False
        self._estimator, self._open_scout = estimator, open_scout
        self._scout: PoseEstimator | None = None
        self._eye, self._watch, self._company = Eye(estimator, mirrored=False), Watch(), Company()
        self._since_s = 0.0  # start of the countdown, then of the counting
        self.still_s = 0.0
        self._end_s = np.inf  # of the set, once it is done
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
            self.phase,
            words,
            scene,
            contact,
            len(self.counter.reps),
            self.counter.shown(now_s),
            self.pace,
            self.calls.recent(),
            faults,
            self.missed,
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
        self.phase, self._end_s, self.missed = "looking", np.inf, False
        self.counter = RepCounter(self.request, self.limits)
        self.calls.begin()

    def next_set(self) -> None:
        """Begin another set: look, count down, count from one."""
        with self._lock:
            self._begin()

    def _advance(self, memory: Memory, time_s: float) -> str:
        """Go from looking to countdown to counting; the words for the athlete."""
        if self.phase == "done":
            return ""
        if self.phase == "counting":
            words = self._warning(memory, time_s)
            self.calls.guide(words, time_s)
            return words
        words = self._prepare(memory, time_s)
        self.calls.guide(words.replace(_("Stand still: {n}", n=""), ""), time_s, at_once=self.phase != "looking")
        return words

    def _prepare(self, memory: Memory, time_s: float) -> str:
        drill = self.request.wanted
        recent = memory.sequence(time_s - LIVE.look_s)
        # Too few to judge how they stand.
        if len(recent) < LIVE.fewest_frames and self._watch.too_slow(time_s - LIVE.floor_s):
            self.phase = "looking"
            return say(TOO_FEW) if self._watch.has_time else say(BEHIND).partition(":")[0]
        at_once = self.plan.countdown_s <= 0  # a film that is replayed, say: nobody to be asked to stand still
        limit = np.inf if at_once else LIVE.still_pct_bh * (1 if self.phase == "looking" else LIVE.looser_times)
        state = readiness(recent, drill.measured.view if drill else "side", limit)
        if state.ready and not at_once and time_s - recent.time_s[0] < LIVE.full_look_share * LIVE.look_s:
            return state.words
        words = state.words
        if state.ready and self._company.near:
            words = _("Two people in the picture: only the athlete, please")
        elif self._dark and not state.ready:
            words = _("Too dark: more light, please")
        if not state.ready or self._company.near:
            self.phase = "looking"
            return words
        if self.phase == "looking":
            self.phase, self._since_s, self.still_s = "countdown", time_s, time_s
            self._eye = Eye(self._estimator, mirrored=state.facing_right)
        left = self.plan.countdown_s - (time_s - self._since_s)
        if left > 0:
            return _("Stand still: {n}", n=int(np.ceil(left)))
        self.phase, self._since_s = "counting", time_s
        self.counter.from_s = time_s
        return start_words(drill)

    def _warning(self, memory: Memory, time_s: float) -> str:
        """What stands in the way of counting right now."""
        if time_s - self._since_s < LIVE.gone_s:
            return start_words(self.request.wanted)
        if not memory.sequence(time_s - LIVE.gone_s).found.any():
            return _("Step back into the picture")
        if self.trouble:
            return self.trouble
        if self._watch.too_slow(max(time_s - LIVE.floor_s, self._since_s)):
            self.missed = True
            return say(TOO_FEW if self._watch.has_time else BEHIND)
        if self._company.near:
            return _("Somebody else is in the picture")
        if "working_leg_far" in self.counter.notes:
            return _("Turn round: working leg towards the camera")
        if self._dark:
            return _("Too dark: more light, please")
        return ""

    def _work(self) -> None:
        with speaking(self._language):
            self._work_on()

    def _work_on(self) -> None:
        """Look for reps that have ended, and for others, as often as it can be done without pressing."""
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
            except Exception as error:  # whatever goes wrong in one look, the next one is taken
                log.exception("a look at the live reps failed")
                self.trouble, self.missed = say(STUMBLED, kind=type(error).__name__), True
            time.sleep(max(time.perf_counter() - began, LIVE.shortest_rest_s))

    def _window(self) -> tuple[RepCounter, PoseSequence] | None:
        """Who counts the reps of this set, and what is to be looked at; None while none are counted."""
        with self._lock:
            if self.phase != "counting" or self.memory is None:
                return None
            # A second of standing before the first rep is seen too: the feet are compared with it.
            since = max(self.counter.window_from(self._watch.last_s), self._since_s - LIVE.look_s)
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
            if self.plan.target is not None and rep.number >= self.plan.target:
                self._finish(rep.end_s)
                break

    def _finish(self, end_s: float) -> None:
        with self._lock:
            if self.phase != "counting":
                return
            self.phase, self._end_s = "done", end_s + LIVE.after_landing_s
            # What a late look found beyond the target belongs to no set.
            del self.counter.reps[self.plan.target :]
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
        counted = self.phase not in PHASES[:2]
        if self._company.look(now_s, found, athlete, counted or unrest > LIVE.still_pct_bh):
            self._changed_athlete = True

    @property
    def pace(self) -> Pace:
        """How fast it runs."""
        return self._watch.pace

    def whole(self) -> PoseSequence | None:
        """The set's landmarks from the start of the countdown, a time of standing still; None before "Go"."""
        with self._lock:
            if self.memory is None or self.phase not in PHASES[2:]:
                return None
            pose = self.memory.sequence(self.still_s).until(self._end_s)
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
