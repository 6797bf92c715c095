"""Running, bounding, high knees and walking, cut out of the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.synthetic.build import build
from plumbline.synthetic.curves import flat, uniform, waving
from plumbline.synthetic.feet import FootStance, leg_length
from plumbline.synthetic.mechanics import GRAVITY_M_S2
from plumbline.synthetic.plan import Plan, Posture, Support, Swing
from plumbline.synthetic.skeleton import Anatomy, Array, Movement


def cut(movement: Movement, start_s: float, end_s: float) -> Movement:
    """A stretch of a movement, its clock begun anew; what was on the ground at its ends has no event there."""
    t = movement.time_s
    k = (t >= start_s) & (t <= end_s)
    contacts = {}
    for side, rows in movement.contacts.items():
        kept = rows[(rows[:, 1] > start_s) & (rows[:, 0] < end_s)]
        kept = np.where(kept < start_s, -np.inf, np.where(kept > end_s, np.inf, kept))
        contacts[side] = kept - t[k][0]  # the clock begins with the first sample, not with the cut
    return replace(
        movement, time_s=t[k] - t[k][0], root_m=movement.root_m[k], rotation=movement.rotation[k], contacts=contacts
    )


def on_treadmill(movement: Movement, speed_m_s: float) -> Movement:
    """The same on a belt that runs backwards."""
    root = movement.root_m.copy()
    root[:, 0] -= speed_m_s * movement.time_s + root[0, 0]
    return replace(movement, root_m=root, ground_speed_m_s=speed_m_s)


@dataclass(frozen=True)
class Stride:
    """What the steps of a gait with flights have in common.

    Attributes
    ----------
    name : str
        The movement's name.
    speed_m_s, contact_s, flight_s : float
    ahead_m : float
        How far ahead of the hip the ankle lands.
    knee_deg : float
        Knee flexion that the leg's length at touchdown goes by.
    higher_m : float
        How much higher the hip is at toe-off.
    pitch : tuple of (share, deg)
        The foot's, over a contact.
    toe_deg : float
        How far the toes have rolled up when they leave.
    push_deg_s, give_deg_s : float
        How fast the knee straightens at toe-off and bends at touchdown; NaN leaves it to the foot's pitch.
    shape : tuple of float
        The ground force's, as of a support.
    swing : tuple of (share, thigh deg, knee deg, ankle deg)
        The leg's way through the air.
    """

    name: str
    speed_m_s: float
    contact_s: float
    flight_s: float
    ahead_m: float
    knee_deg: float
    higher_m: float
    pitch: tuple[tuple[float, float], ...]
    toe_deg: float
    push_deg_s: float
    give_deg_s: float
    shape: tuple[float, float, float]
    swing: tuple[tuple[float, float, float, float], ...]


def run_stride(rng: np.random.Generator, speed_m_s: float, heel: bool) -> Stride:
    """Running at a speed, landing on the heel or on the forefoot."""
    contact = float(np.clip(0.34 - 0.031 * speed_m_s + rng.normal(0, 0.012), 0.13, 0.32))
    flight = float(np.clip(0.045 + 0.016 * speed_m_s + rng.normal(0, 0.012), 0.04, 0.16))
    ahead = speed_m_s * contact * uniform(rng, 0.26, 0.34)
    knee = uniform(rng, 10, 20)
    # As high at toe-off as at touchdown, and a little more; a short flight leaves no time to fall far.
    higher = uniform(rng, 0.4, 1.4) * GRAVITY_M_S2 * flight**2 / 8
    down = uniform(rng, -24, -8) if heel else uniform(rng, 3, 14)
    up = uniform(rng, 48, 62)
    toe = uniform(rng, 0.75, 1.0) * up
    push, give = uniform(rng, 150, 400), uniform(rng, 200, 450) if not heel else float("nan")
    shape = (uniform(rng, -0.1, 0.3), uniform(rng, 0.9, 1.3), uniform(rng, 0.1, 0.7) if heel else uniform(rng, 0, 0.2))
    fold, lift = uniform(rng, 70, 115), uniform(rng, 30, 50)
    pitch = (
        ((0.0, down), (0.18, 0.0), (0.45, 1.0), (0.7, 18.0), (1.0, up))
        if heel
        else ((0.0, down), (0.25, 1.0), (0.5, 3.0), (1.0, up))
    )
    swing = ((0.28, -5.0, fold * 0.85, 30.0), (0.5, lift * 0.55, fold, 15.0), (0.78, lift, fold * 0.55, 5.0))
    return Stride("running", speed_m_s, contact, flight, ahead, knee, higher, pitch, toe, push, give, shape, swing)


def bound_stride(rng: np.random.Generator) -> Stride:
    """Bounding: steps of a run with a flight about twice as long as the contact, the thigh held high in it."""
    speed, contact, flight = uniform(rng, 2.8, 4.6), uniform(rng, 0.15, 0.22), uniform(rng, 0.24, 0.38)
    ahead = speed * contact * uniform(rng, 0.28, 0.36)
    higher = uniform(rng, 0.05, 0.4) * GRAVITY_M_S2 * flight**2 / 8
    up, lift, fold = uniform(rng, 45, 60), uniform(rng, 55, 80), uniform(rng, 75, 100)
    pitch = ((0.0, uniform(rng, -6, 10)), (0.25, 0.0), (0.5, 2.0), (1.0, up))
    swing = ((0.25, -22.0, fold * 0.7, 25.0), (0.5, lift * 0.4, fold, 12.0), (0.75, lift, fold * 0.85, 3.0))
    return Stride(
        "bounding",
        speed,
        contact,
        flight,
        ahead,
        uniform(rng, 12, 22),
        higher,
        pitch,
        uniform(rng, 0.75, 1.0) * up,
        uniform(rng, 250, 500),
        uniform(rng, 200, 450),
        (uniform(rng, -0.1, 0.3), uniform(rng, 0.9, 1.3), uniform(rng, 0.0, 0.4)),
        swing,
    )


def high_knee_stride(rng: np.random.Generator) -> Stride:
    """Running with high knees, on the spot or slowly forward, on the forefoot."""
    speed, contact, flight = uniform(rng, 0.0, 1.2), uniform(rng, 0.14, 0.22), uniform(rng, 0.04, 0.1)
    up, lift, fold = uniform(rng, 30, 45), uniform(rng, 65, 95), uniform(rng, 90, 115)
    pitch = ((0.0, uniform(rng, 12, 25)), (0.3, uniform(rng, 2, 9)), (0.55, 6.0), (1.0, up))
    swing = ((0.25, lift * 0.3, fold * 0.8, 25.0), (0.5, lift, fold, 8.0), (0.75, lift * 0.55, fold * 0.6, 12.0))
    return Stride(
        "high_knee_run",
        speed,
        contact,
        flight,
        speed * contact * 0.4 + uniform(rng, 0.0, 0.04),
        uniform(rng, 8, 18),
        uniform(rng, 0.0, 0.8) * GRAVITY_M_S2 * flight**2 / 8,
        pitch,
        uniform(rng, 0.75, 1.0) * up,
        uniform(rng, 100, 250),
        uniform(rng, 100, 250),
        (uniform(rng, -0.2, 0.2), uniform(rng, 0.9, 1.3), uniform(rng, 0.0, 0.2)),
        swing,
    )


def stride_plan(anatomy: Anatomy, rng: np.random.Generator, stride: Stride, steps: int = 16) -> Plan:
    """Alternating single contacts; the first and last two are there to be cut off."""
    contact, flight, speed = stride.contact_s, stride.flight_s, stride.speed_m_s
    step = contact + flight
    leg = leg_length(anatomy, "left", stride.knee_deg)
    high = float(anatomy.joints["left_foot"][1] + np.sqrt(leg**2 - stride.ahead_m**2))
    now, supports, stances, swings = 0.2, [], [], []
    for k in range(steps):
        side = "left" if k % 2 else "right"
        c = contact + rng.normal(0, 0.006)
        a, b, x = now, now + c, speed * step * k
        first = Posture(0, stride.ahead_m, side, high)
        last = Posture(0, stride.ahead_m - speed * c, side, high + stride.higher_m)
        supports.append(Support(a, b, first, last, stride.shape))
        push, give = stride.push_deg_s, stride.give_deg_s
        stances.append(FootStance(side, a, b, x, 0.0, stride.pitch, stride.toe_deg, 0.06, push, give, push_from=0.7))
        swings.append(Swing(side, b, stride.swing))
        now += c + flight + rng.normal(0, 0.004)
    twice = 2 * step
    arm, turn = uniform(rng, 20, 40), uniform(rng, 3, 8)
    trunk = uniform(rng, 3, 10)
    at = 0.2 / twice
    return Plan(
        stride.name,
        anatomy,
        now - flight + 0.1,
        tuple(supports),
        tuple(sorted(stances, key=lambda s: s.start_s)),
        waving(trunk, uniform(rng, 0, 2), step, uniform(rng, 0, 1)),
        waving(-10, arm, twice, 0.25 - at),
        waving(-10, arm, twice, 0.75 - at),
        flat(uniform(rng, 75, 105)),
        tuple(swings),
        turn=waving(0, turn, twice, 0.25 - at),
        margin=2,
    )


def striding(
    anatomy: Anatomy, rng: np.random.Generator, stride: Stride, *, treadmill: bool = False, steps: int = 16
) -> Movement:
    """A gait with flights at a steady speed, from the middle of a flight to that of another.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    stride : Stride
    treadmill : bool
        The ground moves backwards and the athlete stays.
    steps : int
        Before the ends are cut off.

    Returns
    -------
    Movement
    """
    plan = stride_plan(anatomy, rng, stride, steps)
    whole = build(plan)
    a, b = plan.supports[2], plan.supports[-3]
    middle = cut(whole, plan.supports[1].end_s + 0.5 * (a.start_s - plan.supports[1].end_s), b.end_s + 0.02)
    return on_treadmill(middle, stride.speed_m_s) if treadmill else middle


def running(
    anatomy: Anatomy,
    rng: np.random.Generator,
    speed_m_s: float,
    *,
    heel: bool = True,
    treadmill: bool = True,
    steps: int = 16,
) -> Movement:
    """Running at a steady speed, from the middle of a flight to that of another.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    speed_m_s : float
    heel : bool
        Land on the heel, else on the forefoot.
    treadmill : bool
        The ground moves backwards and the athlete stays.
    steps : int
        Before the ends are cut off.

    Returns
    -------
    Movement
    """
    return striding(anatomy, rng, run_stride(rng, speed_m_s, heel), treadmill=treadmill, steps=steps)


def walking(
    anatomy: Anatomy, rng: np.random.Generator, speed_m_s: float = 1.3, *, treadmill: bool = False, steps: int = 12
) -> Movement:
    """Walking: a foot is always down, both for a fifth of the time; the hips' path is given.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    speed_m_s : float
    treadmill : bool
        The ground moves backwards and the athlete stays.
    steps : int
        Before the ends are cut off.

    Returns
    -------
    Movement
    """
    step = float(np.clip(0.74 - 0.16 * speed_m_s + rng.normal(0, 0.02), 0.42, 0.7))
    length = speed_m_s * step
    double = uniform(rng, 0.10, 0.13) / 0.55 * step
    leg = leg_length(anatomy, "left", 4.0)
    ankle = float(anatomy.joints["left_foot"][1])
    low = ankle + np.sqrt(leg**2 - (0.47 * length) ** 2)
    rise = 0.25 * (ankle + leg - low)
    stances = []
    for k in range(steps):
        a = k * step
        knots = ((0.0, uniform(rng, -26, -16)), (0.15, 0.0), (0.55, 0.0), (0.8, 14.0), (1.0, uniform(rng, 50, 60)))
        stances.append(
            FootStance("left" if k % 2 else "right", a, a + step + double, k * length, 0.0, knots, 30.0, 0.05)
        )
    swings = tuple(
        Swing(s.side, s.end_s, ((0.35, 8.0, uniform(rng, 55, 65), 8.0), (0.75, 28.0, 25.0, 0.0))) for s in stances
    )

    def hips(t: Array) -> Array:
        y = low + rise * (1 - np.cos(2 * np.pi * (t / step - double / step / 2))) / 2
        return np.stack([speed_m_s * t - 0.47 * length, y], -1)

    stride = 2 * step
    plan = Plan(
        "walking",
        anatomy,
        steps * step,
        (),
        tuple(stances),
        flat(uniform(rng, 0, 6)),
        waving(0, uniform(rng, 10, 25), stride, 0.25),
        waving(0, uniform(rng, 10, 25), stride, 0.75),
        flat(uniform(rng, 10, 35)),
        swings,
        turn=waving(0, uniform(rng, 2, 6), stride, 0.25),
        hips=hips,
    )
    middle = cut(build(plan), 2 * step, (steps - 1) * step)
    return on_treadmill(middle, speed_m_s) if treadmill else middle
