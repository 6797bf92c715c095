"""What the landmarks say about the camera: view, facing, near side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry._settings import GEOMETRY
from plumbline.pose import Landmark, Side, facing_votes

View = Literal["side", "oblique", "front", "unknown"]


@dataclass(frozen=True)
class CameraView:
    """How the athlete stands to the camera.

    Attributes
    ----------
    view : {"side", "oblique", "front", "unknown"}
    breadth_ratio : float
        Shoulder and hip breadth over trunk length, no unit; NaN where they are not seen.
    facing : {"left", "right"}
        Image side towards which the athlete faces.
    near_side : {"left", "right"}
        The athlete's own side that is nearer the camera.
    facing_sure : bool
        Whether most frames agree on the facing.
    """

    view: View
    breadth_ratio: float
    facing: Side
    near_side: Side
    facing_sure: bool

    @property
    def forward(self) -> int:
        """+1 when forward is image right, -1 when left."""
        return 1 if self.facing == "right" else -1

    @property
    def off_side_deg(self) -> float:
        """How far the view is off side-on, from the breadth seen; 0 where none is seen."""
        beyond = self.breadth_ratio**2 - GEOMETRY.side_ratio**2
        seen = np.sqrt(beyond) if beyond > 0 else 0.0
        return float(np.degrees(np.arcsin(min(seen / GEOMETRY.front_ratio, 1.0))))


def _median(x: FloatArray) -> float:
    seen = x[np.isfinite(x)]
    return float(np.median(seen)) if len(seen) else np.nan


def breadth_ratio(xy: FloatArray) -> float:
    """Mean of shoulder and hip breadth over trunk length, median over frames (n, 33, 2)."""
    shoulders = xy[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]]
    hips = xy[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]]
    breadth = np.abs(np.diff(shoulders, axis=1)[..., 0]) + np.abs(np.diff(hips, axis=1)[..., 0])
    trunk = np.linalg.norm(shoulders.mean(axis=1) - hips.mean(axis=1), axis=-1)
    with np.errstate(all="ignore"):
        return _median(breadth[:, 0] / 2 / trunk)


def _along_the_floor(xy: FloatArray) -> float:
    """Which way the head lies of a body that is bent over or on all fours; NaN of an upright one.

    Its toes point down or back and its nose to the floor: they say nothing of the facing.
    """
    shoulders = xy[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
    hips = xy[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
    along, up = _median(shoulders[:, 0] - hips[:, 0]), _median(hips[:, 1] - shoulders[:, 1])
    return along if abs(along) > np.tan(np.radians(GEOMETRY.bent_over_deg)) * up else np.nan


def find_view(xy: FloatArray, near_side: Side | None = None) -> CameraView:
    """Judge view, facing and near side, once for the whole clip.

    Facing is where toes and nose point in most frames. In a side view the near side
    follows from it: who faces right shows their right side.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, NaN where nobody is seen.
    near_side : "left" or "right", optional
        The near side, where it is known better.

    Returns
    -------
    CameraView
        `view` is "unknown" where shoulders or hips are never seen; facing is then "right" and not sure.
    """
    ratio = breadth_ratio(xy)
    votes = facing_votes(xy)
    along = _along_the_floor(xy)
    if np.isfinite(along):
        votes = np.full(len(xy), along)
    votes = votes[np.isfinite(votes)]
    facing: Side = "right" if len(votes) == 0 or np.median(votes) >= 0 else "left"
    agree = float(np.mean((votes >= 0) == (facing == "right"))) if len(votes) else 0.0
    view: View = "unknown"
    if np.isfinite(ratio):
        view = "side" if ratio < GEOMETRY.side_below else "front" if ratio > GEOMETRY.front_above else "oblique"
    return CameraView(view, ratio, facing, near_side or facing, agree >= GEOMETRY.facing_sure_share)
