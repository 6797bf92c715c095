"""What every metric is computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.geometry import Tracks
from plumbline.measuring import Measuring
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, Side
from plumbline.reps import Rep
from plumbline.signals import noise_sd

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Context:
    """A clip ready for metrics.

    Attributes
    ----------
    tracks : Tracks
    measuring : Measuring
    height_m, mass_kg : float or None
        Stature and mass, when given.
    flat_foot_deg, flat_heel_px : float
        Foot angle and heel row of the near foot in quiet standing; NaN where the clip
        shows none.
    """

    tracks: Tracks
    measuring: Measuring
    height_m: float | None = None
    mass_kg: float | None = None
    flat_foot_deg: float = float("nan")
    flat_heel_px: float = float("nan")

    def leg(self, rep: Rep) -> Side:
        """The leg that is measured: the working one of single-leg drills, else the near one."""
        for side in SIDES:
            if rep.stance == side:
                return side
        return self.tracks.camera.near_side

    def at(self, series: FloatArray, time_s: float) -> float:
        """A track (n,) at an instant between frames; NaN outside the clip or in a gap."""
        t = self.tracks.time_s
        if not np.isfinite(time_s) or not t[0] <= time_s <= t[-1]:
            return float("nan")
        return float(np.interp(time_s, t, series))

    def within(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Frames (n,) between two instants."""
        t = self.tracks.time_s
        return (t >= start_s) & (t <= end_s)

    def smoothed(self, raw_sd: float) -> float:
        """Noise left of a frame's noise after the low-pass."""
        fps, cutoff = self.tracks.pose.fps, self.tracks.pose.cutoff_hz
        return raw_sd * float(np.sqrt(min(1.0, 2 * cutoff / fps)))

    def knee_noise_deg(self, side: Side) -> float:
        """Noise of the filtered knee angle in degrees."""
        raw = float(noise_sd(self.tracks.time_s, self.tracks.sides[side].knee_flexion_raw_deg))
        return self.smoothed(raw) if np.isfinite(raw) else float("nan")

    def point_noise_pct(self, indices: tuple[int, ...]) -> float:
        """Horizontal noise of filtered landmarks in %BH, root mean square over them."""
        pose = self.tracks.pose
        sd = noise_sd(pose.time_s, pose.raw[:, list(indices), 0])
        return self.smoothed(float(np.sqrt(np.nanmean(sd**2))) / pose.body_height_px * 100)

    def chain(self, rep: Rep) -> FloatArray:
        """Ear, shoulder, hip, knee, ankle (n, 5, 2): near side, with the working leg."""
        near = PLUMB_CHAIN[self.tracks.camera.near_side]
        leg = LEG[self.leg(rep)]
        return self.tracks.pose.xy[:, [near[0], near[1], *leg[:3]]]
