"""One take of the film: what was filmed in one go, forwards, of one athlete."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from plumbline.pose import Landmark, PoseSequence
from plumbline.video import CameraPath
from plumbline.warnings import ClipWarning, take_warning

FloatArray = NDArray[np.float64]

TRUNK = [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER, Landmark.LEFT_HIP, Landmark.RIGHT_HIP]
# A trunk is elsewhere all at once when it leaves its path by more than landmarks err and a body can be
# accelerated: landings reach 5 g at the trunk (own choice: twice that; of 59 films of people nothing but
# cuts went beyond 0.85 of both together).
ERR_PCT, MOST_M_S2, CHAIN_M = 3.0, 100.0, 1.55
# It is a misreading, not a cut, when it is back on its path so many frames later, within this share of the jump.
BACK_FRAMES, BACK_SHARE = 2, 0.5
# Scenes shorter than this are a flash, or the seam of a cut.
SEAM_S = 0.25
# Somebody is in a take where they are found in so many of its frames.
SEEN_SHARE = 0.5


def one_take(
    pose: PoseSequence, camera: CameraPath, turn: int | None = None
) -> tuple[PoseSequence, ClipWarning | None]:
    """Leave nothing but the longest take of a film, and say so.

    Parameters
    ----------
    pose : PoseSequence
        The athlete over the whole film.
    camera : CameraPath
        Knows where another scene begins.
    turn : int, optional
        The frame from which the film runs backwards.

    Returns
    -------
    PoseSequence
        Nobody is seen outside of the take. Frames keep their numbers.
    ClipWarning or None
        None where the film is one take.
    """
    t = pose.time_s
    if len(t) < 3 or not pose.found.any():
        return pose, None
    cuts = sorted({*camera.cuts, *_jumps(pose)})
    edges = [0, *(k for k in cuts if 0 < k < len(t)), len(t)]
    spans = [(a, b) for a, b in itertools.pairwise(edges) if b > a and t[b - 1] - t[a] >= SEAM_S]
    if not spans:
        return pose, None
    first, last = max(spans, key=lambda span: int(pose.found[slice(*span)].sum()))
    others = sum(bool(pose.found[a:b].mean() > SEEN_SHARE) for a, b in spans) - 1
    turned = turn is not None and first < turn < last
    if not turned and others < 1:
        return pose, None
    end = turn if turned and turn is not None else last
    warning = take_warning(float(t[first]), float(t[end - 1]), others, turned)
    frames = np.arange(len(t))
    return pose.only((first <= frames) & (frames < end)), warning


def _height_px(pose: PoseSequence) -> float:
    y = pose.xy[pose.found, :, 1]
    return float(np.nanmedian(np.nanmax(y, axis=1) - np.nanmin(y, axis=1)))


def _jumps(pose: PoseSequence) -> list[int]:
    """Frames in which the athlete is elsewhere all at once."""
    middle = pose.xy[:, TRUNK].mean(axis=1) / _height_px(pose) * 100
    most = ERR_PCT + MOST_M_S2 / pose.fps**2 / CHAIN_M * 100
    speed = np.diff(middle, axis=0)
    out: list[int] = []
    last = -BACK_FRAMES - 1
    for k in 2 + np.flatnonzero(np.linalg.norm(np.diff(speed, axis=0), axis=1) > most):
        same, last = k - last <= BACK_FRAMES, int(k)
        later = min(k + BACK_FRAMES, len(middle) - 1)
        off = np.linalg.norm(middle[[k, later]] - middle[k - 1] - np.outer([1, later - k + 1], speed[k - 2]), axis=1)
        if not same and off[1] > BACK_SHARE * off[0]:
            out.append(int(k))
    return out
