"""Zero-lag low-pass and derivatives on real time stamps."""

from __future__ import annotations

import itertools
import warnings
from functools import lru_cache

import numpy as np
import scipy

from plumbline.arrays import FloatArray
from plumbline.signals._settings import SIGNALS
from plumbline.stretches import stretches

ORDER = 2  # applied forwards and backwards: fourth order, no lag
# The double pass lowers the -3 dB point of each pass; Winter (2009), section 3.4.4.
DOUBLE_PASS = (np.sqrt(2.0) - 1.0) ** (1.0 / (2 * ORDER))


def cutoff_for(fps: float, wanted_hz: float) -> float:
    """Cut-off that a frame rate allows: the wanted one, or less at a low rate.

    Parameters
    ----------
    fps : float
        Frames per second.
    wanted_hz : float

    Returns
    -------
    float
        Hz.
    """
    return float(min(wanted_hz, SIGNALS.cutoff_share_of_rate * fps))


def low_pass(time_s: FloatArray, x: FloatArray, cutoff_hz: float) -> FloatArray:
    """Zero-lag fourth-order Butterworth low-pass; variable frame rates are allowed.

    Each stretch without gaps is brought to an even clock at its own median rate,
    filtered forwards and backwards, and read back at the real time stamps.

    Parameters
    ----------
    time_s : (n,)
        Presentation times, increasing.
    x : (n, ...)
        Any unit; NaN where missing. Stretches of fewer than 4 samples come back as they are.
    cutoff_hz : float
        -3 dB point of the double pass.

    Returns
    -------
    (n, ...)
        In the unit of `x`, NaN where `x` is.

    References
    ----------
    Winter (2009), *Biomechanics and Motor Control of Human Movement*, section 3.4.4 (cut-off of the double pass).
    """
    flat = np.array(x, float).reshape(len(time_s), -1)
    # Columns with the same gaps are filtered together.
    alike: dict[bytes, list[int]] = {}
    seen = np.isfinite(flat)
    for k, column in enumerate(seen.T):
        alike.setdefault(column.tobytes(), []).append(k)
    for columns in alike.values():
        for run in stretches(seen[:, columns[0]]):
            for part in _without_holes(run, time_s):
                flat[part, columns] = _smoothed(time_s[part], flat[part, columns], cutoff_hz)
    return flat.reshape(np.shape(x))


def _without_holes(run: slice, time_s: FloatArray) -> list[slice]:
    """A stretch parted where its clock jumps: an even clock across hours has no end of samples."""
    steps = np.diff(time_s[run])
    if not len(steps):
        return [run]
    far = np.flatnonzero(steps > SIGNALS.hole_steps * np.median(steps)) + 1 + run.start
    ends = [run.start, *far.tolist(), run.stop]
    return [slice(a, b) for a, b in itertools.pairwise(ends)]


def _smoothed(t: FloatArray, y: FloatArray, cutoff_hz: float) -> FloatArray:
    """Low-pass of a stretch (n, k) without gaps."""
    n = len(t)
    if n < 4:
        return y
    rate = 1 / float(np.median(np.diff(t)))
    even = np.linspace(t[0], t[-1], max(n, round((t[-1] - t[0]) * rate) + 1))
    rate = (len(even) - 1) / (t[-1] - t[0])
    # The even clock's rate is what counts: a stretch that slows down midway has fewer samples than its median says.
    if cutoff_hz / DOUBLE_PASS >= SIGNALS.nyquist_share * rate:
        return y
    pad = min(len(even) - 1, int(rate / cutoff_hz * SIGNALS.pad_periods) + 1)
    sections = _sections(cutoff_hz / DOUBLE_PASS / rate)
    given = _between(even, t, y)
    level = scipy.signal.detrend(given, axis=0)  # padded too shortly, a short stretch would lose its slope
    smooth = given - level + scipy.signal.sosfiltfilt(sections, level, axis=0, padtype="odd", padlen=pad)
    return _between(t, even, smooth)


@lru_cache(maxsize=64)
def _sections(cutoff_of_rate: float) -> FloatArray:
    return np.asarray(scipy.signal.butter(ORDER, cutoff_of_rate, fs=1.0, output="sos"))


def _between(x: FloatArray, at: FloatArray, values: FloatArray) -> FloatArray:
    """Values (n, k) given at `at` (n,), read along straight lines at x (m,)."""
    left = np.clip(np.searchsorted(at, x, side="right") - 1, 0, len(at) - 2)
    share = ((x - at[left]) / (at[left + 1] - at[left]))[:, None]
    return np.asarray(values[left] * (1 - share) + values[left + 1] * share)


def derivative(time_s: FloatArray, x: FloatArray) -> FloatArray:
    """First derivative on the real time stamps, of the cubic spline through x.

    Differences of neighbours would take a tenth off a movement of 8 Hz at 60 fps.

    Parameters
    ----------
    time_s : (n,)
        Presentation times, increasing.
    x : (n,)
        Any unit; NaN where missing.

    Returns
    -------
    (n,)
        Units of `x` per second; NaN where `x` is, and in stretches of fewer than four samples.
    """
    out = np.full(len(time_s), np.nan)
    for run in stretches(np.isfinite(x)):
        if run.stop - run.start >= 4:
            out[run] = scipy.interpolate.CubicSpline(time_s[run], x[run])(time_s[run], 1)
    return out


def noise_sd(time_s: FloatArray, x: FloatArray) -> FloatArray:
    """Standard deviation of frame-to-frame noise, from third differences.

    Robust (median based), so that movement, which bends slowly, hardly counts.

    Parameters
    ----------
    time_s : (n,)
        Presentation times; only their number counts.
    x : (n, ...)
        Any unit; NaN where missing.

    Returns
    -------
    (...,)
        In the unit of `x`; NaN below five samples, and of what is never seen.
    """
    if len(time_s) < 5:
        return np.full(np.shape(x)[1:], np.nan)
    third = np.diff(np.asarray(x, float), 3, axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a landmark that is never seen
        spread = np.nanmedian(np.abs(third), axis=0)
    return np.asarray(1.4826 * spread / np.sqrt(20))
