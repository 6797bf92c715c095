"""Films that are played backwards from some moment on: where they turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.pose._sequence import FloatArray, PoseSequence
from plumbline.pose.landmarks import LEG
from plumbline.video import ClipInfo, read_frames

# A film may run backwards from where feet and knees retrace all of their way within so much of the height, though
# they move by far more. Over 2 s, hops and lunges of people retrace theirs within 0.7 to 3 %: pictures must confirm it.
RETRACED_PCT, MOVED_PCT = 0.9, 8.0
# A turn is looked for in so much to either side of it; in longer films nobody plays with the order of the pictures.
LEAST_S, MOST_S, MOST_FRAMES = 1.0, 2.0, 20_000
# A way is known where somebody is found in so many of the frames.
SEEN_SHARE = 0.5
# Pictures at equal distances from the turn are the same: they differ by less than this share of what
# they differ from the ones after them by. At so many distances, in pictures of this size.
SAME_SHARE, PAIRS, LONG_EDGE = 0.5, 8, 480


def find_turn(pose: PoseSequence, clip: ClipInfo) -> int | None:
    """The frame from which a film runs backwards, None where it does not.

    Parameters
    ----------
    pose : PoseSequence
        The athlete; where their way is not retraced no picture is looked at.
    clip : ClipInfo
    """
    turn = _suspected(pose)
    return turn if turn is not None and _mirrored(clip, pose.time_s, turn) else None


def _suspected(pose: PoseSequence) -> int | None:
    n = len(pose)
    if not 2 < n <= MOST_FRAMES or not pose.found.any():
        return None
    least, most = max(int(LEAST_S * pose.fps), 1), int(MOST_S * pose.fps)
    legs = pose.xy[:, [*LEG["left"][1:], *LEG["right"][1:]]] / pose.size_px * 100
    apart = [_retraced(legs, k, most) for k in range(least, n - least)]
    if not apart:
        return None
    turn = least + int(np.argmin(apart))
    return turn if _retraced(legs, turn, n) < RETRACED_PCT else None


def _retraced(legs: FloatArray, turn: int, most: int) -> float:
    """How far the way after a frame is from the way before it, backwards, %BH; infinite where nothing moves."""
    reach = min(turn, len(legs) - turn, most)
    before, after = legs[turn - reach : turn][::-1], legs[turn : turn + reach]
    apart = np.linalg.norm(before - after, axis=2)
    known = np.isfinite(apart)
    if known.mean() < SEEN_SHARE:
        return float("inf")
    moved = np.ptp(np.where(np.isfinite(before), before, np.nanmean(before)), axis=0)
    return float(np.median(apart[known])) if float(np.median(moved)) >= MOVED_PCT else float("inf")


def _mirrored(clip: ClipInfo, time_s: FloatArray, turn: int) -> bool:
    """Whether pictures before a frame are those after it."""
    reach = min(turn, len(time_s) - turn) - 1
    away = np.unique(np.linspace(1, reach - 1, PAIRS).astype(int))
    wanted = {int(k) for d in away for k in (turn - 1 - d, turn + d, turn + d + 1)}
    only = {k: float(time_s[k]) for k in sorted(wanted)}
    seen = {f.index: f.image.astype(np.int16) for f in read_frames(clip, long_edge=LONG_EDGE, only=only)}
    pairs = [[seen.get(turn + d), seen.get(turn - 1 - d), seen.get(turn + d + 1)] for d in away]
    change = [[_apart(a, b), _apart(a, c)] for a, b, c in pairs if a is not None and b is not None and c is not None]
    same, usual = np.array(change, float).reshape(-1, 2).T
    return len(same) > 0 and bool(np.median(same) < SAME_SHARE * np.median(usual))


def _apart(a: NDArray[np.int16], b: NDArray[np.int16]) -> float:
    """How far two pictures differ where they differ most."""
    return float(np.percentile(np.abs(a - b), 99.5))
