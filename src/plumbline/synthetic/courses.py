"""Angles and offsets of a movement over time, by plain trigonometry from its joints.

Shares nothing with the measuring code, which is judged by it. Angles are in the athlete's own
sagittal plane; offsets are in % of the chain ankle, knee, hip, shoulder, ear.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plumbline.synthetic.sensing import HEEL_MARK_M, chain_m
from plumbline.synthetic.skeleton import INDEX, Array, Movement, joint_positions

# Share of a move's size at which it has begun.
BEGUN = 0.02


def degrees(y: Array, x: Array) -> Array:
    """Direction (n,) in degrees of (x, y)."""
    return np.asarray(np.degrees(np.arctan2(y, x)))


class Course:
    """Angles and offsets of one side over time."""

    def __init__(self, movement: Movement, side: str) -> None:
        places = joint_positions(movement.anatomy, movement.root_m, movement.rotation)
        self.t = movement.time_s
        names = {"hip": "thigh", "knee": "shank", "ankle": "foot", "shoulder": "upper_arm", "ear": "ear"}
        p = {name: places[f"{side}_{key}"] for name, key in names.items()}
        self.height = places["pelvis"][:, 1]
        leg = p["ankle"] - p["hip"]
        self.leg = degrees(leg[:, 0], -leg[:, 1])
        thigh, shank = p["knee"] - p["hip"], p["ankle"] - p["knee"]
        # The trunk and the head on it are of both sides: in a stride hips and shoulders turn against each other.
        hips = (places["left_thigh"] + places["right_thigh"]) / 2
        shoulders = (places["left_upper_arm"] + places["right_upper_arm"]) / 2
        trunk = shoulders - hips
        self.thigh = degrees(thigh[:, 0], -thigh[:, 1])
        self.knee = (self.thigh - degrees(shank[:, 0], -shank[:, 1]) + 180) % 360 - 180
        self.lean = degrees(trunk[:, 0], trunk[:, 1])
        scale = 100 / chain_m(movement.anatomy)
        self.ahead = {name: (p[name][:, 0] - p["ankle"][:, 0]) * scale for name in ("ear", "shoulder", "hip", "knee")}
        heel = places[f"{side}_heel"] + movement.rotation[:, INDEX[f"{side}_foot"]] @ np.array(HEEL_MARK_M)
        self.hip_pct, self.heel_pct = scale * p["hip"][:, :2], scale * heel[:, :2]
        every = np.stack([*self.ahead.values(), np.zeros(len(self.t))])
        self.spread = every.max(0) - every.min(0)
        along = trunk[:, :2] / np.linalg.norm(trunk[:, :2], axis=1, keepdims=True)
        head = (p["ear"] - shoulders)[:, :2]
        self.head = (head[:, 0] * along[:, 1] - head[:, 1] * along[:, 0]) * scale
        self.knee_rate = np.gradient(self.knee, self.t)

    def at(self, values: Array, time_s: float) -> float:
        """Value at an instant."""
        return float(np.interp(time_s, self.t, values))

    def most(self, values: Array, start_s: float, end_s: float) -> float:
        """Largest value of an interval."""
        return float(values[self.within(start_s, end_s)].max())

    def when(self, values: Array, start_s: float, end_s: float) -> float:
        """Instant of the largest value of an interval."""
        k = self.within(start_s, end_s)
        return float(self.t[k][int(np.argmax(values[k]))])

    def within(self, start_s: float, end_s: float) -> slice:
        """Samples of an interval."""
        a, b = np.searchsorted(self.t, [start_s, end_s])
        return slice(int(a), max(int(b), int(a) + 1))


def begun(t: Array, away: Array) -> list[tuple[float, float]]:
    """First and last instant of every move, by how far (n,) it is from rest."""
    edges = np.flatnonzero(np.diff((away > BEGUN * away.max()).astype(int)))
    return [(float(t[a]), float(t[b])) for a, b in zip(edges[::2], edges[1::2], strict=False)]


def new_rep(start_s: float, end_s: float, **events: float | None) -> dict[str, Any]:
    """A rep with its events, None where it has none."""
    empty = {"touchdown_s": None, "toe_off_s": None, "landing_s": None}
    return {"start_s": start_s, "end_s": end_s, **empty, **events, "stance": "both", "metrics": {}}
