"""A figure's proportions, and its 33 landmarks from hips, lean and feet.

Segment lengths are Winter's fractions of stature (Winter 2009, *Biomechanics and
Motor Control of Human Movement*, fig. 4.1, after Drillis & Contini 1966).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.pose.landmarks import LEG, N_LANDMARKS, SIDES, Landmark, Side

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Body:
    """Segment lengths in metres for a given stature.

    Parameters
    ----------
    height_m : float
        Stature.
    facing : int
        +1 when the figure looks towards +x (image right), -1 towards -x.
    """

    height_m: float = 1.72
    facing: int = 1

    @property
    def thigh_m(self) -> float:
        """Hip to knee."""
        return 0.245 * self.height_m

    @property
    def shank_m(self) -> float:
        """Knee to ankle."""
        return 0.246 * self.height_m

    @property
    def trunk_m(self) -> float:
        """Hip to shoulder (0.818 H - 0.530 H)."""
        return 0.288 * self.height_m

    @property
    def neck_m(self) -> float:
        """Shoulder to ear (tragion at about 0.925 H)."""
        return 0.107 * self.height_m

    @property
    def ankle_height_m(self) -> float:
        """Ankle above the sole."""
        return 0.039 * self.height_m

    @property
    def toe_ahead_m(self) -> float:
        """Ankle to the end of the shoe, along a flat foot."""
        return 0.112 * self.height_m

    @property
    def heel_behind_m(self) -> float:
        """Ankle to the back of the shoe, along a flat foot."""
        return 0.036 * self.height_m

    @property
    def near_side(self) -> Side:
        """Side towards the camera."""
        return "right" if self.facing > 0 else "left"

    @property
    def chain_m(self) -> float:
        """Ankle-knee-hip-shoulder-ear chain: the scale that `%BH` refers to."""
        return self.shank_m + self.thigh_m + self.trunk_m + self.neck_m


@dataclass(frozen=True)
class Leg:
    """Where a foot is: ankle (n, 2) in m, forward and up, and foot pitch (n,) in rad, heel up > 0."""

    ankle: Array
    pitch: Array


def rotate(x: Array | float, y: Array | float, angle: Array) -> tuple[Array, Array]:
    """Rotate (x forward, y up) so that a positive angle turns the toe down."""
    c, s = np.cos(angle), np.sin(angle)
    return x * c + y * s, -x * s + y * c


def foot_points(body: Body, leg: Leg) -> tuple[Array, Array]:
    """Return heel and toe (n, 2) on the sole line of a rigid foot."""
    heel = rotate(-body.heel_behind_m, -body.ankle_height_m, leg.pitch)
    toe = rotate(body.toe_ahead_m, -body.ankle_height_m, leg.pitch)
    return leg.ankle + np.stack(heel, -1), leg.ankle + np.stack(toe, -1)


def ankle_from_toe(body: Body, toe: Array, pitch: Array) -> Array:
    """Return the ankle (n, 2) of a foot whose toe stands at `toe` with the given pitch."""
    dx, dy = rotate(body.toe_ahead_m, -body.ankle_height_m, pitch)
    return toe - np.stack([dx, dy], -1)


def leg_length(body: Body, knee_flexion_deg: Array | float) -> Array:
    """Hip-ankle distance for a knee flexion (law of cosines)."""
    a, b = body.thigh_m, body.shank_m
    return np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(knee_flexion_deg)))


def knee_joint(body: Body, hip: Array, ankle: Array) -> Array:
    """Return the knee (n, 2), bent forward, between hip and ankle."""
    a, b = body.thigh_m, body.shank_m
    d = ankle - hip
    r = np.clip(np.hypot(d[..., 0], d[..., 1]), 1e-6, (a + b) * (1 - 1e-9))
    along = (a * a - b * b + r * r) / (2 * r)
    out = np.sqrt(np.maximum(a * a - along * along, 0))
    u = d / r[..., None]
    forward = np.stack([-u[..., 1], u[..., 0]], -1)
    return hip + along[..., None] * u + out[..., None] * forward


def assemble(
    body: Body,
    hip: Array,
    legs: dict[Side, Leg],
    *,
    trunk_lean_deg: Array,
    ear_forward_m: Array,
    arm_swing_deg: Array,
    elbow_deg: float = 70.0,
    neck_lean_deg: Array | float = 0.0,
) -> Array:
    """Put the 33 landmarks together.

    Parameters
    ----------
    hip : (n, 2)
        Hip centre in m, forward and up.
    legs : mapping of side to Leg
    trunk_lean_deg, ear_forward_m, arm_swing_deg : (n,)
        Trunk from vertical (forward positive), ear ahead of where the neck puts it, upper
        arm ahead of the trunk line.
    neck_lean_deg : (n,) or float
        Neck from vertical, forward positive.

    Returns
    -------
    (n, 33, 3) float
        x (image right), y up, z towards the camera, in m.
    """
    n = len(hip)
    xyz = np.zeros((n, N_LANDMARKS, 3))
    lean = np.radians(trunk_lean_deg)
    h = body.height_m

    def put(index: int, point: Array, lateral_m: float) -> None:
        xyz[:, index, 0] = point[:, 0] * body.facing
        xyz[:, index, 1] = point[:, 1]
        xyz[:, index, 2] = lateral_m

    shoulder = hip + body.trunk_m * np.stack([np.sin(lean), np.cos(lean)], -1)
    neck = np.broadcast_to(np.radians(neck_lean_deg), (n,))
    ear = shoulder + body.neck_m * np.stack([np.sin(neck), np.cos(neck)], -1)
    ear = ear + np.stack([ear_forward_m, np.zeros(n)], -1)

    def near(side: Side) -> float:
        return 1.0 if side == body.near_side else -1.0

    put(Landmark.NOSE, ear + np.array([0.068, 0.004]) * h, 0.0)
    for side in SIDES:
        s, odd = near(side), int(side == "right")
        for i, (eye_x, eye_z) in enumerate([(0.058, 0.012), (0.055, 0.018), (0.048, 0.026)]):
            put(1 + 3 * odd + i, ear + np.array([eye_x, 0.018]) * h, s * eye_z * h)
        put(7 + odd, ear, s * 0.044 * h)
        put(9 + odd, ear + np.array([0.055, -0.022]) * h, s * 0.014 * h)
        put(11 + odd, shoulder, s * 0.105 * h)
        upper = np.radians(arm_swing_deg) - lean
        elbow = shoulder + 0.172 * h * np.stack([np.sin(upper), -np.cos(upper)], -1)
        fore = upper + np.radians(elbow_deg)
        wrist = elbow + 0.146 * h * np.stack([np.sin(fore), -np.cos(fore)], -1)
        finger = wrist + 0.05 * h * np.stack([np.sin(fore), -np.cos(fore)], -1)
        put(13 + odd, elbow, s * 0.125 * h)
        put(15 + odd, wrist, s * 0.125 * h)
        for k in (17, 19, 21):
            put(k + odd, finger, s * 0.125 * h)
        leg = legs[side]
        heel, toe = foot_points(body, leg)
        knee = knee_joint(body, hip, leg.ankle)
        for index, point in zip(LEG[side], (hip, knee, leg.ankle, heel, toe), strict=True):
            put(index, point, s * 0.055 * h)
    return xyz
