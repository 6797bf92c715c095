"""Names and indices of the 33 BlazePose landmarks, and the few groups the geometry needs."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


class Landmark(IntEnum):
    """Row of a landmark in `PoseSequence.xy` (BlazePose order)."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


N_LANDMARKS = len(Landmark)

# Both shoulders and both hips.
TORSO = (11, 12, 23, 24)
# The leg from the hip down, in the order hip, knee, ankle, heel, toe.
LEG: dict[Side, tuple[int, ...]] = {
    "left": (23, 25, 27, 29, 31),
    "right": (24, 26, 28, 30, 32),
}
# The plumb line's joints, top to bottom: ear, shoulder, hip, knee, ankle.
PLUMB_CHAIN: dict[Side, tuple[int, ...]] = {
    "left": (7, 11, 23, 25, 27),
    "right": (8, 12, 24, 26, 28),
}
# Shoulder, elbow, wrist.
ARM: dict[Side, tuple[int, ...]] = {
    "left": (11, 13, 15),
    "right": (12, 14, 16),
}


def other(side: Side) -> Side:
    """The side opposite to `side`, "left" or "right"."""
    return "right" if side == "left" else "left"
