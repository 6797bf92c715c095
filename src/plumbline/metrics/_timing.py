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


def _from_events(f: Callable[[float, float, float], float], rep: Rep, unit: str, needs: str) -> Quantity:
    """Propagate a function of the three events; `needs` names those it uses."""
    events = _events(rep)
    used = np.array([name in needs for name in "dul"])
    if not np.isfinite(events.at_s[used]).all():
        return Quantity(np.nan, np.nan, unit)
    # Counted from the first of them: numerical derivatives must not hang on when in the film a rep is.
    x = np.where(used, events.at_s - events.at_s[used].min(), 0.0)

    def spread(covariance: FloatArray) -> tuple[float, float]:
        return propagate(lambda e: f(e[0], e[1], e[2]), x, np.where(np.outer(used, used), covariance, 0.0))

    (value, own), (_, shared) = spread(events.own), spread(events.shared)
    return Quantity.of(value, unit, rep=(own,), common=(shared,))


def _from_flight(f: Callable[[float, float, float], float], ctx: Context, rep: Rep, unit: str, needs: str) -> Quantity:
    """The same of what hangs on the flight: not known where it is shorter than a frame."""
    flown = (rep.landing_s - rep.toe_off_s) * ctx.tracks.pose.fps > 1
    return _from_events(f, rep, unit, needs) if flown else Quantity(np.nan, np.nan, unit)


def contact_time(ctx: Context, rep: Rep) -> Quantity:
    """Toe-off minus touchdown."""
    return _from_events(lambda d, u, _: u - d, rep, "s", "du")


def flight_time(ctx: Context, rep: Rep) -> Quantity:
    """Next touchdown minus toe-off."""
    return _from_flight(lambda _, u, n: n - u, ctx, rep, "s", "ul")


def step_period(ctx: Context, rep: Rep) -> Quantity:
    """Touchdown to next touchdown."""
    return _from_events(lambda d, _, n: n - d, rep, "s", "dl")


def cadence(ctx: Context, rep: Rep) -> Quantity:
    """Steps a minute, from touchdown to next touchdown."""
    return _from_events(lambda d, _, n: 60 / (n - d), rep, "1/min", "dl")


def duty_factor(ctx: Context, rep: Rep) -> Quantity:
    """Share of a stride, two steps, in which one foot stands; below a half there are flights.

    Minetti 1998, Proc R Soc Lond B 265: 1227.
    """
    return _from_events(lambda d, u, n: (u - d) / (2 * (n - d)), rep, "1", "dul")


def jump_height(ctx: Context, rep: Rep) -> Quantity:
    """Flight height, g tf² / 8."""
    return _from_flight(lambda _, u, n: jump_height_m(n - u), ctx, rep, "m", "ul")


def rsi_height(ctx: Context, rep: Rep) -> Quantity:
    """Reactive strength index as jump height over contact time."""
    return _from_flight(lambda d, u, n: jump_height_m(n - u) / (u - d), ctx, rep, "m/s", "dul")


def rsi_ratio(ctx: Context, rep: Rep) -> Quantity:
    """Reactive strength index as flight over contact time."""
    return _from_flight(lambda d, u, n: (n - u) / (u - d), ctx, rep, "1", "dul")


def stiffness_per_kg(ctx: Context, rep: Rep) -> Quantity:
    """Vertical stiffness per kg from contact and flight time."""
    return _from_flight(lambda d, u, n: vertical_stiffness_per_kg(u - d, n - u), ctx, rep, "N/m/kg", "dul")


def stiffness(ctx: Context, rep: Rep) -> Quantity:
    """Vertical stiffness in kN/m, when the mass is given."""
    per_kg = stiffness_per_kg(ctx, rep)
    scale = (ctx.mass_kg if ctx.mass_kg is not None else np.nan) / 1000
    return per_kg.scaled(scale, "kN/m")
