"""The mass centre: carried by the ground force from one flight into the next, and reached by hips and legs."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.interpolate import CubicSpline

from plumbline.synthetic.feet import FootStance, ankle_path, leg_length
from plumbline.synthetic.mechanics import GRAVITY_M_S2, sagittal_momentum
from plumbline.synthetic.moving import STEP_S, MovingBody, smooth_step
from plumbline.synthetic.plan import Plan, Posture, Support
from plumbline.synthetic.skeleton import Array, joint_positions


def _stance_at(plan: Plan, side: str, at: float) -> FootStance:
    return min((s for s in plan.stances if s.side == side), key=lambda s: max(s.start_s - at, at - s.end_s, 0.0))


def _centre_at(body: MovingBody, posture: Posture, at: float) -> Array:
    """Mass centre (2,) with the leading leg in a posture: the hips are put there, all else stays."""
    plan, side = body.plan, posture.side
    st = _stance_at(plan, side, at)
    if np.isfinite(posture.hip_m):
        hip = np.array([st.x_m - posture.ankle_ahead_m, st.floor_m + posture.hip_m])
    else:
        ankle = ankle_path(body.anatomy, st, np.array([at]))[0][0]
        length = leg_length(body.anatomy, side, posture.knee_deg)
        up = np.sqrt(np.maximum(length**2 - posture.ankle_ahead_m**2, 1e-6))
        hip = ankle + np.array([-posture.ankle_ahead_m, up])
    k = int(np.clip(round(at / STEP_S), 0, len(body.t) - 1))
    root = hip - body.hip_at[side][k]
    return np.asarray(body.relative[k] + root)


def _force_course(u: Array, length: float, shape: tuple[float, float, float], lands: bool, leaves: bool) -> Array:
    """Acceleration (n,) above -g that a support's own ground force has, before it is made to fit."""
    skew, sharpness, impact = shape
    s = np.clip(u / length, 0, 1)
    warped = s + skew * s * (1 - s)
    force = np.sin(np.pi * np.clip(warped, 0, 1)) ** sharpness
    if not lands:
        force = np.where(s < 0.5, 1.0, force)
    if not leaves:
        force = np.where(s > 0.5, 1.0, force)
    if lands:
        force = force + impact * np.exp(-0.5 * ((u - 0.022) / 0.009) ** 2) * (u > 0)
    return np.asarray(force)


def _vertical(
    support: Support, ends: tuple[float, float], speeds: tuple[float, float], rest: tuple[bool, bool], t: Array
) -> Array:
    """Height of the mass centre (n,) over a support: the force that leads from one end to the other.

    The force's own shape is changed as little, and as smoothly, as position, speed and (given) dip ask for.
    """
    length = support.end_s - support.start_s
    u = np.linspace(0, length, 201)
    h = u[1]
    lands, leaves = not rest[0], not rest[1]
    base = _force_course(u, length, support.shape, lands, leaves)
    want_v, want_y = speeds[1] - speeds[0], ends[1] - ends[0] - speeds[0] * length
    # Double integrals of a piecewise even acceleration.
    once = np.full(201, h)
    once[[0, -1]] = h / 2
    twice = once * (length - u)
    scale = (want_v + GRAVITY_M_S2 * length) / (once @ base) if lands or leaves else 0.0
    a0 = scale * base - GRAVITY_M_S2 if scale > 0 else np.zeros(201)
    rows, targets = [once, twice], [want_v - once @ a0, want_y - twice @ a0]
    e = np.eye(201)
    rows += [e[0], e[-1]]
    targets += [(-GRAVITY_M_S2 if lands else 0.0) - a0[0], (-GRAVITY_M_S2 if leaves else 0.0) - a0[-1]]
    if np.isfinite(support.dip_m):
        at = support.dip_share * length
        weight = np.where(u <= at, once * (at - u), 0.0)
        line = ends[0] + (ends[1] - ends[0]) * support.dip_share
        rows.append(weight)
        targets.append(line - support.dip_m - ends[0] - speeds[0] * at - weight @ a0)
    second = np.diff(np.eye(201), 2, axis=0) / h**2 * length**2
    q = second.T @ second + 1e-3 * np.eye(201)
    c = np.array(rows)
    kkt = np.block([[q, c.T], [c, np.zeros((len(c), len(c)))]])
    a = a0 + np.linalg.solve(kkt, np.concatenate([np.zeros(201), targets]))[:201]
    v = speeds[0] + np.concatenate([[0], np.cumsum((a[1:] + a[:-1]) / 2 * h)])
    y = ends[0] + np.concatenate([[0], np.cumsum((v[1:] + v[:-1]) / 2 * h)])
    # The trapezoids of the double integral are off by parts of a millimetre: the end is kept.
    y += (ends[1] - y[-1]) * smooth_step(u / length)
    return np.asarray(CubicSpline(u, y)(np.clip(t - support.start_s, 0, length)))


def target_of(body: MovingBody) -> Array:
    """Where the mass centre (n, 2) has to be."""
    plan, t = body.plan, body.t
    body.refresh()
    body.relative = body.upper_share + body.legs_share()
    starts = [_centre_at(body, s.first, s.start_s) for s in plan.supports]
    ends = [_centre_at(body, s.last, s.end_s) for s in plan.supports]
    n = len(plan.supports)
    v_in, v_out = [np.zeros(2)] * n, [np.zeros(2)] * n
    out = np.zeros((len(t), 2))
    for i, (a, b) in enumerate(itertools.pairwise(plan.supports)):
        p, q, flight = ends[i], starts[i + 1], b.start_s - a.end_s
        v = (q - p) / flight + np.array([0, GRAVITY_M_S2 * flight / 2])
        v_out[i], v_in[i + 1] = v, v - np.array([0, GRAVITY_M_S2 * flight])
        k = (t > a.end_s) & (t < b.start_s)
        u = (t[k] - a.end_s)[:, None]
        out[k] = p + v * u - np.array([0, GRAVITY_M_S2 / 2]) * u * u
    for i, s in enumerate(plan.supports):
        k = (t >= s.start_s) & (t <= s.end_s)
        length = s.end_s - s.start_s
        rest = (i == 0, i == n - 1)
        y = _vertical(s, (starts[i][1], ends[i][1]), (v_in[i][1], v_out[i][1]), rest, t[k])
        x = CubicSpline([0, length], [starts[i][0], ends[i][0]], bc_type=((1, v_in[i][0]), (1, v_out[i][0])))(
            t[k] - s.start_s
        )
        out[k] = np.stack([x, y], -1)
    first, last = plan.supports[0], plan.supports[-1]
    out[t < first.start_s] = starts[0]
    out[t > last.end_s] = ends[-1]
    return out


def reach(body: MovingBody, target: Array, within_m: float = 5e-4) -> None:
    """Put the hips where the mass centre reaches its target, legs standing."""
    for _ in range(14):
        body.stand()
        off = target - body.centre()
        body.root[:, :2] += off
        if float(np.abs(off).max()) < within_m:
            break
    body.stand()


def free_rotation(body: MovingBody) -> None:
    """Turn the body in the air so that its angular momentum is kept; what is left fades on the ground."""
    plan, t = body.plan, body.t
    body.extra = np.zeros(len(t))
    rotation = body.rotation()
    momentum, inertia = sagittal_momentum(body.anatomy, joint_positions(body.anatomy, body.root, rotation), rotation, t)
    speeds: list[tuple[float, float]] = [(0.0, 0.0)] * (len(plan.supports) + 1)
    for i, (a, b) in enumerate(itertools.pairwise(plan.supports)):
        inner = (t > a.end_s + 2 * STEP_S) & (t < b.start_s - 2 * STEP_S)
        k = np.flatnonzero(inner)
        if len(k) < 4:
            continue
        kept = np.mean(momentum[k] / inertia[k]) / np.mean(1 / inertia[k])
        speed = (kept - momentum[k]) / inertia[k]
        turned = np.concatenate([[0], np.cumsum((speed[1:] + speed[:-1]) / 2 * STEP_S)])
        whole = (t > a.end_s) & (t < b.start_s)
        turned -= turned[-1] * np.linspace(0, 1, len(turned))
        body.extra[whole] = np.interp(t[whole], t[k], turned)
        speeds[i + 1] = (float(speed[0]), float(speed[-1]))
    for i, s in enumerate(plan.supports):
        on = (t >= s.start_s) & (t <= s.end_s)
        u, left, length = t[on] - s.start_s, s.end_s - t[on], s.end_s - s.start_s
        fade = min(0.05, length / 4)
        ramp = smooth_step(u / length)
        body.extra[on] = (
            speeds[i][1] * u * np.exp(-u / fade) * (1 - ramp) - speeds[i + 1][0] * left * np.exp(-left / fade) * ramp
        )
