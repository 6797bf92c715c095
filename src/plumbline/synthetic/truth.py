"""What is true of a motion: events, angles and offsets of every rep, from known joints.

Truth goes through the definitions (`geometry`), never through the measuring code:
there is no noise to filter and nothing to detect.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.geometry import (
    PLUMB_JOINTS,
    drop_deg,
    flexion,
    knee_projection_deg,
    lean,
    plumb_offsets,
    plumb_spread,
    side_lean_deg,
    slope,
)
from plumbline.metrics import jump_height_m, vertical_stiffness_per_kg
from plumbline.pose.landmarks import LEG, PLUMB_CHAIN, SIDES, Side, other
from plumbline.synthetic.body import Array
from plumbline.synthetic.motion import Motion, TrueRep

SCHEMA = "plumbline/truth/1"
ABSORB_S = 0.6


class _Series:
    """Angles and offsets of the near side, or the working leg, on the motion's own clock, y down as in a picture."""

    def __init__(self, motion: Motion, working: Side | None = None) -> None:
        side, forward = working or motion.body.near_side, motion.body.facing
        xy = motion.xyz[..., :2] * [1.0, -1.0]
        hip, knee, ankle, heel, toe = (xy[:, i] for i in LEG[side])
        chain = xy[:, PLUMB_CHAIN[side]]
        self.t = motion.time_s
        self.knee = flexion(hip, knee, ankle)
        self.knee_velocity = np.gradient(self.knee, self.t)
        self.offsets = plumb_offsets(chain, forward, motion.body.chain_m)
        self.spread = plumb_spread(self.offsets)
        self.lean = lean(chain[:, 2], chain[:, 1], forward)
        self.foot = slope(heel, toe, forward)
        far = other(side)
        far_hip, far_knee = (xy[:, i] for i in LEG[far][:2])
        scale = 100 / motion.body.chain_m
        self.hip, self.heel = hip * [forward * scale, scale], heel * [forward * scale, scale]
        thighs = [-lean(a, b, forward) % 360 - 180 for a, b in ((hip, knee), (far_hip, far_knee))]
        self.thigh = np.fmax(*thighs)
        self.hip_extension = 180 - ((thighs[0] + self.lean + 180) % 360 - 180)
        far_shoulder, far_ankle = xy[:, PLUMB_CHAIN[far][1]], xy[:, LEG[far][2]]
        self.rear_bend = flexion(far_shoulder, far_hip, far_ankle)

    def at(self, series: Array, time_s: float) -> float:
        return float(np.interp(time_s, self.t, series))

    def most(self, series: Array, start_s: float, end_s: float) -> float:
        return float(series[(self.t >= start_s) & (self.t <= end_s)].max())

    def bent_s(self, start_s: float, end_s: float) -> float:
        """Instant at which the knee is bent most."""
        k = np.flatnonzero((self.t >= start_s) & (self.t <= end_s))
        return float(self.t[k[int(np.argmax(self.knee[k]))]])


def _timing(rep: TrueRep) -> dict[str, float]:
    out: dict[str, float] = {}
    if rep.toe_off_s is not None and rep.landing_s is not None:
        flight = rep.landing_s - rep.toe_off_s
        out |= {"flight_time_s": flight, "jump_height_m": jump_height_m(flight)}
        if rep.touchdown_s is not None:
            contact = rep.toe_off_s - rep.touchdown_s
            out |= {
                "contact_time_s": contact,
                "step_period_s": rep.landing_s - rep.touchdown_s,
                "rsi_ratio": flight / contact,
                "rsi_height_m_s": jump_height_m(flight) / contact,
                "vertical_stiffness_per_kg": vertical_stiffness_per_kg(contact, flight),
            }
    return out


def _posture(s: _Series, time_s: float) -> dict[str, float]:
    out = {
        f"plumb_{joint}_pct_bh": s.at(s.offsets[:, i], time_s)
        for i, joint in enumerate(PLUMB_JOINTS)
        if joint != "ankle"
    }
    out["plumb_spread_pct_bh"] = s.at(s.spread, time_s)
    out["head_forward_pct_bh"] = out["plumb_ear_pct_bh"] - out["plumb_shoulder_pct_bh"]
    out["foot_ahead_of_hip_pct_bh"] = -out["plumb_hip_pct_bh"]
    out["trunk_lean_deg"] = s.at(s.lean, time_s)
    return out


def _frontal(motion: Motion, when_s: float) -> dict[str, float]:
    """Knees, pelvis and trunk as the camera sees them that the athlete faces."""
    left = 1.0 if motion.body.near_side == "left" else -1.0
    xyz = motion.at(np.array([when_s]))[0]
    xy = np.stack([left * xyz[:, 2], -xyz[:, 1]], -1)
    hips, shoulders = (xy[list(pair)].mean(axis=0) for pair in ((23, 24), (11, 12)))
    knees = {}
    for side in SIDES:
        hip, knee, ankle, *_ = (xy[i] for i in LEG[side])
        knees[f"knee_valgus_{side}_deg"] = float(knee_projection_deg(hip, knee, ankle, hips))
    return knees | {
        "pelvic_drop_deg": float(drop_deg(xy[23], xy[24])),
        "trunk_side_lean_deg": float(side_lean_deg(hips, shoulders, xy[23])),
    }


def _lowest_s(motion: Motion, start_s: float, end_s: float) -> float:
    k = np.flatnonzero((motion.time_s >= start_s) & (motion.time_s <= end_s))
    return float(motion.time_s[k[int(np.argmin(motion.xyz[k][:, [23, 24], 1].mean(axis=1)))]])


def _slow(s: _Series, motion: Motion, rep: TrueRep) -> dict[str, float]:
    """What is true of balances and strength drills."""
    a, b = rep.start_s, rep.end_s
    if motion.drill == "balance":
        k = (s.t >= a) & (s.t <= b)
        return {"thigh_angle_hold_deg": float(np.median(s.thigh[k]))}
    if motion.drill == "arabesque":
        when = float(s.t[(s.t >= a) & (s.t <= b)][int(np.argmax(s.lean[(s.t >= a) & (s.t <= b)]))])
        return {"arabesque_lean_deg": s.at(s.lean, when), "arabesque_line_deg": s.at(s.rear_bend, when)}
    if motion.drill == "donkey_kick":
        top = s.most(s.hip_extension, a, b)
        return {"hip_extension_peak_deg": top, "hip_extension_range_deg": top - s.at(s.hip_extension, a)}
    out = {"knee_flexion_peak_deg": s.most(s.knee, a, b)}
    if motion.drill == "heel_raise":
        return out | {"heel_rise_pct_bh": s.most(-s.heel[:, 1], a, b) - s.at(-s.heel[:, 1], a)}
    if motion.drill == "ankle_recovery":
        up = float(s.t[(s.t >= a) & (s.t <= b)][int(np.argmin(s.heel[(s.t >= a) & (s.t <= b), 1]))])
        below, behind = s.at(s.heel[:, 1] - s.hip[:, 1], up), s.at(s.hip[:, 0] - s.heel[:, 0], up)
        return out | {"heel_to_hip_pct_bh": below, "heel_behind_hip_pct_bh": behind}
    low = _lowest_s(motion, a, b)
    drop = s.at(s.hip[:, 1], low) - s.at(s.hip[:, 1], a)
    return out | {"hip_drop_pct_bh": drop, "trunk_lean_deg": s.at(s.lean, low)}


SLOW = ("balance", "arabesque", "quarter_squat", "heel_raise", "ankle_recovery", "donkey_kick")


def true_metrics(motion: Motion, rep: TrueRep) -> dict[str, float]:
    """Metrics of one rep by the names of the report."""
    s = _Series(motion, rep.stance)
    out = _timing(rep)
    if motion.drill.startswith("front_"):
        whole = rep.touchdown_s is not None and rep.toe_off_s is not None
        start, end = (rep.touchdown_s, rep.toe_off_s) if whole else (rep.start_s, rep.end_s)
        return out | _frontal(motion, _lowest_s(motion, float(start or 0), float(end or 0)))
    if motion.drill in SLOW:
        return out | _slow(s, motion, rep)
    if motion.drill in ("squat", "lunge"):
        out["knee_flexion_peak_deg"] = s.most(s.knee, rep.start_s, rep.end_s)
    elif motion.drill == "high_knees":
        out["thigh_angle_peak_deg"] = s.most(s.thigh, rep.start_s, rep.end_s)
    elif motion.drill == "stand":
        out |= _posture(s, (rep.start_s + rep.end_s) / 2)
        out["hold_time_s"] = rep.end_s - rep.start_s
    elif rep.touchdown_s is not None and rep.toe_off_s is not None:
        down, up = rep.touchdown_s, rep.toe_off_s
        peak = s.most(s.knee, down, up)
        out |= _posture(s, down)
        out |= {
            "knee_flexion_touchdown_deg": s.at(s.knee, down),
            "knee_flexion_peak_deg": peak,
            "knee_flexion_range_deg": peak - s.at(s.knee, down),
            "knee_flexion_toe_off_deg": s.at(s.knee, up),
            "knee_flexion_velocity_peak_deg_s": s.most(s.knee_velocity, down, s.bent_s(down, up)),
            "knee_extension_velocity_peak_deg_s": s.most(-s.knee_velocity, s.bent_s(down, up), up),
        }
    elif rep.landing_s is not None:
        out |= _posture(s, rep.landing_s)
        peak = s.most(s.knee, rep.landing_s, rep.landing_s + ABSORB_S)
        out |= {
            "knee_flexion_landing_deg": s.at(s.knee, rep.landing_s),
            "knee_flexion_landing_peak_deg": peak,
            "knee_flexion_landing_range_deg": peak - s.at(s.knee, rep.landing_s),
        }
    return out


def truth_document(motion: Motion, first_frame_s: float) -> dict[str, Any]:
    """Everything known of a rendered film, times counted from its first frame."""

    def shifted(time_s: float | None) -> float | None:
        return None if time_s is None else round(time_s - first_frame_s, 6)

    reps = [
        {
            "start_s": shifted(r.start_s),
            "end_s": shifted(r.end_s),
            "touchdown_s": shifted(r.touchdown_s),
            "toe_off_s": shifted(r.toe_off_s),
            "landing_s": shifted(r.landing_s),
            "planted": list(r.planted),
            "metrics": {k: round(v, 6) for k, v in true_metrics(motion, r).items()},
        }
        for r in motion.reps
    ]
    return {"schema": SCHEMA, "drill": motion.drill, "height_m": motion.body.height_m, "reps": reps}


def write_truth(document: dict[str, Any], path: Path) -> None:
    """Write a truth document as JSON."""
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
