"""Single-leg bends, heel raises, ankle recoveries and donkey kicks."""

from __future__ import annotations

import numpy as np

from plumbline.pose.landmarks import other
from plumbline.synthetic.body import Body, Leg, ankle_from_toe, assemble, leg_length
from plumbline.synthetic.motion import STAND_KNEE_DEG, Motion, Repeat, between, hip_over, repeats, swung_leg

UPRIGHT_LEAD_S = 1.0


def quarter_squats(body: Body, moves: list[Repeat], *, knee_deg: float = 50.0, lean_deg: float = 10.0) -> Motion:
    """On the near leg: the knee bends to `knee_deg` times a move's size, the other foot held behind."""
    t, out, reps = repeats(moves, UPRIGHT_LEAD_S)
    n = len(t)
    near = body.near_side
    leg = Leg(ankle_from_toe(body, np.zeros((n, 2)), np.zeros(n)), np.zeros(n))
    stand = hip_over(body, np.zeros(2), 0.0, STAND_KNEE_DEG, -0.01)
    length = leg_length(body, STAND_KNEE_DEG + out * (knee_deg - STAND_KNEE_DEG))
    across = stand[0] - 0.03 * out
    hip = np.stack([across, leg.ankle[:, 1] + np.sqrt(length**2 - (across - leg.ankle[:, 0]) ** 2)], -1)
    free = swung_leg(body, hip, 5 + 0 * t, 70 + 0 * t, 40 + 0 * t)
    xyz = assemble(
        body,
        hip,
        {near: leg, other(near): free},
        trunk_lean_deg=2 + lean_deg * out,
        ear_forward_m=np.full(n, 0.012),
        arm_swing_deg=5 + 30 * out,
        elbow_deg=20,
    )
    return Motion("quarter_squat", body, t, xyz, tuple(reps))


def heel_raises(body: Body, moves: list[Repeat], *, pitch_deg: float = 42.0) -> Motion:
    """On both feet: the heels rise by `pitch_deg` times a move's size over standing toes."""
    t, out, reps = repeats(moves, UPRIGHT_LEAD_S)
    n = len(t)
    pitch = np.radians(pitch_deg * out)
    ankle = ankle_from_toe(body, np.zeros((n, 2)), pitch)
    hip = ankle + np.stack([0.01 + 0 * t, np.full(n, float(leg_length(body, STAND_KNEE_DEG)))], -1)
    leg = Leg(ankle, pitch)
    xyz = assemble(
        body,
        hip,
        {"left": leg, "right": leg},
        trunk_lean_deg=np.full(n, 2.0),
        ear_forward_m=np.full(n, 0.012),
        arm_swing_deg=np.full(n, 5.0),
        elbow_deg=20,
    )
    return Motion("heel_raise", body, t, xyz, tuple(reps))


def ankle_recoveries(body: Body, moves: list[Repeat], *, thigh_deg: float = 45.0, knee_deg: float = 130.0) -> Motion:
    """The near foot is pulled up under the buttock and put down, the other leg stands."""
    t, out, reps = repeats(moves, UPRIGHT_LEAD_S)
    n = len(t)
    near = body.near_side
    flat = Leg(ankle_from_toe(body, np.zeros((n, 2)), np.zeros(n)), np.zeros(n))
    hip = np.tile(hip_over(body, np.zeros(2), 0.0, STAND_KNEE_DEG, -0.01), (n, 1))
    swung = swung_leg(body, hip, thigh_deg * out, knee_deg * out, 30.0 * out)
    moving = between(flat, swung, np.clip(out * 6, 0, 1))
    xyz = assemble(
        body,
        hip,
        {near: moving, other(near): flat},
        trunk_lean_deg=np.full(n, 2.0),
        ear_forward_m=np.full(n, 0.012),
        arm_swing_deg=10 * out,
    )
    return Motion("ankle_recovery", body, t, xyz, tuple(reps))


def donkey_kicks(body: Body, moves: list[Repeat], *, lean_deg: float = 76.0, short_deg: float = 0.0) -> Motion:
    """On hands and knees: the near leg goes back to `short_deg` below the trunk's line times a move's size."""
    t, out, reps = repeats(moves, UPRIGHT_LEAD_S)
    n = len(t)
    near = body.near_side
    hip = np.tile([0.0, body.thigh_m + 0.03 * body.height_m], (n, 1))
    kneeling = swung_leg(body, hip, np.zeros(n), np.full(n, 88.0), np.full(n, 80.0))
    kicking = swung_leg(body, hip, -(lean_deg - short_deg) * out, 88 - 76 * out, 80 - 30 * out)
    xyz = assemble(
        body,
        hip,
        {near: kicking, other(near): kneeling},
        trunk_lean_deg=np.full(n, lean_deg),
        ear_forward_m=np.zeros(n),
        arm_swing_deg=np.full(n, lean_deg),
        elbow_deg=4,
        neck_lean_deg=0.75 * lean_deg,
    )
    return Motion("donkey_kick", body, t, xyz, tuple(reps))
