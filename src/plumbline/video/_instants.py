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
# And the pictures just before and after change at least so much of it.
FULL_SHARE = 0.5
# Around: so many pictures to either side; something moves where one of them changes by so many levels.
AROUND, MOVES = 4, 3.0
# A film holds pictures twice when so large a share of those in movement are: films of twenty cameras
# and of rendered figures have at most 1 % that look so by chance, the others 11 % and more.
LEAST_SHARE, LEAST_COUNT = 0.06, 6
# At a turning point a new picture hardly changes either: it is told from one stored again by changing
# more than so many times as much as those usually do.
MISSED_TIMES = 2.0
# The even rhythm is believed as it stands where it misses at most such a share.
FEW_MISSED = 0.03
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


def _repeated(change: FloatArray) -> NDArray[np.bool_]:
    """Pictures stored again: far less changed than those around, with a full change just before and after.

    At a turning point of a movement change fades and comes back; beside a picture stored again it does not.
    """
    around = _around(change)
    same = change < SAME_SHARE * around
    full = change >= FULL_SHARE * around
    out = np.zeros(len(change), bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(int)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        sharp = first > 0 and last < len(change) and full[first - 1] and full[last]
        out[first:last] = sharp and bool(change[first:last].max() <= SAME_SHARE * min(change[first - 1], change[last]))
    return out


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
    again = _repeated(known) & moving
    if again.sum() < LEAST_COUNT or again.sum() < LEAST_SHARE * moving.sum():
        return None
    # What a picture stored again differs by is the encoder's doing, and known now.
    again |= moving & (known <= MISSED_TIMES * np.median(known[again])) & (known < SAME_SHARE * _around(known))
    new = moving & ~again & (known >= SAME_SHARE * _around(known))
    period = _period(again, new)
    keep = _kept(again, new, period)
    stored = _filled(np.flatnonzero(keep), change, period, float(np.median(change[again])))
    kept_s = np.asarray(time_s)[stored]
    count = np.arange(len(stored))
    slope, offset = np.polyfit(count, kept_s, 1)
    even = offset + count * slope
    step = float(np.median(np.diff(time_s)))
    regular = n > 1 and float(np.abs(kept_s - even).max()) <= EVEN_STEPS * step
    return Instants(stored, kept_s, even - even[0] if regular else kept_s)


def _period(again: NDArray[np.bool_], new: NDArray[np.bool_]) -> float:
    """Pictures stored for each that is new, where every picture around is clearly the one or the other."""
    clear = np.lib.stride_tricks.sliding_window_view(np.pad(again | new, AROUND), 2 * AROUND + 1).all(axis=1)
    where = clear if new[clear].any() else again | new
    return float(where.sum() / max(int(new[where].sum()), 1))


def _kept(again: NDArray[np.bool_], new: NDArray[np.bool_], period: float) -> NDArray[np.bool_]:
    """Which pictures to keep: all that are clearly new, and one in `period` where nothing tells."""
    keep = np.zeros(len(again), bool)
    due = 0.0
    for i in range(len(again)):
        keep[i] = i == 0 or bool(new[i]) or (not again[i] and i >= due - 0.5)
        if keep[i]:
            due = i + period if new[i] else due + period
    return keep


def _filled(stored: NDArray[np.int_], change: FloatArray, period: float, again: float) -> NDArray[np.int_]:
    """Kept pictures, and those between them that the even rhythm misses.

    Where it misses few, they are slow ones taken for stored again; where many, only those that do differ.
    """
    missed: list[int] = []
    for i in np.flatnonzero(np.diff(stored) > max(1.5 * period, np.ceil(period))):
        first, last = int(stored[i]), int(stored[i + 1])
        missed += [min(round(first + k * period), last - 1) for k in range(1, round((last - first) / period))]
    if len(missed) > FEW_MISSED * len(stored):
        missed = [k for k in missed if change[k] > MISSED_TIMES * again]
    return np.unique(np.concatenate([stored, np.array(missed, int)]))
