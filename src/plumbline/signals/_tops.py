"""Tops of a signal, in what was seen of it."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from plumbline.arrays import FloatArray


def tops(signal: FloatArray, least: float, apart: int) -> NDArray[np.int_]:
    """Frames in which a signal is highest, seen to rise and to fall.

    Across a gap the signal is taken to go straight on; where it was not seen before or after, nothing is known of it:
    an edge of what was seen is no top.

    Parameters
    ----------
    signal : (n,)
        In any unit, NaN where it was not seen.
    least : float
        By how much it stands out on both sides, in the signal's unit.
    apart : int
        Frames that two tops lie apart at least.

    Returns
    -------
    (k,) int
        In order.
    """
    known = np.isfinite(signal)
    seen = np.flatnonzero(known)
    if len(seen) == 0:
        return np.zeros(0, int)
    first, last = seen[0], seen[-1]
    whole = np.interp(np.arange(first, last + 1), seen, signal[seen])
    found = first + scipy.signal.find_peaks(whole, prominence=least, distance=max(apart, 1))[0]
    return np.asarray(found[known[found - 1] & known[found] & known[found + 1]], int)
