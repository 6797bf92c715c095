"""Repairs legs that the pose model has exchanged.

In a side view the model often calls the left leg right for a frame or for seconds,
with full confidence. Over the whole sequence the labelling is found that moves most
smoothly and in which each leg keeps to its habit, by dynamic programming.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.pose import LEG, facing_votes
from plumbline.signals._settings import SIGNALS
from plumbline.signals._turns import expected_gap

BoolArray = NDArray[np.bool_]

LEFT, RIGHT = LEG["left"], LEG["right"]


def exchange(xy: FloatArray, swapped: BoolArray) -> FloatArray:
    """The two legs exchanged in some frames.

    Parameters
    ----------
    xy : (n, 33, ...)
        What belongs to each landmark, in any unit.
    swapped : (n,) bool
        Frames in which left and right are exchanged.

    Returns
    -------
    (n, 33, ...)
        A copy in the unit of `xy`.
    """
    out = np.array(xy, float)
    rows = np.flatnonzero(swapped)[:, None]
    out[rows, LEFT], out[rows, RIGHT] = xy[rows, RIGHT], xy[rows, LEFT]
    return out


def _pair(xy: FloatArray) -> FloatArray:
    """Both labellings of the legs: (2 states, n, 2 legs, 5 joints, 2)."""
    plain = np.stack([xy[:, LEFT], xy[:, RIGHT]], axis=1)
    return np.stack([plain, plain[:, ::-1]])


def _jump(a: FloatArray) -> FloatArray:
    """Summed length (...) over legs and joints, NaN counted as no movement."""
    return np.nansum(np.linalg.norm(a, axis=-1), axis=(-1, -2))


def _limb_cost(legs: FloatArray) -> FloatArray:
    """How far thigh and shank (states, n) are from each leg's own median length."""
    bones = np.linalg.norm(np.diff(legs[..., :3, :], axis=-2), axis=-1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a joint that is never seen
        typical = np.nanmedian(bones[0], axis=0)
    return np.nansum(np.abs(bones - typical), axis=(-1, -2))


def _under_hips(legs: FloatArray) -> FloatArray:
    """Both labellings' joints below the hips (2, n, 2, 4, 2), from the middle of the hips."""
    return np.asarray(legs[:, :, :, 1:] - legs[0, :, :, 0].mean(axis=1)[None, :, None, None])


def _usual(joints: FloatArray, swapped: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Where each leg's joints usually are (2, 4, 2) under a labelling, and how far they stray."""
    now = np.where(swapped[:, None, None, None], joints[1], joints[0])
    usual = np.nanmedian(now, axis=0)
    return usual, 1.4826 * np.nanmedian(np.abs(now - usual), axis=0) + SIGNALS.least_habit_spread_bh


def _turn_cost(legs: FloatArray) -> FloatArray | None:
    """How far the feet are (states, n) from where the rhythm of the legs expects them; None without one."""
    ankles = legs[..., 2, 0]
    gap = ankles[:, :, 0] - ankles[:, :, 1]
    expected = expected_gap(gap[0])
    return None if expected is None else np.asarray(np.nan_to_num(np.abs(gap - expected)))


def _habit_cost(legs: FloatArray, swapped: BoolArray) -> FloatArray:
    """How far each leg is (states, n) from where it usually is under the hips, in its own spreads.

    In single-leg drills and lunges the legs have different habits, which tells them apart in
    every frame; in alternating ones "front" and "back" would be habits too, and no leg's own.
    """
    joints = _under_hips(legs)
    usual, spread = _usual(joints, swapped)
    off = np.minimum(np.abs(joints - usual) / spread, SIGNALS.farthest_habit_sd)
    return np.asarray(np.nanmean(off, axis=(2, 3, 4)))


def _cheapest(unary: FloatArray, bend: FloatArray) -> BoolArray:
    """Labelling (n,) of least cost: `unary` (2, n) a frame, `bend` (2, 2, 2, n - 2) a triple."""
    n = unary.shape[1]
    change = SIGNALS.switch_cost * (1 - np.eye(2))
    cost = unary[:, 0][:, None] + unary[:, 1][None, :] + change
    back = np.zeros((n, 2, 2), int)
    for i in range(2, n):
        step = cost[:, :, None] + bend[:, :, :, i - 2] + unary[None, None, :, i] + change[None]
        back[i] = np.argmin(step, axis=0)
        cost = np.min(step, axis=0)
    states = np.zeros(n, int)
    states[-2], states[-1] = np.unravel_index(int(np.argmin(cost)), cost.shape)
    for i in range(n - 1, 1, -1):
        states[i - 2] = back[i, states[i - 1], states[i]]
    return states.astype(bool)


def find_swaps(xy: FloatArray, body_height_px: float) -> BoolArray:
    """Find the frames in which the legs' labels are exchanged.

    The cost of a labelling is the change of every leg joint's velocity from frame to
    frame (second differences), the departure of thigh and shank from their usual lengths,
    and that of the feet from the rhythm of legs that take turns (`expected_gap`). Without
    such a rhythm it is the departure of each leg from its habit. The habit is that of the
    labelling itself, so the cheapest path through the states of neighbouring frames is sought
    again until it stays. Which leg is then called left is the model's majority (see `_well_named`); under such a
    rhythm the labelling names it.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in px, NaN where missing.
    body_height_px : float

    Returns
    -------
    (n,) bool
        All False below four frames, or without a body height.
    """
    n = len(xy)
    swapped = np.zeros(n, bool)
    if n < 4 or not np.isfinite(body_height_px):
        return swapped
    legs = _pair(xy / body_height_px)
    a, b, c = legs[:, :-2], legs[:, 1:-1], legs[:, 2:]
    bend = _jump(a[:, None, None] - 2 * b[None, :, None] + c[None, None, :])
    own = SIGNALS.limb_cost * np.nan_to_num(_limb_cost(legs)) + np.array([[0.0], [SIGNALS.prior_cost]])
    turns = _turn_cost(legs)
    if turns is not None:
        return _cheapest(own + SIGNALS.turn_cost * turns, bend)
    for _ in range(SIGNALS.habit_rounds):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # frames without anybody
            habit = np.nan_to_num(_habit_cost(legs, swapped))
        found = _cheapest(own + SIGNALS.habit_cost * habit, bend)
        if np.array_equal(found, swapped):
            break
        swapped = found
    return swapped if _well_named(exchange(xy, swapped), swapped, body_height_px) else ~swapped


def _well_named(xy: FloatArray, swapped: BoolArray, body_height_px: float) -> bool:
    """Whether the legs, told apart, carry the right names.

    Those that the model gives them in most frames. Where it is undecided and one leg stands
    lower, that is taken for the one near the camera, as single-leg work is to be filmed.
    """
    share = float(swapped[np.isfinite(xy).any(axis=(1, 2))].mean())  # where somebody is seen, as a body height shows
    lower = np.nanmedian(xy[:, LEFT[2], 1] - xy[:, RIGHT[2], 1])
    votes = facing_votes(xy)
    seen = votes[np.isfinite(votes)]
    one_stands = abs(lower) > SIGNALS.stands_lower_pct_bh / 100 * body_height_px
    if min(share, 1 - share) < SIGNALS.undecided_share or not one_stands or not len(seen):
        return share <= 0.5
    near_is_left = bool(np.median(seen) < 0)
    return bool((lower > 0) == near_is_left)
