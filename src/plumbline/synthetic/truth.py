"""What is true of a filmed movement, worked out from the joints by plain trigonometry.

Shares nothing with the measuring code, which is judged by it. Angles are in the athlete's own
sagittal plane; offsets are in % of the chain ankle, knee, hip, shoulder, ear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.synthetic.courses import Course, begun, new_rep
from plumbline.synthetic.skeleton import Array, Movement
from plumbline.synthetic.truth_slow import FRONT, SLOW, front_metrics, slow_reps

SCHEMA = "plumbline/truth/1"
GRAVITY_M_S2 = 9.80665
# How long after landing the deepest bend of the knees is looked for.
ABSORB_S = 0.6
# Ankles this far apart, forwards, are a lunge's, % of the chain.
SPLIT_PCT_BH = 14.0
# The drill as which each movement is measured, where its name is another.
DRILL = {
    "marching": "high_knees",
    "high_knee_run": "high_knees",
    "running": "run",
    "tuck_jump": "pogo",
    "hurdle_hop": "travelling_hop",
    "rope_skipping": "pogo",
    "depth_jump": "pogo",
    "standing": "stand",
}
JUMPS = ("squat_jump", "box_jump", "drop_landing", "jumping_lunge")


def drill_of(movement: Movement) -> str:
    """Name of the drill that is measured."""
    return DRILL.get(movement.name, movement.name)


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
            rep = new_rep(down, following[0], touchdown_s=down, toe_off_s=up, landing_s=following[0])
            c = Course(movement, near if side == "both" else side)
            rep |= {"stance": side, "metrics": _flight(rep) | _contact(c, down, up)}
            out.append(rep)
    return out


def _jumps(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    spans, c = _merged(contacts), Course(movement, near)
    out = []
    for (_, up, _), (land, _, _) in pairwise(spans):
        rep = new_rep(up - 0.5, land + ABSORB_S, toe_off_s=up, landing_s=land)
        rep["metrics"] = _landing(c, land)
        # Off or onto a box the time in the air says nothing of the height jumped.
        rep["metrics"] |= {"flight_time_s": land - up} if movement.floors else _flight(rep)
        out.append(rep)
    return out


def _dips(movement: Movement, near: str) -> list[dict[str, Any]]:
    """Bends: a squat's knees count as one, of a lunge the front knee is measured."""
    c, out = Course(movement, near), []
    legs = {side: Course(movement, side) for side in ("left", "right")}
    for a, b in begun(c.t, c.height.max() - c.height):
        rep = new_rep(a, b)
        span = c.within(a, b)
        deepest = span.start + int(np.argmin(c.height[span]))
        gap = float(legs["left"].ahead["hip"][deepest] - legs["right"].ahead["hip"][deepest])
        leg = c if abs(gap) < SPLIT_PCT_BH else legs["left" if gap < 0 else "right"]
        rep["metrics"] = {"knee_flexion_peak_deg": leg.most(leg.knee, a, b)}
        out.append(rep)
    return out


def _lifts(movement: Movement, contacts: dict[str, Array]) -> list[dict[str, Any]]:
    out = []
    for side, spans in contacts.items():
        c = Course(movement, side)
        for (_, up), (down, _) in pairwise(spans):
            rep = new_rep(float(up), float(down)) | {"stance": side}
            rep["metrics"] = {"thigh_angle_peak_deg": float(c.thigh[c.within(up, down)].max())}
            out.append(rep)
    return sorted(out, key=lambda rep: float(rep["start_s"]))


def _from_front(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    """The same reps as from the side, with what only the front shows."""
    seen_from_side = replace(movement, name=FRONT[movement.name])
    reps = reps_of(seen_from_side, contacts, near)
    for rep in reps:
        on = ("start_s", "end_s") if rep["touchdown_s"] is None else ("touchdown_s", "toe_off_s")
        times = {k: v for k, v in rep["metrics"].items() if k.endswith(("_time_s", "_ratio"))}
        rep["metrics"] = times | front_metrics(movement, *(rep[event] for event in on))
        if rep["stance"] == "right":  # on one leg the trunk leans towards it
            rep["metrics"]["trunk_side_lean_deg"] *= -1
    return reps


def reps_of(movement: Movement, contacts: dict[str, Array], near: str) -> list[dict[str, Any]]:
    """Every rep with its events and metrics, on the movement's clock.

    Parameters
    ----------
    movement : Movement
    contacts : dict of str to (k, 2) float
        When each sole is on the ground, in s.
    near : "left" or "right"
        The side that is filmed, measured where both legs work.
    """
    drill = drill_of(movement)
    if drill in FRONT:
        return _from_front(movement, contacts, near)
    if drill in SLOW:
        return slow_reps(movement, contacts, near)
    if drill in JUMPS:
        return _jumps(movement, contacts, near)
    if drill in ("squat", "lunge"):
        return _dips(movement, near)
    if drill == "high_knees":
        return _lifts(movement, contacts)
    if drill == "stand":
        t = movement.time_s
        rep = new_rep(float(t[0]), float(t[-1]))
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
