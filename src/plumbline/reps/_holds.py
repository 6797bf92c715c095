"""Stillness and stands on one leg."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.contact import Contacts
from plumbline.geometry import Tracks
from plumbline.pose import LEG, SIDES
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import ankle_heights_pct, bearing_leg
from plumbline.reps._settings import REPS
from plumbline.signals import SIGNALS, cutoff_for, low_pass
from plumbline.stretches import stretches


def quiet(tracks: Tracks) -> NDArray[np.bool_]:
    """Frames (n,) of `tracks` in which the body stands still and upright, with straight knees and no foot in front."""
    t, pose = tracks.time_s, tracks.pose
    if len(t) < 5:
        return np.zeros(len(t), bool)
    points = pose.raw[:, [*(LEG[s][0] for s in SIDES), *(LEG[s][2] for s in SIDES)]]
    slow = low_pass(t, points, cutoff_for(pose.fps, REPS.still_cutoff_hz))
    speed = np.linalg.norm(np.gradient(slow, t, axis=0), axis=-1).max(axis=1)
    still = speed / pose.body_height_px * 100 < REPS.still_pct_bh_s
    straight = tracks.near.knee_flexion_deg < REPS.quiet_knee_deg
    upright = np.abs(tracks.trunk_lean_deg) < REPS.quiet_lean_deg
    ankles = np.abs(np.diff(points[:, len(SIDES) :], axis=1)[:, 0]) / pose.body_height_px * 100
    # A foot that is raised may be anywhere.
    in_front = (ankles[:, 0] > REPS.quiet_split_pct_bh) & (ankles[:, 1] < REPS.seen_lift_pct_bh)
    return np.asarray(still & straight & upright & ~in_front)


def holds(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Stretches of quiet standing; a short stir is bridged.

    Parameters
    ----------
    tracks : Tracks
    contacts : Contacts
        Not used: every segmenter takes the same.

    Returns
    -------
    list of Rep
        In order of time, numbered from 1, without touchdown and toe-off.
    """
    still = _bridged(tracks.time_s, [(*span, "") for span in spans(quiet(tracks))], REPS.max_stir_s)
    return _long_ones(tracks.time_s, [(a, b, bearing_leg(tracks, a, b)) for a, b, _ in still])


def _bridged(t: FloatArray, found: list[tuple[int, int, str]], most_s: float) -> list[tuple[int, int, str]]:
    """Stretches (first frame, last frame, leg), those of one leg with less than `most_s` between them joined."""
    out: list[tuple[int, int, str]] = []
    for first, last, leg in found:
        if out and leg == out[-1][2] and t[first] - t[out[-1][1]] < most_s:
            out[-1] = (out[-1][0], last, leg)
        else:
            out.append((first, last, leg))
    return out


def _long_ones(t: FloatArray, found: list[tuple[int, int, str]]) -> list[Rep]:
    """A rep for each stretch of at least `min_quiet_s`."""
    long = [(float(t[a]), float(t[b]), leg) for a, b, leg in found if t[b] - t[a] >= REPS.min_quiet_s]
    return [Rep(i, leg, a, b, key_s=(a + b) / 2, held=True) for i, (a, b, leg) in enumerate(long, 1)]


def lifted(tracks: Tracks) -> NDArray[np.bool_]:
    """Frames (n,) of `tracks` in which one foot is off the floor; a short gap between two views of it counts."""
    up = ankle_heights_pct(tracks)
    gap = np.abs(up["left"] - up["right"])
    smooth = low_pass(tracks.time_s, gap, cutoff_for(tracks.pose.fps, REPS.lift_cutoff_hz))
    out, lost = np.zeros(len(smooth), bool), np.zeros(len(smooth), bool)
    t = tracks.time_s
    for hidden in stretches(~np.isfinite(smooth)):
        within = hidden.start > 0 and hidden.stop < len(t)
        lost[hidden] = not within or t[hidden.stop] - t[hidden.start - 1] > REPS.max_stir_s
    state = False
    for i, value in enumerate(smooth):
        if lost[i]:
            state = False
        elif np.isfinite(value):
            flicker = -REPS.lift_flicker_pct_bh if state else REPS.lift_flicker_pct_bh
            state = bool(value > SIGNALS.stands_lower_pct_bh + flicker)
        out[i] = state
    return out


def spans(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last frame of each stretch of true `flags` (n,)."""
    return [(s.start, s.stop - 1) for s in stretches(flags)]


def stances(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a stand on one leg of at least `min_quiet_s`; a foot that only touches does not end it."""
    on_one = [(a, b, bearing_leg(tracks, a, b)) for a, b in spans(lifted(tracks))]
    return _long_ones(tracks.time_s, _bridged(tracks.time_s, on_one, REPS.max_touch_s))
