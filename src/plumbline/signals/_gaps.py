"""Short gaps are bridged, spikes are taken out; long gaps stay NaN."""

from __future__ import annotations

import numpy as np
import scipy

from plumbline.arrays import FloatArray


def fill_gaps(time_s: FloatArray, x: FloatArray, max_gap_s: float) -> FloatArray:
    """Bridge gaps smoothly, up to a longest gap; ends are never extrapolated.

    Modified Akima interpolation: a straight bridge would put a corner, and so a wrong
    velocity, into every fast movement.

    Parameters
    ----------
    time_s : (n,)
    x : (n, ...)
        Any unit; NaN where missing.
    max_gap_s : float
        Longest time between two known samples that is bridged.

    Returns
    -------
    (n, ...)
        A copy in the unit of `x`; what lies in longer gaps stays NaN.
    """
    flat = np.array(x, float).reshape(len(time_s), -1)
    for column in flat.T:
        known = np.flatnonzero(np.isfinite(column))
        if len(known) < 2 or len(known) == len(column):
            continue
        missing = np.flatnonzero(~np.isfinite(column))
        inner = missing[(missing > known[0]) & (missing < known[-1])]
        after = known[np.searchsorted(known, inner)]
        before = known[np.searchsorted(known, inner) - 1]
        short = time_s[after] - time_s[before] <= max_gap_s
        if short.any():
            bridge = scipy.interpolate.Akima1DInterpolator(time_s[known], column[known], method="makima")
            column[inner[short]] = bridge(time_s[inner[short]])
    return flat.reshape(np.shape(x))


def reject_outliers(time_s: FloatArray, xy: FloatArray, limit_px: float, sure_s: float = np.inf) -> FloatArray:
    """Set single-frame spikes to NaN.

    A spike lies further than `limit_px` from where the line through its two neighbours has
    it, and further than twice the neighbours' own distance: a fast but steady movement is kept. What accelerates
    leaves that line by the square of the time between frames, and so the limit grows.

    Parameters
    ----------
    time_s : (n,)
    xy : (n, k, 2)
        Landmarks in px.
    limit_px : float
    sure_s : float
        The limit holds for frames that lie no further apart than this.

    Returns
    -------
    (n, k, 2)
        A copy in px, spikes NaN.
    """
    out = np.array(xy, float)
    if len(time_s) < 3:
        return out
    span = time_s[2:] - time_s[:-2]
    w = ((time_s[1:-1] - time_s[:-2]) / span)[:, None, None]
    between = xy[:-2] * (1 - w) + xy[2:] * w
    off = np.linalg.norm(xy[1:-1] - between, axis=-1)
    step = np.linalg.norm(xy[2:] - xy[:-2], axis=-1)
    limit = limit_px * np.maximum(span / 2 / sure_s, 1.0) ** 2
    spike = (off > limit[:, None]) & (off > 2 * step)
    out[1:-1][spike] = np.nan
    return out
