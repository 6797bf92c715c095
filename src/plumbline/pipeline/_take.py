"""One take of the film: what was filmed in one go, forwards, of one athlete."""

from __future__ import annotations

import itertools

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.camera import CameraPath
from plumbline.pipeline._settings import PIPELINE
from plumbline.pose import PoseSequence
from plumbline.warnings import ClipWarning, take_warning


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
    scenes = list(camera.cuts)
    jumps = [k for k in _jumps(pose) if all(abs(k - scene) > PIPELINE.late_frames for scene in scenes)]
    edges = sorted({0, *_lasting(scenes, t), *_lasting(jumps, t), len(t)})
    spans = list(itertools.pairwise(edges))
    first, last = max(spans, key=lambda span: int(pose.found[slice(*span)].sum()))
    others = sum(bool(pose.found[a:b].mean() > PIPELINE.take_seen_share) for a, b in spans if a != first)
    turned = turn is not None and first < turn < last
    if not turned and others < 1:
        return pose, None
    end = turn if turned and turn is not None else last
    warning = take_warning(float(t[first]), float(t[end - 1]), others, turned)
    frames = np.arange(len(t))
    return pose.only((first <= frames) & (frames < end)), warning


def _lasting(cuts: list[int], time_s: FloatArray) -> list[int]:
    """Cuts without those that another one soon takes back."""
    out: list[int] = []
    for k in cuts:
        if out and time_s[k] - time_s[out[-1]] < PIPELINE.back_s:
            out.pop()
        else:
            out.append(k)
    return out


def _jumps(pose: PoseSequence) -> list[int]:
    """Frames in which the athlete is elsewhere all at once."""
    if not pose.size_px > 0:
        return []
    middle = pose.middle / pose.size_px * 100
    err = PIPELINE.take_err_pct_bh * max(1.0, PIPELINE.take_full_size_px / pose.size_px)
    most = err + PIPELINE.take_acceleration_m_s2 / pose.fps**2 / PIPELINE.take_chain_m * 100
    speed = np.diff(middle, axis=0)
    step = np.diff(pose.time_s)
    even = step < PIPELINE.gap_steps * np.median(step)  # over a gap nobody knows the path
    change = np.linalg.norm(np.diff(speed, axis=0), axis=1)
    usual = float(np.nanmedian(change)) if np.isfinite(change).any() else 0.0
    wild = 2 + np.flatnonzero((change > max(most, PIPELINE.take_over_usual * usual)) & even[1:] & even[:-1])
    out: list[int] = []
    for together in np.split(wild, 1 + np.flatnonzero(np.diff(wild) > PIPELINE.back_frames)) if len(wild) else []:
        k, later = int(together[0]), min(int(together[-1]) + PIPELINE.back_frames, len(middle) - 1)
        path = middle[k - 1] + np.outer([1, later - k + 1], speed[k - 2])
        off = np.linalg.norm(middle[[k, later]] - path, axis=1)
        if off[1] > PIPELINE.back_share * off[0]:
            out.append(k)
    return out
