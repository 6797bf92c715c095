"""Pictures that a film holds twice: 30 a second stored as 60, screen recordings, cinema film for television.

A picture stored again looks like a body that stands still for a frame, and puts every event wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# A picture that changes less than this share of what pictures around it do is the last one again.
SAME_SHARE = 0.25
# Around: so many pictures to either side; something moves where one of them changes by so many levels.
AROUND, MOVES = 4, 3.0
# A film holds pictures twice when so large a share of those in movement are. At the turning points of
# a movement single pictures, too, hardly change: two in a hop.
LEAST_SHARE, LEAST_COUNT = 0.12, 6
# At a turning point a new picture hardly changes either: where the even rhythm misses one, it is taken
# for new when it changes so many times as much as pictures stored again do.
MISSED_TIMES = 2.0
# Where the different pictures lie within so many stored intervals of an even clock, they came from it.
EVEN_STEPS = 1.0


@dataclass(frozen=True)
class Instants:
    """The pictures of a film that differ.

    Attributes
    ----------
    stored : (n,) int
        Their places among all pictures of the film.
    stored_s, time_s : (n,)
        Their times as stored, and the instants that they show, s of the file.
    """

    stored: NDArray[np.int_]
    stored_s: FloatArray
    time_s: FloatArray

    def __len__(self) -> int:
        return len(self.stored)


def _around(change: FloatArray) -> FloatArray:
    """The second largest change around each picture: one cut or flash alone is no movement."""
    padded = np.pad(change, AROUND)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * AROUND + 1)
    return np.asarray(np.sort(windows, axis=1)[:, -2])


def _stand_outs(change: FloatArray) -> NDArray[np.bool_]:
    """Pictures that change far less than both neighbours' surroundings do, and not little by little less."""
    return np.asarray(change < SAME_SHARE * _around(change))


def find_instants(time_s: FloatArray, change: FloatArray) -> Instants | None:
    """Find the pictures that differ, None where (nearly) all do.

    Parameters
    ----------
    time_s : (n,)
        Times of all pictures, s of the file.
    change : (n,)
        How far each differs from the one before, levels; NaN where that is not known.
    """
    n = len(time_s)
    change = np.nan_to_num(change, nan=np.inf)
    known = np.where(np.isfinite(change), change, 0.0)
    moving = _around(known) >= MOVES
    again = _stand_outs(np.where(np.isfinite(change), change, 1e9)) & moving
    if again.sum() < LEAST_COUNT or again.sum() < LEAST_SHARE * moving.sum():
        return None
    period = float(moving.sum() / (moving & ~again).sum())
    keep = _kept(again, moving, period)
    stored = _filled(np.flatnonzero(keep), change, period, float(np.median(change[again])))
    kept_s = np.asarray(time_s)[stored]
    count = np.arange(len(stored))
    slope, offset = np.polyfit(count, kept_s, 1)
    even = offset + count * slope
    step = float(np.median(np.diff(time_s)))
    regular = n > 1 and float(np.abs(kept_s - even).max()) <= EVEN_STEPS * step
    return Instants(stored, kept_s, even - even[0] if regular else kept_s)


def _kept(again: NDArray[np.bool_], moving: NDArray[np.bool_], period: float) -> NDArray[np.bool_]:
    """Which pictures to keep: all that differ in movement, and one in `period` where nothing tells."""
    keep = np.zeros(len(again), bool)
    due = 0.0
    for i, (same, moves) in enumerate(zip(again, moving, strict=True)):
        keep[i] = i == 0 or (not same if moves else i >= due - 0.5)
        if keep[i]:
            due = i + period if moves else due + period
    return keep


def _filled(stored: NDArray[np.int_], change: FloatArray, period: float, again: float) -> NDArray[np.int_]:
    """Kept pictures, and those between them that the rhythm misses and that do differ."""
    missed: list[int] = []
    for i in np.flatnonzero(np.diff(stored) > max(1.5 * period, np.ceil(period))):
        first, last = int(stored[i]), int(stored[i + 1])
        for k in range(1, round((last - first) / period)):
            due = min(round(first + k * period), last - 1)
            if change[due] > MISSED_TIMES * again:
                missed.append(due)
    return np.unique(np.concatenate([stored, np.array(missed, int)]))
