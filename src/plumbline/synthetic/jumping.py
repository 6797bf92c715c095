"""Jumps: single ones off the floor, off a box and onto one, and jumping lunges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.synthetic.curves import flat, through, uniform, waving
from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.plan import SIDES, Course, Plan, Posture, Support, Swing
from plumbline.synthetic.skeleton import Anatomy


@dataclass(frozen=True)
class _Feet:
    """How both feet of a jump leave and land: the soles' tilts in degrees, and how fast they turn at take-off."""

    lead: str
    up_deg: float
    down_deg: float
    toe_deg: float
    push_deg_s: float

    @classmethod
    def drawn(cls, rng: np.random.Generator, lead: str) -> _Feet:
        up, down = uniform(rng, 35, 50), uniform(rng, 8, 22)
        return cls(lead, up, down, uniform(rng, 0.75, 1.0) * up, uniform(rng, 350, 650))

    def leaving(
        self, start_s: float, end_s: float, x_m: float, pitch: tuple[tuple[float, float], ...]
    ) -> list[FootStance]:
        """Stances on the floor that end with a push."""
        return [
            FootStance(side, start_s, end_s, x_m, 0.0, pitch, self.toe_deg, roll_s=0.06, push_deg_s=self.push_deg_s)
            for side in SIDES
        ]


# A part of a jump: the body on the ground, both feet's stances, and when the next part begins.
Part = tuple[Support, list[FootStance], float]


def _step_off(rng: np.random.Generator, start: float, down_m: float, feet: _Feet) -> Part:
    """Off a box: the hips sink a little, the feet leave the edge together."""
    push = uniform(rng, 0.4, 0.6)
    support = Support(start, start + push, Posture(5, 0.0, feet.lead), Posture(24, -0.16, feet.lead))
    pitch = ((0, 0), (0.6, 0), (1, 12))
    stances = [FootStance(side, -np.inf, start + push, 0.0, down_m, pitch, 5) for side in SIDES]
    return support, stances, start + (push + float(np.sqrt(2 * (down_m + 0.01) / 9.81)))


def _rebound(
    rng: np.random.Generator,
    start: float,
    x_m: float,
    contact_s: tuple[float, float],
    flight_s: tuple[float, float],
    feet: _Feet,
) -> Part:
    """The contact between a drop and the jump after it."""
    contact = uniform(rng, *contact_s)
    first, last = Posture(26, 0.02, feet.lead), Posture(12, -0.02, feet.lead)
    pitch = ((0, feet.down_deg), (0.25, 0), (0.7, 0), (1, feet.up_deg))
    stances = feet.leaving(start, start + contact, x_m, pitch)
    return Support(start, start + contact, first, last), stances, start + (contact + uniform(rng, *flight_s))


def _push_off(rng: np.random.Generator, start: float, flight_s: tuple[float, float], feet: _Feet) -> Part:
    """Up from standing, by way of a dip."""
    push, dip = uniform(rng, 0.6, 0.9), uniform(rng, 0.18, 0.32)
    last = Posture(uniform(rng, 5, 14), -0.02, feet.lead)
    support = Support(start, start + push, Posture(5, 0.0, feet.lead), last, dip_m=dip, dip_share=0.55)
    stances = feet.leaving(-np.inf, start + push, 0.0, ((0, 0), (0.6, 0), (1, feet.up_deg)))
    return support, stances, start + (push + uniform(rng, *flight_s))


def _landing(rng: np.random.Generator, start: float, x_m: float, up_m: float, feet: _Feet) -> Part:
    """Down for good; how deep is left to the force, since a given depth can make it bounce."""
    absorb = uniform(rng, 0.35, 0.55)
    shape = (uniform(rng, 0, 0.4), 1.0, uniform(rng, 0, 0.5))
    first = Posture(uniform(rng, 18, 35) + 60 * up_m, 0.03, feet.lead)
    support = Support(start, start + absorb, first, Posture(6, 0.0, feet.lead), shape)
    pitch = ((0, feet.down_deg), (0.25, 0), (1, 0))
    stances = [FootStance(side, start, np.inf, x_m, up_m, pitch) for side in SIDES]
    return support, stances, start + absorb


def _arms_and_trunk(rng: np.random.Generator, first: Support, last: Support, stepping: bool) -> tuple[Course, Course]:
    """Arms that swing through, and a trunk that bends to push off and to land."""
    stand, push = first.start_s, first.end_s - first.start_s
    absorb = last.end_s - last.start_s
    back, front = -uniform(rng, 0, 45), uniform(rng, 0, 150)
    arms = through((stand, 0), (stand + 0.4 * push, back), (first.end_s, front), (last.start_s, 30), (last.end_s, 0))
    bend = 8.0 if stepping else uniform(rng, 10, 40)
    trunk = through(
        (stand, 2),
        (stand + 0.5 * push, bend),
        (first.end_s, 4),
        (last.start_s, 6),
        (last.start_s + 0.4 * absorb, uniform(rng, 12, 30)),
        (last.end_s, 2),
    )
    return arms, trunk


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
    feet = _Feet.drawn(rng, lead)
    # Each part leads on by a step where a box is left or reached.
    step_m = 0.45 if down_m or up_m else 0.0
    x = step_m
    parts = [_step_off(rng, stand, down_m, feet) if down_m else _push_off(rng, stand, flight_s, feet)]
    if down_m and contact_s is not None:
        parts.append(_rebound(rng, parts[-1][-1], x, contact_s, flight_s, feet))
        x += step_m if up_m else 0.0
    parts.append(_landing(rng, parts[-1][-1], x, up_m, feet))
    supports = tuple(support for support, _, _ in parts)
    stances = sorted((s for _, both, _ in parts for s in both), key=lambda s: s.start_s)
    end = supports[-1].end_s + uniform(rng, 0.6, 1.0)
    ends = [(s.side, s.end_s) for _, both, _ in parts for s in both if np.isfinite(s.end_s)]
    swings = tuple(Swing(side, end_s, ((0.55, 60.0, 80.0, 10.0),)) for side, end_s in ends) if up_m else ()
    arms, trunk = _arms_and_trunk(rng, supports[0], supports[-1], bool(down_m))
    floors: tuple[tuple[float, float, float], ...] = ((-0.35, 0.25, down_m),) if down_m else ()
    floors += ((x - 0.3, x + 0.4, up_m),) if up_m else ()
    elbow = flat(uniform(rng, 10, 60))
    return Plan(name, anatomy, end, supports, tuple(stances), trunk, arms, arms, elbow, swings, floors=floors)


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
