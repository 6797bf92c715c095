"""What is seen from the front: knees that fall in, a pelvis that drops, a foot that lands late."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.pose.landmarks import LEG, SIDES, Landmark
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.motion import Motion

# Turns the figure so that it faces the camera.
FACING_CAMERA_DEG = {1: -90.0, -1: 90.0}
UPPER = [i for i in range(33) if i not in {*LEG["left"], *LEG["right"]}]


@dataclass(frozen=True)
class Frontal:
    """Departures in the frontal plane; degrees, inwards, left lower and to the left positive."""

    valgus_left_deg: float = 0.0
    valgus_right_deg: float = 0.0
    pelvic_drop_deg: float = 0.0
    side_lean_deg: float = 0.0
    left_late_s: float = 0.0


def in_the_frontal_plane(motion: Motion, how: Frontal) -> Motion:
    """The same motion with knees, pelvis and trunk moved sideways, the left foot delayed."""
    xyz = motion.xyz.copy()
    left = 1.0 if motion.body.near_side == "left" else -1.0  # where the body's left is, along z
    if how.left_late_s:
        late = [LEG["left"][i] for i in (1, 2, 3, 4)]
        xyz[:, late] = motion.at(motion.time_s - how.left_late_s)[:, late]
    middle = (xyz[:, Landmark.LEFT_HIP] + xyz[:, Landmark.RIGHT_HIP]) / 2
    for side in SIDES:
        hip, knee, ankle, *_ = LEG[side]
        outwards, deg = (left, how.valgus_left_deg) if side == "left" else (-left, how.valgus_right_deg)
        # The two parts of the leg share the angle by their lengths in the picture.
        upper = xyz[:, hip, 1] - xyz[:, knee, 1]
        lower = xyz[:, knee, 1] - xyz[:, ankle, 1]
        xyz[:, knee, 2] -= outwards * np.radians(deg) * upper * lower / (upper + lower)
    drop = np.tan(np.radians(how.pelvic_drop_deg))
    for side in SIDES:
        hip = LEG[side][0]
        xyz[:, hip, 1] -= left * (xyz[:, hip, 2] - middle[:, 2]) * drop
    lean = np.radians(how.side_lean_deg) * left
    up = xyz[:, UPPER, 1] - middle[:, None, 1]
    across = xyz[:, UPPER, 2] - middle[:, None, 2]
    xyz[:, UPPER, 2] = middle[:, None, 2] + across * np.cos(lean) + up * np.sin(lean)
    xyz[:, UPPER, 1] = middle[:, None, 1] + up * np.cos(lean) - across * np.sin(lean)
    return replace(motion, drill=f"front_{motion.drill}", xyz=xyz)


def front_camera(camera: Camera, facing: int) -> Camera:
    """A camera that the athlete faces."""
    return replace(camera, yaw_deg=FACING_CAMERA_DEG[facing])
