"""How fast a runner goes and how far in a step, told by the foot that stands: on a belt as over ground."""

from __future__ import annotations

import numpy as np

from plumbline.geometry import middle_hip
from plumbline.metrics._context import Context
from plumbline.metrics._settings import METRIC
from plumbline.metrics._timing import step_period
from plumbline.pose import LEG
from plumbline.quantity import Quantity
from plumbline.reps import Rep


def running_speed(ctx: Context, rep: Rep) -> Quantity:
    """How fast the hips pass over the toes of the foot that stands, body heights a second.

    The toes stay where they are from when the foot is flat until it has nearly left; the camera may move.
    """
    pose = ctx.tracks.pose
    contact = rep.toe_off_s - rep.touchdown_s
    k = ctx.within(rep.touchdown_s + METRIC.flat_from_share * contact, rep.touchdown_s + METRIC.flat_to_share * contact)
    ahead = (middle_hip(pose.xy)[:, 0] - pose.xy[:, LEG[ctx.leg(rep)][4], 0]) / pose.body_height_px
    k &= np.isfinite(ahead)
    if k.sum() < METRIC.flat_frames:
        return Quantity(np.nan, np.nan, "BH/s")
    t, y = pose.time_s[k] - pose.time_s[k].mean(), ahead[k]
    slope = float(t @ y / (t @ t))
    left_over = y - y.mean() - slope * t
    noise = float(np.sqrt(left_over @ left_over / (len(t) - 2) / (t @ t)))
    value = ctx.tracks.camera.forward * slope
    own, shared = METRIC.speed_step_sd_share * abs(value), METRIC.speed_sd_share * abs(value)
    return Quantity.of(value, "BH/s", rep=(noise, own * ctx.coarseness), common=(shared * ctx.coarseness,))


def running_step(ctx: Context, rep: Rep) -> Quantity:
    """Speed by the time from touchdown to touchdown, %BH."""
    speed, period = running_speed(ctx, rep), step_period(ctx, rep)
    way = speed.scaled(100 * period.value, "%BH")
    each = 100 * speed.value
    return Quantity.of(
        way.value,
        "%BH",
        rep=(way.rep_sd, each * period.rep_sd),
        common=(way.common_sd, each * period.common_sd),
    )


def running_speed_m_s(ctx: Context, rep: Rep) -> Quantity:
    """`running_speed` in m/s; unknown without a scale."""
    return ctx.in_metres(running_speed(ctx, rep).scaled(100, "%BH/s"), "m/s")


def running_step_m(ctx: Context, rep: Rep) -> Quantity:
    """`running_step` in m; unknown without a scale."""
    return ctx.in_metres(running_step(ctx, rep), "m")
