"""Reps of drills in which one knee is raised after the other."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact import Contacts
from plumbline.geometry import Tracks
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.reps._rep import Rep
from plumbline.reps._settings import REPS
from plumbline.signals import across_gaps, cutoff_for, low_pass, tops


def lifts(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a raised knee, of whichever leg.

    The higher knee of the two is followed, so that exchanged labels change nothing.
    """
    pose = tracks.pose
    t = tracks.time_s
    up = (pose.height - pose.raw[..., 1]) / pose.body_height_px * 100
    knees = np.stack([up[:, LEG[s][1]] for s in SIDES])
    cutoff = cutoff_for(pose.fps, REPS.lift_cutoff_hz)
    highest = low_pass(t, np.fmax(*knees), cutoff)
    feet = np.stack([up[:, LEG[s][2]] for s in SIDES])
    filled = across_gaps(highest)
    found = tops(highest, REPS.min_lift_pct_bh / 2, int(REPS.lift_apart_s * pose.fps))
    if len(found) == 0:
        return []
    seen = np.flatnonzero(np.isfinite(filled))
    base = float(np.nanpercentile(highest, 5))
    found = found[highest[found] - base >= REPS.min_lift_pct_bh]
    reps: list[Rep] = []
    for k, top in enumerate(found):
        left = found[k - 1] if k else seen[0]
        right = found[k + 1] if k + 1 < len(found) else seen[-1]
        start = left + int(np.argmin(filled[left : top + 1]))
        end = top + int(np.argmin(filled[top : right + 1]))
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
