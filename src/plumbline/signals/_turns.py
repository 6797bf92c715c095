"""Which leg is ahead where the legs take turns: told by their rhythm, over the whole film."""

from __future__ import annotations

import numpy as np
import scipy

from plumbline.arrays import FloatArray
from plumbline.signals._settings import SIGNALS


def _rhythm(q: FloatArray) -> tuple[FloatArray, float]:
    """Phase (n,) in rad of a signal's (n,) strongest rhythm, and that rhythm's share of the variance."""
    n = len(q)
    swing = q - q.mean()
    frequencies, power = scipy.signal.periodogram(swing, window="hann", nfft=8 * n)
    power[frequencies * n < SIGNALS.least_turns] = 0.0
    per_frame = float(frequencies[np.argmax(power)])
    low, high = SIGNALS.turn_band_low * per_frame, min(SIGNALS.turn_band_high * per_frame, SIGNALS.nyquist_share)
    if not 0 < low < high or swing.std() == 0:
        return np.zeros(n), 0.0
    pad = min(n - 1, round(SIGNALS.pad_periods / per_frame))
    sections = scipy.signal.butter(2, [low, high], "band", output="sos", fs=1.0)
    band = scipy.signal.sosfiltfilt(sections, swing, padtype="even", padlen=pad)
    whole = scipy.signal.hilbert(np.pad(band, pad, mode="reflect"))
    phase = np.unwrap(np.angle(whole[pad : pad + n]))
    # What lies outside is not known: towards the ends the phase goes on as it does further in.
    edge = min(round(1 / per_frame), n // 3)
    frames = np.arange(n)
    for inner, outer in ((slice(edge, 2 * edge), frames[:edge]), (slice(-2 * edge, -edge), frames[n - edge :])):
        phase[outer] = np.polyval(np.polyfit(frames[inner], phase[inner], 1), outer)
    return phase, float(band.var() / swing.var())


def expected_gap(gap: FloatArray) -> FloatArray | None:
    """How far the left foot should be ahead of the right one in legs that swing past each other.

    The square of the gap does not know left from right: it swings once a step, whichever way the legs
    are named, and half its phase is that of the stride. Its cosine is the gap as it should be,
    up to a sign, which the model's own names decide.

    Parameters
    ----------
    gap : (n,)
        Left ankle ahead of the right one as the model names them, in body heights, along the picture;
        NaN where a leg is missing.

    Returns
    -------
    (n,) or None
        In body heights, of the same sign as `gap`; NaN before the legs are seen and after. None where
        the legs do not take turns: no rhythm, too small a swing, feet that do not come by each other, or
        names that do not follow at all.
    """
    known = np.flatnonzero(np.isfinite(gap))
    if len(known) < SIGNALS.least_turn_frames:
        return None
    seen = np.arange(known[0], known[-1] + 1)
    squared = np.interp(seen, known, gap[known] ** 2)
    phase, share = _rhythm(squared)
    swing = float(np.sqrt(2 * squared.mean()))
    closest = float(np.percentile(np.abs(gap[known]), 10)) / max(swing, 1e-9)
    cosine = np.full(len(gap), np.nan)
    cosine[seen] = np.cos(phase / 2)
    follows = cosine[known] * gap[known]
    agreement = float(follows.sum() / max(np.abs(follows).sum(), 1e-9))
    pass_by = closest < SIGNALS.pass_by_share and abs(agreement) > SIGNALS.turn_agreement
    if share < SIGNALS.turn_share or swing < SIGNALS.least_swing_bh or not pass_by:
        return None
    return np.asarray(np.sign(agreement) * swing * cosine)
