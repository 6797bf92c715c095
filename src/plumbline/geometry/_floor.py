"""The floor, as the line under the feet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class FloorLine:
    """y = level + slope * x in px (y down)."""

    level: float
    slope: float

    def at(self, x: FloatArray | float) -> FloatArray:
        """Floor row (...) in px below the given column(s)."""
        return np.asarray(self.level + self.slope * np.asarray(x))


def fit_floor(points: FloatArray, max_slope: float = 0.2) -> FloorLine:
    """Robust line through points where feet stood on the floor.

    The slope is Theil and Sen's (median over pairs); with feet in one place there is no
    slope to be seen and the floor is taken as level.

    Parameters
    ----------
    points : (n, 2)
        Foot positions in px during contact.
    max_slope : float
        Steeper fits are taken for a misreading and levelled.

    Raises
    ------
    ValueError
        Without any point.
    """
    pts = np.asarray(points, float)
    pts = pts[np.isfinite(pts).all(axis=1)]
    if len(pts) == 0:
        raise ValueError("no foot position to lay a floor through")
    if len(pts) > 200:
        pts = pts[np.linspace(0, len(pts) - 1, 200).astype(int)]
    dx = pts[:, None, 0] - pts[None, :, 0]
    dy = pts[:, None, 1] - pts[None, :, 1]
    wide = np.abs(dx) > 0.5 * np.ptp(pts[:, 0])
    slope = float(np.median(dy[wide] / dx[wide])) if np.ptp(pts[:, 0]) > 0 and wide.any() else 0.0
    noise = 1.5 * float(np.median(np.abs(pts[:, 1] - np.median(pts[:, 1])))) + 1.0
    if abs(slope) > max_slope or np.ptp(pts[:, 0]) < 10 * noise:
        slope = 0.0
    return FloorLine(float(np.median(pts[:, 1] - slope * pts[:, 0])), slope)
