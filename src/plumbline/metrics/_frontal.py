"""Metrics of films from the front: knees, trunk, and which foot lands first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.contact import foot_heights, foot_touchdown
from plumbline.geometry import knee_ahead, knee_inwards_deg, middle_hip, thigh_seen, trunk_to_the_left_deg
from plumbline.metrics._context import Context
from plumbline.metrics._joints import load_window
from plumbline.metrics._series import Series
from plumbline.metrics._settings import METRIC
from plumbline.pose import SIDES, Side
from plumbline.quantity import Quantity, together
from plumbline.reps import Rep


def _frames(ctx: Context, rep: Rep) -> NDArray[np.bool_]:
    """Frames (n,) over which a rep is read: around the lowest hips under load, or all of a stand."""
    if rep.held:
        return ctx.within(rep.start_s, rep.end_s)
    k = ctx.within(*load_window(rep))
    low = middle_hip(ctx.tracks.pose.xy)[:, 1]
    if not (k & np.isfinite(low)).any():
        return k
    when = float(ctx.tracks.time_s[int(np.nanargmax(np.where(k, low, -np.inf)))])
    half = max(METRIC.lowest_around_s, 1 / ctx.tracks.pose.fps)
    return ctx.within(when - half, when + half)


def _read(
    ctx: Context,
    rep: Rep,
    series: Series,
    common_sd: float,
    frames: NDArray[np.bool_] | None = None,
) -> Quantity:
    seen = series.values[_frames(ctx, rep) if frames is None else frames]
    seen = seen[np.isfinite(seen)]
    value = float(np.median(seen)) if len(seen) else np.nan
    return Quantity.of(value, "deg", rep=(series.noise,), common=(common_sd,))


def _thigh_seen(ctx: Context, rep: Rep, side: Side) -> NDArray[np.bool_]:
    """Frames (n,) of a rep in which the thigh is seen; the last ones before them where it points at the camera."""
    frames = _frames(ctx, rep)
    seen = thigh_seen(ctx.tracks.pose.xy, side)
    if not frames.any() or seen[frames].all():
        return frames
    before = np.flatnonzero(seen & ctx.within(rep.start_s, float(ctx.tracks.time_s[frames][0])))
    out = np.zeros(len(frames), bool)
    out[before[-int(frames.sum()) :]] = True
    return out


def knee_valgus(ctx: Context, rep: Rep, *, side: Side) -> Quantity:
    """Frontal-plane projection angle of one knee, inwards positive; of a leg that bears.

    Who does not face the camera squarely shows some of a knee's bend as a knee that falls in, or out, and the more the
    further it is bent.
    """
    if rep.stance not in ("both", side):
        return Quantity(np.nan, np.nan, "deg")
    pose = ctx.tracks.pose
    angle = ctx.series(f"knee inwards, {side}", lambda raw: knee_inwards_deg(pose.raw if raw else pose.xy, side))
    frames = _thigh_seen(ctx, rep, side)
    bent = knee_ahead(pose.xy, side)[frames]
    turned = 2 * float(np.median(bent[np.isfinite(bent)])) if np.isfinite(bent).any() else 0.0
    m = ctx.measuring
    return _read(ctx, rep, angle, together(m.frontal_knee_sd_deg, turned * m.frontal_turn_sd_deg), frames)


def _towards_stance(rep: Rep, left_positive: FloatArray) -> FloatArray:
    return -left_positive if rep.stance == "right" else left_positive


def trunk_side_lean(ctx: Context, rep: Rep) -> Quantity:
    """Trunk from the vertical: towards the standing leg is positive; on both feet, to the left."""
    pose = ctx.tracks.pose
    angle = ctx.series(
        f"trunk to the side, {rep.stance}",
        lambda raw: _towards_stance(rep, trunk_to_the_left_deg(pose.raw if raw else pose.xy)),
    )
    return _read(ctx, rep, angle, float(np.hypot(ctx.measuring.lean_body_sd_deg, ctx.tilt.sd_deg)))


def landing_lag(ctx: Context, rep: Rep) -> Quantity:
    """Left foot's touchdown less the right one's, where both feet land."""
    event = rep.touchdown_s if np.isfinite(rep.touchdown_s) else rep.landing_s
    if rep.stance != "both" or not np.isfinite(event):
        return Quantity(np.nan, np.nan, "s")
    heights = foot_heights(ctx.tracks.pose)
    (left, left_sd), (right, right_sd) = (foot_touchdown(heights, s, event) for s in SIDES)
    shared = ctx.measuring.touchdown_model_sd_s * float(np.sqrt(2))
    return Quantity.of(left - right, "s", rep=(left_sd, right_sd), common=(shared,))
