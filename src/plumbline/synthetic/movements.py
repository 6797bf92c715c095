"""Hops of all kinds: on the spot and travelling, on both legs and on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plumbline.synthetic.curves import flat, through, uniform
from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.plan import Course, Plan, Posture, Support, Swing
from plumbline.synthetic.skeleton import Anatomy

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


def hops(  # noqa: PLR0913, PLR0915
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
    lead = sides[0]
    now = uniform(rng, 0.5, 1.0)
    push = uniform(rng, 0.3, 0.5) + contact
    stand = now
    contacts = []
    flights = [flight + rng.normal(0, 0.012) for _ in range(n + 1)]
    now += push + flights[0]
    for k in range(n):
        c = max(contact + rng.normal(0, 0.010), 0.085)
        c = odd[k].contact_s or c if k in odd else c
        contacts.append((now, now + c))
        now += c + flights[k + 1]
    landing = now
    absorb = uniform(rng, 0.35, 0.55)  # its depth is left to the force: a given one can make it bounce
    down_knee, up_knee = uniform(rng, 14, 30), uniform(rng, 6, 18)
    up_knee = down_knee + (up_knee - down_knee) * _spread(contact) * min(_brisk(flight), 1.0)
    ahead = uniform(rng, 0.0, 0.05)
    shape = (uniform(rng, -0.35, 0.35), uniform(rng, 0.8, 1.5), uniform(rng, 0, 0.5))

    def post(knee: float, forward: float) -> Posture:
        return Posture(max(knee + rng.normal(0, 1.5), 4.0), forward + rng.normal(0, 0.006), lead)

    lean_back = travel_m / 2 * contact / (contact + flight)
    supports = [
        Support(
            stand, stand + push, Posture(4, 0.0, lead), post(up_knee, -lean_back), dip_m=0.0 + uniform(rng, 0.05, 0.12)
        )
    ]
    supports += [
        Support(a, b, post(down_knee, ahead + lean_back), post(up_knee, ahead - lean_back), shape) for a, b in contacts
    ]
    supports.append(
        Support(
            landing,
            landing + absorb,
            post(down_knee + 4, ahead + lean_back),
            Posture(5, 0.0, lead),
            shape,
        )
    )
    places = [travel_m * (k + 1) for k in range(n)]
    stances = _hop_feet(rng, contacts, places, sides, lag, flight)
    up = stances[0].pitch[-1][1] if stances else 40.0
    toe = stances[0].toe_pitch_deg if stances else 25.0
    first_pitch = stances[0].pitch[0][1] if stances else 20.0
    for side in sides:
        stances.append(FootStance(side, -np.inf, stand + push, 0.0, 0.0, ((0, 0), (0.5, 0), (1, up)), toe))
        stances.append(FootStance(side, landing, np.inf, travel_m * (n + 1), 0.0, ((0, first_pitch), (0.3, 0), (1, 0))))
    end = landing + absorb + uniform(rng, 0.5, 0.9)
    period = contact + flight
    size = uniform(rng, 0, 45) if arms is None else arms
    base, elbow = uniform(rng, -10, 15), uniform(rng, 15, 90)
    phase = uniform(rng, 0, 1)
    hopping = through((stand, 0), (stand + push, 1), (landing, 1), (landing + absorb, 0))

    def arm(shift: float) -> Course:
        return lambda t: base + size * hopping(t) * np.sin(2 * np.pi * ((t - stand) / period + phase + shift))

    trunk = uniform(rng, -1, 9)
    nod = uniform(rng, 0, 3)
    leaning = _leaning(contacts, odd)
    swings = []
    if tuck_deg:
        for side in sides:
            for before in (s for s in stances if s.side == side and np.isfinite(s.end_s)):
                swings.append(Swing(side, before.end_s, ((0.5, tuck_deg, min(tuck_deg * 1.1, 125), 15.0),)))
    if leg != "both":
        other = "right" if leg == "left" else "left"
        behind = rng.random() < 0.6
        held = (-5.0, uniform(rng, 75, 105), 20.0) if behind else (uniform(rng, 35, 70), uniform(rng, 60, 95), 10.0)
        swings.append(Swing(other, 0.0, ((0.0, *held), (1.0, *held))))
    return Plan(
        name,
        anatomy,
        end,
        tuple(supports),
        tuple(sorted(stances, key=lambda s: s.start_s)),
        lambda t: trunk + leaning(t) + nod * hopping(t) * np.sin(2 * np.pi * (t - stand) / period + 2.0),
        arm(0.0),
        arm(uniform(rng, -0.05, 0.05)),
        flat(elbow),
        tuple(swings),
    )
