"""What is seen from the front: knees against the leg's line, the trunk against upright."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.geometry._angles import flexion
from plumbline.geometry._settings import GEOMETRY
from plumbline.pose import LEG, Landmark, Side


def knee_projection_deg(hip: FloatArray, knee: FloatArray, ankle: FloatArray, middle: FloatArray) -> FloatArray:
    """Frontal-plane projection angle of the knee, inwards (valgus) positive.

    Parameters
    ----------
    hip, knee, ankle : (..., 2)
        One leg's joints in px.
    middle : (..., 2)
        The middle between the hips, px: which way is inwards.

    Returns
    -------
    (...,)
        Degrees; 0 when hip, knee and ankle lie on a line, NaN where a joint is missing.

    References
    ----------
    Willson & Davis 2008, J Orthop Sports Phys Ther 38(10): 606-615.
    """
    leg, offset = ankle - hip, knee - hip
    across = leg[..., 0] * offset[..., 1] - leg[..., 1] * offset[..., 0]
    to_middle = middle - hip
    inwards = np.sign(leg[..., 0] * to_middle[..., 1] - leg[..., 1] * to_middle[..., 0])
    return np.asarray(flexion(hip, knee, ankle) * np.sign(across) * inwards)


def side_lean_deg(hips: FloatArray, shoulders: FloatArray, left: FloatArray) -> FloatArray:
    """Trunk from the vertical, towards the body's left positive.

    Parameters
    ----------
    hips, shoulders : (..., 2)
        Their middles, in px, y down.
    left : (..., 2)
        The left hip, px: which way is left.

    Returns
    -------
    (...,)
        Degrees, -180 to 180; NaN where a point is missing.
    """
    d = np.asarray(shoulders) - hips
    sign = np.sign((np.asarray(left) - hips)[..., 0])
    return np.degrees(np.arctan2(sign * d[..., 0], -d[..., 1]))


def _middle(xy: FloatArray, left: int, right: int) -> FloatArray:
    return np.asarray((xy[:, left] + xy[:, right]) / 2)


def middle_hip(xy: FloatArray) -> FloatArray:
    """Middle between the hips (n, 2), in the unit of landmarks `xy` (n, 33, 2)."""
    return _middle(xy, Landmark.LEFT_HIP, Landmark.RIGHT_HIP)


def middle_shoulder(xy: FloatArray) -> FloatArray:
    """Middle between the shoulders (n, 2), in the unit of landmarks `xy` (n, 33, 2)."""
    return _middle(xy, Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)


def knee_inwards_deg(xy: FloatArray, side: Side) -> FloatArray:
    """`knee_projection_deg` of one leg.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, y down.
    side : "left" or "right"
        The athlete's own side.

    Returns
    -------
    (n,)
        Degrees, inwards (valgus) positive; NaN where a joint is missing.
    """
    hip, knee, ankle, *_ = LEG[side]
    return knee_projection_deg(xy[:, hip], xy[:, knee], xy[:, ankle], middle_hip(xy))


def knee_ahead(xy: FloatArray, side: Side) -> FloatArray:
    """How far a knee is bent towards the camera, from how much shorter the way from hip to ankle looks.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, y down.
    side : "left" or "right"
        The athlete's own side.

    Returns
    -------
    (n,)
        The tangent of half the knee's flexion: 0 where the leg is as long as it ever is, NaN where a joint is missing.
        Times twice a turn away from the camera (small, any unit) it is by how much the knee's projection angle is off.
    """
    hip, _, ankle, *_ = LEG[side]
    length = np.linalg.norm(xy[:, ankle] - xy[:, hip], axis=1)
    length[length == 0] = np.nan
    if not np.isfinite(length).any():
        return length
    share = np.minimum(length / np.nanpercentile(length, GEOMETRY.straight_leg_percentile), 1.0)
    return np.asarray(np.sqrt(1 - share**2) / share)


def thigh_seen(xy: FloatArray, side: Side) -> NDArray[np.bool_]:
    """Frames in which one thigh hangs enough to be seen from the front.

    In a deep bend hip and knee lie on one level in the picture, and no angle between them says
    where the knee is.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, y down.
    side : "left" or "right"
        The athlete's own side.

    Returns
    -------
    (n,) bool
        False where hip or knee is missing.
    """
    hip, knee, *_ = LEG[side]
    thigh = xy[:, knee] - xy[:, hip]
    length = np.linalg.norm(thigh, axis=1)
    known = length[np.isfinite(length)]
    if not len(known):
        return np.zeros(len(xy), bool)
    return np.asarray(thigh[:, 1] > GEOMETRY.min_thigh_seen_share * np.percentile(known, 90))


def trunk_to_the_left_deg(xy: FloatArray) -> FloatArray:
    """`side_lean_deg` (n,) in degrees of landmarks `xy` (n, 33, 2) in px; the body's left positive."""
    return side_lean_deg(middle_hip(xy), middle_shoulder(xy), xy[:, Landmark.LEFT_HIP])
