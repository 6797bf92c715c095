"""When the sole of a mesh is on the ground: where a movement was planned to touch is checked against it."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.body import Body
from plumbline.synthetic.posture import bone_maps, carry
from plumbline.synthetic.skeleton import INDEX, SEGMENTS, Array, Movement

SIDES = ("left", "right")
# Under this height the sole bears on the ground: less than a shoe gives under an athlete.
TOUCH_M = 0.0008
# How much of the flight beside an event tells when the sole was on the ground.
NEAR_S = 0.012
# How far inside a box a sole may seem to be while it stands on it.
INSIDE_M = 0.03


def _support(movement: Movement, place: Array) -> Array:
    """Height of the floor, or of the box, under places (…, 3); a box counts for what is not deep inside it."""
    x, y = place[..., 0], place[..., 1]
    out = np.zeros_like(x)
    for x0, x1, top in movement.floors:
        out = np.where((x >= x0) & (x <= x1) & (y > top - INSIDE_M), np.maximum(out, top), out)
    return out


def sole_height(movement: Movement, body: Body, side: str) -> Array:
    """Height (n,) in m of the sole's lowest point above what is under it."""
    shoe = body.shoes[side]
    weight = np.zeros((len(shoe.bottom_m), 2 * len(SEGMENTS)))
    toes = shoe.toes_share(shoe.bottom_m)
    weight[:, INDEX[f"{side}_foot"]], weight[:, INDEX[f"{side}_toes"]] = 1 - toes, toes
    bottom = carry(bone_maps(movement, movement.time_s), weight, shoe.bottom_m)
    return np.asarray((bottom[..., 1] - _support(movement, bottom)).min(1))


def _leaves(t: Array, h: Array) -> float:
    """When the height was 0 on its way up: a parabola through the first of the flight, carried back."""
    near = t <= t[0] + NEAR_S
    if near.sum() < 4:
        return float(t[0])
    a, b, c = np.polyfit(t[near] - t[0], h[near], 2)
    roots = np.roots([a, b, c])
    real = roots[np.abs(roots.imag) < 1e-9].real
    back = real[(real <= 0) & (real > -NEAR_S)]
    return float(t[0] + (back.max() if len(back) else 0.0))


def sole_contacts(movement: Movement, body: Body) -> dict[str, Array]:
    """First and last instant (k, 2) in s of every time each sole is on the ground.

    From the lowest point of the sole, to a fraction of the movement's own steps; infinite where it
    was on the ground before the beginning or is at the end.
    """
    out, t = {}, movement.time_s
    for side in SIDES:
        h = sole_height(movement, body, side)
        down = h < TOUCH_M
        edges = np.flatnonzero(np.diff(down.astype(int)))
        rows, start = [], -np.inf if down[0] else np.nan
        for k in edges:
            if down[k + 1]:
                start = -_leaves(-t[k::-1], h[k::-1])
            else:
                rows.append((start, _leaves(t[k + 1 :], h[k + 1 :])))
        if down[-1]:
            rows.append((start, np.inf))
        out[side] = np.array(rows).reshape(-1, 2)
    return out
