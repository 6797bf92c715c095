"""How smooth a movement is, from the spectrum of its speed."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.metrics._settings import METRIC


def spectral_arc_length(speed: FloatArray, fps: float, cutoff_hz: float) -> float:
    """Negative arc length of the speed's normalised Fourier magnitude (SPARC).

    Free of scale and duration. A single bell-shaped movement gives about -1.4; every stop,
    start and tremor makes the spectrum longer and the number smaller.

    Parameters
    ----------
    speed : (n,)
        Magnitude, any unit.
    fps : float
    cutoff_hz : float
        Nothing above counts.

    Returns
    -------
    float
        NaN for a movement that stands still.

    References
    ----------
    Balasubramanian et al. 2015, J NeuroEng Rehabil 12: 112.
    """
    n = 2 ** int(np.ceil(np.log2(max(len(speed), 2))) + METRIC.smoothness_padding)
    magnitude = np.abs(np.fft.rfft(speed, n))
    if not np.isfinite(magnitude).all() or magnitude.max() <= 0:
        return np.nan
    frequency = np.fft.rfftfreq(n, 1 / fps)
    magnitude = magnitude / magnitude.max()
    kept = frequency <= cutoff_hz
    frequency, magnitude = frequency[kept], magnitude[kept]
    loud = np.flatnonzero(magnitude >= METRIC.smoothness_floor)
    frequency, magnitude = frequency[loud[0] : loud[-1] + 1], magnitude[loud[0] : loud[-1] + 1]
    if len(frequency) < 2:
        return np.nan
    across = np.diff(frequency) / (frequency[-1] - frequency[0])
    return -float(np.sum(np.hypot(across, np.diff(magnitude))))
