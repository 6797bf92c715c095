"""Repairs legs that the pose model has exchanged.

In a side view the model often calls the left leg right for a frame or for seconds,
with full confidence. Over the whole sequence the labelling that moves most smoothly
and keeps each thigh and shank at its length is found by dynamic programming.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.pose.landmarks import LEG

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

LEFT, RIGHT = LEG["left"], LEG["right"]
# Cost, in body heights, of changing the labelling between two frames: well below the
# sum over ten joints when legs a hand's breadth apart jump, well above their jitter.
SWITCH_COST = 0.25
# Cost a frame of a labelling other than the model's own: decides only ties.
PRIOR_COST = 0.002


def exchange(xy: FloatArray, swapped: BoolArray) -> FloatArray:
    """Return a copy (n, 33, ...) with the two legs exchanged where `swapped` (n,)."""
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
    typical = np.nanmedian(bones[0], axis=0)
    return np.nansum(np.abs(bones - typical), axis=(-1, -2))


def find_swaps(xy: FloatArray, body_height_px: float) -> BoolArray:
    """Find the frames in which the legs' labels are exchanged.

    The cost of a labelling is the change of every leg joint's velocity from frame to
    frame (second differences) plus the departure of thigh and shank from their usual
    lengths; the cheapest path through the four pairs of states of neighbouring frames
    is the result. Where the majority would be exchanged, the model's labels are kept:
    which leg is called left is a matter of the majority.

    Parameters
    ----------
    xy : (n, 33, 2)
    body_height_px : float

    Returns
    -------
    (n,) bool
    """
    n = len(xy)
    if n < 4 or not np.isfinite(body_height_px):
        return np.zeros(n, bool)
    legs = _pair(xy / body_height_px)
    unary = 0.25 * np.nan_to_num(_limb_cost(legs)) + np.array([[0.0], [PRIOR_COST]])
    cost = unary[:, 0][:, None] + unary[:, 1][None, :]
    cost = cost + SWITCH_COST * (1 - np.eye(2))
    back = np.zeros((n, 2, 2), int)
    a, b, c = legs[:, :-2], legs[:, 1:-1], legs[:, 2:]
    bend = _jump(a[:, None, None] - 2 * b[None, :, None] + c[None, None, :])
    for i in range(2, n):
        step = cost[:, :, None] + bend[:, :, :, i - 2] + unary[None, None, :, i]
        step = step + SWITCH_COST * (1 - np.eye(2))[None]
        back[i] = np.argmin(step, axis=0)
        cost = np.min(step, axis=0)
    states = np.zeros(n, int)
    states[-2], states[-1] = np.unravel_index(int(np.argmin(cost)), cost.shape)
    for i in range(n - 1, 1, -1):
        states[i - 2] = back[i, states[i - 1], states[i]]
    swapped = states.astype(bool)
    return ~swapped if swapped.mean() > 0.5 else swapped
