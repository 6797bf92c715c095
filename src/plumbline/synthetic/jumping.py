"""Jumps: single ones off the floor, off a box and onto one, and jumping lunges."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.curves import flat, through, uniform, waving
from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.plan import Plan, Posture, Support, Swing
from plumbline.synthetic.skeleton import Anatomy


def jump(
    anatomy: Anatomy,
    rng: np.random.Generator,
    *,
    flight_s: tuple[float, float] = (0.38, 0.58),
    down_m: float = 0.0,
    up_m: float = 0.0,
    contact_s: tuple[float, float] | None = None,
    name: str = "squat_jump",
) -> Plan:
    """One jump from standing: off the floor, off or onto a box, with or without a contact between.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    flight_s : (float, float)
        Between which the flight time is drawn, s.
    down_m : float
        Height of the box the athlete steps off.
    up_m : float
        Height of the box they land on.
    contact_s : (float, float), optional
        With a box to step off: between which the contact before the jump is drawn, s. Without, the drop is only
        landed.
    name : str
        The movement's name.

    Returns
    -------
    Plan
    """
    lead = "left" if rng.random() < 0.5 else "right"
    stand = uniform(rng, 0.6, 1.2)
    ahead = 0.45 if down_m or up_m else 0.0
    supports: list[Support] = []
    stances: list[FootStance] = []
    up_pitch, down_pitch = uniform(rng, 35, 50), uniform(rng, 8, 22)
    toe = uniform(rng, 0.75, 1.0) * up_pitch
    rise = {"roll_s": 0.06, "push_deg_s": uniform(rng, 350, 650)}
    leave = ((0, 0), (0.6, 0), (1, up_pitch))
    sides = ("left", "right")
    x, now = 0.0, stand
    if down_m:
        # Stepping off: the hips sink a little, the feet leave the edge together.
        push = uniform(rng, 0.4, 0.6)
        supports.append(Support(now, now + push, Posture(5, 0.0, lead), Posture(24, -0.16, lead)))
        stances += [FootStance(s, -np.inf, now + push, x, down_m, ((0, 0), (0.6, 0), (1, 12)), 5) for s in sides]
        now += push + float(np.sqrt(2 * (down_m + 0.01) / 9.81))
        x += ahead
        landing = ((0, down_pitch), (0.25, 0), (0.7, 0), (1, up_pitch))
        if contact_s is not None:
            c = uniform(rng, *contact_s)
            supports.append(
                Support(now, now + c, Posture(26, 0.02, lead), Posture(12, -0.02, lead), dip_m=float("nan"))
            )
            stances += [FootStance(s, now, now + c, x, 0.0, landing, toe, **rise) for s in sides]
            now += c + uniform(rng, *flight_s)
            x += ahead if up_m else 0.0
    else:
        push = uniform(rng, 0.6, 0.9)
        dip = uniform(rng, 0.18, 0.32)
        supports.append(
            Support(
                now,
                now + push,
                Posture(5, 0.0, lead),
                Posture(uniform(rng, 5, 14), -0.02, lead),
                dip_m=dip,
                dip_share=0.55,
            )
        )
        stances += [FootStance(s, -np.inf, now + push, x, 0.0, leave, toe, **rise) for s in sides]
        now += push + uniform(rng, *flight_s)
        x += ahead
    absorb = uniform(rng, 0.35, 0.55)  # its depth is left to the force: a given one can make it bounce
    shape = (uniform(rng, 0, 0.4), 1.0, uniform(rng, 0, 0.5))
    supports.append(
        Support(
            now,
            now + absorb,
            Posture(uniform(rng, 18, 35) + 60 * up_m, 0.03, lead),
            Posture(6, 0.0, lead),
            shape,
        )
    )
    stances += [FootStance(s, now, np.inf, x, up_m, ((0, down_pitch), (0.25, 0), (1, 0))) for s in sides]
    end = now + absorb + uniform(rng, 0.6, 1.0)
    swings = (
        tuple(Swing(s.side, s.end_s, ((0.55, 60.0, 80.0, 10.0),)) for s in stances if np.isfinite(s.end_s))
        if up_m
        else ()
    )
    first = supports[0]
    arms = through(
        (stand, 0),
        (stand + 0.4 * (first.end_s - stand), -uniform(rng, 0, 45)),
        (first.end_s, uniform(rng, 0, 150)),
        (now, 30),
        (now + absorb, 0),
    )
    bend = uniform(rng, 10, 40) if not down_m else 8.0
    trunk = through(
        (stand, 2),
        (stand + 0.5 * (first.end_s - stand), bend),
        (first.end_s, 4),
        (now, 6),
        (now + 0.4 * absorb, uniform(rng, 12, 30)),
        (now + absorb, 2),
    )
    floors: tuple[tuple[float, float, float], ...] = ((-0.35, 0.25, down_m),) if down_m else ()
    floors += ((x - 0.3, x + 0.4, up_m),) if up_m else ()
    return Plan(
        name,
        anatomy,
        end,
        tuple(supports),
        tuple(sorted(stances, key=lambda s: s.start_s)),
        trunk,
        arms,
        arms,
        flat(uniform(rng, 10, 60)),
        swings,
        floors=floors,
    )


def jumping_lunges(anatomy: Anatomy, rng: np.random.Generator, n: int = 6) -> Plan:
    """Lunges that change legs in the air: one foot ahead, the other behind on its ball, then the other way round.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    n : int
        Changes of legs.

    Returns
    -------
    Plan
    """
    contact, flight = uniform(rng, 0.42, 0.65), uniform(rng, 0.22, 0.36)
    split, ahead = uniform(rng, 0.5, 0.7), uniform(rng, 0.45, 0.55)
    low, high = uniform(rng, 28, 50), uniform(rng, 14, 26)
    shape = (uniform(rng, -0.2, 0.3), uniform(rng, 0.9, 1.3), uniform(rng, 0.0, 0.4))
    heel_up, up = uniform(rng, 35, 50), uniform(rng, 40, 55)
    stand, push, absorb = uniform(rng, 0.6, 1.0), uniform(rng, 0.6, 0.8), uniform(rng, 0.5, 0.7)
    starts, ends, now = [stand], [stand + push], stand + push + flight
    for _ in range(n - 1):
        starts.append(now)
        ends.append(now + contact + rng.normal(0, 0.03))
        now = ends[-1] + flight + rng.normal(0, 0.012)
    starts.append(now)
    ends.append(now + absorb)
    supports, stances, swings = [], [], []
    for k, (a, b) in enumerate(zip(starts, ends, strict=True)):
        fore, rear = ("left", "right") if k % 2 else ("right", "left")
        first, last = Posture(high if k == 0 else low, ahead * split, fore), Posture(high, ahead * split, fore)
        supports.append(Support(a, b, first, last, shape))
        start = -np.inf if k == 0 else a
        end = np.inf if k == n else b
        late = 0.0 if k == 0 else abs(uniform(rng, -0.02, 0.02))
        soon = 0.0 if k == n else abs(uniform(rng, -0.02, 0.02))
        sole = ((0.0, 0.0 if k == 0 else uniform(rng, -4, 15)), (0.2, 0.0), (0.75, 0.0), (1.0, 0.0 if k == n else up))
        ball = ((0.0, heel_up), (0.8, heel_up), (1.0, heel_up if k == n else heel_up + 8))
        toe = 0.0 if k == n else 0.6 * up
        stances.append(FootStance(fore, start, end, ahead * split, 0.0, sole, toe, 0.06))
        stances.append(FootStance(rear, start + late, end - soon, (ahead - 1) * split, 0.0, ball, toe, 0.06))
        if k < n:
            # The leg behind comes through bent; the one ahead goes back long.
            swings += [Swing(rear, end - soon, ((0.45, 25.0, 70.0, 5.0),)), Swing(fore, end, ((0.5, 5.0, 25.0, 25.0),))]
    arm, period = uniform(rng, 5, 30), 2 * (contact + flight)
    return Plan(
        "jumping_lunge",
        anatomy,
        ends[-1] + uniform(rng, 0.5, 0.9),
        tuple(supports),
        tuple(sorted(stances, key=lambda s: s.start_s)),
        flat(uniform(rng, 2, 12)),
        waving(0, arm, period, 0.0),
        waving(0, arm, period, 0.5),
        flat(uniform(rng, 20, 90)),
        tuple(swings),
    )
