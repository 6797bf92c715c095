"""The line from ear to ankle, the trunk, and the foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.geometry import PLUMB_JOINTS, lean, plumb_offsets, slope
from plumbline.metrics._context import Context
from plumbline.metrics._quantity import Quantity
from plumbline.metrics._series import Series
from plumbline.pose import LEG
from plumbline.reps import Rep

FloatArray = NDArray[np.float64]

FOOT_ANGLE_SD_DEG = 5.0
FOOT_ANGLE_UNREFERENCED_SD_DEG = 8.0
HEEL_SD_PCT_BH = 1.0

# An instant and its standard uncertainty, s.
Moment = tuple[float, float]


def moment_of(rep: Rep) -> Moment:
    """Instant at which a rep's posture is read, and its uncertainty."""
    if np.isfinite(rep.touchdown_s) and np.isfinite(rep.toe_off_s):
        return rep.touchdown_s, rep.touchdown_sd_s
    if np.isfinite(rep.landing_s):
        return rep.landing_s, rep.landing_sd_s
    return rep.key_s, 0.0


def mid_contact(rep: Rep) -> Moment:
    """The middle of the contact."""
    return (rep.touchdown_s + rep.toe_off_s) / 2, rep.touchdown_sd_s


def _ahead(ctx: Context, rep: Rep, upper: int, lower: int) -> Series:
    """How far (n,) one joint of the line is ahead of another over the clip, %BH, with the working leg."""
    tall = ctx.tracks.pose.body_height_px

    def make(raw: bool) -> FloatArray:
        offsets = plumb_offsets(ctx.chain(rep, raw=raw), ctx.tracks.camera.forward, tall)
        return np.asarray(offsets[:, upper] - offsets[:, lower])

    return ctx.series(f"{PLUMB_JOINTS[upper]} ahead of {PLUMB_JOINTS[lower]}, {ctx.leg(rep)}", make)


def _read(ctx: Context, rep: Rep, series: Series, moment: Moment) -> tuple[float, float]:
    """A track at a moment, or its median over a hold, and what noise and timing leave open."""
    if rep.held:
        k = ctx.within(rep.start_s, rep.end_s)
        seen = series.values[k][np.isfinite(series.values[k])]
        value = float(np.median(seen)) if len(seen) else float("nan")
        return value, series.noise / float(np.sqrt(max(k.sum() / 4, 1)))
    taken, left_open = series.rounded_off(moment[0])
    left_open += series.between_frames(moment[0])
    sd = float(np.sqrt(np.sum(np.square((series.noise, series.rate(moment[0]) * moment[1], left_open)))))
    return series.at(moment[0]) + taken, sd


def _height_pct(ctx: Context, rep: Rep, upper: int, lower: int, moment: Moment) -> float:
    """Height of one joint of the line over another, %BH: what an error of upright acts on."""
    tall = ctx.tracks.pose.body_height_px

    def make(raw: bool) -> FloatArray:
        chain = ctx.chain(rep, raw=raw)
        return np.asarray((chain[:, lower, 1] - chain[:, upper, 1]) / tall * 100)

    return ctx.series(f"{PLUMB_JOINTS[upper]} above {PLUMB_JOINTS[lower]}, {ctx.leg(rep)}", make).at(moment[0])


def _forward(ctx: Context, rep: Rep, upper: int, lower: int, moment: Moment) -> Quantity:
    """How far one joint of the line is ahead of another, %BH."""
    value, noise = _read(ctx, rep, _ahead(ctx, rep, upper, lower), moment)
    upright = ctx.leaning_share * abs(_height_pct(ctx, rep, upper, lower, moment))
    parts = (noise, ctx.measuring.posture_model_sd_pct_bh, upright, ctx.oblique_pct(value))
    return Quantity(value, float(np.sqrt(np.sum(np.square(parts)))), "%BH")


def offset(ctx: Context, rep: Rep, joint: str, moment: Moment) -> Quantity:
    """One joint ahead of the vertical through the ankle."""
    return _forward(ctx, rep, PLUMB_JOINTS.index(joint), -1, moment)


def spread(ctx: Context, rep: Rep, moment: Moment) -> Quantity:
    """Most forward minus most backward of the five joints.

    Its uncertainty is that of the two outermost joints.
    """
    joints = range(len(PLUMB_JOINTS))
    at = np.array([_read(ctx, rep, _ahead(ctx, rep, k, -1), moment)[0] for k in joints])
    if not np.isfinite(at).all():
        return Quantity(float("nan"), float("nan"), "%BH")
    return _forward(ctx, rep, int(np.argmax(at)), int(np.argmin(at)), moment)


def head_forward(ctx: Context, rep: Rep) -> Quantity:
    """Ear ahead of shoulder."""
    return _forward(ctx, rep, 0, 1, moment_of(rep))


def foot_ahead(ctx: Context, rep: Rep) -> Quantity:
    """Ankle ahead of hip."""
    return _forward(ctx, rep, -1, 2, moment_of(rep))


def trunk_lean(ctx: Context, rep: Rep) -> Quantity:
    """Hip to shoulder from the vertical, forward positive."""
    forward = ctx.tracks.camera.forward

    def make(raw: bool) -> FloatArray:
        chain = ctx.chain(rep, raw=raw)
        return lean(chain[:, 2], chain[:, 1], forward)

    value, noise = _read(ctx, rep, ctx.series(f"trunk lean, {ctx.leg(rep)}", make), moment_of(rep))
    parts = (noise, ctx.measuring.lean_model_sd_deg, ctx.tilt.sd_deg, ctx.oblique_deg(value))
    return Quantity(value, float(np.sqrt(np.sum(np.square(parts)))), "deg")


def foot_strike(ctx: Context, rep: Rep) -> Quantity:
    """Foot against the floor at touchdown, positive with the heel down first.

    Read against the same foot standing flat in this clip where it does, since the model
    sets heel and toe at different heights of the shoe.
    """
    leg, pose = LEG[ctx.leg(rep)], ctx.tracks.pose

    def make(raw: bool) -> FloatArray:
        xy = pose.raw if raw else pose.xy
        return slope(xy[:, leg[3]], xy[:, leg[4]], ctx.tracks.camera.forward)

    value = ctx.at(ctx.series(f"foot on the floor, {ctx.leg(rep)}", make).raw, moment_of(rep)[0])
    if np.isfinite(ctx.flat.angle_deg):
        return Quantity(value - ctx.flat.angle_deg, FOOT_ANGLE_SD_DEG, "deg")
    return Quantity(value, float(np.hypot(FOOT_ANGLE_UNREFERENCED_SD_DEG, ctx.tilt.sd_deg)), "deg")


def heel_clearance(ctx: Context, rep: Rep) -> Quantity:
    """Lowest heel height within contact, above the heel's height in flat standing."""
    leg = LEG[ctx.leg(rep)]
    pose = ctx.tracks.pose
    k = ctx.within(rep.touchdown_s, rep.toe_off_s)
    heel = pose.xy[k, leg[3], 1]
    value = float("nan")
    if np.isfinite(ctx.flat.heel_px) and np.isfinite(heel).any():
        value = (ctx.flat.heel_px - float(np.nanmax(heel))) / pose.body_height_px * 100
    return Quantity(value, HEEL_SD_PCT_BH, "%BH")
