"""Slow movements on one leg, on the toes, and on hands and knees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plumbline.synthetic.build import build
from plumbline.synthetic.curves import flat, through
from plumbline.synthetic.feet import FootStance, ankle_over, leg_length
from plumbline.synthetic.plan import Course, Plan, Swing
from plumbline.synthetic.skeleton import Anatomy, Array, Movement

STANDING_KNEE_DEG = 4.0
LIFT_S, TOUCH_S = 0.35, 0.12
LEAD_S, END_S = 1.0, 0.6


@dataclass(frozen=True)
class Move:
    """One slow move out and back, and its size as a share of the movement's."""

    out_s: float = 0.8
    hold_s: float = 0.2
    back_s: float = 0.8
    rest_s: float = 0.6
    size: float = 1.0


@dataclass(frozen=True)
class Stand:
    """One stand on one leg; `touches` are instants from the lift, in s, at which the free foot is down for a moment."""

    hold_s: float = 5.0
    thigh_deg: float = 88.0
    knee_deg: float = 95.0
    touches: tuple[float, ...] = ()


def _out(moves: Sequence[Move], lead_s: float = LEAD_S) -> tuple[Course, float]:
    """How far out the moves are over time, and how long they take in all."""
    now, knots = lead_s, [(0.0, 0.0)]
    for m in moves:
        top = now + m.out_s
        knots += [(now, 0.0), (top, m.size), (top + m.hold_s, m.size), (top + m.hold_s + m.back_s, 0.0)]
        now = knots[-1][0] + m.rest_s
    return through(*knots), now + END_S


def _over(anatomy: Anatomy, ankle: Array, knee_deg: Array | float, ahead_m: Array | float = 0.0) -> Array:
    """Hips (n, 2) over an ankle (n, 2), `ahead_m` in front of it, with the knee bent so far."""
    up = np.sqrt(leg_length(anatomy, "left", knee_deg) ** 2 - np.square(ahead_m))
    return ankle + np.stack(np.broadcast_arrays(ahead_m, up), -1)


def _flat_ankle(anatomy: Anatomy, t: Array) -> Array:
    return np.tile(anatomy.joints["left_foot"][:2], (len(t), 1))


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


def stands(anatomy: Anatomy, stands: Sequence[Stand], side: str = "right", rest_s: float = 2.0) -> Movement:
    """Stands on one leg with the other knee raised, both feet down between."""
    free, now, begun = _other(side), LEAD_S, -np.inf
    stances, swings = [FootStance(side, -np.inf, np.inf, 0.0)], []
    for s in stands:
        downs = [(now + at - TOUCH_S / 2, now + at + TOUCH_S / 2) for at in s.touches]
        downs.append((now + s.hold_s, now + s.hold_s + rest_s))
        lifted = now
        for down, up in downs:
            stances.append(FootStance(free, begun, lifted, 0.0))
            ramp = min(LIFT_S / (down - lifted), 0.45)
            held = ((share, s.thigh_deg, s.knee_deg, 12.0) for share in (ramp, 1 - ramp))
            swings.append(Swing(free, lifted, tuple(held), held=True))
            begun, lifted = down, up
        now = lifted
    stances.append(FootStance(free, begun, np.inf, 0.0))

    def hips(t: Array) -> Array:
        sway = 0.004 * np.sin(2 * np.pi * 0.31 * t) + 0.002 * np.sin(2 * np.pi * 0.83 * t + 1)
        return _over(anatomy, _flat_ankle(anatomy, t), STANDING_KNEE_DEG, 0.01 + sway)

    return build(_slow_plan("single_leg_stance", anatomy, now + END_S, stances, hips, swings=swings, trunk=flat(1.0)))


def arabesques(anatomy: Anatomy, moves: Sequence[Move], side: str = "right", bend_deg: float = 4.0) -> Movement:
    """On one leg, the trunk tips forward by 70 degrees while the free leg goes back, then the knee comes up.

    Parameters
    ----------
    bend_deg : float
        By how much the free leg stays below the line of the trunk.
    """
    out, end = _out(moves, 2.2)
    free, lifted, down = _other(side), 0.6, end - 0.5
    share = np.linspace(0.0, 1.0, 400)[1:-1]
    t = lifted + share * (down - lifted)
    far, up = out(t), np.clip(np.minimum(t - lifted, down - t) / 0.6, 0, 1)
    # Against the pelvis, which tips by seven tenths of the trunk; the foot swings past on a bent knee.
    thigh = up * ((1 - far) * 80 - far * (0.3 * 70 - bend_deg))
    knee = up * (90 - 88 * far + 200 * far * (1 - far))
    knots = tuple(zip(share, thigh, knee, 12 + 20 * far, strict=True))
    stances = [
        FootStance(side, -np.inf, np.inf, 0.0),
        FootStance(free, -np.inf, lifted, 0.0),
        FootStance(free, down, np.inf, 0.0),
    ]

    def hips(t: Array) -> Array:
        return _over(anatomy, _flat_ankle(anatomy, t), STANDING_KNEE_DEG + 4 * out(t), 0.01 - 0.05 * out(t))

    plan = _slow_plan("arabesque_high_knee", anatomy, end, stances, hips, trunk=lambda t: 2 + 68 * out(t))
    return build(replace(plan, swings=(Swing(free, lifted, knots, held=True),)))


def quarter_squats(
    anatomy: Anatomy, moves: Sequence[Move], side: str = "right", knee_deg: float = 50.0, lean_deg: float = 10.0
) -> Movement:
    """On one leg: the knee bends to `knee_deg` times a move's size, the other foot held behind."""
    out, end = _out(moves)
    free = _other(side)

    def hips(t: Array) -> Array:
        knee = STANDING_KNEE_DEG + out(t) * (knee_deg - STANDING_KNEE_DEG)
        return _over(anatomy, _flat_ankle(anatomy, t), knee, -0.03 * out(t))

    swings = [Swing(free, 0.0, ((0.0, 5.0, 70.0, 40.0), (1.0, 5.0, 70.0, 40.0)))]
    stances = [FootStance(side, -np.inf, np.inf, 0.0)]
    lean: Course = lambda t: 2 + lean_deg * out(t)  # noqa: E731
    return build(_slow_plan("quarter_squat", anatomy, end, stances, hips, swings=swings, trunk=lean))


def heel_raises(anatomy: Anatomy, moves: Sequence[Move], pitch_deg: float = 42.0) -> Movement:
    """On both feet: the heels rise by `pitch_deg` times a move's size over standing toes."""
    out, end = _out(moves)
    t = np.linspace(-1.0, end + 1.0, 400)
    knots = tuple(zip(np.linspace(0, 1, 400), pitch_deg * out(t), strict=True))
    stances = [FootStance(side, -1.0, end + 1.0, 0.0, 0.0, knots) for side in ("left", "right")]

    def hips(t: Array) -> Array:
        pitch, toes = stances[0].pitches(t)
        return _over(anatomy, ankle_over(anatomy, stances[0], pitch, toes), STANDING_KNEE_DEG, 0.01)

    always = np.array([[-np.inf, np.inf]])
    made = build(_slow_plan("heel_raise", anatomy, end, stances, hips))
    return replace(made, contacts={"left": always, "right": always})


def ankle_recoveries(
    anatomy: Anatomy, moves: Sequence[Move], side: str = "right", thigh_deg: float = 45.0, knee_deg: float = 130.0
) -> Movement:
    """The foot is pulled up under the buttock and put down, the other leg stands."""
    now, begun = LEAD_S, -np.inf
    stances, swings = [FootStance(_other(side), -np.inf, np.inf, 0.0)], []
    for m in moves:
        stances.append(FootStance(side, begun, now, 0.0))
        down = now + m.out_s + m.hold_s + m.back_s
        top = (m.out_s + m.hold_s / 2) / (down - now)
        swings.append(Swing(side, now, ((top, thigh_deg * m.size, knee_deg * m.size, 15.0 * m.size),)))
        begun, now = down, down + m.rest_s
    stances.append(FootStance(side, begun, np.inf, 0.0))

    def hips(t: Array) -> Array:
        return _over(anatomy, _flat_ankle(anatomy, t), STANDING_KNEE_DEG, 0.01)

    return build(_slow_plan("ankle_recovery", anatomy, now + END_S, stances, hips, swings=swings))


def donkey_kicks(
    anatomy: Anatomy, moves: Sequence[Move], side: str = "right", lean_deg: float = 76.0, short_deg: float = 0.0
) -> Movement:
    """On hands and knees: one leg goes back to `short_deg` below the trunk's line times a move's size."""
    out, end = _out(moves)
    t = np.linspace(0.0, end, 600)
    tip = 0.7 * lean_deg  # of the pelvis, which thighs count from
    far = out(t)
    kick = (t / end, tip - (lean_deg - short_deg) * far, 88 - 76 * far, 75 - 35 * far)
    swings = [
        Swing(side, 0.0, tuple(zip(*kick, strict=True))),
        Swing(_other(side), 0.0, ((0.0, tip, 88.0, 75.0), (1.0, tip, 88.0, 75.0))),
    ]
    high = anatomy.length("left_thigh", "left_shank") + 0.05

    def hips(t: Array) -> Array:
        return np.tile([0.0, high], (len(t), 1))

    made = _slow_plan("donkey_kick", anatomy, end, [], hips, swings=swings, trunk=flat(lean_deg))
    made = replace(made, shoulder_left=flat(lean_deg), shoulder_right=flat(lean_deg), elbow=flat(4.0))
    # The other foot lies on the floor all the time.
    return replace(build(made), contacts={side: np.zeros((0, 2)), _other(side): np.array([[-np.inf, np.inf]])})


def _slow_plan(
    name: str,
    anatomy: Anatomy,
    end: float,
    stances: list[FootStance],
    hips: Course,
    *,
    swings: Sequence[Swing] = (),
    trunk: Course | None = None,
) -> Plan:
    order = tuple(sorted(stances, key=lambda s: s.start_s))
    lean, arm = trunk or flat(2.0), flat(5.0)
    return Plan(name, anatomy, end, (), order, lean, arm, arm, flat(20.0), tuple(swings), hips=hips)
