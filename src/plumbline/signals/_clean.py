"""The whole cleaning of a pose sequence, in one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.pose import PLUMB_CHAIN, SIDES, PoseSequence, read_only
from plumbline.signals._filters import FloatArray, cutoff_for, low_pass
from plumbline.signals._gaps import fill_gaps, reject_outliers
from plumbline.signals._swaps import exchange, find_swaps

SPIKE_PCT_BH = 6.0


@dataclass(frozen=True)
class CleanPose:
    """Landmarks ready to be measured.

    Attributes
    ----------
    time_s : (n,)
    raw : (n, 33, 2)
        Legs put right, spikes out, short gaps bridged, not filtered; px.
    xy : (n, 33, 2)
        The same, low-passed at `cutoff_hz` without lag.
    visibility : (n, 33)
    body_height_px : float
        Median ankle-knee-hip-shoulder-ear chain.
    cutoff_hz : float
    swapped : (n,) bool
        Frames whose legs were exchanged back.
    found : (n,) bool
        Frames in which a person was found.
    width, height : int
    """

    time_s: FloatArray
    raw: FloatArray
    xy: FloatArray
    visibility: FloatArray
    body_height_px: float
    cutoff_hz: float
    swapped: NDArray[np.bool_]
    found: NDArray[np.bool_]
    width: int
    height: int

    @property
    def fps(self) -> float:
        """Median frame rate, NaN below two frames."""
        if len(self.time_s) < 2:
            return float("nan")
        return float(1 / np.median(np.diff(self.time_s)))


def chain_length_px(xy: FloatArray) -> float:
    """Median length of the ankle-to-ear chain over frames, the longer side's; NaN if unseen."""
    lengths = []
    for side in SIDES:
        joints = xy[:, PLUMB_CHAIN[side]]
        per_frame = np.linalg.norm(np.diff(joints, axis=1), axis=-1).sum(axis=1)
        seen = per_frame[np.isfinite(per_frame)]
        lengths.append(float(np.median(seen)) if len(seen) else float("nan"))
    return float(np.nanmax(lengths)) if np.isfinite(lengths).any() else float("nan")


def clean(pose: PoseSequence, *, cutoff_hz: float, max_gap_s: float) -> CleanPose:
    """Take spikes out, bridge short gaps, put exchanged legs right, and filter.

    Parameters
    ----------
    pose : PoseSequence
    cutoff_hz : float
        Wanted low-pass; lowered where the frame rate does not carry it.
    max_gap_s : float
        Longest gap that is bridged.
    """
    height_px = chain_length_px(pose.xy)
    xy = pose.xy
    swapped = np.zeros(len(pose), bool)
    if np.isfinite(height_px):
        swapped = find_swaps(xy, height_px)
        xy = exchange(xy, swapped)
        xy = reject_outliers(pose.time_s, xy, SPIKE_PCT_BH / 100 * height_px)
        xy = fill_gaps(pose.time_s, xy, max_gap_s)
    cutoff = cutoff_for(pose.fps, cutoff_hz) if len(pose) > 1 else cutoff_hz
    return CleanPose(
        time_s=pose.time_s,
        raw=read_only(xy),
        xy=read_only(low_pass(pose.time_s, xy, cutoff)),
        visibility=pose.visibility,
        body_height_px=height_px,
        cutoff_hz=cutoff,
        swapped=swapped,
        found=pose.found,
        width=pose.width,
        height=pose.height,
    )
