"""Stands on one leg, with touches of the free foot, and arabesques."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.pose.landmarks import other
from plumbline.synthetic.body import Array, Body, Leg, ankle_from_toe, assemble
from plumbline.synthetic.motion import (
    STAND_KNEE_DEG,
    Motion,
    Repeat,
    TrueRep,
    between,
    clock,
    hip_over,
    repeats,
    smooth_ramp,
    swung_leg,
)

RAMP_S = 0.35


@dataclass(frozen=True)
class Stand:
    """One stand on the near leg.

    `touches` are the instants, s from the lift, at which the free foot is down for a moment.
    """

    hold_s: float = 5.0
    thigh_deg: float = 88.0
    knee_deg: float = 95.0
    touches: tuple[float, ...] = ()
    sway_m: float = 0.004


def _up(t: Array, start_s: float, stand: Stand) -> Array:
    """Share (n,) by which the free leg is raised: lifted, held, touched, put down."""
    up = smooth_ramp((t - start_s) / RAMP_S) - smooth_ramp((t - start_s - stand.hold_s + RAMP_S) / RAMP_S)
    for touch in stand.touches:
        from_touch = np.abs(t - start_s - touch)
        up = up * smooth_ramp((from_touch - 0.1) / RAMP_S)
    return up


def _standing_leg(body: Body, n: int) -> tuple[Leg, Array]:
    """A flat foot and the hip (2,) over it."""
    toe = np.zeros((n, 2))
    return Leg(ankle_from_toe(body, toe, np.zeros(n)), np.zeros(n)), hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)


def balance(body: Body, stands: list[Stand], *, lead_s: float = 1.0, rest_s: float = 2.0) -> Motion:
    """Stands on the near leg with the other knee raised, both feet down between."""
    t = clock(0.0, lead_s + sum(s.hold_s + rest_s for s in stands))
    n = len(t)
    leg, hip0 = _standing_leg(body, n)
    up, thigh, knee, sway_m = (np.zeros(n) for _ in range(4))
    reps, now = [], lead_s
    for s in stands:
        up = up + _up(t, now, s)
        k = t >= now - rest_s / 2
        thigh[k], knee[k], sway_m[k] = s.thigh_deg, s.knee_deg, s.sway_m
        reps.append(TrueRep(now, now + s.hold_s, planted=("foot_down",) if s.touches else ()))
        now += s.hold_s + rest_s
    sway = sway_m * (np.sin(2 * np.pi * 0.31 * t) + 0.5 * np.sin(2 * np.pi * 0.83 * t + 1))
    hip = hip0 + np.stack([sway, np.zeros(n)], -1)
    free = between(leg, swung_leg(body, hip, thigh, knee, np.full(n, 12.0)), up)
    near = body.near_side
    xyz = assemble(
        body,
        hip,
        {near: leg, other(near): free},
        trunk_lean_deg=1 + 20 * sway,
        ear_forward_m=np.full(n, 0.012),
        arm_swing_deg=np.full(n, 5.0),
        elbow_deg=25,
    )
    return Motion("balance", body, t, xyz, tuple(reps))


def arabesques(body: Body, moves: list[Repeat], *, bend_deg: float = 4.0, lead_s: float = 2.2) -> Motion:
    """On the near leg, the trunk tips forward by 70 degrees while the free leg goes back, then the knee comes up.

    Parameters
    ----------
    bend_deg : float
        By how much the free leg stays below the line of the trunk.
    """
    t, out, reps = repeats(moves, lead_s)
    n = len(t)
    leg, hip0 = _standing_leg(body, n)
    hip = np.tile(hip0, (n, 1)) - np.stack([0.05 * out, 0.02 * out], -1)
    lean = 2 + 68 * out
    raised = smooth_ramp((t - 0.6) / 0.6)
    # Between the arabesques the knee is up in front, in them the leg is behind.
    thigh: Array = (1 - out) * 80 - out * (lean - bend_deg)
    knee: Array = 90 - 88 * out + 280 * out * (1 - out)  # well bent as the foot swings past
    free = between(leg, swung_leg(body, hip, thigh, knee, 12 + 20 * out), raised)
    near = body.near_side
    xyz = assemble(
        body,
        hip,
        {near: leg, other(near): free},
        trunk_lean_deg=lean,
        ear_forward_m=np.full(n, 0.01),
        arm_swing_deg=10 + 60 * out,
        elbow_deg=10,
        neck_lean_deg=0.8 * lean,
    )
    return Motion("arabesque", body, t, xyz, tuple(reps))
