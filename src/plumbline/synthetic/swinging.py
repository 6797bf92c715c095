"""Legs in the air: from how a foot left to how it will land, clear of the ground."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator

from plumbline.synthetic.feet import FootStance, leg_angles
from plumbline.synthetic.moving import STEP_S, MovingBody, smooth_step
from plumbline.synthetic.plan import SIDES, Swing
from plumbline.synthetic.skeleton import Array

# How fast a joint's speed at the end of a stance dies down in the air.
FADE_S = 0.025
LEAVE_FADE_S = 0.012
PREPARED = 0.1
TOES_FADE_S = 0.05


def _ends_of(body: MovingBody, st: FootStance, end: bool) -> tuple[Array, Array]:
    """Thigh, knee, ankle and toes (4,) with their speeds at one end of a stance, against the pelvis."""
    t = body.t
    inside = np.flatnonzero((t >= st.start_s) & (t <= st.end_s))
    k = inside[-3:] if end else inside[:3]
    if len(k) < 3:
        k = np.resize(inside, 3)
    thigh, shank, pitch, toes = body.leg[st.side][k].T
    q = np.stack([thigh - body.upper["pelvis"][k], thigh - shank, pitch + shank, toes - pitch], -1)
    speed = (q[-1] - q[0]) / max(t[k[-1]] - t[k[0]], STEP_S)
    at = st.end_s if end else st.start_s
    anchor = -1 if end else 0
    return q[anchor] + speed * (at - t[k[anchor]]), speed


def _swing(body: MovingBody, before: FootStance, after: FootStance, swing: Swing) -> None:
    """Carry a leg through the air from one stance to the next."""
    t = body.t
    k = (t > before.end_s) & (t < after.start_s)
    if not k.any():
        return
    (q0, v0), (q1, v1) = _ends_of(body, before, True), _ends_of(body, after, False)
    u, left = t[k] - before.end_s, after.start_s - t[k]
    whole = after.start_s - before.end_s
    shares = whole * np.array([0.0, *(share for share, *_ in swing.knots), 1.0])
    rows = np.array([q0[:3], *(np.radians(row[1:]) for row in swing.knots), q1[:3]])
    q = (PchipInterpolator(shares, rows) if swing.held else CubicSpline(shares, rows, bc_type="clamped"))(u)
    ramp = smooth_step(u / whole)[:, None]
    q += v0[:3] * LEAVE_FADE_S * (1 - np.exp(-u / LEAVE_FADE_S))[:, None] * (1 - ramp)
    fade = min(FADE_S, whole / 6)
    # A foot that lands is stopped by the floor: only a part of the leg's give begins before.
    q -= PREPARED * v1[:3] * fade * (1 - np.exp(-left / fade))[:, None] * ramp
    toes = q0[3] * np.exp(-u / TOES_FADE_S) + q1[3] * np.exp(-left / TOES_FADE_S)
    thigh = q[:, 0] + body.upper["pelvis"][k]
    shank = thigh - np.maximum(q[:, 1], np.radians(1.0))
    pitch = q[:, 2] - shank
    body.leg[before.side][k] = np.stack([thigh, shank, pitch, pitch + toes], -1)


def clear(body: MovingBody, margin_m: float = 0.004) -> None:
    """Lift feet in the air over the floor by bending knee and hip, where the swing would cut into it."""
    places = body.places()
    t = body.t
    for side in SIDES:
        soles = np.min([places[f"{side}_{p}"][:, 1] for p in ("heel", "ball", "toe")], axis=0)
        mine = sorted((s for s in body.plan.stances if s.side == side), key=lambda s: s.start_s)
        for a, b in itertools.pairwise(mine):
            k = np.flatnonzero((t > a.end_s) & (t < b.start_s))
            if not len(k):
                continue
            s = (t[k] - a.end_s) / (b.start_s - a.end_s)
            floor = np.where(s < 0.5, a.floor_m, b.floor_m)
            if a.floor_m != b.floor_m:
                floor = np.where(s < 0.5, a.floor_m, b.floor_m) if a.floor_m > b.floor_m else floor
            # Nothing is asked for at the events themselves.
            near = np.minimum(t[k] - a.end_s, b.start_s - t[k])
            short = np.maximum(floor + np.minimum(margin_m, 0.4 * near) - soles[k], 0)
            if not short.any():
                continue
            hip = (body.root + 0.0)[k, :2] + body.hip_at[side][k]
            ankle = places[f"{side}_foot"][k, :2] + np.stack([0 * short, short], -1)
            extra = body.extra[k]
            pitch = body.leg[side][k, 2]
            thigh, shank = leg_angles(body.anatomy, side, hip, ankle)
            body.leg[side][k, 0], body.leg[side][k, 1] = thigh - extra, shank - extra
            body.leg[side][k, 2] = pitch


def swings(body: MovingBody) -> None:
    """Bring every free leg from its last stance to its next."""
    plan = body.plan
    by_start = {(s.side, s.start_s): s for s in plan.swings}
    for side in SIDES:
        mine = sorted((s for s in plan.stances if s.side == side), key=lambda s: s.start_s)
        for a, b in itertools.pairwise(mine):
            _swing(body, a, b, by_start.get((side, a.end_s), Swing(side, a.end_s, ())))
        if not mine:
            hang(body, side, by_start[side, 0.0])


def hang(body: MovingBody, side: str, swing: Swing) -> None:
    """A leg that never stands: held where its knots say."""
    shares, thigh, knee, ankle = np.array(swing.knots).T
    s = body.t / body.t[-1]
    q = np.radians(np.stack([np.interp(s, shares, y) for y in (thigh, knee, ankle)], -1))
    up = q[:, 0] + body.upper["pelvis"]
    shank = up - q[:, 1]
    pitch = q[:, 2] - shank
    body.leg[side][:] = np.stack([up, shank, pitch, pitch], -1)
