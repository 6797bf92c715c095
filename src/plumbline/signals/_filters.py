"""Zero-lag low-pass and derivatives on real time stamps."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.signal import butter, sosfiltfilt

FloatArray = NDArray[np.float64]

# Of the frame rate: above it a low-pass has too little room under the Nyquist frequency.
CUTOFF_SHARE_OF_RATE = 0.33
ORDER = 2  # applied forwards and backwards: fourth order, no lag
# The double pass lowers the -3 dB point of each pass; Winter (2009), section 3.4.4.
DOUBLE_PASS = (np.sqrt(2.0) - 1.0) ** (1.0 / (2 * ORDER))


def cutoff_for(fps: float, wanted_hz: float) -> float:
    """Cut-off that a frame rate allows: the wanted one, or less at a low rate."""
    return float(min(wanted_hz, CUTOFF_SHARE_OF_RATE * fps))


def _runs(ok: NDArray[np.bool_]) -> list[slice]:
    """Consecutive stretches of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ok, [False]]).astype(int)))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def low_pass(time_s: FloatArray, x: FloatArray, cutoff_hz: float) -> FloatArray:
    """Zero-lag fourth-order Butterworth low-pass; variable frame rates are allowed.

    Each stretch without gaps is brought to an even clock at its own median rate,
    filtered forwards and backwards, and read back at the real time stamps.

    Parameters
    ----------
    time_s : (n,)
    x : (n, ...)
        NaN where missing; stretches of fewer than 4 samples come back as they are.
    cutoff_hz : float
        -3 dB point of the double pass.

    Returns
    -------
    (n, ...)
    """
    flat = np.array(x, float).reshape(len(time_s), -1)
    for column in flat.T:
        for run in _runs(np.isfinite(column)):
            n = run.stop - run.start
            if n < 4:
                continue
            t, y = time_s[run], column[run]
            rate = 1 / float(np.median(np.diff(t)))
            if cutoff_hz / DOUBLE_PASS >= 0.49 * rate:
                continue
            even = np.linspace(t[0], t[-1], max(n, round((t[-1] - t[0]) * rate) + 1))
            rate = (len(even) - 1) / (t[-1] - t[0])
            sos = butter(ORDER, cutoff_hz / DOUBLE_PASS, fs=rate, output="sos")
            pad = min(len(even) - 1, int(rate / cutoff_hz * 1.5) + 1)
            smooth = sosfiltfilt(sos, np.interp(even, t, y), padtype="odd", padlen=pad)
            column[run] = np.interp(t, even, smooth)
    return flat.reshape(np.shape(x))


def derivative(time_s: FloatArray, x: FloatArray) -> FloatArray:
    """First derivative (n,) per second on the real time stamps, of the cubic spline through x.

    Differences of neighbours would take a tenth off a movement of 8 Hz at 60 fps. Stretches
    of fewer than four samples give NaN.
    """
    out = np.full(len(time_s), np.nan)
    for run in _runs(np.isfinite(x)):
        if run.stop - run.start >= 4:
            out[run] = CubicSpline(time_s[run], x[run])(time_s[run], 1)
    return out


def noise_sd(time_s: FloatArray, x: FloatArray) -> FloatArray:
    """Standard deviation (...) of frame-to-frame noise, from third differences.

    Robust (median based), so that movement, which bends slowly, hardly counts.
    """
    if len(time_s) < 5:
        return np.full(np.shape(x)[1:], np.nan)
    third = np.diff(np.asarray(x, float), 3, axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a landmark that is never seen
        spread = np.nanmedian(np.abs(third), axis=0)
    return np.asarray(1.4826 * spread / np.sqrt(20.0))
