"""Knee, hip and ankle at the events and within contact."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry import SideTracks
from plumbline.metrics._context import Context
from plumbline.metrics._moment import Event, Moment, event_of, mid_contact
from plumbline.metrics._series import Series
from plumbline.metrics._settings import METRIC
from plumbline.quantity import Quantity, together, without
from plumbline.reps import Rep

# Noise of a low-passed series' derivative: the integral of x^2 / (1 + (c x)^4)^2 over the
# frequency x in cut-offs, where c = 0.802 is the double pass's narrowing of the cut-off.
RATE_BANDWIDTH = 0.54


def _tracks(ctx: Context, rep: Rep) -> SideTracks:
    return ctx.tracks.sides[ctx.leg(rep)]


def _angle(ctx: Context, rep: Rep, name: str) -> Series:
    """An angle of the measured leg, its noise that of the knee."""
    side = _tracks(ctx, rep)
    return ctx.series(f"{name}, {ctx.leg(rep)}", lambda raw: side.knee_flexion_raw_deg if raw else getattr(side, name))


def _at_event(ctx: Context, rep: Rep, angle: Series, event: Moment, straight_deg: float = 0.0) -> Quantity:
    """An angle at an event: landmark noise, the event's own uncertainty, the model's, and the view's off straight."""
    taken, open_deg = angle.rounded_off(event.at_s)
    open_deg += angle.between_frames(event.at_s)
    value, m = angle.at(event.at_s) + taken, ctx.measuring
    own = (angle.noise, angle.change(event.at_s, event.own_s), open_deg, m.angle_model_sd_deg)
    shared = (
        angle.change(event.at_s, event.common_s),
        ctx.oblique_deg(value - straight_deg),
        ctx.knee_body_sd_deg(rep),
    )
    return Quantity.of(value, "deg", rep=own, common=shared)


def _at_landing(ctx: Context, rep: Rep, event: Event) -> Quantity:
    """Knee flexion as a foot lands: the model lags behind a leg that straightens fast in the air before."""
    angle, moment = _angle(ctx, rep, "knee_flexion_deg"), event_of(rep, event)
    return _at_event(ctx, rep, angle, moment).vaguer(angle.lag(moment.at_s))


def load_window(rep: Rep) -> tuple[float, float]:
    """Contact, or the time after a landing in which it is absorbed."""
    if np.isfinite(rep.touchdown_s) and np.isfinite(rep.toe_off_s) and rep.toe_off_s > rep.touchdown_s:
        return rep.touchdown_s, rep.toe_off_s
    if np.isfinite(rep.landing_s):
        return rep.landing_s, rep.landing_s + METRIC.absorb_s
    return rep.start_s, rep.end_s


def _extreme(ctx: Context, series: FloatArray, window: tuple[float, float], sign: int) -> tuple[float, float]:
    """Largest (sign +1) or smallest value in a window and its instant, between frames."""
    t = ctx.tracks.time_s
    within = ctx.within(*window)
    k = np.flatnonzero(within & np.isfinite(series))
    if len(k) < max(2, METRIC.min_path_share * within.sum()):
        return np.nan, np.nan
    i = k[int(np.argmax(sign * series[k]))]
    if i == 0 or i == len(t) - 1:
        return float(series[i]), float(t[i])
    a, b, c = series[i - 1 : i + 2]
    bend = a - 2 * b + c
    if not np.isfinite(bend) or sign * bend >= 0:
        return float(series[i]), float(t[i])
    shift = float((a - c) / (2 * bend))
    if abs(shift) > 0.5:  # the window cuts a slope off: its end is no turn
        return float(series[i]), float(t[i])
    return float(b - (a - c) * shift / 4), float(t[i] + shift * (t[i + 1] - t[i - 1]) / 2)


def _largest_knee(ctx: Context, rep: Rep, window: tuple[float, float]) -> Quantity:
    """Largest knee flexion in a window: landmark noise, the low-pass's bite, the model's spread."""
    angle = _angle(ctx, rep, "knee_flexion_deg")
    top, when = _extreme(ctx, angle.values, window, 1)
    taken, open_deg = angle.rounded_off(when)
    deep = METRIC.deep_knee_share * max(top - METRIC.deep_knee_deg, 0.0)
    own = (angle.noise, open_deg, ctx.measuring.angle_model_sd_deg)
    return Quantity.of(top + taken, "deg", rep=own, common=(deep, ctx.oblique_deg(top), ctx.knee_body_sd_deg(rep)))


def knee_touchdown(ctx: Context, rep: Rep) -> Quantity:
    """Knee flexion at touchdown."""
    return _at_landing(ctx, rep, "touchdown")


def knee_landing(ctx: Context, rep: Rep) -> Quantity:
    """Knee flexion at the landing after the flight."""
    return _at_landing(ctx, rep, "landing")


def knee_mid_contact(ctx: Context, rep: Rep) -> Quantity:
    """Knee flexion half-way between touchdown and toe-off."""
    return _at_event(ctx, rep, _angle(ctx, rep, "knee_flexion_deg"), mid_contact(rep))


def knee_toe_off(ctx: Context, rep: Rep) -> Quantity:
    """Knee flexion left at toe-off."""
    return _at_event(ctx, rep, _angle(ctx, rep, "knee_flexion_deg"), event_of(rep, "toe_off"))


def hip_toe_off(ctx: Context, rep: Rep) -> Quantity:
    """Shoulder-hip-knee angle at toe-off; 180 is straight."""
    return _at_event(ctx, rep, _angle(ctx, rep, "hip_extension_deg"), event_of(rep, "toe_off"), 180.0)


def ankle_toe_off(ctx: Context, rep: Rep) -> Quantity:
    """Knee-ankle-toe angle at toe-off, less the 90 degrees of a square foot."""
    q = _at_event(ctx, rep, _angle(ctx, rep, "ankle_deg"), event_of(rep, "toe_off"), 90)
    looser = METRIC.toe_angle_times
    return Quantity(q.value - 90, looser * q.sd, q.unit, looser * q.common_sd)


def knee_peak(ctx: Context, rep: Rep) -> Quantity:
    """Largest knee flexion within contact (or within the bend)."""
    return _largest_knee(ctx, rep, load_window(rep))


def knee_landing_peak(ctx: Context, rep: Rep) -> Quantity:
    """Largest knee flexion while a landing is absorbed."""
    return _largest_knee(ctx, rep, (rep.landing_s, rep.landing_s + METRIC.absorb_s))


def knee_deepest(ctx: Context, rep: Rep) -> Quantity:
    """Largest knee flexion before a jump's toe-off."""
    return _largest_knee(ctx, rep, (rep.start_s, rep.toe_off_s))


def _difference(ctx: Context, a: Quantity, b: Quantity) -> Quantity:
    """How far a knee bends: where the model sets the joints cancels, how far it follows them does not."""
    value = a.value - b.value
    followed = ctx.measuring.angle_range_sd_share * abs(value)
    body = ctx.measuring.angle_body_sd_deg * ctx.coarseness
    left = (without(q.common_sd, body) for q in (a, b))
    return Quantity.of(value, "deg", rep=(a.rep_sd, b.rep_sd), common=(*left, followed))


def knee_range(ctx: Context, rep: Rep) -> Quantity:
    """Peak minus touchdown."""
    return _difference(ctx, knee_peak(ctx, rep), knee_touchdown(ctx, rep))


def knee_landing_range(ctx: Context, rep: Rep) -> Quantity:
    """Peak minus landing."""
    return _difference(ctx, knee_landing_peak(ctx, rep), knee_landing(ctx, rep))


def _velocity(ctx: Context, rep: Rep, window: tuple[float, float], sign: int) -> Quantity:
    """Largest velocity: landmark noise, the low-pass's bite, what the model leaves of its flattening.

    The knee's gain was set together with this low-pass, so the bite is left in and only its
    uncertainty counts.
    """
    side, cutoff = _tracks(ctx, rep), ctx.tracks.velocity_cutoff_hz
    speed = ctx.series(
        f"knee velocity, {ctx.leg(rep)}",
        lambda raw: side.knee_flexion_raw_deg if raw else side.knee_velocity_deg_s,
        cutoff,
    )
    value, when = _extreme(ctx, speed.values, window, sign)
    noise = speed.raw_noise * 2 * np.pi * cutoff * np.sqrt(2 * RATE_BANDWIDTH * cutoff / speed.fps)
    _, bitten = speed.rounded_off(when)
    m = ctx.measuring
    hidden = m.far_leg_velocity_sd_share if ctx.far_leg_works(rep) else 0.0
    followed = together(m.knee_velocity_sd_share, hidden) * value
    return Quantity.of(sign * value, "deg/s", rep=(noise, bitten), common=(followed, m.knee_velocity_sd_deg_s))


def _bent_s(ctx: Context, rep: Rep, window: tuple[float, float]) -> float:
    """Instant of the largest knee flexion in a window."""
    return _extreme(ctx, _tracks(ctx, rep).knee_flexion_deg, window, 1)[1]


def knee_flexion_velocity(ctx: Context, rep: Rep) -> Quantity:
    """Largest flexing velocity from touchdown (or landing) to the largest flexion."""
    start, end = load_window(rep)
    return _velocity(ctx, rep, (start, _bent_s(ctx, rep, (start, end))), 1)


def knee_extension_velocity(ctx: Context, rep: Rep) -> Quantity:
    """Largest extending velocity from the largest flexion to toe-off, also of a jump's push-off."""
    jump = not np.isfinite(rep.touchdown_s) and np.isfinite(rep.toe_off_s)
    start, end = (rep.start_s, rep.toe_off_s) if jump else load_window(rep)
    return _velocity(ctx, rep, (_bent_s(ctx, rep, (start, end)), end), -1)


def time_to_peak(ctx: Context, rep: Rep) -> Quantity:
    """From touchdown (or landing) to the largest knee flexion."""
    window = load_window(rep)
    _, when = _extreme(ctx, _tracks(ctx, rep).knee_flexion_deg, window, 1)
    event = event_of(rep, "touchdown") if np.isfinite(rep.touchdown_s) else event_of(rep, "landing")
    # The top of the curve is flat: noise moves it by a share of its width.
    flat = METRIC.peak_width_periods / ctx.tracks.pose.cutoff_hz * METRIC.peak_noise_share
    own = (event.own_s, flat, METRIC.peak_sd_frames / ctx.tracks.pose.fps)
    return Quantity.of(when - window[0], "s", rep=own, common=(event.common_s,))
