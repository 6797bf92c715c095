"""Films that are played backwards from some moment on: where they turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.clip import ClipInfo
from plumbline.estimation._settings import ESTIMATION
from plumbline.pose import PoseSequence
from plumbline.pose.landmarks import LEG
from plumbline.video import read_frames


def find_turn(pose: PoseSequence, clip: ClipInfo) -> int | None:
    """The frame from which a film runs backwards, None where it does not.

    Parameters
    ----------
    pose : PoseSequence
        The athlete; where their way is not retraced no picture is looked at.
    clip : ClipInfo
    """
    turn = _suspected(pose)
    return turn.frame if turn is not None and _mirrored(clip, pose.time_s, turn) else None


@dataclass(frozen=True)
class _Turn:
    """Where a film turns: the first frame that runs backwards, and whether the one before it is shown again."""

    frame: int
    again: bool

    def back(self, away: int) -> int:
        """The frame that `away` frames after the turn is shown again."""
        return self.frame - away - (1 if self.again else 2)


def _suspected(pose: PoseSequence) -> _Turn | None:
    n = len(pose)
    if not 2 < n <= ESTIMATION.turn_most_frames or not pose.found.any():
        return None
    # A way is of two frames at least, on either side of the turn and of the frame that may stand there alone.
    least, most = max(int(ESTIMATION.turn_least_s * pose.fps), 3), max(int(ESTIMATION.turn_most_s * pose.fps), 2)
    legs = pose.xy[:, [*LEG["left"][1:], *LEG["right"][1:]]] / pose.size_px * 100
    turns = [_Turn(k, again) for again in (True, False) for k in range(least, n - least)]
    if not turns:
        return None
    turn = turns[int(np.argmin([_retraced(legs, one, most) for one in turns]))]
    return turn if _retraced(legs, turn, n) < ESTIMATION.retraced_pct_bh else None


def _retraced(legs: FloatArray, turn: _Turn, most: int) -> float:
    """How far the way after a turn is from the way before it, backwards, %BH; infinite where nothing moves."""
    reach = min(turn.back(0) + 1, len(legs) - turn.frame, most)
    before = legs[turn.back(reach - 1) : turn.back(0) + 1][::-1]
    after = legs[turn.frame : turn.frame + reach]
    apart = np.linalg.norm(before - after, axis=2)
    known = np.isfinite(apart)
    if known.mean() < ESTIMATION.turn_seen_share:
        return float("inf")
    moved = float(np.nanmedian(np.nanmax(before, axis=0) - np.nanmin(before, axis=0)))
    return float(np.median(apart[known])) if moved >= ESTIMATION.retraced_moved_pct_bh else float("inf")


def _mirrored(clip: ClipInfo, time_s: FloatArray, turn: _Turn) -> bool:
    """Whether pictures before a turn are those after it."""
    reach = min(turn.back(0) + 1, len(time_s) - turn.frame) - 1
    away = [int(d) for d in np.unique(np.linspace(1, reach - 1, ESTIMATION.mirrored_pairs).astype(int))]
    wanted = {k for d in away for k in (turn.back(d), turn.frame + d, turn.frame + d + 1)}
    only = {k: float(time_s[k]) for k in sorted(wanted)}
    seen = {
        f.index: f.image.astype(np.int16) for f in read_frames(clip, long_edge=ESTIMATION.mirrored_edge_px, only=only)
    }
    pairs = [[seen.get(turn.frame + d), seen.get(turn.back(d)), seen.get(turn.frame + d + 1)] for d in away]
    change = [[_apart(a, b), _apart(a, c)] for a, b, c in pairs if a is not None and b is not None and c is not None]
    same, usual = np.array(change, float).reshape(-1, 2).T
    return len(same) > 0 and bool(np.median(same) < ESTIMATION.mirrored_share * np.median(usual))


def _apart(a: NDArray[np.int16], b: NDArray[np.int16]) -> float:
    """How far two pictures differ where they differ most."""
    return float(np.percentile(np.abs(a - b), ESTIMATION.mirrored_percentile))
