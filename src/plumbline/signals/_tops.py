"""Tops of a signal, in what was seen of it."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from plumbline.arrays import FloatArray


def across_gaps(signal: FloatArray) -> FloatArray:
    """A signal that goes straight on across its gaps.

    Parameters
    ----------
    signal : (n,)
        In any unit, NaN where it was not seen.

    Returns
    -------
    (n,)
        In the same unit; NaN before it was seen first and after it was seen last.
    """
    seen = np.flatnonzero(np.isfinite(signal))
    if len(seen) == 0:
        return np.full(len(signal), np.nan)
    return np.interp(np.arange(len(signal)), seen, signal[seen], left=np.nan, right=np.nan)


def tops(signal: FloatArray, least: float, apart: int) -> NDArray[np.int_]:
    """Frames in which a signal is highest, seen to rise and to fall.

    Across a gap the signal is taken to go straight on; an edge of what was seen is no top, since what came before
    or after it is not known.

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
    known, whole = np.isfinite(signal), across_gaps(signal)
    first = int(np.argmax(known)) if known.any() else 0
    inside = whole[np.isfinite(whole)]
    found = first + scipy.signal.find_peaks(inside, prominence=least, distance=max(apart, 1))[0]
    return np.asarray(found[known[found - 1] & known[found] & known[found + 1]], int)
