"""Metrics of heel raises, recoveries, kicks and bends on one leg."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.metrics._context import Context
from plumbline.metrics._settings import METRIC
from plumbline.pose import LEG
from plumbline.quantity import Quantity
from plumbline.reps import Rep, hip_extension_deg


def _pct(ctx: Context, px: FloatArray) -> FloatArray:
    return np.asarray(px / ctx.tracks.pose.body_height_px * 100)


def heel_rise(ctx: Context, rep: Rep) -> Quantity:
    """How far the heel rises above its height at rest."""
    heel = _pct(ctx, -ctx.tracks.pose.xy[:, LEG[ctx.leg(rep)][3], 1])
    value = ctx.at(heel, rep.key_s) - ctx.rest_level(heel, rep)
    return ctx.placed(value, METRIC.rise_sd_pct_bh)


def heel_to_hip(ctx: Context, rep: Rep) -> Quantity:
    """How far the heel stays below the hip at the top of a recovery."""
    hip, _, _, heel, _ = LEG[ctx.leg(rep)]
    xy = ctx.tracks.pose.xy
    return ctx.placed(ctx.at(_pct(ctx, xy[:, heel, 1] - xy[:, hip, 1]), rep.key_s), METRIC.folded_sd_pct_bh)


def heel_behind_hip(ctx: Context, rep: Rep) -> Quantity:
    """How far the heel is behind the hip at the top of a recovery; 0 is directly under it."""
    hip, _, _, heel, _ = LEG[ctx.leg(rep)]
    xy = ctx.tracks.pose.xy
    behind = _pct(ctx, xy[:, hip, 0] - xy[:, heel, 0])
    return ctx.placed(ctx.tracks.camera.forward * ctx.at(behind, rep.key_s), METRIC.folded_sd_pct_bh)


def knee_ahead_of_toe(ctx: Context, rep: Rep) -> Quantity:
    """How far the knee is ahead of the toe at the deepest point; behind it is negative."""
    _, knee, _, _, toe = LEG[ctx.leg(rep)]
    xy = ctx.tracks.pose.xy
    ahead = _pct(ctx, xy[:, knee, 0] - xy[:, toe, 0])
    return ctx.placed(ctx.tracks.camera.forward * ctx.at(ahead, rep.key_s), METRIC.toe_sd_pct_bh)


def hip_extension_peak(ctx: Context, rep: Rep) -> Quantity:
    """Trunk against thigh with the leg furthest back: 180 is straight, more is beyond the trunk's line."""
    series = hip_extension_deg(ctx.tracks, ctx.leg(rep))
    return ctx.angle(float(np.max(ctx.path(series, rep.start_s, rep.end_s))), METRIC.thigh_sd_times)


def hip_extension_range(ctx: Context, rep: Rep) -> Quantity:
    """How far the hip is extended from where it was at rest."""
    top = hip_extension_peak(ctx, rep)
    rest = ctx.rest_level(hip_extension_deg(ctx.tracks, ctx.leg(rep)), rep)
    followed = ctx.measuring.angle_range_sd_share * abs(top.value - rest)
    return Quantity.of(top.value - rest, "deg", rep=(top.rep_sd, top.rep_sd), common=(followed,))
