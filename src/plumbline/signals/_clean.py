"""The whole cleaning of a pose sequence, in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera import CameraPath
from plumbline.pose import PLUMB_CHAIN, SIDES, PoseSequence, read_only
from plumbline.signals._filters import cutoff_for, low_pass
from plumbline.signals._gaps import fill_gaps, reject_outliers
from plumbline.signals._settings import SIGNALS
from plumbline.signals._swaps import exchange, find_swaps


@dataclass(frozen=True)
class CleanPose:
    """Landmarks ready to be measured, in a picture that stands still and upright.

    The camera's movement is taken off, and its tilt once it is known (`levelled`);
    `in_picture` leads back to where things are seen.

    Attributes
    ----------
    time_s : (n,)
    raw : (n, 33, 2)
        Legs put right, spikes out, short gaps bridged, not filtered; px, NaN where missing.
    xy : (n, 33, 2)
        The same, low-passed at `cutoff_hz` without lag, px.
    body_height_px : float
        Median ankle-knee-hip-shoulder-ear chain, NaN if never seen.
    cutoff_hz : float
    swapped : (n,) bool
        Frames whose legs were exchanged back.
    found : (n,) bool
        Frames in which a person was found.
    inside : (n, 33) bool
        Landmarks that lie within the top and bottom of the picture; one that is missing counts as inside.
    to_picture : (n, 2, 3)
        Affine map of each frame from here to the film's own px.
    width, height : int
        Size of the picture in px.
    """

    time_s: FloatArray
    raw: FloatArray
    xy: FloatArray
    body_height_px: float
    cutoff_hz: float
    swapped: NDArray[np.bool_]
    found: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    to_picture: FloatArray
    width: int
    height: int

    @property
    def seen_share(self) -> float:
        """Share of the frames from the first find to the last in which a person was found, 0 without any."""
        seen = np.flatnonzero(self.found)
        return len(seen) / float(seen[-1] - seen[0] + 1) if len(seen) else 0.0

    @property
    def swapped_share(self) -> float:
        """Share of the frames with a person in which legs were exchanged, 0 without any."""
        return float(self.swapped[self.found].mean()) if self.found.any() else 0.0

    def in_picture(self, points: FloatArray, frame: int) -> FloatArray:
        """Where points are seen in the film.

        Parameters
        ----------
        points : (..., 2)
            px of this pose.
        frame : int

        Returns
        -------
        (..., 2)
            px of the film's own picture.
        """
        a = self.to_picture[frame]
        return np.asarray(points @ a[:, :2].T + a[:, 2])

    def levelled(self, tilt_deg: float) -> CleanPose:
        """The same turned upright, for a picture that is turned by `tilt_deg`, counter-clockwise positive."""
        turn = turn_matrix(tilt_deg)
        middle = np.array([self.width / 2, self.height / 2])
        back = np.column_stack([turn, middle - turn @ middle])

        def upright(xy: FloatArray) -> FloatArray:
            return read_only((xy - middle) @ turn + middle)

        return replace(self, raw=upright(self.raw), xy=upright(self.xy), to_picture=_after(self.to_picture, back))

    @cached_property
    def fps(self) -> float:
        """Median frame rate, NaN below two frames."""
        if len(self.time_s) < 2:
            return float("nan")
        return float(1 / np.median(np.diff(self.time_s)))


def turn_matrix(tilt_deg: float) -> FloatArray:
    """Matrix (2, 2) that turns level px (x right, y down) into a picture tilted counter-clockwise."""
    a = np.radians(tilt_deg)
    return np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


def _after(outer: FloatArray, inner: FloatArray) -> FloatArray:
    """Affine maps (n, 2, 3) that apply `inner` (2, 3) first."""
    linear = outer[:, :, :2] @ inner[:, :2]
    return np.concatenate([linear, (outer[:, :, :2] @ inner[:, 2] + outer[:, :, 2])[..., None]], axis=-1)


def _steady(xy: FloatArray, camera: CameraPath | None) -> tuple[FloatArray, FloatArray]:
    """Landmarks as the first frame's camera would see them, and the way back (n, 2, 3).

    A camera that stands still is left as it is: following the background would add noise.
    """
    n = len(xy)
    if camera is None or not camera.moves:
        return xy, np.tile(np.eye(2, 3), (n, 1, 1))
    there = camera.to_first
    steady = np.einsum("nij,nkj->nki", there[:, :, :2], xy) + there[:, None, :, 2]
    full = np.concatenate([there, np.tile([[[0.0, 0.0, 1.0]]], (n, 1, 1))], axis=1)
    return steady, np.linalg.inv(full)[:, :2]


def chain_length_px(xy: FloatArray) -> float:
    """Median ankle-to-ear chain in px, the longer side's, of landmarks `xy` (n, 33, 2) in px; NaN if unseen."""
    lengths = []
    for side in SIDES:
        joints = xy[:, PLUMB_CHAIN[side]]
        per_frame = np.linalg.norm(np.diff(joints, axis=1), axis=-1).sum(axis=1)
        seen = per_frame[np.isfinite(per_frame)]
        lengths.append(float(np.median(seen)) if len(seen) else float("nan"))
    return float(np.nanmax(lengths)) if np.isfinite(lengths).any() else float("nan")


def clean(pose: PoseSequence, *, cutoff_hz: float, max_gap_s: float, camera: CameraPath | None = None) -> CleanPose:
    """Take the camera's movement and spikes out, bridge short gaps, put exchanged legs right, filter.

    Parameters
    ----------
    pose : PoseSequence
    camera : CameraPath, optional
        How the camera moved; None for one that stood still.
    cutoff_hz : float
        Wanted low-pass; lowered where the frame rate does not carry it.
    max_gap_s : float
        Longest gap that is bridged.

    Returns
    -------
    CleanPose
        Not levelled yet; all NaN where nobody was found.
    """
    xy, to_picture = _steady(pose.xy, camera)
    with np.errstate(invalid="ignore"):
        inside = ~((pose.xy[..., 1] >= pose.height - 1) | (pose.xy[..., 1] < 0))
    height_px = chain_length_px(xy)
    swapped = np.zeros(len(pose), bool)
    if np.isfinite(height_px):
        swapped = find_swaps(xy, height_px)
        xy = exchange(xy, swapped)
        inside = exchange(inside.astype(float), swapped) > 0
        xy = reject_outliers(pose.time_s, xy, SIGNALS.spike_pct_bh / 100 * height_px, SIGNALS.spike_sure_s)
        xy = fill_gaps(pose.time_s, xy, max_gap_s)
    cutoff = cutoff_for(pose.fps, cutoff_hz) if len(pose) > 1 else cutoff_hz
    return CleanPose(
        time_s=pose.time_s,
        raw=read_only(xy),
        xy=read_only(low_pass(pose.time_s, xy, cutoff)),
        body_height_px=height_px,
        cutoff_hz=cutoff,
        swapped=swapped,
        found=pose.found,
        inside=inside,
        to_picture=to_picture,
        width=pose.width,
        height=pose.height,
    )
