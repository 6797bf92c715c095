"""Metrics of bends, raised knees, holds and travel."""

from __future__ import annotations

import numpy as np

from plumbline.geometry import mass_centre
from plumbline.metrics._context import Context
from plumbline.metrics._settings import METRIC
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.quantity import Quantity
from plumbline.reps import REPS, Rep, hip_height, quiet


def _duration(ctx: Context, start_s: float, end_s: float) -> Quantity:
    return Quantity(end_s - start_s, ctx.slow_time_sd_s, "s")


def out_time(ctx: Context, rep: Rep) -> Quantity:
    """From the start of a bend to its deepest point, of a raise to its top."""
    return _duration(ctx, rep.start_s, rep.key_s)


def return_time(ctx: Context, rep: Rep) -> Quantity:
    """From there back."""
    return _duration(ctx, rep.key_s, rep.end_s)


def whole_time(ctx: Context, rep: Rep) -> Quantity:
    """A bend and its return, or how long a position is held."""
    return _duration(ctx, rep.start_s, rep.end_s)


def hip_drop(ctx: Context, rep: Rep) -> Quantity:
    """How far the hips come down from their height at rest."""
    hip = -hip_height(ctx.tracks)
    value = ctx.at(hip, rep.key_s) - ctx.rest_level(hip, rep)
    return ctx.height(value)


def hip_rise(ctx: Context, rep: Rep) -> Quantity:
    """How far the hips rise in flight above their height in standing before the jump."""
    t, hip = ctx.tracks.time_s, hip_height(ctx.tracks)
    # The slow filter would round the top of the flight off: take the usual one there.
    pose = ctx.tracks.pose
    hips = pose.xy[:, [LEG[s][0] for s in SIDES], 1].mean(axis=1)
    height = (pose.height - hips) / pose.body_height_px * 100
    top = float(np.max(ctx.path(height, rep.toe_off_s, rep.landing_s)))
    before = (t >= rep.start_s - METRIC.stood_within_s) & (t <= rep.start_s) & np.isfinite(hip)
    # Who holds the bend before a squat jump stood before that; who jumps again at once stands with straight knees.
    knee = np.fmin(*(ctx.tracks.sides[s].knee_flexion_deg for s in SIDES))
    stands = before & (quiet(ctx.tracks) | ((t >= rep.start_s - METRIC.stood_before_s) & (knee < REPS.quiet_knee_deg)))
    latest = np.flatnonzero(stands)[-max(round(METRIC.stood_before_s * pose.fps), 1) :]
    stood = float(np.median(hip[latest])) if len(latest) else np.nan
    return ctx.height(top - stood)


def vertical_oscillation(ctx: Context, rep: Rep) -> Quantity:
    """How far the mass centre goes up and down in a step, from touchdown to the next."""
    pose = ctx.tracks.pose
    height = (pose.height - mass_centre(pose.xy)[:, 1]) / pose.body_height_px * 100
    return ctx.height(float(np.ptp(ctx.path(height, rep.touchdown_s, rep.landing_s))))


def swing_heel(ctx: Context, rep: Rep) -> Quantity:
    """How high the heel of the swinging foot comes over that of the standing one, during a contact."""
    pose, leg = ctx.tracks.pose, ctx.leg(rep)
    stood, swung = (ctx.path(pose.xy[:, LEG[side][3], 1], rep.touchdown_s, rep.toe_off_s) for side in (leg, other(leg)))
    value = float(np.max(stood) - np.min(swung)) / pose.body_height_px * 100
    return ctx.height(value).vaguer(ctx.measuring.posture_body_sd_pct_bh)


def thigh_peak(ctx: Context, rep: Rep) -> Quantity:
    """Thigh from hanging straight down, 90 is level, of the raised leg."""
    sides = [ctx.tracks.sides[s].thigh_deg for s in SIDES]
    highest = np.fmax(sides[0], sides[1])
    value = float(np.max(ctx.path(highest, rep.start_s, rep.end_s)))
    return ctx.angle(value, METRIC.thigh_sd_times)


def sway(ctx: Context, rep: Rep) -> Quantity:
    """Standard deviation of the hip's forward-backward path in a hold."""
    hips = ctx.path(ctx.chain(rep)[:, 2, 0], rep.start_s, rep.end_s)
    value = float(np.std(hips)) / ctx.tracks.pose.body_height_px * 100
    apart = max(len(hips) / (METRIC.sway_memory_s * ctx.tracks.pose.fps), 2)
    return Quantity(value, float(np.hypot(METRIC.sway_sd_pct_bh, value / np.sqrt(2 * apart))), "%BH")


def travel(ctx: Context, rep: Rep) -> Quantity:
    """How far ahead of where a foot stood the next one lands: the other foot where the legs take turns."""
    leg = ctx.leg(rep)
    stood, _ = _ankle_pct(ctx, leg, rep.touchdown_s + METRIC.well_down_s)
    (same, height), (swapped, height_of_other) = (
        _ankle_pct(ctx, side, rep.landing_s + METRIC.well_down_s) for side in (leg, other(leg))
    )
    lands_on_other = rep.stance != "both" and height - height_of_other > METRIC.raised_pct_bh
    return Quantity((swapped if lands_on_other else same) - stood, METRIC.travel_sd_pct_bh, "%BH")


def _ankle_pct(ctx: Context, side: Side, time_s: float) -> tuple[float, float]:
    """How far forward and how high an ankle is at an instant, %BH."""
    tracks = ctx.tracks
    x, y = (ctx.at(tracks.pose.xy[:, LEG[side][2], k], time_s) / tracks.pose.body_height_px * 100 for k in (0, 1))
    return tracks.camera.forward * x, -y


def step_length(ctx: Context, rep: Rep) -> Quantity:
    """The same in metres, where there is a scale."""
    return ctx.in_metres(travel(ctx, rep), "m")
