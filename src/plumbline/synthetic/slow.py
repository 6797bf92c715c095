"""Slow motions and raised knees: squats, lunges, quiet standing, high knees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.pose.landmarks import SIDES, Side, other
from plumbline.synthetic.body import Array, Body, Leg, ankle_from_toe, assemble
from plumbline.synthetic.motion import (
    STAND_KNEE_DEG,
    Motion,
    TrueRep,
    both_legs,
    clock,
    hip_over,
    smooth_ramp,
)


@dataclass(frozen=True)
class Dip:
    """One slow bend and return: a squat or a lunge."""

    down_s: float = 1.0
    hold_s: float = 0.25
    up_s: float = 0.9
    rest_s: float = 0.8
    depth_m: float = 0.32
    back_m: float = 0.12
    lean_deg: float = 25.0


def _dip_profile(dips: list[Dip], lead_s: float) -> tuple[Array, Array, list[TrueRep], Array]:
    """Depth fraction (n,) on the clock, which dip is under way (n,), and the reps."""
    total = lead_s + sum(d.down_s + d.hold_s + d.up_s + d.rest_s for d in dips)
    t = clock(0.0, total)
    depth, which = np.zeros(len(t)), np.zeros(len(t), int)
    reps, now = [], lead_s
    for i, d in enumerate(dips):
        high = now + d.down_s + d.hold_s
        end = high + d.up_s
        depth += smooth_ramp((t - now) / d.down_s) - smooth_ramp((t - high) / d.up_s)
        which[t >= now] = i
        reps.append(TrueRep(now, end))
        now = end + d.rest_s
    return t, depth, reps, which


def squats(body: Body, dips: list[Dip], *, lead_s: float = 1.2) -> Motion:
    """Quiet standing, then squats with both feet flat."""
    t, depth, reps, which = _dip_profile(dips, lead_s)
    per = {k: np.array([getattr(d, k) for d in dips])[which] for k in ("depth_m", "back_m", "lean_deg")}
    toe = np.zeros((len(t), 2))
    ankle = ankle_from_toe(body, toe, np.zeros(len(t)))
    hip0 = hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    hip = hip0 + np.stack([-depth * per["back_m"], -depth * per["depth_m"]], -1)
    leg = Leg(ankle, np.zeros(len(t)))
    n = len(t)
    xyz = assemble(
        body,
        hip,
        {"left": leg, "right": leg},
        trunk_lean_deg=2 + depth * per["lean_deg"],
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=5 + 75 * depth,
        elbow_deg=15,
    )
    return Motion("squat", body, t, xyz, tuple(reps))


def lunges(body: Body, dips: list[Dip], *, lead_s: float = 1.2, front: Side | None = None) -> Motion:
    """Stationary lunges: split stance, front foot flat, rear foot on its toe."""
    front = front or body.near_side
    t, depth, reps, which = _dip_profile(dips, lead_s)
    drop = np.array([d.depth_m for d in dips])[which]
    n = len(t)
    front_ankle = ankle_from_toe(body, np.tile([0.36, 0.0], (n, 1)), np.zeros(n))
    rear_pitch = np.radians(38 + 22 * depth)
    rear_ankle = ankle_from_toe(body, np.tile([-0.36, 0.0], (n, 1)), rear_pitch)
    mid = (front_ankle[:, 0] + rear_ankle[:, 0]) / 2
    top = 0.925 * body.height_m * 0.53
    hip = np.stack([mid, top - depth * drop], -1)
    legs = {front: Leg(front_ankle, np.zeros(n)), other(front): Leg(rear_ankle, rear_pitch)}
    xyz = assemble(
        body,
        hip,
        legs,
        trunk_lean_deg=np.full(n, 3.0),
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=np.full(n, 0.0),
        elbow_deg=20,
    )
    return Motion("lunge", body, t, xyz, tuple(reps))


def standing(
    body: Body,
    seconds: float = 4.0,
    *,
    ear_forward_pct: float = 1.0,
    trunk_lean_deg: float = 1.0,
    free_leg: str | None = None,
) -> Motion:
    """Quiet standing with a slow sway of a few millimetres, on two legs or one."""
    t = clock(0.0, seconds)
    n = len(t)
    toe = np.zeros((n, 2))
    leg = Leg(ankle_from_toe(body, toe, np.zeros(n)), np.zeros(n))
    hip0 = hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    sway = 0.004 * np.sin(2 * np.pi * 0.31 * t) + 0.002 * np.sin(2 * np.pi * 0.83 * t + 1)
    hip = hip0 + np.stack([sway, np.zeros(n)], -1)
    xyz = assemble(
        body,
        hip,
        both_legs(body, hip, leg, free_leg),
        trunk_lean_deg=trunk_lean_deg + 20 * sway,
        ear_forward_m=np.full(n, ear_forward_pct / 100 * body.chain_m),
        arm_swing_deg=np.full(n, 2.0),
        elbow_deg=15,
    )
    return Motion("stand", body, t, xyz, (TrueRep(0.0, seconds),))


@dataclass(frozen=True)
class Step:
    """One raised knee: the leg's swing, then its stance before the other leg goes."""

    swing_s: float = 0.34
    overlap_s: float = 0.06
    thigh_deg: float = 85.0


def high_knees(body: Body, steps: list[Step], *, lead_s: float = 0.8, tail_s: float = 0.6) -> Motion:
    """High knees on the spot, near leg first, the legs in turn, one foot always down.

    A rep is one swing; its `touchdown_s` is the foot's return to the floor.
    """
    total = lead_s + sum(s.swing_s + s.overlap_s for s in steps) + tail_s
    t = clock(0.0, total)
    n = len(t)
    toe = np.zeros((n, 2))
    flat = ankle_from_toe(body, toe, np.zeros(n))
    hip0 = hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    hip = np.tile(hip0, (n, 1))
    lift: dict[Side, Array] = {s: np.zeros(n) for s in SIDES}
    reps, now, side = [], lead_s, body.near_side
    for step in steps:
        s = np.clip((t - now) / step.swing_s, 0, 1)
        lift[side] = lift[side] + np.sin(np.pi * s) ** 2 * np.radians(step.thigh_deg)
        reps.append(TrueRep(now, now + step.swing_s, now + step.swing_s, None, None))
        now += step.swing_s + step.overlap_s
        side = other(side)
    legs = {}
    for s_, thigh in lift.items():
        up = smooth_ramp(thigh / np.radians(12))
        knee = hip + body.thigh_m * np.stack([np.sin(thigh), -np.cos(thigh)], -1)
        shank = np.radians(-8.0) * np.sin(np.clip(thigh, 0, np.pi / 2))
        raised = knee + body.shank_m * np.stack([np.sin(shank), -np.cos(shank)], -1)
        ankle = flat * (1 - up[:, None]) + raised * up[:, None]
        legs[s_] = Leg(ankle, np.radians(12) * up)
    xyz = assemble(
        body,
        hip,
        legs,
        trunk_lean_deg=np.full(n, 2.0),
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=25 * np.sin(2 * np.pi * t / 0.8),
    )
    return Motion("high_knees", body, t, xyz, tuple(reps))
