"""Angles from points. Joint angles are interior angles, so nothing can flip."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray


def interior_angle(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Angle at `b` between the rays to `a` and `c`.

    Parameters
    ----------
    a, b, c : (..., 2)
        Points in px (any one unit).

    Returns
    -------
    (...,)
        Degrees, 0 to 180; NaN where a point is missing or two coincide.
    """
    u, v = np.asarray(a) - b, np.asarray(c) - b
    cross = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    dot = (u * v).sum(-1)
    angle = np.degrees(np.arctan2(np.abs(cross), dot))
    degenerate = (np.linalg.norm(u, axis=-1) == 0) | (np.linalg.norm(v, axis=-1) == 0)
    return np.where(degenerate, np.nan, angle)


def flexion(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Flexion at `b`: 0 when the three points lie on a line.

    Parameters
    ----------
    a, b, c : (..., 2)
        Points in px (any one unit).

    Returns
    -------
    (...,)
        Degrees, 0 to 180; NaN where a point is missing or two coincide.
    """
    return 180.0 - interior_angle(a, b, c)


def lean(lower: FloatArray, upper: FloatArray, forward: int) -> FloatArray:
    """Inclination of a segment from the vertical, forward positive.

    Parameters
    ----------
    lower, upper : (..., 2)
        Ends of the segment in px, y down.
    forward : int
        +1 when forward is image right, -1 when it is left.

    Returns
    -------
    (...,)
        Degrees, -180 to 180.
    """
    d = np.asarray(upper) - lower
    return np.degrees(np.arctan2(forward * d[..., 0], -d[..., 1]))


def slope(back: FloatArray, front: FloatArray, forward: int) -> FloatArray:
    """How far the line from `back` to `front` rises forwards.

    Parameters
    ----------
    back, front : (..., 2)
        Points in px, y down.
    forward : int
        +1 when forward is image right, -1 when it is left.

    Returns
    -------
    (...,)
        Degrees, -180 to 180; positive with the front point higher, NaN where one is missing.
    """
    d = np.asarray(front) - back
    return np.degrees(np.arctan2(-d[..., 1], forward * d[..., 0]))
