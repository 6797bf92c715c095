"""Feet and mass centre set down by hand, in percent of body height above the floor, at written instants."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from plumbline.contact import Heights
from plumbline.pose import SIDES, Side

NAN = float("nan")
# Falls at this, %BH/s2, near enough to g of a usual stature (9.81 / (0.886 * 1.72) * 100 = 643.7).
FALL = 600.0
# How long a stand takes to become a jump, and a landing a stand: less than a third of g downwards.
SLOW_S = 1.2


def arc(time_s: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
    """Height of what is thrown up at the start and is back at the end, 0 outside: g T2 / 8 at its top."""
    up = FALL / 2 * (time_s - start_s) * (end_s - time_s)
    return np.where((time_s > start_s) & (time_s < end_s), up, 0.0)


def bouncing(time_s: np.ndarray, flights: Sequence[tuple[float, float]], rest: float = 55.0) -> np.ndarray:
    """A mass centre that falls freely in flights, and sinks between them as a spring lets it.

    Between flights it is pushed up along a parabola that meets the speeds at which they end and begin;
    before the first and after the last it comes from, and returns to, a stand, slowly.
    """
    out = np.full(len(time_s), rest)
    for start, end in flights:
        out += arc(time_s, start, end)
    for (a, b), (c, d) in pairwise(flights):
        down, up = -FALL * (b - a) / 2, FALL * (d - c) / 2
        inside = (time_s >= b) & (time_s <= c)
        s = (time_s - b) / (c - b)
        # Hermite's cubic of two heights that are alike and two speeds.
        out += np.where(inside, (c - b) * (down * (s**3 - 2 * s**2 + s) + up * (s**3 - s**2)), 0.0)
    if flights:
        (a, b), (c, d) = flights[0], flights[-1]
        push = np.clip((time_s - (a - SLOW_S)) / SLOW_S, 0, 1)
        out += np.where(time_s <= a, SLOW_S * FALL * (b - a) / 2 * (push**3 - push**2), 0.0)
        land = np.clip((time_s - d) / SLOW_S, 0, 1)
        out += np.where(time_s >= d, -SLOW_S * FALL * (d - c) / 2 * (land**3 - 2 * land**2 + land), 0.0)
    return out


def heights(
    time_s: np.ndarray,
    toe: np.ndarray | float,
    *,
    heel: np.ndarray | float | None = None,
    other_toe: np.ndarray | float | None = None,
    other_heel: np.ndarray | float | None = None,
    centre: np.ndarray | float = 55.0,
    hand: np.ndarray | float = 60.0,
) -> Heights:
    """The left foot by its toe and heel, the right one by the other's, or like the left."""

    def full(x: np.ndarray | float) -> np.ndarray:
        return np.broadcast_to(np.asarray(x, float), time_s.shape).copy()

    left_heel = toe if heel is None else heel
    right_toe = toe if other_toe is None else other_toe
    right_heel = (left_heel if other_toe is None else other_toe) if other_heel is None else other_heel
    toes: dict[Side, np.ndarray] = dict(zip(SIDES, (full(toe), full(right_toe)), strict=True))
    heels: dict[Side, np.ndarray] = dict(zip(SIDES, (full(left_heel), full(right_heel)), strict=True))
    ankles: dict[Side, np.ndarray] = {s: heels[s] + 4 for s in SIDES}
    return Heights(time_s, toes, heels, ankles, full(centre), full(hand))


def hops(fps: float, flights: Sequence[tuple[float, float]], end_s: float, phase: float = 0.37) -> Heights:
    """Feet that leave the floor with the mass centre and land with it, in frames that fall anywhere."""
    time_s = (np.arange(int(end_s * fps)) + phase) / fps
    feet = np.sum([arc(time_s, a, b) for a, b in flights], axis=0) if flights else np.zeros(len(time_s))
    return heights(time_s, feet + 1, centre=bouncing(time_s, flights))
