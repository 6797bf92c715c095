"""Counts and judges reps as they end, by measuring the last seconds like a film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from plumbline.analysis import MeasuredRep
from plumbline.errors import PlumblineError
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Limits, Request
from plumbline.video import ClipInfo

# The stretch that is measured anew as a rep ends: long enough for its neighbours, which
# steady the fits, and short enough to be measured between two reps.
WINDOW_S = 4.0
# A rep is over when nothing that comes can change it any more.
SETTLED_S = 0.12
APART_S = 0.12
# A fault stays on the screen so long, though the next reps were clean, and however long after the
# rep it was found.
SHOWN_S = 2.5


@dataclass(frozen=True)
class LiveRep:
    """A rep counted live: its number in the session, and what was measured."""

    number: int
    key_s: float
    measured: MeasuredRep


class RepCounter:
    """Finds reps that have ended since the last look.

    Parameters
    ----------
    request : Request
    limits : Limits
    """

    def __init__(self, request: Request, limits: Limits) -> None:
        self.request, self.limits = request, limits
        self.reps: list[LiveRep] = []
        self._shown_since: dict[int, float] = {}
        self.notes: dict[str, str] = {}

    def look(self, pose: PoseSequence) -> list[LiveRep]:
        """Reps of the window that are settled and were not counted before.

        Parameters
        ----------
        pose : PoseSequence
            The last `WINDOW_S` on the session's clock.
        """
        if len(pose) < 10:
            return []
        start = float(pose.time_s[0])
        moved = PoseSequence(pose.time_s - start, pose.xy, pose.visibility, pose.width, pose.height, pose.model)
        try:
            analysis = measure_pose(moved, live_clip(moved), self.request, self.limits)
        except PlumblineError:
            return []
        self.notes = {w.code: w.message for w in analysis.warnings}
        fresh = []
        for m in analysis.reps:
            key, end = start + m.rep.key_s, start + max(m.rep.end_s, np.nan_to_num(m.rep.landing_s))
            last = self.reps[-1].key_s if self.reps else -np.inf
            if end <= pose.time_s[-1] - SETTLED_S and key > last + APART_S:
                rep = LiveRep(len(self.reps) + 1, key, m)
                self.reps.append(rep)
                fresh.append(rep)
        return fresh

    def shown(self, now_s: float) -> LiveRep | None:
        """The rep that is shown now: the newest with a fault of the last moments, else the newest.

        Parameters
        ----------
        now_s : float
            On the session's clock; a rep's time to be shown begins with the first call after it was found.
        """
        recent = [r for r in self.reps if self._shown_since.setdefault(r.number, now_s) > now_s - SHOWN_S]
        faulty = [r for r in recent if r.measured.with_outcome("fault")]
        return next(iter((faulty or self.reps)[-1:]), None)


def live_clip(pose: PoseSequence, name: str = "live") -> ClipInfo:
    """The session as a clip, for the measuring core and the report."""
    rate = pose.fps if len(pose) > 1 else 30.0
    length = float(pose.time_s[-1] - pose.time_s[0]) + 1 / rate if len(pose) else 0.0
    return ClipInfo(Path(name), pose.width, pose.height, 0, rate, rate, 1.0, len(pose), length, False, "live")
