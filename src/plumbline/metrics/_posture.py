"""The line from ear to ankle, the trunk, and the foot."""

from __future__ import annotations

import numpy as np

from plumbline import geometry
from plumbline.arrays import FloatArray
from plumbline.geometry import PLUMB_JOINTS, plumb_offsets, slope
from plumbline.metrics._context import Context
from plumbline.metrics._moment import Moment, moment_of
from plumbline.metrics._series import Series
from plumbline.metrics._settings import METRIC
from plumbline.pose import LEG
from plumbline.quantity import Quantity, together, without
from plumbline.reps import Rep


def _ahead(ctx: Context, rep: Rep, upper: int, lower: int) -> Series:
    """How far (n,) one joint of the line is ahead of another over the clip, %BH, with the working leg."""
    tall = ctx.tracks.pose.body_height_px

    def make(raw: bool) -> FloatArray:
        offsets = plumb_offsets(ctx.chain(rep, raw=raw), ctx.tracks.camera.forward, tall)
        return np.asarray(offsets[:, upper] - offsets[:, lower])

    return ctx.series(f"{PLUMB_JOINTS[upper]} ahead of {PLUMB_JOINTS[lower]}, {ctx.leg(rep)}", make)


def _read(ctx: Context, rep: Rep, series: Series, moment: Moment) -> tuple[float, float, float]:
    """A track at a moment, or its median over a hold; what noise and timing leave open of the rep and of all reps."""
    if rep.held:
        k = ctx.within(rep.start_s, rep.end_s)
        seen = series.values[k][np.isfinite(series.values[k])]
        value = float(np.median(seen)) if len(seen) else np.nan
        alike = METRIC.held_memory_s * ctx.tracks.pose.fps
        return value, series.noise / float(np.sqrt(max(k.sum() / max(alike, 1), 1))), 0.0
    taken, left_open = series.rounded_off(moment.at_s)
    left_open += series.between_frames(moment.at_s)
    own = together(series.noise, series.change(moment.at_s, moment.own_s), left_open)
    return series.at(moment.at_s) + taken, own, series.change(moment.at_s, moment.common_s)


def _height_pct(ctx: Context, rep: Rep, upper: int, lower: int, moment: Moment) -> float:
    """Height of one joint of the line over another, %BH: what an error of upright acts on."""
    tall = ctx.tracks.pose.body_height_px

    def make(raw: bool) -> FloatArray:
        chain = ctx.chain(rep, raw=raw)
        return np.asarray((chain[:, lower, 1] - chain[:, upper, 1]) / tall * 100)

    return ctx.series(f"{PLUMB_JOINTS[upper]} above {PLUMB_JOINTS[lower]}, {ctx.leg(rep)}", make).at(moment.at_s)


def _forward(ctx: Context, rep: Rep, upper: int, lower: int, moment: Moment) -> Quantity:
    """How far one joint of the line is ahead of another, %BH."""
    value, own, timing = _read(ctx, rep, _ahead(ctx, rep, upper, lower), moment)
    upright = ctx.leaning_share * abs(_height_pct(ctx, rep, upper, lower, moment))
    m = ctx.measuring
    shared = (timing, m.posture_body_sd_pct_bh * ctx.coarseness, upright, ctx.oblique_pct(value))
    return Quantity.of(value, "%BH", rep=(own, m.posture_model_sd_pct_bh), common=shared)


def offset(ctx: Context, rep: Rep, joint: str, moment: Moment) -> Quantity:
    """One joint ahead of the vertical through the ankle."""
    ahead = _forward(ctx, rep, PLUMB_JOINTS.index(joint), -1, moment)
    # A leg that straightens fast in the air is seen late, and its knee too far ahead.
    lag = _ahead(ctx, rep, PLUMB_JOINTS.index(joint), -1).lag(moment.at_s) if joint == "knee" and not rep.held else 0.0
    return ahead.vaguer(lag)


def spread(ctx: Context, rep: Rep, moment: Moment) -> Quantity:
    """Most forward minus most backward of the five joints.

    Its uncertainty is that of the two outermost joints.
    """
    joints = range(len(PLUMB_JOINTS))
    at = np.array([_read(ctx, rep, _ahead(ctx, rep, k, -1), moment)[0] for k in joints])
    if not np.isfinite(at).all():
        return Quantity(np.nan, np.nan, "%BH")
    return _forward(ctx, rep, int(np.argmax(at)), int(np.argmin(at)), moment)


def head_forward(ctx: Context, rep: Rep) -> Quantity:
    """Ear ahead of the trunk's own line through the shoulders, so that a trunk that leans is no head forward.

    What is upright does not matter to it. The line runs between both hips and both shoulders: of one
    side alone it would turn with them from step to step.
    """
    tall, forward = ctx.tracks.pose.body_height_px, ctx.tracks.camera.forward

    def make(raw: bool) -> FloatArray:
        xy = ctx.tracks.pose.raw if raw else ctx.tracks.pose.xy
        ear, shoulder, hip = ctx.chain(rep, raw=raw)[:, 0], geometry.middle_shoulder(xy), geometry.middle_hip(xy)
        along = (shoulder - hip) / np.linalg.norm(shoulder - hip, axis=1, keepdims=True)
        head = ear - shoulder
        # Square to the trunk: px grow downwards, so that an upright trunk points to (0, -1).
        return np.asarray(forward * (head[:, 1] * along[:, 0] - head[:, 0] * along[:, 1]) / tall * 100)

    value, own, timing = _read(ctx, rep, ctx.series("ear ahead of trunk", make), moment_of(rep))
    m = ctx.measuring
    shared = (timing, m.posture_body_sd_pct_bh * ctx.coarseness, ctx.oblique_pct(value))
    return Quantity.of(value, "%BH", rep=(own, m.posture_model_sd_pct_bh), common=shared)


def foot_ahead(ctx: Context, rep: Rep) -> Quantity:
    """Ankle ahead of hip."""
    return _forward(ctx, rep, -1, 2, moment_of(rep))


def lean_series(ctx: Context) -> Series:
    """Hips to shoulders from the vertical, degrees, forward positive."""
    forward = ctx.tracks.camera.forward

    def make(raw: bool) -> FloatArray:
        return geometry.trunk_lean(ctx.tracks.pose.raw if raw else ctx.tracks.pose.xy, forward)

    return ctx.series("trunk lean", make)


def trunk_lean(ctx: Context, rep: Rep) -> Quantity:
    """Hips to shoulders from the vertical, forward positive."""
    value, own, timing = _read(ctx, rep, lean_series(ctx), moment_of(rep))
    m = ctx.measuring
    shared = (timing, m.lean_body_sd_deg * ctx.coarseness, ctx.tilt.sd_deg, ctx.oblique_deg(value))
    return Quantity.of(value, "deg", rep=(own, m.lean_model_sd_deg), common=shared)


def foot_strike(ctx: Context, rep: Rep) -> Quantity:
    """Foot against the floor at touchdown, positive with the heel down first.

    Read against the same foot standing flat in this clip where it does, since the model
    sets heel and toe at different heights of the shoe.
    """
    leg, pose = LEG[ctx.leg(rep)], ctx.tracks.pose

    def make(raw: bool) -> FloatArray:
        xy = pose.raw if raw else pose.xy
        return slope(xy[:, leg[3]], xy[:, leg[4]], ctx.tracks.camera.forward)

    moment, series = moment_of(rep), ctx.series(f"foot on the floor, {ctx.leg(rep)}", make)
    value, flat = ctx.at(series.raw, moment.at_s), ctx.flat_foot(rep)
    own, sd = METRIC.foot_angle_rep_sd_deg, METRIC.foot_angle_sd_deg
    reps = (own, series.change(moment.at_s, moment.own_s))
    timing = series.change(moment.at_s, moment.common_s)
    if np.isfinite(flat.angle_deg):
        return Quantity.of(value - flat.angle_deg, "deg", rep=reps, common=(without(sd, own), timing))
    shared = without(METRIC.foot_angle_unreferenced_sd_deg, own)
    return Quantity.of(value, "deg", rep=reps, common=(shared, timing, ctx.tilt.sd_deg))


def heel_clearance(ctx: Context, rep: Rep) -> Quantity:
    """Lowest heel height within contact, above the heel's height in flat standing."""
    leg = LEG[ctx.leg(rep)]
    pose = ctx.tracks.pose
    heel = ctx.path(pose.xy[:, leg[3], 1], rep.touchdown_s, rep.toe_off_s)
    value = (ctx.flat_foot(rep).heel_px - float(np.max(heel))) / pose.body_height_px * 100
    return ctx.placed(value, METRIC.heel_sd_pct_bh)
