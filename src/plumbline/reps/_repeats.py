"""Reps of slow drills: a signal that leaves its level, comes to a top, and returns."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact import Contacts
from plumbline.geometry import Tracks
from plumbline.pose import LEG, SIDES, Side
from plumbline.reps._rep import Rep
from plumbline.reps._settings import REPS
from plumbline.signals import SIGNALS, across_gaps, cutoff_for, low_pass, tops


@dataclass(frozen=True)
class Excursion:
    """Frames at which a signal leaves its level, is furthest from it, and is back."""

    start: int
    top: int
    end: int


def excursions(signal: FloatArray, least: float, apart: int) -> list[Excursion]:
    """Tops of a signal (n,) that stand out by `least` on both sides, with start and end.

    Start and end are where the signal passes an eighth of the way from its level to the top.

    Parameters
    ----------
    signal : (n,)
        NaN where it was not seen.
    least : float
        In the signal's unit.
    apart : int
        Frames that two tops lie apart at least.
    """
    y, found = across_gaps(signal), tops(signal, least, apart)
    seen = np.flatnonzero(np.isfinite(y))
    out = []
    for k, top in enumerate(found):
        left = found[k - 1] if k else seen[0]
        right = found[k + 1] if k + 1 < len(found) else seen[-1]
        before, after = y[left : top + 1], y[top : right + 1]
        size = y[top] - max(before.min(), after.min())
        if size < REPS.min_return_share * (y[top] - min(before.min(), after.min())):
            continue  # it does not come back
        level = y[top] - (1 - REPS.edge_share) * size
        start = int(left) + int(np.flatnonzero(before <= level)[-1])
        end = int(top) + int(np.flatnonzero(after <= level)[0])
        out.append(Excursion(start, int(top), end))
    return out


def _smooth(tracks: Tracks, signal: FloatArray, cutoff_hz: float) -> FloatArray:
    return low_pass(tracks.time_s, signal, cutoff_for(tracks.pose.fps, cutoff_hz))


def _reps(tracks: Tracks, found: list[tuple[Excursion, str]]) -> list[Rep]:
    t = tracks.time_s
    return [
        Rep(i + 1, stance, float(t[e.start]), float(t[e.end]), float(t[e.top])) for i, (e, stance) in enumerate(found)
    ]


def _apart(tracks: Tracks, seconds: float = REPS.apart_s) -> int:
    return int(seconds * tracks.pose.fps)


def hip_height(tracks: Tracks) -> FloatArray:
    """Height (n,) of the hips of `tracks` above the picture's bottom, %BH, slow movement only."""
    pose = tracks.pose
    hips = pose.raw[:, [LEG[s][0] for s in SIDES], 1].mean(axis=1)
    height = (pose.height - hips) / pose.body_height_px * 100
    return low_pass(pose.time_s, height, cutoff_for(pose.fps, REPS.slow_cutoff_hz))


def _bends(tracks: Tracks, least_pct: float, least_knee_deg: float) -> list[Excursion]:
    found = excursions(-hip_height(tracks), least_pct, _apart(tracks))
    knee = np.fmax(*(tracks.sides[s].knee_flexion_deg for s in SIDES))
    return [e for e in found if knee[e.top] >= least_knee_deg]


def dips(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a bend of the hips that goes down and comes back."""
    found = _bends(tracks, REPS.min_dip_pct_bh, REPS.min_dip_knee_deg)
    return _reps(tracks, [(e, _front_leg(tracks, e.top)) for e in found])


def shallow_dips(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """The same of bends that are small, on one leg or both; from the front no knee bend is seen."""
    found = _bends(tracks, REPS.min_shallow_pct_bh, 0.0)
    return _reps(tracks, [(e, bearing_leg(tracks, e.start, e.end)) for e in found])


def feet_apart_pct(tracks: Tracks) -> FloatArray:
    """Forward distance (n,) between the ankles, %BH, left ahead of right positive."""
    xy = tracks.pose.xy
    gap = xy[:, LEG["left"][2], 0] - xy[:, LEG["right"][2], 0]
    return np.asarray(tracks.camera.forward * gap / tracks.pose.body_height_px * 100)


def _front_leg(tracks: Tracks, frame: int) -> str:
    gap = float(feet_apart_pct(tracks)[frame])
    if not np.isfinite(gap) or abs(gap) < REPS.split_pct_bh:
        return "both"
    return "left" if gap > 0 else "right"


def ankle_heights_pct(tracks: Tracks) -> dict[Side, FloatArray]:
    """Height (n,) of each ankle of `tracks` over the picture's bottom, %BH, unfiltered; by "left" and "right"."""
    pose = tracks.pose
    return {s: (pose.height - pose.raw[:, LEG[s][2], 1]) / pose.body_height_px * 100 for s in SIDES}


def bearing_leg(tracks: Tracks, first: int, last: int) -> str:
    """Which leg stands from frame to frame: whose ankle is lower by a hand's breadth, else both."""
    up = ankle_heights_pct(tracks)
    left, right = (float(np.nanmedian(up[s][first : last + 1])) for s in SIDES)
    if not abs(left - right) >= SIGNALS.stands_lower_pct_bh:
        return "both"
    return "left" if left < right else "right"


def raises(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a rise of the heel over the toe."""
    pose = tracks.pose
    stance = bearing_leg(tracks, 0, len(pose.time_s) - 1)
    leg = LEG[stance if stance in SIDES else tracks.camera.near_side]
    rise = (pose.raw[:, leg[4], 1] - pose.raw[:, leg[3], 1]) / pose.body_height_px * 100
    found = excursions(_smooth(tracks, rise, REPS.slow_cutoff_hz), REPS.min_raise_pct_bh, _apart(tracks))
    return _reps(tracks, [(e, stance) for e in found])


def recoveries(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep an ankle that is pulled up and put down."""
    up = ankle_heights_pct(tracks)
    higher = _smooth(tracks, np.fmax(*(up[s] for s in SIDES)), REPS.quick_cutoff_hz)
    found = excursions(higher, REPS.min_recovery_pct_bh, _apart(tracks, REPS.recovery_apart_s))
    return _reps(tracks, [(e, "left" if up["left"][e.top] > up["right"][e.top] else "right") for e in found])


def hip_extension_deg(tracks: Tracks, side: Side) -> FloatArray:
    """Trunk against thigh.

    Parameters
    ----------
    tracks : Tracks
    side : "left" or "right"

    Returns
    -------
    (n,)
        Degrees: 180 is straight, more is the leg behind the trunk's line.
    """
    folded = tracks.sides[side].thigh_deg + tracks.trunk_lean_deg
    return np.asarray(180 - ((folded + 180) % 360 - 180))


def kicks(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a leg that is carried back and returned."""
    angle = {s: hip_extension_deg(tracks, s) for s in SIDES}
    furthest = _smooth(tracks, np.fmax(*(angle[s] for s in SIDES)), REPS.slow_cutoff_hz)
    found = excursions(furthest, REPS.min_kick_deg, _apart(tracks))
    return _reps(tracks, [(e, "left" if angle["left"][e.top] > angle["right"][e.top] else "right") for e in found])


def arabesques(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a trunk that tips forward over one leg and comes up; it lasts to the next one.

    What the leg does after the trunk is up belongs to it. The last one lasts as the longest before it.
    """
    lean = _smooth(tracks, tracks.trunk_lean_deg, REPS.slow_cutoff_hz)
    found = excursions(lean, REPS.min_arabesque_deg, _apart(tracks))
    starts = [e.start for e in found]
    film_end = len(tracks.time_s) - 1
    longest = max((b - a for a, b in itertools.pairwise(starts)), default=film_end)
    ends = [*starts[1:], film_end]
    return _reps(
        tracks,
        [
            (Excursion(e.start, e.top, min(end, max(e.end, e.start + longest))), bearing_leg(tracks, e.start, e.end))
            for e, end in zip(found, ends[: len(found)], strict=True)
        ],
    )
