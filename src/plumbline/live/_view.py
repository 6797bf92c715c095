"""What a live session shows at an instant."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.draw import FrameScene
from plumbline.live._calls import Call
from plumbline.live._counter import LiveRep
from plumbline.live._pace import Pace

PHASES = ("looking", "countdown", "counting", "done")
# In these nothing is counted yet.
BEFORE_COUNTING = PHASES[:2]


@dataclass(frozen=True)
class LiveView:
    """What is shown now.

    Attributes
    ----------
    phase : str
        One of `PHASES`.
    words : str
        What the athlete is to do, also while reps are counted; empty for nothing.
    scene : FrameScene or None
        None while nobody is seen.
    contact : bool
        Whether a foot bears.
    count : int
        Reps of the set so far.
    rep : LiveRep or None
        The one whose findings are shown, see `RepCounter.shown`.
    pace : Pace
    calls : tuple of Call
        The newest, oldest first.
    faults : tuple of (str, tuple of int)
        Each fault in words, and the numbers of its reps.
    missed : bool
        Whether reps may have been missed in this set.
    """

    phase: str
    words: str
    scene: FrameScene | None
    contact: bool
    count: int
    rep: LiveRep | None
    pace: Pace
    calls: tuple[Call, ...] = ()
    faults: tuple[tuple[str, tuple[int, ...]], ...] = ()
    missed: bool = False
