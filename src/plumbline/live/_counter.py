"""Counts and judges reps as they end, by measuring the last seconds like a film."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.analysis import MeasuredRep
from plumbline.clip import ClipInfo
from plumbline.errors import PlumblineError
from plumbline.faults import Verdict
from plumbline.language import say
from plumbline.live._settings import LIVE
from plumbline.machine import load_slow_libraries
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Limits, Request

# Nobody waits for a library in the middle of a set.
load_slow_libraries()

# Ways of cutting reps (`reps.SEGMENTERS`) that find what is held.
HELD = ("holds", "stances")
# Times of a contact: at a webcam's rate they are a band, and no fault is said of them.
CONTACT_TIMES = ("contact_time_s", "time_to_peak_knee_flexion_s")


@dataclass(frozen=True)
class LiveRep:
    """A rep counted live.

    Attributes
    ----------
    number : int
        In the set, from 1.
    start_s, key_s, end_s : float
        On the session's clock.
    measured : MeasuredRep
    timed : bool
        Whether the camera's rate carries contact times; else `faults` and `borderline` leave them out.
    """

    number: int
    start_s: float
    key_s: float
    end_s: float
    measured: MeasuredRep
    timed: bool

    def _found(self, outcome: str) -> list[Verdict]:
        return [v for v in self.measured.with_outcome(outcome) if self.timed or v.metric not in CONTACT_TIMES]

    @property
    def faults(self) -> list[Verdict]:
        """What is clearly wrong."""
        return self._found("fault")

    @property
    def borderline(self) -> list[Verdict]:
        """What is too close to call."""
        return self._found("borderline")


def _seen_share(pose: PoseSequence, start_s: float, end_s: float) -> float:
    """Share of the pictures between two instants in which somebody was found; 0 without pictures."""
    found = pose.found[(pose.time_s >= start_s) & (pose.time_s <= end_s)]
    return float(found.mean()) if len(found) else 0.0


class RepCounter:
    """Finds reps that have ended since the last look.

    Parameters
    ----------
    request : Request
    limits : Limits
    from_s : float
        Reps before it are not counted.
    """

    def __init__(self, request: Request, limits: Limits, from_s: float = -np.inf) -> None:
        self.request, self.limits, self.from_s = request, limits, from_s
        self.reps: list[LiveRep] = []
        self._shown_since: dict[int, float] = {}
        self.notes: frozenset[str] = frozenset()  # codes of what is to be said of the picture

    def window_from(self, now_s: float) -> float:
        """Since when (s) the landmarks are to be looked at `now_s`, on the session's clock.

        No rep between two looks falls out.
        """
        seen = self.reps[-1].end_s if self.reps else self.from_s
        since = min(now_s - LIVE.window_s, seen - LIVE.behind_s)
        # What is held lasts as long as it lasts; a rep that moves is over sooner.
        return since if self._held else max(since, now_s - LIVE.longest_window_s)

    def look(self, pose: PoseSequence) -> list[LiveRep]:
        """Reps of the window that are settled and were not counted before.

        Parameters
        ----------
        pose : PoseSequence
            The last seconds on the session's clock, see `window_from`.

        Returns
        -------
        list of LiveRep
        """
        if len(pose) < LIVE.least_frames:
            return []
        start = float(pose.time_s[0])
        moved = pose.from_zero()
        try:
            analysis = measure_pose(moved, live_clip(moved), self.request, self.limits)
        except PlumblineError:
            return []
        self.notes = frozenset(w.code for w in analysis.warnings)
        timed = moved.fps >= self.limits.measuring.min_contact_fps
        fresh = []
        for m in analysis.reps:
            begin, key = start + m.rep.start_s, start + m.rep.key_s
            end = start + max(m.rep.end_s, np.nan_to_num(m.rep.landing_s))
            settled = end <= pose.time_s[-1] - LIVE.settled_s
            if settled and self._is_new(begin, key) and _seen_share(pose, begin, end) >= LIVE.rep_seen_share:
                rep = LiveRep(len(self.reps) + 1, begin, key, end, m, timed)
                self.reps.append(rep)
                fresh.append(rep)
        return fresh

    def _is_new(self, begin_s: float, key_s: float) -> bool:
        """Whether a rep is none that was counted: of what is held, no part of the last one that was cut off."""
        if not self.reps:
            return key_s > self.from_s
        last = self.reps[-1]
        held = self._held and begin_s <= last.end_s - LIVE.apart_s
        return key_s > last.key_s + LIVE.apart_s and not held

    @property
    def _held(self) -> bool:
        drill = self.request.wanted
        return drill is not None and drill.measured.segment in HELD

    def shown(self, now_s: float) -> LiveRep | None:
        """The rep that is shown now: the newest with a fault of the last moments, else the newest.

        Parameters
        ----------
        now_s : float
            On the session's clock; a rep's time to be shown begins with the first call after it was found.

        Returns
        -------
        LiveRep or None
            None before the first rep.
        """
        shown_s = LIVE.shown_s
        recent = [r for r in self.reps if self._shown_since.setdefault(r.number, now_s) > now_s - shown_s]
        faulty = [r for r in recent if r.faults]
        return next(iter((faulty or self.reps)[-1:]), None)

    @property
    def fault_reps(self) -> dict[str, list[int]]:
        """Each fault in words to the numbers of its reps."""
        out: dict[str, list[int]] = {}
        for rep in self.reps:
            for v in rep.faults:
                out.setdefault(say(v.label), []).append(rep.number)
        return out


def live_clip(pose: PoseSequence, name: str = "live") -> ClipInfo:
    """The session as a clip, for the measuring core and the report.

    Parameters
    ----------
    pose : PoseSequence
        The set's landmarks.
    name : str
        What it is called in the report.

    Returns
    -------
    ClipInfo
    """
    rate = pose.fps if len(pose) > 1 else LIVE.unknown_fps
    return ClipInfo.without_film(pose.time_s, pose.width, pose.height, name, "live", rate)
