"""Pictures that a film holds twice: 30 a second stored as 60, screen recordings, cinema film for television.

A picture stored again looks like a body that stands still for a frame, and puts every event wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera._rhythm import find_rhythm
from plumbline.camera._settings import CAMERA
from plumbline.stretches import stretches


@dataclass(frozen=True)
class Instants:
    """The pictures of a film that differ.

    Attributes
    ----------
    stored : (n,) int
        Their places among all pictures of the film.
    stored_s : (n,)
        Their times as stored, s of the file.
    time_s : (n,)
        The instants that they show, s of the file.
    """

    stored: NDArray[np.int_]
    stored_s: FloatArray
    time_s: FloatArray

    def __len__(self) -> int:
        return len(self.stored)


def _around(change: FloatArray) -> FloatArray:
    """The second largest change around each picture: one cut or flash alone is no movement."""
    padded = np.pad(change, CAMERA.around_frames)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * CAMERA.around_frames + 1)
    return np.asarray(np.sort(windows, axis=1)[:, -2])


def _repeated(change: FloatArray) -> NDArray[np.bool_]:
    """Pictures stored again: far less changed than those around, with a full change just before and after.

    At a turning point of a movement change fades and comes back; beside a picture stored again it does not.
    """
    around = _around(change)
    same = change < CAMERA.same_share * around
    full = change >= CAMERA.full_share * around
    out = np.zeros(len(change), bool)
    for alike in stretches(same):
        first, last = alike.start, alike.stop
        sharp = first > 0 and last < len(change) and full[first - 1] and full[last]
        least = CAMERA.same_share * min(change[first - 1], change[last]) if sharp else 0.0
        out[alike] = sharp and bool(change[alike].max() <= least)
    return out


def find_instants(time_s: FloatArray, change: FloatArray) -> Instants | None:
    """Find the pictures that differ, None where (nearly) all do.

    Parameters
    ----------
    time_s : (n,)
        Times of all pictures, s of the file.
    change : (n,)
        How far each differs from the one before, levels; NaN where that is not known.

    Returns
    -------
    Instants or None
    """
    change = np.nan_to_num(change, nan=np.inf)
    known = np.where(np.isfinite(change), change, 0.0)
    around = _around(known)
    moving = around >= CAMERA.moves_levels
    again = _repeated(known) & moving
    if again.sum() < CAMERA.least_again or again.sum() < CAMERA.least_again_share * moving.sum():
        return None
    rhythm = find_rhythm(known, around)
    if rhythm is not None:
        return _on_even_clock(np.flatnonzero(rhythm), np.asarray(time_s, float))
    # What a picture stored again differs by is the encoder's doing, and known now.
    small = known < CAMERA.same_share * around
    again |= moving & (known <= CAMERA.missed_times * np.median(known[again])) & small
    new = moving & ~again & ~small
    period = _period(again, new)
    keep = _kept(again, new, period)
    stored = _filled(np.flatnonzero(keep), change, period, float(np.median(change[again])))
    return _on_even_clock(stored, np.asarray(time_s, float))


def _on_even_clock(stored: NDArray[np.int_], time_s: FloatArray) -> Instants:
    """Pictures kept, with the times of the even clock that they come from; with those stored where they fit none."""
    kept_s, count = time_s[stored], np.arange(len(stored))
    # The first picture may be the one before the film, cut off: it came sooner than it is stored.
    slope, offset = np.polyfit(count[1:], kept_s[1:], 1)
    even = offset + count * slope
    step = float(np.median(np.diff(time_s)))
    regular = float(np.abs(kept_s - even)[1:].max()) <= CAMERA.even_steps * step
    return Instants(stored, kept_s, even - even[0] if regular else kept_s)


def _period(again: NDArray[np.bool_], new: NDArray[np.bool_]) -> float:
    """Pictures stored for each that is new, where every picture around is clearly the one or the other."""
    reach = CAMERA.around_frames
    clear = np.lib.stride_tricks.sliding_window_view(np.pad(again | new, reach), 2 * reach + 1).all(axis=1)
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
    for i in np.flatnonzero(np.diff(stored) > max(CAMERA.missed_periods * period, np.ceil(period))):
        first, last = int(stored[i]), int(stored[i + 1])
        missed += [min(round(first + k * period), last - 1) for k in range(1, round((last - first) / period))]
    if len(missed) > CAMERA.few_missed_share * len(stored):
        missed = [k for k in missed if change[k] > CAMERA.missed_times * again]
    return np.unique(np.concatenate([stored, np.array(missed, int)]))
