"""Everything the later stages read, as one set of time series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry._angles import flexion, lean
from plumbline.geometry._camera import CameraView
from plumbline.geometry._frontal import middle_hip, middle_shoulder
from plumbline.geometry._plumb import plumb_offsets
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, Side
from plumbline.signals import CleanPose, cutoff_for, derivative, low_pass


@dataclass(frozen=True)
class SideTracks:
    """Angles of one side over time; NaN where a joint is missing.

    Attributes
    ----------
    knee_flexion_deg : (n,)
        0 straight, bent positive; low-passed.
    knee_velocity_deg_s : (n,)
        Change of the flexion in degrees per second, flexing positive.
    hip_extension_deg : (n,)
        Trunk against thigh, 180 straight.
    ankle_deg : (n,)
        Interior angle knee-ankle-toe: larger with the foot pointed.
    thigh_deg : (n,)
        Thigh against straight down, -180 to 180; 90 with the knee level and ahead of the hip.
    knee_flexion_raw_deg : (n,)
        The flexion before the low-pass.
    """

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
        Ear, shoulder, hip, knee, ankle ahead of the near ankle, %BH.
    trunk_lean_deg : (n,)
        Trunk against the vertical, forward positive.
    velocity_cutoff_hz : float
        Low-pass of the knee's velocity.
    """

    pose: CleanPose
    camera: CameraView
    sides: dict[Side, SideTracks]
    offsets_pct_bh: FloatArray
    trunk_lean_deg: FloatArray
    velocity_cutoff_hz: float

    @property
    def time_s(self) -> FloatArray:
        """Presentation times (n,)."""
        return self.pose.time_s

    @property
    def near(self) -> SideTracks:
        """Tracks of the side nearer the camera."""
        return self.sides[self.camera.near_side]


@dataclass(frozen=True)
class KneeReading:
    """How knee angles are read.

    Pose models flatten the knee's movement, which `gain` gives back. Velocity has a low-pass of its
    own, since the one for angles would round its peak off.

    Attributes
    ----------
    velocity_cutoff_hz : float
        Wanted low-pass of the velocity; `cutoff_at` lowers it at a low frame rate.
    gain : float
        Share of the distance from `centre_deg` that is added; 0 leaves the angles as the model gives them.
    centre_deg : float
        Flexion that stays as it is.
    """

    velocity_cutoff_hz: float
    gain: float = 0.0
    centre_deg: float = 0.0

    def widened(self, flexion_deg: FloatArray) -> FloatArray:
        """Corrected flexion (n,) in degrees of `flexion_deg` (n,) as the model gives it."""
        return np.asarray(flexion_deg + self.gain * (flexion_deg - self.centre_deg))

    def velocity(self, time_s: FloatArray, flexion_deg: FloatArray) -> FloatArray:
        """Angular velocity of unfiltered flexion.

        Parameters
        ----------
        time_s : (n,)
            Presentation times.
        flexion_deg : (n,)
            Unfiltered, NaN where missing.

        Returns
        -------
        (n,)
            Degrees per second, flexing positive; NaN in stretches of fewer than four frames.
        """
        if len(time_s) < 3:
            return np.full(len(time_s), np.nan)
        return derivative(time_s, low_pass(time_s, flexion_deg, self.cutoff_at(time_s)))

    def cutoff_at(self, time_s: FloatArray) -> float:
        """The velocity's low-pass in Hz at the frame rate of `time_s` (n,)."""
        if len(time_s) < 2:
            return self.velocity_cutoff_hz
        return cutoff_for(1 / float(np.median(np.diff(time_s))), self.velocity_cutoff_hz)


def _side(pose: CleanPose, side: Side, forward: int, reading: KneeReading) -> SideTracks:
    hip, knee, ankle, _heel, toe = LEG[side]
    shoulder = PLUMB_CHAIN[side][1]
    xy = pose.xy
    raw = reading.widened(flexion(pose.raw[:, hip], pose.raw[:, knee], pose.raw[:, ankle]))
    return SideTracks(
        knee_flexion_deg=reading.widened(flexion(xy[:, hip], xy[:, knee], xy[:, ankle])),
        knee_velocity_deg_s=reading.velocity(pose.time_s, raw),
        hip_extension_deg=180 - flexion(xy[:, shoulder], xy[:, hip], xy[:, knee]),
        ankle_deg=180 - flexion(xy[:, knee], xy[:, ankle], xy[:, toe]),
        thigh_deg=-lean(xy[:, hip], xy[:, knee], forward) % 360 - 180,
        knee_flexion_raw_deg=raw,
    )


def trunk_lean(xy: FloatArray, forward: int) -> FloatArray:
    """Lean of the trunk, from the middle of both hips to that of both shoulders.

    Of one side alone, it would turn with the shoulders and the pelvis from step to step.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, y down.
    forward : int
        +1 when forward is image right, -1 when left.

    Returns
    -------
    (n,)
        Degrees from the vertical, forward positive; NaN where a joint is missing.
    """
    return lean(middle_hip(xy), middle_shoulder(xy), forward)


def build_tracks(pose: CleanPose, camera: CameraView, reading: KneeReading) -> Tracks:
    """Compute angles and plumb offsets of every frame.

    Parameters
    ----------
    pose : CleanPose
        Levelled, and its landmarks moved onto the joints where that is wanted.
    camera : CameraView
        Which way is forward, and the near side.
    reading : KneeReading

    Returns
    -------
    Tracks
    """
    forward = camera.forward
    chain = pose.xy[:, PLUMB_CHAIN[camera.near_side]]
    return Tracks(
        pose=pose,
        camera=camera,
        sides={side: _side(pose, side, forward, reading) for side in SIDES},
        offsets_pct_bh=plumb_offsets(chain, forward, pose.body_height_px),
        trunk_lean_deg=trunk_lean(pose.xy, forward),
        velocity_cutoff_hz=reading.cutoff_at(pose.time_s),
    )


def feet_outside(tracks: Tracks) -> float:
    """Share, 0 to 1, of the frames of `tracks` with an athlete in which heel and toe of the near foot are cut off."""
    inside = tracks.pose.inside[tracks.pose.found][:, LEG[tracks.camera.near_side][3:]]
    return float(1 - inside.mean(axis=0).max()) if len(inside) else 0.0


def foot_slide_pct(tracks: Tracks) -> float:
    """How far a foot of `tracks` moves forward and back under its hip, %BH: large in walking and running."""
    pose = tracks.pose
    slides = [0.0]
    for side in SIDES:
        gap = pose.xy[:, LEG[side][2], 0] - pose.xy[:, LEG[side][0], 0]
        gap = gap[np.isfinite(gap)]
        if len(gap):
            slides.append(float(np.percentile(gap, 95) - np.percentile(gap, 5)))
    return max(slides) / pose.body_height_px * 100
