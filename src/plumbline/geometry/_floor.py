"""The floor, as the line under the feet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry._settings import GEOMETRY

# The median's standard error against the mean's, for normal errors.
MEDIAN_ERROR = 1.25


@dataclass(frozen=True)
class FloorLine:
    """The line y = level + slope * x through where feet stood.

    Attributes
    ----------
    level : float
        Height of the floor at x = 0, px, y down.
    slope : float
        px per px, no unit; positive where the floor sinks to the right of the picture.
    slope_sd : float
        Standard error of `slope`, same unit.
    """

    level: float
    slope: float
    slope_sd: float


def fit_floor(points: FloatArray) -> FloorLine | None:
    """Robust line through places where feet stood.

    The slope is Theil and Sen's, the median over pairs of points; its error follows from
    the spread about the line.

    Parameters
    ----------
    points : (n, 2)
        One point a stance, in px, y down; rows with NaN are left out.

    Returns
    -------
    FloorLine or None
        None with fewer than three places apart.
    """
    pts = np.asarray(points, float)
    pts = pts[np.isfinite(pts).all(axis=1)]
    if len(pts) < 3 or np.ptp(pts[:, 0]) <= 0:
        return None
    i, j = np.triu_indices(len(pts), 1)
    dx, dy = pts[j, 0] - pts[i, 0], pts[j, 1] - pts[i, 1]
    apart = np.abs(dx) > GEOMETRY.floor_apart_share * np.ptp(pts[:, 0])
    slope = float(np.median(dy[apart] / dx[apart]))
    off = pts[:, 1] - slope * pts[:, 0]
    level = float(np.median(off))
    spread = 1.4826 * float(np.median(np.abs(off - level))) + GEOMETRY.floor_least_spread_px
    error = MEDIAN_ERROR * spread / (np.sqrt(len(pts)) * float(pts[:, 0].std()))
    return FloorLine(level, slope, error)
