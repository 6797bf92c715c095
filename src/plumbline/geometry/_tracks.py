"""Everything the later stages read, as one set of time series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.geometry._angles import flexion, lean
from plumbline.geometry._camera import CameraView
from plumbline.geometry._plumb import plumb_offsets
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, Side
from plumbline.signals import CleanPose, derivative

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class SideTracks:
    """Angles of one side over time, all (n,) in degrees (per second)."""

    knee_flexion_deg: FloatArray
    knee_velocity_deg_s: FloatArray
    hip_extension_deg: FloatArray
    ankle_deg: FloatArray
    thigh_deg: FloatArray
    knee_flexion_raw_deg: FloatArray


@dataclass(frozen=True)
class Tracks:
    """Posture over time, seen from the near side.

    Attributes
    ----------
    pose : CleanPose
    camera : CameraView
    sides : dict of side to SideTracks
    offsets_pct_bh : (n, 5)
        Ear, shoulder, hip, knee, ankle ahead of the near ankle.
    trunk_lean_deg : (n,)
    """

    pose: CleanPose
    camera: CameraView
    sides: dict[Side, SideTracks]
    offsets_pct_bh: FloatArray
    trunk_lean_deg: FloatArray

    @property
    def time_s(self) -> FloatArray:
        """Presentation times (n,)."""
        return self.pose.time_s

    @property
    def near(self) -> SideTracks:
        """Tracks of the side nearer the camera."""
        return self.sides[self.camera.near_side]

    def chain(self, side: Side | None = None) -> FloatArray:
        """Ear, shoulder, hip, knee, ankle (n, 5, 2) in px of one side, the near one by default."""
        return self.pose.xy[:, PLUMB_CHAIN[side or self.camera.near_side]]


@dataclass(frozen=True)
class KneeCorrection:
    """Widens the knee's movement, which pose models flatten.

    `gain` is the slope that is added at `centre_deg`; the correction never exceeds
    `limit_deg`. A gain of 0 leaves angles as the model gives them.
    """

    gain: float = 0.0
    centre_deg: float = 15.0
    limit_deg: float = 2.5

    def apply(self, flexion_deg: FloatArray) -> FloatArray:
        """Corrected flexion (n,) in degrees."""
        if self.limit_deg <= 0:
            return flexion_deg
        off = self.gain * (flexion_deg - self.centre_deg) / self.limit_deg
        return np.asarray(flexion_deg + self.limit_deg * np.tanh(off))


def _side(pose: CleanPose, side: Side, forward: int, knee_correction: KneeCorrection) -> SideTracks:
    hip, knee, ankle, _heel, toe = LEG[side]
    shoulder = PLUMB_CHAIN[side][1]
    xy = pose.xy
    knee_flexion = knee_correction.apply(flexion(xy[:, hip], xy[:, knee], xy[:, ankle]))
    return SideTracks(
        knee_flexion_deg=knee_flexion,
        knee_velocity_deg_s=derivative(pose.time_s, knee_flexion),
        hip_extension_deg=180 - flexion(xy[:, shoulder], xy[:, hip], xy[:, knee]),
        ankle_deg=180 - flexion(xy[:, knee], xy[:, ankle], xy[:, toe]),
        thigh_deg=-lean(xy[:, hip], xy[:, knee], forward) % 360 - 180,
        knee_flexion_raw_deg=flexion(pose.raw[:, hip], pose.raw[:, knee], pose.raw[:, ankle]),
    )


def build_tracks(pose: CleanPose, camera: CameraView, knee_correction: KneeCorrection | None = None) -> Tracks:
    """Compute angles and plumb offsets of every frame.

    Parameters
    ----------
    pose : CleanPose
    camera : CameraView
    knee_correction : KneeCorrection, optional
        None leaves the knee as the pose model gives it.
    """
    correction = knee_correction or KneeCorrection()
    forward = camera.forward
    chain = pose.xy[:, PLUMB_CHAIN[camera.near_side]]
    return Tracks(
        pose=pose,
        camera=camera,
        sides={side: _side(pose, side, forward, correction) for side in SIDES},
        offsets_pct_bh=plumb_offsets(chain, forward, pose.body_height_px),
        trunk_lean_deg=lean(chain[:, 2], chain[:, 1], forward),
    )


def foot_slide_pct(tracks: Tracks) -> float:
    """How far a foot moves forward and back under its hip, %BH: large in walking and running."""
    pose = tracks.pose
    slides = [0.0]
    for side in SIDES:
        gap = pose.xy[:, LEG[side][2], 0] - pose.xy[:, LEG[side][0], 0]
        gap = gap[np.isfinite(gap)]
        if len(gap):
            slides.append(float(np.percentile(gap, 95) - np.percentile(gap, 5)))
    return max(slides) / pose.body_height_px * 100
