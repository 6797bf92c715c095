"""The even rhythm in which a film repeats pictures: 4 new ones of 5, 2 of 5, 1 of 2, and the like.

Film makers call it pulldown: 24 pictures a second become 30 by repeating one of four, 60 by two and three in turn.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera._settings import CAMERA

Marks = NDArray[np.bool_]


def _patterns(count: int) -> list[Marks]:
    """Which of `count` pictures are new, for every rhythm and every place in it to begin; fewest new ones first."""
    shares = [(n, m) for m in range(2, CAMERA.longest_rhythm + 1) for n in range(1, m) if gcd(n, m) == 1]
    out = []
    for new, of in sorted(shares, key=lambda share: share[0] / share[1]):
        place = np.arange(count + of) * new // of
        steps = np.diff(place, prepend=-1) > 0
        out += [steps[first : first + count] for first in range(of)]
    return out


def find_rhythm(change: FloatArray, around: FloatArray) -> Marks | None:
    """Which pictures are new where they come in an even rhythm, None where they do not.

    In a true rhythm those that it calls repeated change by about the same little, the encoder's or the
    deinterlacer's doing, or by little beside those around; and those that it calls new change by more, except at
    turning points of the movement.

    Parameters
    ----------
    change : (n,)
        How far each picture differs from the one before, levels.
    around : (n,)
        What pictures around each change by.
    """
    moving = around >= CAMERA.moves_levels
    for new in _patterns(len(change)):
        again = change[moving & ~new]
        if len(again) < CAMERA.least_again:
            continue
        most = CAMERA.missed_times * float(np.median(again))
        hardly = (again <= most) | (again < CAMERA.same_share * around[moving & ~new])
        more = change[moving & new] > most
        if hardly.mean() >= CAMERA.rhythm_again_share and more.mean() >= CAMERA.rhythm_new_share:
            first = new.copy()
            first[0] = True  # what comes before the first new picture is the one before it, cut off
            return first
    return None
