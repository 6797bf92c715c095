"""Reps of drills in which one knee is raised after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.contact import Contacts
from plumbline.geometry import Tracks
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.reps._rep import Rep
from plumbline.reps._settings import REPS
from plumbline.signals import across_gaps, cutoff_for, low_pass, tops


def lifts(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a raised knee, of whichever leg.

    How much higher one knee is than the other is followed: as the legs pass each other both are raised. Exchanged
    labels change nothing.
    """
    pose = tracks.pose
    t = tracks.time_s
    up = (pose.height - pose.raw[..., 1]) / pose.body_height_px * 100
    knees = np.stack([up[:, LEG[s][1]] for s in SIDES])
    cutoff = cutoff_for(pose.fps, REPS.lift_cutoff_hz)
    apart = low_pass(t, np.abs(knees[0] - knees[1]), cutoff)
    raised = low_pass(t, np.fmax(*knees), cutoff)
    feet = np.stack([up[:, LEG[s][2]] for s in SIDES])
    filled = across_gaps(apart)
    found = tops(apart, REPS.min_lift_pct_bh / 2, int(REPS.lift_apart_s * pose.fps))
    if len(found) == 0:
        return []
    seen = np.flatnonzero(np.isfinite(filled))
    base = float(np.nanpercentile(apart, 5))
    found = found[apart[found] - base >= REPS.min_lift_pct_bh]
    # A knee that waits on its way down is no lift of its own.
    found = found[[raised[top] > raised[start] for start, top, _ in _spans(filled, found, seen)]]
    reps: list[Rep] = []
    for k, (start, top, end) in enumerate(_spans(filled, found, seen)):
        right = found[k + 1] if k + 1 < len(found) else seen[-1]
        if end == seen[-1] and filled[end] - base > REPS.lift_cut_off_share * (filled[top] - base):
            continue  # cut off before the foot came down
        side: Side = "left" if knees[0, top] > knees[1, top] else "right"
        foot = feet[SIDES.index(side)]
        touchdown = _foot_down(t, foot, int(top), int(right))
        reps.append(
            Rep(
                index=len(reps) + 1,
                stance=other(side),
                start_s=float(t[start]),
                end_s=max(float(t[end]), touchdown if np.isfinite(touchdown) else 0.0),
                key_s=float(t[top]),
                touchdown_s=touchdown,
                touchdown_sd_s=float(np.hypot(REPS.lift_touchdown_sd_frames / pose.fps, REPS.lift_touchdown_sd_s)),
            )
        )
    return reps


def _spans(signal: FloatArray, tops: NDArray[np.int_], seen: NDArray[np.int_]) -> list[tuple[int, int, int]]:
    """Start, top and end of each lift: the lowest of the signal between one top and the next."""
    bounds = [int(seen[0]), *(int(top) for top in tops), int(seen[-1])]
    return [
        (a + int(np.argmin(signal[a : top + 1])), top, top + int(np.argmin(signal[top : b + 1])))
        for a, top, b in zip(bounds, bounds[1:], bounds[2:], strict=False)
    ]


def _foot_down(t: FloatArray, foot: FloatArray, top: int, right: int) -> float:
    """When a raised foot is back near its lowest level, between frames; NaN if it is not seen."""
    stretch = foot[top : right + 1]
    if len(stretch) < 3 or not np.isfinite(stretch).all():
        return np.nan
    low, high = float(stretch.min()), float(stretch[0])
    level = low + REPS.foot_down_share * (high - low)
    below = int(np.flatnonzero(stretch <= level)[0])
    if below == 0:
        return float(t[top])
    a, b = stretch[below - 1], stretch[below]
    return float(t[top + below - 1] + (a - level) / (a - b) * (t[top + below] - t[top + below - 1]))
