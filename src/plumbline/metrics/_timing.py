"""Contact and flight, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.metrics._context import Context
from plumbline.metrics._formulas import jump_height_m, vertical_stiffness_per_kg
from plumbline.quantity import Quantity, propagate
from plumbline.reps import Rep

EVENTS = ("touchdown", "toe_off", "landing")
OF_CONTACT, OF_FLIGHT, OF_PERIOD = EVENTS[:2], EVENTS[1:], EVENTS[::2]


@dataclass(frozen=True)
class _Events:
    """Touchdown, toe-off, landing (3,), with the covariance (3, 3) of each rep's own errors and of the shared ones."""

    at_s: FloatArray
    own: FloatArray
    shared: FloatArray


def _events(rep: Rep) -> _Events:
    sd = np.array([rep.touchdown_sd_s, rep.toe_off_sd_s, rep.landing_sd_s])
    shared = np.array([rep.touchdown_common_s, rep.toe_off_common_s, rep.landing_common_s])
    own = np.diag(np.maximum(sd**2 - shared**2, 0.0))
    own[0, 1] = own[1, 0] = rep.covariance_s2
    # What makes one touchdown of a clip late makes the next as late, so that it cancels in a period.
    common = np.diag(shared**2)
    common[0, 2] = common[2, 0] = shared[0] * shared[2]
    return _Events(np.array([rep.touchdown_s, rep.toe_off_s, rep.landing_s]), own, common)


def _from_events(f: Callable[[float, float, float], float], rep: Rep, unit: str, needs: tuple[str, ...]) -> Quantity:
    """Propagate a function of the three events; `needs` names those it uses."""
    events = _events(rep)
    used = np.array([name in needs for name in EVENTS])
    if not np.isfinite(events.at_s[used]).all():
        return Quantity(np.nan, np.nan, unit)
    # Counted from the first of them: numerical derivatives must not hang on when in the film a rep is.
    x = np.where(used, events.at_s - events.at_s[used].min(), 0.0)

    def spread(covariance: FloatArray) -> tuple[float, float]:
        return propagate(lambda e: f(e[0], e[1], e[2]), x, np.where(np.outer(used, used), covariance, 0.0))

    (value, own), (_, shared) = spread(events.own), spread(events.shared)
    return Quantity.of(value, unit, rep=(own,), common=(shared,))


def _from_flight(
    f: Callable[[float, float, float], float], ctx: Context, rep: Rep, unit: str, needs: tuple[str, ...]
) -> Quantity:
    """The same for what depends on the flight: not known where it is shorter than a frame."""
    flown = (rep.landing_s - rep.toe_off_s) * ctx.tracks.pose.fps > 1
    return _from_events(f, rep, unit, needs) if flown else Quantity(np.nan, np.nan, unit)


def contact_time(ctx: Context, rep: Rep) -> Quantity:
    """Toe-off minus touchdown."""
    return _from_events(lambda down, up, _: up - down, rep, "s", OF_CONTACT)


def flight_time(ctx: Context, rep: Rep) -> Quantity:
    """Next touchdown minus toe-off."""
    return _from_flight(lambda _, up, land: land - up, ctx, rep, "s", OF_FLIGHT)


def step_period(ctx: Context, rep: Rep) -> Quantity:
    """Touchdown to next touchdown."""
    return _from_events(lambda down, _, land: land - down, rep, "s", OF_PERIOD)


def cadence(ctx: Context, rep: Rep) -> Quantity:
    """Steps a minute, from touchdown to next touchdown."""
    return _from_events(lambda down, _, land: 60 / (land - down), rep, "1/min", OF_PERIOD)


def duty_factor(ctx: Context, rep: Rep) -> Quantity:
    """Share of a stride, two steps, in which one foot stands; below a half there are flights.

    Minetti 1998, Proc R Soc Lond B 265: 1227.
    """
    return _from_events(lambda down, up, land: (up - down) / (2 * (land - down)), rep, "1", EVENTS)


def jump_height(ctx: Context, rep: Rep) -> Quantity:
    """Flight height, g tf² / 8."""
    return _from_flight(lambda _, up, land: jump_height_m(land - up), ctx, rep, "m", OF_FLIGHT)


def rsi_height(ctx: Context, rep: Rep) -> Quantity:
    """Reactive strength index as jump height over contact time."""
    return _from_flight(lambda down, up, land: jump_height_m(land - up) / (up - down), ctx, rep, "m/s", EVENTS)


def rsi_ratio(ctx: Context, rep: Rep) -> Quantity:
    """Reactive strength index as flight over contact time."""
    return _from_flight(lambda down, up, land: (land - up) / (up - down), ctx, rep, "1", EVENTS)


def stiffness_per_kg(ctx: Context, rep: Rep) -> Quantity:
    """Vertical stiffness per kg from contact and flight time."""
    return _from_flight(
        lambda down, up, land: vertical_stiffness_per_kg(up - down, land - up), ctx, rep, "N/m/kg", EVENTS
    )


def stiffness(ctx: Context, rep: Rep) -> Quantity:
    """Vertical stiffness in kN/m, when the mass is given."""
    per_kg = stiffness_per_kg(ctx, rep)
    scale = (ctx.mass_kg if ctx.mass_kg is not None else np.nan) / 1000
    return per_kg.scaled(scale, "kN/m")
