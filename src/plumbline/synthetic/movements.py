"""Hops of all kinds: on the spot and travelling, on both legs and on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from plumbline.synthetic.curves import flat, through, uniform
from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.plan import Course, Plan, Posture, Support, Swing
from plumbline.synthetic.skeleton import Anatomy, Array

# A flight whose take-off is as fast as the speeds of `_hop_feet` are meant for.
BRISK_FLIGHT_S = 0.36


@dataclass(frozen=True)
class Odd:
    """What one contact has of its own: its length, and how far the trunk leans in it."""

    contact_s: float | None = None
    trunk_deg: float = 0.0


def _leaning(contacts: list[tuple[float, float]], odd: Mapping[int, Odd]) -> Course:
    """The trunk's extra lean over time: there by touchdown, gone in the next flight."""
    bends = [
        through((down - 0.3, 0), (down - 0.04, odd[k].trunk_deg), (up, odd[k].trunk_deg), (up + 0.3, 0))
        for k, (down, up) in enumerate(contacts)
        if k in odd and odd[k].trunk_deg
    ]
    return lambda t: np.sum([bend(t) for bend in bends], axis=0) if bends else np.zeros(len(t))


def _spread(contact_s: float) -> float:
    """How far toe-off's posture may be from touchdown's: a short contact leaves no time to get there."""
    return float(np.clip(contact_s / 0.25, 0.35, 1.0))


def _brisk(flight_s: float) -> float:
    """How fast knees and feet go as a share of a brisk hop's: with the body's own speed at take-off."""
    return float(np.clip(flight_s / BRISK_FLIGHT_S, 0.4, 1.2))


def _hop_feet(
    rng: np.random.Generator,
    times: list[tuple[float, float]],
    places: list[float],
    sides: tuple[str, ...],
    lag_s: float,
    flight_s: float,
) -> list[FootStance]:
    """Stances of one or both feet over contacts; with a lag one lands and leaves later."""
    brisk = _brisk(flight_s)
    down, mid, up = uniform(rng, 12, 30), uniform(rng, 0, 9), uniform(rng, 34, 52)
    up = down + (up - down) * _spread(float(np.mean([b - a for a, b in times]))) * min(brisk, 1.0)
    flat_feet = rng.random() < 0.2
    toe, roll = uniform(rng, 0.75, 1.0) * up, uniform(rng, 0.05, 0.09) / brisk
    push, give = uniform(rng, 250, 550) * brisk, uniform(rng, 150, 400) * brisk
    late = sides[-1]
    out = []
    for (start, end), x in zip(times, places, strict=True):
        for side in sides:
            a = start + (lag_s * rng.uniform(0.6, 1.0) if side == late and len(sides) > 1 else 0.0)
            b = end - (lag_s * rng.uniform(0, 0.6) if side != late and len(sides) > 1 else 0.0)
            first = down + rng.normal(0, 2)
            knots = ((0.0, first), (0.3, 0.0 if flat_feet else mid), (0.55, 0.0 if flat_feet else mid + 1), (1.0, up))
            out.append(FootStance(side, a, b, x, 0.0, knots, toe, min(roll, (b - a) / 2), push, give))
    return out


def _who(rng: np.random.Generator, leg: str, most_s: float) -> tuple[tuple[str, ...], float]:
    """Who hops, the first to land first, and by how much the other is later in s."""
    sides: tuple[str, ...] = ("left", "right") if leg == "both" else (leg,)
    if rng.random() < 0.5:
        sides = sides[::-1]
    lag = uniform(rng, 0, 0.04) if leg == "both" and rng.random() < 0.5 else uniform(rng, 0, 0.01)
    return sides, min(lag, most_s) if leg == "both" else 0.0


@dataclass(frozen=True)
class _Times:
    """When a set is on the ground, s: pushing off from standing, hop by hop, and landing; and a hop's usual parts."""

    stand: float
    push: float
    contacts: list[tuple[float, float]]
    landing: float
    absorb: float
    contact: float
    flight: float

    @property
    def take_off(self) -> float:
        return self.stand + self.push

    @property
    def end(self) -> float:
        return self.landing + self.absorb

    @property
    def period(self) -> float:
        return self.contact + self.flight


def _times(rng: np.random.Generator, n: int, contact: float, flight: float, odd: Mapping[int, Odd]) -> _Times:
    stand = uniform(rng, 0.5, 1.0)
    push = uniform(rng, 0.3, 0.5) + contact
    flights = [flight + rng.normal(0, 0.012) for _ in range(n + 1)]
    contacts = []
    now = stand + (push + flights[0])
    for k in range(n):
        c = max(contact + rng.normal(0, 0.010), 0.085)
        c = odd[k].contact_s or c if k in odd else c
        contacts.append((now, now + c))
        now += c + flights[k + 1]
    # How deep the landing is, is left to the force: a given depth can make it bounce.
    return _Times(stand, push, contacts, now, uniform(rng, 0.35, 0.55), contact, flight)


def _supports(rng: np.random.Generator, times: _Times, lead: str, travel_m: float) -> tuple[Support, ...]:
    """The push-off, the hops and the landing, with knees and places that are a little different each time."""
    down_knee, up_knee = uniform(rng, 14, 30), uniform(rng, 6, 18)
    up_knee = down_knee + (up_knee - down_knee) * _spread(times.contact) * min(_brisk(times.flight), 1.0)
    ahead = uniform(rng, 0.0, 0.05)
    shape = (uniform(rng, -0.35, 0.35), uniform(rng, 0.8, 1.5), uniform(rng, 0, 0.5))
    half_way = travel_m / 2 * times.contact / times.period

    def post(knee: float, forward: float) -> Posture:
        return Posture(max(knee + rng.normal(0, 1.5), 4.0), forward + rng.normal(0, 0.006), lead)

    up = post(up_knee, -half_way)
    first = Support(times.stand, times.take_off, Posture(4, 0.0, lead), up, dip_m=uniform(rng, 0.05, 0.12))
    hops = [
        Support(a, b, post(down_knee, ahead + half_way), post(up_knee, ahead - half_way), shape)
        for a, b in times.contacts
    ]
    down = post(down_knee + 4, ahead + half_way)
    return (first, *hops, Support(times.landing, times.end, down, Posture(5, 0.0, lead), shape))


def _standing_feet(times: _Times, sides: tuple[str, ...], hopping: list[FootStance], end_m: float) -> list[FootStance]:
    """Stances before the first flight and after the last, which tilt as those of the hops do."""
    up, toe, down = 40.0, 25.0, 20.0
    if hopping:
        up, toe, down = hopping[0].pitch[-1][1], hopping[0].toe_pitch_deg, hopping[0].pitch[0][1]
    out = []
    for side in sides:
        out.append(FootStance(side, -np.inf, times.take_off, 0.0, 0.0, ((0, 0), (0.5, 0), (1, up)), toe))
        out.append(FootStance(side, times.landing, np.inf, end_m, 0.0, ((0, down), (0.3, 0), (1, 0))))
    return out


def _arms(
    rng: np.random.Generator, times: _Times, hopping: Course, swing_deg: float | None
) -> tuple[Callable[[float], Course], float]:
    """An upper arm's course by its shift, as a share of a hop, and the elbow's bend in degrees."""
    size = uniform(rng, 0, 45) if swing_deg is None else swing_deg
    base, elbow = uniform(rng, -10, 15), uniform(rng, 15, 90)
    phase = uniform(rng, 0, 1)

    def arm(shift: float) -> Course:
        def course(t: Array) -> Array:
            turns = (t - times.stand) / times.period + phase + shift
            return base + size * hopping(t) * np.sin(2 * np.pi * turns)

        return course

    return arm, elbow


def _swings(
    rng: np.random.Generator, sides: tuple[str, ...], leg: str, tuck_deg: float, stances: list[FootStance]
) -> tuple[Swing, ...]:
    """Thighs that come up in each flight, and the leg that does not hop, held in front or behind."""
    out = []
    if tuck_deg:
        tucked = ((0.5, tuck_deg, min(tuck_deg * 1.1, 125), 15.0),)
        ends = [(side, s.end_s) for side in sides for s in stances if s.side == side and np.isfinite(s.end_s)]
        out += [Swing(side, end_s, tucked) for side, end_s in ends]
    if leg != "both":
        behind = rng.random() < 0.6
        held = (-5.0, uniform(rng, 75, 105), 20.0) if behind else (uniform(rng, 35, 70), uniform(rng, 60, 95), 10.0)
        out.append(Swing("right" if leg == "left" else "left", 0.0, ((0.0, *held), (1.0, *held))))
    return tuple(out)


def hops(  # noqa: PLR0913
    anatomy: Anatomy,
    rng: np.random.Generator,
    n: int = 7,
    *,
    contact_s: tuple[float, float] = (0.13, 0.28),
    flight_s: tuple[float, float] = (0.25, 0.48),
    travel_m: float = 0.0,
    leg: str = "both",
    tuck_deg: float = 0.0,
    arms: float | None = None,
    odd: Mapping[int, Odd] | None = None,
    late: tuple[str, float] | None = None,
    name: str = "pogo",
) -> Plan:
    """Repeated hops from quiet standing to an absorbing landing.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    n : int
        Hops.
    contact_s : (float, float)
        Between which the set's contact time is drawn, s.
    flight_s : (float, float)
        Between which its flight time is drawn, s.
    travel_m : float
        How far each hop goes, forward positive.
    leg : "both", "left" or "right"
        Who hops; the other leg is held behind or in front.
    tuck_deg : float
        How far the thighs come up in flight: tuck jumps, hurdles.
    arms : float, optional
        Swing of the arms in degrees; drawn from 0 to 45 where not given.
    odd : mapping of int to Odd, optional
        Contacts, counted from 0, that are not like the others.
    late : tuple of side and s, optional
        The foot that lands and leaves later, and by how much; drawn up to 40 ms where not given.
    name : str
        The movement's name.

    Returns
    -------
    Plan
    """
    odd = odd or {}
    contact, flight = uniform(rng, *contact_s), uniform(rng, *flight_s)
    sides, lag = _who(rng, leg, 0.2 * contact)
    if late is not None:
        sides, lag = (("right", "left") if late[0] == "left" else ("left", "right")), late[1]
    times = _times(rng, n, contact, flight, odd)
    supports = _supports(rng, times, sides[0], travel_m)
    stances = _hop_feet(rng, times.contacts, [travel_m * (k + 1) for k in range(n)], sides, lag, flight)
    stances += _standing_feet(times, sides, stances, travel_m * (n + 1))
    duration = times.end + uniform(rng, 0.5, 0.9)
    hopping = through((times.stand, 0), (times.take_off, 1), (times.landing, 1), (times.end, 0))
    arm, elbow = _arms(rng, times, hopping, arms)
    trunk, nod = uniform(rng, -1, 9), uniform(rng, 0, 3)
    leaning = _leaning(times.contacts, odd)

    def lean(t: Array) -> Array:
        nodding = nod * hopping(t) * np.sin(2 * np.pi * (t - times.stand) / times.period + 2.0)
        return trunk + leaning(t) + nodding

    swings = _swings(rng, sides, leg, tuck_deg, stances)
    shoulders = arm(0.0), arm(uniform(rng, -0.05, 0.05))
    stances.sort(key=lambda s: s.start_s)
    return Plan(name, anatomy, duration, supports, tuple(stances), lean, *shoulders, flat(elbow), swings)
