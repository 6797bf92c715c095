"""Metrics of stands on one leg: how long, how still, how high, how straight."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.geometry import flexion
from plumbline.metrics._context import Context
from plumbline.metrics._posture import lean_series
from plumbline.metrics._settings import METRIC
from plumbline.metrics._smoothness import spectral_arc_length
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, Side, other
from plumbline.quantity import Quantity
from plumbline.reps import Rep, lifted, spans
from plumbline.signals import cutoff_for, low_pass


def _stands(ctx: Context, rep: Rep) -> list[tuple[float, float]]:
    """Stretches within a rep in which the free foot is up."""
    t = ctx.tracks.time_s
    up = lifted(ctx.tracks) & ctx.within(rep.start_s, rep.end_s)
    return [(float(t[a]), float(t[b])) for a, b in spans(up)]


def foot_touches(ctx: Context, rep: Rep) -> Quantity:
    """How often the free foot touches the floor between lift and the end."""
    return Quantity(float(max(len(_stands(ctx, rep)) - 1, 0)), METRIC.touch_sd, "1")


def hold_to_touch(ctx: Context, rep: Rep) -> Quantity:
    """The longest stretch without a touch; not known where the athlete is first or last seen within it."""
    t = ctx.tracks.time_s
    sd = ctx.slow_time_sd_s
    stretches = _stands(ctx, rep)
    if not stretches:
        return Quantity(np.nan, sd, "s")
    start, end = max(stretches, key=lambda s: s[1] - s[0])
    seen = t[ctx.tracks.pose.found] if ctx.tracks.pose.found.any() else t
    cut_off = start - seen[0] < METRIC.film_end_s or seen[-1] - end < METRIC.film_end_s
    return Quantity(np.nan if cut_off else end - start, sd, "s")


def _over_rep(ctx: Context, rep: Rep, series: FloatArray, model_sd: float) -> Quantity:
    """Median over the stand; how the angle wanders is part of its uncertainty, be it body or model."""
    seen = series[ctx.within(rep.start_s, rep.end_s)]
    seen = seen[np.isfinite(seen)]
    if not len(seen):
        return Quantity(np.nan, np.nan, "deg")
    low, middle, high = np.percentile(seen, [16, 50, 84])
    return Quantity(float(middle), model_sd, "deg").wider(float(high - low) / 2)


def knee_hold(ctx: Context, rep: Rep) -> Quantity:
    """Knee flexion of the standing leg, median over the stand."""
    series = ctx.tracks.sides[ctx.leg(rep)].knee_flexion_deg
    return _over_rep(ctx, rep, series, ctx.measuring.angle_model_sd_deg).vaguer(ctx.knee_body_sd_deg(rep))


def thigh_hold(ctx: Context, rep: Rep) -> Quantity:
    """Raised thigh from hanging straight down, 90 is level, median over the stand."""
    highest = np.fmax(*(ctx.tracks.sides[s].thigh_deg for s in SIDES))
    model = METRIC.thigh_sd_times * ctx.measuring.angle_model_sd_deg
    return _over_rep(ctx, rep, highest, model).vaguer(ctx.measuring.angle_body_sd_deg * ctx.coarseness)


def _free(ctx: Context, rep: Rep) -> Side:
    return other(ctx.leg(rep))


def arabesque_line(ctx: Context, rep: Rep) -> Quantity:
    """Bend between the trunk and the free leg (shoulder, hip, ankle) with the trunk lowest: 0 is one line."""
    side = _free(ctx, rep)
    shoulder, (hip, _, ankle, *_) = PLUMB_CHAIN[side][1], LEG[side]
    xy = ctx.tracks.pose.xy
    bend = flexion(xy[:, shoulder], xy[:, hip], xy[:, ankle])
    seen = bend[ctx.within(rep.key_s - METRIC.tipped_around_s, rep.key_s + METRIC.tipped_around_s)]
    value = float(np.nanmedian(seen)) if np.isfinite(seen).any() else np.nan
    return ctx.angle(value, METRIC.tipped_sd_times)


def arabesque_lean(ctx: Context, rep: Rep) -> Quantity:
    """Trunk from the vertical at its lowest: 90 is level."""
    value = ctx.at(ctx.tracks.trunk_lean_deg, rep.key_s)
    shared = (ctx.measuring.lean_body_sd_deg, ctx.tilt.sd_deg)
    return Quantity.of(value, "deg", rep=(METRIC.tipped_sd_times * ctx.measuring.lean_model_sd_deg,), common=shared)


def trunk_smoothness(ctx: Context, rep: Rep) -> Quantity:
    """Spectral arc length of the trunk's turning speed on its way down: -1.4 is one smooth move, less is jerkier.

    Its uncertainty is the spread over trials with the landmarks' own noise added again (a
    fixed seed, so that a clip always gives the same number).
    """
    t, fps = ctx.tracks.time_s, ctx.tracks.pose.fps
    k = ctx.within(rep.start_s, rep.key_s)
    lean = ctx.tracks.trunk_lean_deg
    if k.sum() < METRIC.smoothness_least_frames or not np.isfinite(lean[k]).all():
        return Quantity(np.nan, np.nan, "1")
    series = lean_series(ctx)
    cutoff = cutoff_for(fps, METRIC.smoothness_cutoff_hz)

    def smoothness(turned: FloatArray) -> float:
        speed = np.abs(np.gradient(low_pass(t[k], turned[k], cutoff), t[k]))
        return spectral_arc_length(speed, fps, cutoff)

    def noise_again(rng: np.random.Generator) -> FloatArray:
        noise = rng.normal(0, series.raw_noise, len(t))
        return low_pass(t, np.where(np.isfinite(lean), noise, np.nan), series.cutoff_hz)

    rng = np.random.default_rng(0)
    trials = [smoothness(lean + noise_again(rng)) for _ in range(METRIC.smoothness_trials)]
    return Quantity(smoothness(lean), float(np.std(trials)), "1")
