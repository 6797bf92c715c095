"""Where an athlete's joints and landmarks are at any time, in space and in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plumbline.synthetic.body import Body
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.posture import bone_maps, carry, posture_at
from plumbline.synthetic.sensing import landmark_places
from plumbline.synthetic.skeleton import INDEX, SEGMENTS, Array, Movement

SIDES = ("left", "right")
# Under this height the sole bears on the ground: less than a shoe gives under an athlete.
TOUCH_M = 0.0008
# How much of the flight beside an event tells when the sole was on the ground.
NEAR_S = 0.012
# How far inside a box a sole may seem to be while it stands on it.
INSIDE_M = 0.03


def at_times(movement: Movement, time_s: Array) -> Movement:
    """The movement as it is at given times (n,)."""
    root, rotation = posture_at(movement, time_s)
    return replace(movement, time_s=np.asarray(time_s, float), root_m=root, rotation=rotation)


def landmarks_px(movement: Movement, camera: Camera, time_s: Array) -> Array:
    """The 33 landmarks (n, 33, 2) in px where they are, unseen ones too."""
    return camera.project(landmark_places(at_times(movement, time_s)))


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
