"""What is asked of a movement: supports, stances, swings, and how trunk and arms go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.skeleton import Anatomy, Array

SIDES = ("left", "right")
Course = Callable[[Array], Array]


@dataclass(frozen=True)
class Posture:
    """How the leading leg is bent at an instant: knee flexion in degrees, ankle ahead of the hip in m.

    With a height of the hip above the floor, that counts instead of the knee, and the ankle is that of the
    foot as it stands flat.
    """

    knee_deg: float
    ankle_ahead_m: float = 0.0
    side: str = "left"
    hip_m: float = float("nan")


@dataclass(frozen=True)
class Support:
    """The body on the ground: from the first foot down to the last foot up.

    Attributes
    ----------
    start_s, end_s : float
    first, last : Posture
        At both ends.
    shape : tuple of float
        The ground force's own shape: skewness, sharpness and impact peak (share of its height).
    dip_m : float
        How far the mass centre goes down on the way, below the line between both ends; NaN leaves it
        to the force.
    dip_share : float
        When it is lowest.
    """

    start_s: float
    end_s: float
    first: Posture
    last: Posture
    shape: tuple[float, float, float] = (0.0, 1.0, 0.0)
    dip_m: float = float("nan")
    dip_share: float = 0.5


@dataclass(frozen=True)
class Swing:
    """A leg's way in the air, on top of the straight way between two stances.

    Attributes
    ----------
    side : {"left", "right"}
    start_s : float
        Of the stance it follows: its `end_s`.
    knots : tuple of (share, thigh deg, knee deg, ankle deg)
        Thigh ahead of the pelvis' line, knee flexion and the foot's pitch against the shank.
    held : bool
        The leg stays between two knots that are alike, and goes no further than its knots.
    """

    side: str
    start_s: float
    knots: tuple[tuple[float, float, float, float], ...]
    held: bool = False


@dataclass(frozen=True)
class Plan:
    """A movement before it is worked out.

    Attributes
    ----------
    name : str
    anatomy : Anatomy
    duration_s : float
    supports : tuple of Support
        The body on the ground, in order of time.
    stances : tuple of FootStance
        Each foot on the ground, in order of time.
    trunk, elbow, shoulder_left, shoulder_right, head : callable of (n,) s to (n,) deg
        Forward lean of the trunk; elbow flexion; upper arms ahead of the trunk; head nodding.
    swings : tuple of Swing
    turn : callable of (n,) s to (n,) deg
        Pelvis turned about the upright, right hip forward positive.
    floors : tuple of (x0, x1, height) in m
        Boxes on the floor.
    ground_speed_m_s : float
        How fast the ground moves backwards under the athlete (a treadmill), otherwise 0.
    hips : callable, optional
        The path (n, 2) of the middle of the hips in m, where nothing flies; supports are not needed then.
    margin : int
        Supports at each end that are there to be cut off.
    """

    name: str
    anatomy: Anatomy
    duration_s: float
    supports: tuple[Support, ...]
    stances: tuple[FootStance, ...]
    trunk: Course
    shoulder_left: Course
    shoulder_right: Course
    elbow: Course
    swings: tuple[Swing, ...] = ()
    head: Course = np.zeros_like
    turn: Course = np.zeros_like
    floors: tuple[tuple[float, float, float], ...] = ()
    ground_speed_m_s: float = 0.0
    hips: Course | None = field(default=None)
    margin: int = 0
