"""Cuts a clip into repetitions, one way for each kind of drill."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from plumbline.contact import Contact, Contacts
from plumbline.geometry import Tracks
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.reps._rep import Rep
from plumbline.signals import cutoff_for, low_pass

FloatArray = NDArray[np.float64]

MAX_HOP_CONTACT_S = 0.6
SLOW_CUTOFF_HZ = 4.0
LIFT_CUTOFF_HZ = 6.0
MIN_DIP_PCT_BH = 9.0
MIN_DIP_KNEE_DEG = 50.0
DIP_EDGE = 0.12
MIN_RETURN = 0.5
MIN_LIFT_PCT_BH = 7.0
# A foot that is set down softly has no sharp end; read at a share of its height.
LIFT_TOUCHDOWN_SD_S = 0.03
QUIET_SPEED_PCT_BH_S = 6.0
QUIET_KNEE_DEG = 25.0
MIN_QUIET_S = 1.0
MAX_PUSH_S = 1.6
MAX_ABSORB_S = 1.0


def hops(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Short contacts with a flight on both sides; a rep lasts to the next touchdown."""
    reps: list[Rep] = []
    for contact, after in zip(contacts.items, contacts.items[1:], strict=False):
        if not contact.rebound or contact.toe_off_s - contact.touchdown_s > MAX_HOP_CONTACT_S:
            continue
        reps.append(
            Rep(
                index=len(reps) + 1,
                stance=contact.stance,
                start_s=contact.touchdown_s,
                end_s=after.touchdown_s,
                key_s=contact.touchdown_s,
                touchdown_s=contact.touchdown_s,
                toe_off_s=contact.toe_off_s,
                landing_s=after.touchdown_s,
                touchdown_sd_s=contact.touchdown_sd_s,
                toe_off_sd_s=contact.toe_off_sd_s,
                landing_sd_s=after.touchdown_sd_s,
                covariance_s2=contact.covariance_s2,
            )
        )
    return reps


def hip_height(tracks: Tracks) -> FloatArray:
    """Height (n,) of the hips above the picture's bottom, %BH, slow movement only."""
    pose = tracks.pose
    hips = pose.raw[:, [LEG[s][0] for s in SIDES], 1].mean(axis=1)
    height = (pose.height - hips) / pose.body_height_px * 100
    return low_pass(pose.time_s, height, cutoff_for(pose.fps, SLOW_CUTOFF_HZ))


def _push_start(t: FloatArray, hip: FloatArray, toe_off_s: float, floor_s: float) -> float:
    """When the movement that ends in a toe-off began: the last time the hips were high and slow."""
    k = np.flatnonzero((t >= max(toe_off_s - MAX_PUSH_S, floor_s)) & (t <= toe_off_s))
    if len(k) < 3:
        return max(toe_off_s - 0.3, floor_s)
    lowest = k[int(np.nanargmin(hip[k]))]
    before = k[k <= lowest]
    top = np.nanmax(hip[before])
    high = before[hip[before] >= top - 0.05 * max(top - hip[lowest], 1.0)]
    return float(t[high[-1]] if len(high) else t[k[0]])


def _absorb_end(t: FloatArray, hip: FloatArray, landing_s: float, limit_s: float) -> float:
    """When a landing is absorbed: the hips' lowest point within a second."""
    k = np.flatnonzero((t >= landing_s) & (t <= min(landing_s + MAX_ABSORB_S, limit_s)))
    return float(t[k[int(np.nanargmin(hip[k]))]]) if len(k) else landing_s


def _flight_rep(
    tracks: Tracks, hip: FloatArray, before: Contact, after: Contact, index: int, bounds: tuple[float, float]
) -> Rep:
    t = tracks.time_s
    leaves = np.isfinite(before.toe_off_s)
    start = _push_start(t, hip, before.toe_off_s, bounds[0]) if leaves else after.touchdown_s
    return Rep(
        index=index,
        stance=after.stance,
        start_s=start,
        end_s=max(_absorb_end(t, hip, after.touchdown_s, bounds[1]), after.touchdown_s),
        key_s=after.touchdown_s,
        toe_off_s=before.toe_off_s,
        landing_s=after.touchdown_s,
        toe_off_sd_s=before.toe_off_sd_s,
        landing_sd_s=after.touchdown_sd_s,
    )


def jumps(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a flight, from the push-off to the end of the landing."""
    hip = hip_height(tracks)
    reps: list[Rep] = []
    pairs = list(zip(contacts.items, contacts.items[1:], strict=False))
    for i, (before, after) in enumerate(pairs):
        floor = reps[-1].end_s if reps else float(tracks.time_s[0])
        following = pairs[i + 1][0].toe_off_s if i + 1 < len(pairs) else np.inf
        limit = following if np.isfinite(following) else np.inf
        reps.append(_flight_rep(tracks, hip, before, after, len(reps) + 1, (floor, limit)))
    return reps


def dips(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a bend of the hips that goes down and comes back."""
    t, hip = tracks.time_s, hip_height(tracks)
    filled = np.where(np.isfinite(hip), hip, np.nanmax(hip) if np.isfinite(hip).any() else 0.0)
    apart = max(1, int(0.5 * tracks.pose.fps))
    bottoms, _ = find_peaks(-filled, prominence=MIN_DIP_PCT_BH, distance=apart)
    knee = np.fmax(*(tracks.sides[s].knee_flexion_deg for s in SIDES))
    reps: list[Rep] = []
    for k, low in enumerate(bottoms):
        left = bottoms[k - 1] if k else 0
        right = bottoms[k + 1] if k + 1 < len(bottoms) else len(t) - 1
        before, after = filled[left : low + 1], filled[low : right + 1]
        depth = min(before.max(), after.max()) - filled[low]
        whole = max(before.max(), after.max()) - filled[low]
        if depth < MIN_RETURN * whole or not knee[low] >= MIN_DIP_KNEE_DEG:
            continue
        level = filled[low] + (1 - DIP_EDGE) * depth
        start = left + int(np.flatnonzero(before >= level)[-1])
        end = low + int(np.flatnonzero(after >= level)[0])
        stance = _front_leg(tracks, int(low))
        reps.append(Rep(len(reps) + 1, stance, float(t[start]), float(t[end]), float(t[low])))
    return reps


def feet_apart_pct(tracks: Tracks) -> FloatArray:
    """Forward distance (n,) between the ankles, %BH, left ahead of right positive."""
    xy = tracks.pose.xy
    gap = xy[:, LEG["left"][2], 0] - xy[:, LEG["right"][2], 0]
    return np.asarray(tracks.camera.forward * gap / tracks.pose.body_height_px * 100)


def _front_leg(tracks: Tracks, frame: int) -> str:
    gap = float(feet_apart_pct(tracks)[frame])
    if not np.isfinite(gap) or abs(gap) < 14:
        return "both"
    return "left" if gap > 0 else "right"


def lifts(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a raised knee, of whichever leg.

    The higher knee of the two is followed, so that exchanged labels change nothing.
    """
    pose = tracks.pose
    t = tracks.time_s
    up = (pose.height - pose.raw[..., 1]) / pose.body_height_px * 100
    knees = np.stack([up[:, LEG[s][1]] for s in SIDES])
    cutoff = cutoff_for(pose.fps, LIFT_CUTOFF_HZ)
    highest = low_pass(t, np.fmax(*knees), cutoff)
    feet = np.stack([up[:, LEG[s][2]] for s in SIDES])
    filled = np.where(np.isfinite(highest), highest, np.nanmin(highest) if np.isfinite(highest).any() else 0)
    apart = max(1, int(0.18 * pose.fps))
    tops, _ = find_peaks(filled, prominence=MIN_LIFT_PCT_BH / 2, distance=apart)
    base = float(np.percentile(filled, 5)) if len(filled) else 0.0
    tops = tops[filled[tops] - base >= MIN_LIFT_PCT_BH]
    reps: list[Rep] = []
    for k, top in enumerate(tops):
        left = tops[k - 1] if k else 0
        right = tops[k + 1] if k + 1 < len(tops) else len(t) - 1
        start = left + int(np.argmin(filled[left : top + 1]))
        end = top + int(np.argmin(filled[top : right + 1]))
        if end == len(t) - 1 and filled[end] - base > 0.4 * (filled[top] - base):
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
                touchdown_sd_s=float(np.hypot(0.6 / pose.fps, LIFT_TOUCHDOWN_SD_S)),
            )
        )
    return reps


def _foot_down(t: FloatArray, foot: FloatArray, top: int, right: int) -> float:
    """When a raised foot is back near its lowest level, between frames; NaN if it is not seen."""
    stretch = foot[top : right + 1]
    if len(stretch) < 3 or not np.isfinite(stretch).all():
        return float("nan")
    low, high = float(stretch.min()), float(stretch[0])
    level = low + 0.04 * (high - low)
    below = int(np.flatnonzero(stretch <= level)[0])
    if below == 0:
        return float(t[top])
    a, b = stretch[below - 1], stretch[below]
    return float(t[top + below - 1] + (a - level) / (a - b) * (t[top + below] - t[top + below - 1]))


def quiet(tracks: Tracks) -> NDArray[np.bool_]:
    """Frames (n,) in which the body stands still and upright with straight knees."""
    t, pose = tracks.time_s, tracks.pose
    if len(t) < 5:
        return np.zeros(len(t), bool)
    points = pose.raw[:, [*(LEG[s][0] for s in SIDES), *(LEG[s][2] for s in SIDES)]]
    slow = low_pass(t, points, cutoff_for(pose.fps, 3.0))
    speed = np.linalg.norm(np.gradient(slow, t, axis=0), axis=-1).max(axis=1)
    still = speed / pose.body_height_px * 100 < QUIET_SPEED_PCT_BH_S
    straight = tracks.near.knee_flexion_deg < QUIET_KNEE_DEG
    upright = np.abs(tracks.trunk_lean_deg) < 35
    return np.asarray(still & straight & upright)


def holds(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Stretches of quiet standing of a second or more; half a second of stir is bridged."""
    t = tracks.time_s
    ok = quiet(tracks)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ok.astype(int), [0]])))
    runs = [(t[a], t[b - 1]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[float, float]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < 0.5:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    long = [(a, b) for a, b in joined if b - a >= MIN_QUIET_S]
    return [
        Rep(i + 1, _stance_leg(tracks, a, b), float(a), float(b), float((a + b) / 2)) for i, (a, b) in enumerate(long)
    ]


def _stance_leg(tracks: Tracks, start_s: float, end_s: float) -> str:
    """Which leg stands: the one whose foot is lower by a hand's breadth, else both."""
    pose = tracks.pose
    k = (tracks.time_s >= start_s) & (tracks.time_s <= end_s)
    low = [float(np.nanmedian(pose.xy[k, LEG[s][2], 1])) for s in SIDES]
    gap = (low[0] - low[1]) / pose.body_height_px * 100
    if abs(gap) < 6:
        return "both"
    return "left" if gap > 0 else "right"


SEGMENTERS: dict[str, Callable[[Tracks, Contacts], list[Rep]]] = {
    "hops": hops,
    "jumps": jumps,
    "landings": jumps,
    "dips": dips,
    "lifts": lifts,
    "holds": holds,
}
