"""What is true of balances, strength drills, and of what the front shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from plumbline.synthetic.courses import Course, begun, degrees, new_rep
from plumbline.synthetic.skeleton import Array, Movement, joint_positions

SLOW = (
    "single_leg_stance", "arabesque_high_knee", "quarter_squat", "heel_raise", "ankle_recovery", "donkey_kick",
)  # fmt: skip
# Films from the front, and what the same is from the side.
FRONT = {"front_hop": "pogo", "front_squat": "squat", "front_balance": "single_leg_stance"}
# A foot that is down for less than this is a touch, and the stand goes on.
TOUCH_S = 0.5


def _lifted(contacts: dict[str, Array], side: str) -> list[tuple[float, float]]:
    """Times from a foot's lift to its return, touches left out."""
    out: list[tuple[float, float]] = []
    for (_, up), (down, _) in zip(contacts[side][:-1], contacts[side][1:], strict=True):
        if out and up - out[-1][1] < TOUCH_S:
            out[-1] = (out[-1][0], float(down))
        else:
            out.append((float(up), float(down)))
    return out


def _stands(movement: Movement, contacts: dict[str, Array], free: str) -> list[dict[str, Any]]:
    c, out = Course(movement, free), []
    for a, b in _lifted(contacts, free):
        rep = new_rep(a, b) | {"stance": "right" if free == "left" else "left"}
        rep["metrics"] = {"thigh_angle_hold_deg": float(np.median(c.thigh[c.within(a, b)]))}
        out.append(rep)
    return out


def _arabesque(c: Course, free: Course, a: float, b: float) -> dict[str, float]:
    when = c.when(c.lean, a, b)
    # Shoulder, hip and ankle of the free leg in a line are 0.
    line = free.at(free.lean + free.leg, when)
    return {"arabesque_lean_deg": c.at(c.lean, when), "arabesque_line_deg": abs(line)}


def _kick(c: Course, a: float, b: float) -> dict[str, float]:
    # 180 with the thigh in the trunk's line, less in front of it.
    open_deg = 180 - ((c.thigh + c.lean + 180) % 360 - 180)
    top = c.most(open_deg, a, b)
    return {"hip_extension_peak_deg": top, "hip_extension_range_deg": top - c.at(open_deg, a)}


def _raise(c: Course, a: float, b: float) -> dict[str, float]:
    return {"heel_rise_pct_bh": c.most(c.heel_pct[:, 1], a, b) - c.at(c.heel_pct[:, 1], a)}


def _recovery(c: Course, a: float, b: float) -> dict[str, float]:
    up = c.when(c.heel_pct[:, 1], a, b)
    behind, below = (c.at(x, up) for x in (c.hip_pct - c.heel_pct).T)
    peak = c.most(c.knee, a, b)
    return {"heel_to_hip_pct_bh": below, "heel_behind_hip_pct_bh": behind, "knee_flexion_peak_deg": peak}


def _bend(c: Course, a: float, b: float) -> dict[str, float]:
    low = c.when(-c.height, a, b)
    drop = c.at(c.hip_pct[:, 1], a) - c.at(c.hip_pct[:, 1], low)
    return {
        "hip_drop_pct_bh": drop,
        "trunk_lean_deg": c.at(c.lean, low),
        "knee_flexion_peak_deg": c.most(c.knee, a, b),
    }


def slow_reps(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    """Every rep of one of `SLOW`; the near leg is the one that works, or stands."""
    c, far = Course(movement, near), Course(movement, "left" if near == "right" else "right")
    name, free = movement.name, "left" if near == "right" else "right"
    if name == "single_leg_stance":
        return _stands(movement, contacts, free)
    if name == "ankle_recovery":
        spans = _lifted(contacts, near)
    elif name == "arabesque_high_knee":
        spans = begun(c.t, c.lean - c.lean.min())
    elif name == "heel_raise":
        spans = begun(c.t, c.heel_pct[:, 1] - c.heel_pct[0, 1])
    elif name == "donkey_kick":
        spans = begun(c.t, c.thigh.max() - c.thigh)
    else:
        spans = begun(c.t, c.height.max() - c.height)
    out = []
    for a, b in spans:
        rep = new_rep(a, b)
        if name == "arabesque_high_knee":
            rep["metrics"] = _arabesque(c, far, a, b)
        else:
            by_name = {"ankle_recovery": _recovery, "heel_raise": _raise, "donkey_kick": _kick, "quarter_squat": _bend}
            rep["metrics"] = by_name[name](c, a, b)
        out.append(rep)
    return out


def front_metrics(movement: Movement, start_s: float, end_s: float) -> dict[str, float]:
    """Knees and trunk in the frontal plane at the lowest hips of an interval; the trunk to the body's own left."""
    places = joint_positions(movement.anatomy, movement.root_m, movement.rotation)
    inside = np.flatnonzero((movement.time_s >= start_s) & (movement.time_s <= end_s))
    k = inside[int(np.argmin(places["pelvis"][inside, 1]))]
    at = {name: places[name][k] * [1.0, 1.0, -1.0] for name in places}  # z to the left
    out = {}
    for side, outwards in (("left", 1.0), ("right", -1.0)):
        hip, knee, ankle = (at[f"{side}_{name}"] for name in ("thigh", "shank", "foot"))
        upper, lower = (float(degrees(d[2], -d[1])) for d in (knee - hip, ankle - knee))
        out[f"knee_valgus_{side}_deg"] = outwards * (lower - upper)
    trunk = (at["left_upper_arm"] + at["right_upper_arm"] - at["left_thigh"] - at["right_thigh"]) / 2
    return out | {"trunk_side_lean_deg": float(degrees(trunk[2], trunk[1]))}
