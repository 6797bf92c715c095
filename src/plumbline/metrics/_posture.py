"""The line from ear to ankle, the trunk, and the foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.geometry import PLUMB_JOINTS, lean, plumb_offsets, plumb_spread, slope
from plumbline.metrics._context import Context
from plumbline.metrics._quantity import Quantity
from plumbline.pose import LEG
from plumbline.reps import Rep

FloatArray = NDArray[np.float64]

FOOT_ANGLE_SD_DEG = 5.0
FOOT_ANGLE_UNREFERENCED_SD_DEG = 8.0
HEEL_SD_PCT_BH = 1.0


def moment_of(rep: Rep) -> tuple[float, float]:
    """Instant at which a rep's posture is read, and its uncertainty."""
    if np.isfinite(rep.touchdown_s) and np.isfinite(rep.toe_off_s):
        return rep.touchdown_s, rep.touchdown_sd_s
    if np.isfinite(rep.landing_s):
        return rep.landing_s, rep.landing_sd_s
    return rep.key_s, 0.0


def mid_contact(rep: Rep) -> tuple[float, float]:
    """The middle of the contact."""
    return (rep.touchdown_s + rep.toe_off_s) / 2, rep.touchdown_sd_s


def _offsets_at(ctx: Context, rep: Rep, time_s: float) -> FloatArray:
    """Plumb offsets (5,) at an instant; over a hold, their median."""
    pose = ctx.tracks.pose
    series = plumb_offsets(ctx.chain(rep), ctx.tracks.camera.forward, pose.body_height_px)
    if _is_hold(rep):
        return np.asarray(np.nanmedian(series[ctx.within(rep.start_s, rep.end_s)], axis=0))
    return np.array([ctx.at(column, time_s) for column in series.T])


def _is_hold(rep: Rep) -> bool:
    """A hold has no events, and its key instant in its middle."""
    no_events = not any(map(np.isfinite, (rep.touchdown_s, rep.toe_off_s, rep.landing_s)))
    return no_events and abs(rep.key_s - (rep.start_s + rep.end_s) / 2) < 1e-9


def _offset_sd(ctx: Context, rep: Rep, points: int = 2) -> float:
    side = ctx.leg(rep)
    noise = ctx.point_noise_pct((*LEG[side][:3],)) * np.sqrt(points)
    if _is_hold(rep):
        noise = noise / np.sqrt(max(ctx.within(rep.start_s, rep.end_s).sum() / 4, 1))
    return float(np.hypot(noise, ctx.measuring.posture_model_sd_pct_bh))


def offset(ctx: Context, rep: Rep, joint: str, moment: tuple[float, float]) -> Quantity:
    """One joint ahead of the vertical through the ankle."""
    value = _offsets_at(ctx, rep, moment[0])[PLUMB_JOINTS.index(joint)]
    return Quantity(float(value), _offset_sd(ctx, rep), "%BH")


def spread(ctx: Context, rep: Rep, moment: tuple[float, float]) -> Quantity:
    """Most forward minus most backward of the five joints."""
    value = float(plumb_spread(_offsets_at(ctx, rep, moment[0])))
    return Quantity(value, _offset_sd(ctx, rep), "%BH")


def head_forward(ctx: Context, rep: Rep) -> Quantity:
    """Ear ahead of shoulder."""
    offsets = _offsets_at(ctx, rep, moment_of(rep)[0])
    return Quantity(float(offsets[0] - offsets[1]), _offset_sd(ctx, rep), "%BH")


def foot_ahead(ctx: Context, rep: Rep) -> Quantity:
    """Ankle ahead of hip."""
    offsets = _offsets_at(ctx, rep, moment_of(rep)[0])
    return Quantity(float(-offsets[2]), _offset_sd(ctx, rep), "%BH")


def trunk_lean(ctx: Context, rep: Rep) -> Quantity:
    """Hip to shoulder from the vertical, forward positive."""
    chain = ctx.chain(rep)
    series = lean(chain[:, 2], chain[:, 1], ctx.tracks.camera.forward)
    if _is_hold(rep):
        value = float(np.nanmedian(series[ctx.within(rep.start_s, rep.end_s)]))
    else:
        value = ctx.at(series, moment_of(rep)[0])
    noise_pct = ctx.point_noise_pct((chain_index := LEG[ctx.leg(rep)][0], chain_index))
    trunk_pct = 100 * 0.288 / 0.886
    noise = float(np.degrees(noise_pct * np.sqrt(2) / trunk_pct))
    return Quantity(value, float(np.hypot(noise, ctx.measuring.lean_model_sd_deg)), "deg")


def foot_strike(ctx: Context, rep: Rep) -> Quantity:
    """Foot against the floor at touchdown, positive with the heel down first.

    Read against the same foot standing flat in this clip where it does, since the model
    sets heel and toe at different heights of the shoe.
    """
    leg = LEG[ctx.leg(rep)]
    xy = ctx.tracks.pose.raw
    series = slope(xy[:, leg[3]], xy[:, leg[4]], ctx.tracks.camera.forward)
    referenced = np.isfinite(ctx.flat_foot_deg)
    value = ctx.at(series, moment_of(rep)[0]) - (ctx.flat_foot_deg if referenced else 0.0)
    sd = FOOT_ANGLE_SD_DEG if referenced else FOOT_ANGLE_UNREFERENCED_SD_DEG
    return Quantity(value, sd, "deg")


def heel_clearance(ctx: Context, rep: Rep) -> Quantity:
    """Lowest heel height within contact, above the heel's height in flat standing."""
    leg = LEG[ctx.leg(rep)]
    pose = ctx.tracks.pose
    k = ctx.within(rep.touchdown_s, rep.toe_off_s)
    heel = pose.xy[k, leg[3], 1]
    value = float("nan")
    if np.isfinite(ctx.flat_heel_px) and np.isfinite(heel).any():
        value = (ctx.flat_heel_px - float(np.nanmax(heel))) / pose.body_height_px * 100
    return Quantity(value, HEEL_SD_PCT_BH, "%BH")
