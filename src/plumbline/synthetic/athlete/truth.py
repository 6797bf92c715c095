"""What is true of a filmed movement, worked out from the joints by plain trigonometry.

Shares nothing with the measuring code, which is judged by it. Angles are in the athlete's own
sagittal plane; offsets are in % of the chain ankle, knee, hip, shoulder, ear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.synthetic.athlete.sensing import chain_m
from plumbline.synthetic.athlete.skeleton import Array, Movement, joint_positions

SCHEMA = "plumbline/truth/1"
GRAVITY_M_S2 = 9.80665
# How long after landing the deepest bend of the knees is looked for.
ABSORB_S = 0.6
# Which of the measuring's drills a movement is.
DRILL = {
    "marching": "high_knees",
    "running": "run",
    "tuck_jump": "pogo",
    "rope_skipping": "pogo",
    "depth_jump": "pogo",
    "standing": "stand",
}
JUMPS = ("squat_jump", "box_jump", "drop_landing")
# Share of a dip's depth at which it has begun.
BEGUN = 0.02


def drill_of(movement: Movement) -> str:
    """Name of the drill that is measured."""
    return DRILL.get(movement.name, movement.name)


def _degrees(y: Array, x: Array) -> Array:
    return np.asarray(np.degrees(np.arctan2(y, x)))


class Course:
    """Angles and offsets of one side over time."""

    def __init__(self, movement: Movement, side: str) -> None:
        places = joint_positions(movement.anatomy, movement.root_m, movement.rotation)
        self.t = movement.time_s
        names = {"hip": "thigh", "knee": "shank", "ankle": "foot", "shoulder": "upper_arm", "ear": "ear"}
        p = {name: places[f"{side}_{key}"] for name, key in names.items()}
        self.height = places["pelvis"][:, 1]
        thigh, shank, trunk = p["knee"] - p["hip"], p["ankle"] - p["knee"], p["shoulder"] - p["hip"]
        self.thigh = _degrees(thigh[:, 0], -thigh[:, 1])
        self.knee = (self.thigh - _degrees(shank[:, 0], -shank[:, 1]) + 180) % 360 - 180
        self.lean = _degrees(trunk[:, 0], trunk[:, 1])
        scale = 100 / chain_m(movement.anatomy)
        self.ahead = {name: (p[name][:, 0] - p["ankle"][:, 0]) * scale for name in ("ear", "shoulder", "hip", "knee")}
        self.hip_pct = p["hip"][:, 1] * scale
        every = np.stack([*self.ahead.values(), np.zeros(len(self.t))])
        self.spread = every.max(0) - every.min(0)
        along = trunk[:, :2] / np.linalg.norm(trunk[:, :2], axis=1, keepdims=True)
        head = (p["ear"] - p["shoulder"])[:, :2]
        self.head = (head[:, 0] * along[:, 1] - head[:, 1] * along[:, 0]) * scale
        self.knee_rate = np.gradient(self.knee, self.t)

    def at(self, values: Array, time_s: float) -> float:
        """Value at an instant."""
        return float(np.interp(time_s, self.t, values))

    def within(self, start_s: float, end_s: float) -> slice:
        """Samples of an interval."""
        a, b = np.searchsorted(self.t, [start_s, end_s])
        return slice(int(a), max(int(b), int(a) + 1))


def _posture(c: Course, at: float) -> dict[str, float]:
    out = {f"plumb_{joint}_pct_bh": c.at(values, at) for joint, values in c.ahead.items()}
    return out | {
        "plumb_spread_pct_bh": c.at(c.spread, at),
        "head_forward_pct_bh": c.at(c.head, at),
        "foot_ahead_of_hip_pct_bh": -out["plumb_hip_pct_bh"],
        "trunk_lean_deg": c.at(c.lean, at),
    }


def _flight(rep: dict[str, Any]) -> dict[str, float]:
    flight = rep["landing_s"] - rep["toe_off_s"]
    out = {"flight_time_s": flight, "jump_height_m": GRAVITY_M_S2 * flight**2 / 8}
    if rep["touchdown_s"] is not None:
        contact = rep["toe_off_s"] - rep["touchdown_s"]
        # Dalleau et al. 2004 (Int J Sports Med 25:170).
        stiffness = np.pi * (flight + contact) / (contact**2 * ((flight + contact) / np.pi - contact / 4))
        out |= {
            "contact_time_s": contact,
            "step_period_s": flight + contact,
            "rsi_ratio": flight / contact,
            "rsi_height_m_s": out["jump_height_m"] / contact,
            "vertical_stiffness_per_kg": float(stiffness),
        }
    return out


def _contact(c: Course, down: float, up: float) -> dict[str, float]:
    part = c.within(down, up)
    knee, rate = c.knee[part], c.knee_rate[part]
    k = int(np.argmax(knee))
    return _posture(c, down) | {
        "knee_flexion_touchdown_deg": c.at(c.knee, down),
        "knee_flexion_peak_deg": float(knee.max()),
        "knee_flexion_range_deg": float(knee.max()) - c.at(c.knee, down),
        "knee_flexion_toe_off_deg": c.at(c.knee, up),
        "knee_flexion_velocity_peak_deg_s": float(rate[: k + 1].max()),
        "knee_extension_velocity_peak_deg_s": float(-rate[k:].min()),
    }


def _landing(c: Course, at: float) -> dict[str, float]:
    peak = float(c.knee[c.within(at, at + ABSORB_S)].max())
    return _posture(c, at) | {
        "knee_flexion_landing_deg": c.at(c.knee, at),
        "knee_flexion_landing_peak_deg": peak,
        "knee_flexion_landing_range_deg": peak - c.at(c.knee, at),
    }


def _rep(start_s: float, end_s: float, **events: float | None) -> dict[str, Any]:
    empty = {"touchdown_s": None, "toe_off_s": None, "landing_s": None}
    return {"start_s": start_s, "end_s": end_s, **empty, **events, "stance": "both", "metrics": {}}


def _merged(contacts: dict[str, Array]) -> list[tuple[float, float, str]]:
    """Times with a foot on the ground, and which: contacts that overlap are one."""
    rows = sorted((float(a), float(b), side) for side, spans in contacts.items() for a, b in spans)
    out: list[tuple[float, float, str]] = []
    for a, b, side in rows:
        if out and a < out[-1][1]:
            first, last, before = out[-1]
            out[-1] = (first, max(last, b), before if before == side else "both")
        else:
            out.append((a, b, side))
    return out


def _hops(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    out, spans = [], _merged(contacts)
    for (down, up, side), following in pairwise(spans):
        if np.isfinite(down) and np.isfinite(up):
            rep = _rep(down, following[0], touchdown_s=down, toe_off_s=up, landing_s=following[0])
            c = Course(movement, near if side == "both" else side)
            rep |= {"stance": side, "metrics": _flight(rep) | _contact(c, down, up)}
            out.append(rep)
    return out


def _jumps(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    spans, c = _merged(contacts), Course(movement, near)
    out = []
    for (_, up, _), (land, _, _) in pairwise(spans):
        rep = _rep(up - 0.5, land + ABSORB_S, toe_off_s=up, landing_s=land)
        rep["metrics"] = _landing(c, land)
        # Off or onto a box the time in the air says nothing of the height jumped.
        rep["metrics"] |= {"flight_time_s": land - up} if movement.floors else _flight(rep)
        out.append(rep)
    return out


def _dips(movement: Movement, near: str) -> list[dict[str, Any]]:
    c, out = Course(movement, near), []
    deep = c.height.max() - c.height
    down = deep > BEGUN * deep.max()
    edges = np.flatnonzero(np.diff(down.astype(int)))
    for a, b in zip(edges[::2], edges[1::2], strict=False):
        rep = _rep(float(c.t[a]), float(c.t[b]))
        rep["metrics"] = {"knee_flexion_peak_deg": float(c.knee[a:b].max())}
        out.append(rep)
    return out


def _lifts(movement: Movement, contacts: dict[str, Array]) -> list[dict[str, Any]]:
    out = []
    for side, spans in contacts.items():
        c = Course(movement, side)
        for (_, up), (down, _) in pairwise(spans):
            rep = _rep(float(up), float(down)) | {"stance": side}
            rep["metrics"] = {"thigh_angle_peak_deg": float(c.thigh[c.within(up, down)].max())}
            out.append(rep)
    return sorted(out, key=lambda rep: float(rep["start_s"]))


def reps_of(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    """Every rep with its events and metrics, on the movement's clock.

    Parameters
    ----------
    movement : Movement
    contacts : dict of str to (k, 2) float
        When each sole is on the ground, in s.
    near : {"left", "right"}
        The side that is filmed, measured where both legs work.
    """
    drill = drill_of(movement)
    if drill in JUMPS:
        return _jumps(movement, contacts, near)
    if drill in ("squat", "lunge"):
        return _dips(movement, near)
    if drill == "high_knees":
        return _lifts(movement, contacts)
    if drill == "stand":
        t = movement.time_s
        rep = _rep(float(t[0]), float(t[-1]))
        middle = float(t[0] + t[-1]) / 2
        rep["metrics"] = _posture(Course(movement, near), middle) | {"hold_time_s": float(t[-1] - t[0])}
        return [rep]
    return [] if drill == "walking" else _hops(movement, contacts, near)


def truth_document(
    movement: Movement,
    contacts: dict[str, Array],
    near: str,
    first_frame_s: float,
    planted: Mapping[int, tuple[str, ...]] | None = None,
) -> dict[str, Any]:
    """Everything known of a film, times counted from its first frame; planted faults by rep, from 0."""
    reps = reps_of(movement, contacts, near)
    for k, rep in enumerate(reps):
        rep["planted"] = list((planted or {}).get(k, ()))
        rep["start_s"] = max(rep["start_s"], first_frame_s)
        for key in ("start_s", "end_s", "touchdown_s", "toe_off_s", "landing_s"):
            if rep[key] is not None:
                rep[key] = round(rep[key] - first_frame_s, 6)
        rep["metrics"] = {name: round(float(value), 6) for name, value in rep["metrics"].items()}
    return {
        "schema": SCHEMA,
        "drill": drill_of(movement),
        "height_m": round(movement.anatomy.height_m, 3),
        "reps": reps,
    }


def write_truth(document: dict[str, Any], path: Path) -> None:
    """Write a truth document as JSON."""
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
