"""An athlete's skeleton: segments, masses, and where every joint is for a posture.

World axes: x forward (the way the athlete faces), y up from the floor, z to the athlete's
right. At rest every segment's rotation is the identity: upright, arms hanging, feet flat
and forward. Nothing here knows of the measuring code: this is what it is judged by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sex = Literal["female", "male"]

# Every segment with its parent; a segment turns about its proximal joint, which its parent carries.
PARENT: dict[str, str | None] = {
    "pelvis": None,
    "trunk": "pelvis",
    "head": "trunk",
    "left_upper_arm": "trunk",
    "left_forearm": "left_upper_arm",
    "left_hand": "left_forearm",
    "right_upper_arm": "trunk",
    "right_forearm": "right_upper_arm",
    "right_hand": "right_forearm",
    "left_thigh": "pelvis",
    "left_shank": "left_thigh",
    "left_foot": "left_shank",
    "left_toes": "left_foot",
    "right_thigh": "pelvis",
    "right_shank": "right_thigh",
    "right_foot": "right_shank",
    "right_toes": "right_foot",
}
SEGMENTS = tuple(PARENT)
INDEX = {name: i for i, name in enumerate(SEGMENTS)}

# Points carried by a segment that are no segment's proximal joint.
POINT_ON: dict[str, str] = {
    "vertex": "head",
    "nose": "head",
    "left_ear": "head",
    "right_ear": "head",
    "left_eye": "head",
    "right_eye": "head",
    "left_fingertip": "left_hand",
    "right_fingertip": "right_hand",
    "left_heel": "left_foot",
    "left_ball": "left_foot",
    "left_toe": "left_toes",
    "right_heel": "right_foot",
    "right_ball": "right_foot",
    "right_toe": "right_toes",
}


@dataclass(frozen=True)
class Anatomy:
    """One body at rest.

    Attributes
    ----------
    height_m, mass_kg : float
        Stature and mass.
    sex : {"female", "male"}
        Whose segment masses are taken (de Leva 1996).
    joints : dict of str to (3,) float
        Proximal joint of every segment at rest, in m. The pelvis' is the middle of the hips,
        the trunk's the lumbar joint, the toes' the toe hinge above the ball of the foot.
    points : dict of str to (3,) float
        The other points at rest, in m. Heel, ball and toe lie on the sole (y = 0): the shod
        foot touches the floor with them.

    References
    ----------
    de Leva 1996 (J Biomech 29:1223), table 4.
    """

    height_m: float
    mass_kg: float
    sex: Sex
    joints: dict[str, Array] = field(repr=False)
    points: dict[str, Array] = field(repr=False)

    def length(self, upper: str, lower: str) -> float:
        """Distance between the proximal joints of two segments.

        Parameters
        ----------
        upper, lower : str
            Their names, see `joints`.

        Returns
        -------
        float
            m.
        """
        return float(np.linalg.norm(self.joints[upper] - self.joints[lower]))


@dataclass(frozen=True)
class Movement:
    """An athlete's postures over time, finely sampled.

    Attributes
    ----------
    anatomy : Anatomy
    time_s : (n,) float
    root_m : (n, 3) float
        Middle of the hips.
    rotation : (n, k, 3, 3) float
        Rotation of each of the k `SEGMENTS` from rest, in the world's axes; no unit.
    contacts : dict of str to (k, 2) float
        For "left" and "right": first and last instant of every time the sole is on the ground, in s. Infinite
        where it was there before the beginning, or is beyond the end.
    name : str
        The movement's name.
    floors : tuple of (x0, x1, height) in m
        Boxes on the floor, in world axes.
    ground_speed_m_s : float
        How fast the ground moves backwards under the athlete (a treadmill), otherwise 0.
    """

    anatomy: Anatomy
    time_s: Array
    root_m: Array
    rotation: Array
    contacts: dict[str, Array]
    name: str
    floors: tuple[tuple[float, float, float], ...] = ()
    ground_speed_m_s: float = 0.0


def joint_positions(anatomy: Anatomy, root_m: Array, rotation: Array) -> dict[str, Array]:
    """Where every segment's proximal joint and every other point is.

    Parameters
    ----------
    anatomy : Anatomy
    root_m : (n, 3)
        Middle of the hips.
    rotation : (n, k, 3, 3)
        Rotation of each of the k `SEGMENTS` from rest, in the world's axes; no unit.

    Returns
    -------
    dict of (n, 3)
        By name, m in the world's axes.
    """
    out: dict[str, Array] = {"pelvis": root_m}
    for name, parent in PARENT.items():
        if parent is not None:
            offset = anatomy.joints[name] - anatomy.joints[parent]
            out[name] = out[parent] + rotation[:, INDEX[parent]] @ offset
    for name, segment in POINT_ON.items():
        offset = anatomy.points[name] - anatomy.joints[segment]
        out[name] = out[segment] + rotation[:, INDEX[segment]] @ offset
    return out


# Segment masses in % of the body's, and centres of mass in % of the segment's length from its
# proximal end, for females and males: de Leva 1996 (J Biomech 29:1223), table 4. Radii of gyration
# about the transverse axis, round which a body turns in the plane that is filmed, in % of the length, same
# table. The trunk there runs from the middle of the hips to the suprasternal notch and counts as pelvis and
# trunk here, split at the lumbar joint by its parts (lower trunk 12.47/11.17 %, the rest above).
MASS_PCT: dict[str, tuple[float, float]] = {
    "head": (6.68, 6.94),
    "trunk": (30.10, 32.29),
    "pelvis": (12.47, 11.17),
    "upper_arm": (2.55, 2.71),
    "forearm": (1.38, 1.62),
    "hand": (0.56, 0.61),
    "thigh": (14.78, 14.16),
    "shank": (4.81, 4.33),
    "foot": (1.29, 1.37),
}
CENTRE_PCT: dict[str, tuple[float, float]] = {
    "upper_arm": (57.54, 57.72),
    "forearm": (45.59, 45.74),
    "hand": (74.74, 79.00),
    "thigh": (36.12, 40.95),
    "shank": (44.16, 44.59),
    "foot": (40.14, 44.15),
}
GYRATION_PCT: dict[str, tuple[float, float]] = {
    "head": (29.5, 31.5),
    "trunk": (33.9, 34.7),
    "pelvis": (40.2, 55.1),
    "upper_arm": (26.0, 26.9),
    "forearm": (25.7, 26.5),
    "hand": (45.4, 51.3),
    "thigh": (36.4, 32.9),
    "shank": (26.7, 24.9),
    "foot": (27.9, 24.5),
}


def table_row(segment: str) -> str:
    """Row of the mass tables for a segment: without its side; toes count with the foot."""
    return segment.split("_", 1)[1] if segment.startswith(("left_", "right_")) else segment
