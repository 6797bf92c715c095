"""What can be said of the last moments at once: is the athlete ready, does a foot bear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry import find_view
from plumbline.language import _
from plumbline.live._settings import LIVE
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, PoseSequence


@dataclass(frozen=True)
class Readiness:
    """Whether the athlete stands so that reps can be counted.

    Attributes
    ----------
    ready : bool
    words : str
        What to do.
    facing_right : bool
        Whether they face the right of the picture, side-on; known when ready.
    """

    ready: bool
    words: str
    facing_right: bool = False


def readiness(pose: PoseSequence, view: str = "side", still_pct_bh: float | None = None) -> Readiness:
    """Judge the last second: wholly in the picture, the right way round, standing still.

    Parameters
    ----------
    pose : PoseSequence
        About a second of frames.
    view : "side" or "front"
        How the drill is filmed.
    still_pct_bh : float, optional
        How far hips and feet may travel; the limit of `data/settings/live.toml` by default.

    Returns
    -------
    Readiness
    """
    if len(pose) < LIVE.fewest_frames or pose.found.mean() < LIVE.min_seen_share:
        return Readiness(False, _("Step into the picture"))
    needed = [i for side in SIDES for i in (*PLUMB_CHAIN[side], *LEG[side][3:])]
    middle = np.nanmedian(pose.xy, axis=0)[needed]
    words = _place(middle, pose.height)
    if words:
        return Readiness(False, words)
    seen = find_view(pose.xy)
    if view == "front":
        if seen.view != "front":
            return Readiness(False, _("Face the camera"))
    elif seen.view != "side" or not seen.facing_sure:
        return Readiness(False, _("Turn your side to the camera"))
    if unrest_pct_bh(pose) > (LIVE.still_pct_bh if still_pct_bh is None else still_pct_bh):
        return Readiness(False, _("Stand still"))
    return Readiness(True, _("Stand still"), view == "side" and seen.facing == "right")


def _place(middle: FloatArray, height: int) -> str:
    """What is wrong with where the athlete stands in a picture of so many px; empty where nothing is."""
    low, high = np.nanmin(middle, axis=0), np.nanmax(middle, axis=0)
    if high[1] - low[1] < LIVE.min_height_share * height:
        return _("Come closer")
    if high[1] > height * LIVE.feet_cut_share:
        return _("Step back: your feet are cut off")
    if low[1] < height * LIVE.head_cut_share:
        return _("Step back: your head is cut off")
    return ""


def unrest_pct_bh(pose: PoseSequence) -> float:
    """How far hips and feet travel, the largest of their 5 to 95 % ranges, % of body height; NaN unseen."""
    points = pose.xy[:, [i for side in SIDES for i in (LEG[side][0], LEG[side][2])]]
    points = points[np.isfinite(points).all(axis=(1, 2))]
    if len(points) < 2:
        return float("nan")
    low, high = np.percentile(points, [5, 95], axis=0)
    return float(np.linalg.norm(high - low, axis=-1).max() / height_px(pose) * 100)


def bearing(pose: PoseSequence) -> bool:
    """Whether a foot bears in the last frame of `pose`, judged by the frames before it.

    Feet are compared with where the lowest foot mostly was: in hops about a third of the
    time is contact. Good for a light on the page; measuring has its own, finer way.
    """
    low = lowest_foot_px(pose)
    if not np.isfinite(low).any() or not np.isfinite(low[-1]):
        return True
    floor = float(np.nanpercentile(low, LIVE.floor_percentile))
    return bool(floor - low[-1] <= LIVE.bears_pct_bh / 100 * height_px(pose))


def lowest_foot_px(pose: PoseSequence) -> FloatArray:
    """Row (n,) of the lowest foot point."""
    feet = pose.xy[:, [i for side in SIDES for i in LEG[side][3:]], 1]
    out = np.full(len(pose), np.nan)
    seen = np.isfinite(feet).any(axis=1)
    out[seen] = np.nanmax(feet[seen], axis=1)
    return out


def height_px(pose: PoseSequence) -> float:
    """Tallest extent of the landmarks in px, about the stature."""
    rows = pose.xy[..., 1]
    seen = np.isfinite(rows).any(axis=1)
    return float(np.max(np.nanmax(rows[seen], axis=1) - np.nanmin(rows[seen], axis=1))) if seen.any() else float("nan")
