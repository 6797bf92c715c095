"""A track over the clip, with what every reading of it needs computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.metrics._settings import METRIC
from plumbline.signals import low_pass, noise_sd

# Noise bandwidth of the low-pass over its cut-off, `rounded_off` given back: the integral
# of the squared response 1 - (1 - H)^2, H = 1 / (1 + x^4), is 1.085 of one pass's cut-off; that of both
# passes together lies at 0.802 of it.
NOISE_BANDWIDTH = 1.35


def read_at(time_s: FloatArray, track: FloatArray, at_s: float) -> float:
    """A track (n,) at an instant between frames; NaN outside the clip or in a gap."""
    if not np.isfinite(at_s) or not time_s[0] <= at_s <= time_s[-1]:
        return np.nan
    i = int(np.searchsorted(time_s, at_s))
    near = slice(max(i - 1, 0), i + 2)
    return float(np.interp(at_s, time_s[near], track[near]))


@dataclass(frozen=True)
class Series:
    """A track of a clip.

    Attributes
    ----------
    time_s : (n,)
    values : (n,)
        Filtered, NaN where missing.
    raw : (n,)
        The same of unfiltered landmarks.
    cutoff_hz : float
        Of the low-pass that `values` went through.
    fps : float
    """

    time_s: FloatArray
    values: FloatArray
    raw: FloatArray
    cutoff_hz: float
    fps: float

    def at(self, time_s: float) -> float:
        """The value at an instant between frames; NaN outside the clip or in a gap."""
        return self._read(self.values, time_s)

    def change(self, at_s: float, sd_s: float) -> float:
        """How much the track changes within `sd_s` before or after an instant, whichever is more.

        Past a turn that is more, or less, than its rate there says.
        """
        if not sd_s > 0:
            return 0.0
        moved = np.abs([self.at(at_s - sd_s) - self.at(at_s), self.at(at_s + sd_s) - self.at(at_s)])
        return float(np.nanmax(moved)) if np.isfinite(moved).any() else abs(self.rate(at_s)) * sd_s

    def rate(self, time_s: float) -> float:
        """Change per second at an instant."""
        return self._read(self._rate, time_s)

    def lag(self, landing_s: float) -> float:
        """How far the pose model may be behind at a landing, by the largest change per second just before it."""
        k = (self.time_s >= landing_s - METRIC.swift_before_s) & (self.time_s <= landing_s) & np.isfinite(self._rate)
        return METRIC.swift_lag_s * float(np.max(np.abs(self._rate[k]), initial=0.0))

    def rounded_off(self, time_s: float) -> tuple[float, float]:
        """What the low-pass took at an instant, and what that leaves open.

        It rounds a bend off by about what a second pass takes once more (one step of Van
        Cittert's deconvolution); half of that stays uncertain.
        """
        taken = self._read(self._taken, time_s)
        return taken, abs(taken) / 2

    def between_frames(self, time_s: float) -> float:
        """What reading along a straight line between frames misses at most: an eighth of the second difference."""
        return abs(self._read(self._bend, time_s)) / 8

    @cached_property
    def raw_noise(self) -> float:
        """Noise of a frame before the low-pass."""
        return float(noise_sd(self.time_s, self.raw))

    @property
    def noise(self) -> float:
        """Noise that the low-pass leaves."""
        return self.raw_noise * float(np.sqrt(min(1.0, 2 * NOISE_BANDWIDTH * self.cutoff_hz / self.fps)))

    def _read(self, track: FloatArray, time_s: float) -> float:
        return read_at(self.time_s, track, time_s)

    @cached_property
    def _rate(self) -> FloatArray:
        return np.asarray(np.gradient(self.values, self.time_s))

    @cached_property
    def _taken(self) -> FloatArray:
        return self.values - low_pass(self.time_s, self.values, self.cutoff_hz)

    @cached_property
    def _bend(self) -> FloatArray:
        bend = np.zeros(len(self.values))
        bend[1:-1] = self.values[:-2] - 2 * self.values[1:-1] + self.values[2:]
        return bend
