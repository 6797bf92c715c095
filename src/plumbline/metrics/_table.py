"""All metrics by name, and their computation for the reps of a clip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from plumbline.catalogue import Drill, metric_label
from plumbline.messages import Message
from plumbline.metrics import _balance, _frontal, _joints, _posture, _slow, _strength, _stride, _timing
from plumbline.metrics._context import Context
from plumbline.metrics._moment import mid_contact, moment_of
from plumbline.metrics._settings import METRIC
from plumbline.pose import LEG, PLUMB_CHAIN
from plumbline.quantity import Quantity
from plumbline.reps import Rep

Metric = Callable[[Context, Rep], Quantity]


def _moment_metrics() -> dict[str, Metric]:
    """Plumb offsets at the rep's moment and at mid-contact."""
    out: dict[str, Metric] = {}
    for joint in ("ear", "shoulder", "hip", "knee"):
        out[f"plumb_{joint}_pct_bh"] = partial(_offset, joint=joint, mid=False)
        out[f"plumb_{joint}_mid_contact_pct_bh"] = partial(_offset, joint=joint, mid=True)
    return out


def _offset(ctx: Context, rep: Rep, *, joint: str, mid: bool) -> Quantity:
    moment = mid_contact(rep) if mid else moment_of(rep)
    return _posture.offset(ctx, rep, joint, moment)


# What needs metres per pixel.
IN_METRES = ("step_length_m", "running_speed_m_s", "running_step_m")

METRICS: dict[str, Metric] = {
    "contact_time_s": _timing.contact_time,
    "flight_time_s": _timing.flight_time,
    "jump_height_m": _timing.jump_height,
    "rsi_height_m_s": _timing.rsi_height,
    "rsi_ratio": _timing.rsi_ratio,
    "vertical_stiffness_per_kg": _timing.stiffness_per_kg,
    "vertical_stiffness_kn_m": _timing.stiffness,
    "step_period_s": _timing.step_period,
    "knee_flexion_touchdown_deg": _joints.knee_touchdown,
    "knee_flexion_peak_deg": _joints.knee_peak,
    "knee_flexion_range_deg": _joints.knee_range,
    "knee_flexion_velocity_peak_deg_s": _joints.knee_flexion_velocity,
    "knee_extension_velocity_peak_deg_s": _joints.knee_extension_velocity,
    "time_to_peak_knee_flexion_s": _joints.time_to_peak,
    "knee_flexion_toe_off_deg": _joints.knee_toe_off,
    "hip_extension_toe_off_deg": _joints.hip_toe_off,
    "ankle_plantarflexion_toe_off_deg": _joints.ankle_toe_off,
    "knee_flexion_deepest_deg": _joints.knee_deepest,
    "knee_flexion_landing_deg": _joints.knee_landing,
    "knee_flexion_landing_peak_deg": _joints.knee_landing_peak,
    "knee_flexion_landing_range_deg": _joints.knee_landing_range,
    **_moment_metrics(),
    "plumb_spread_pct_bh": lambda ctx, rep: _posture.spread(ctx, rep, moment_of(rep)),
    "plumb_spread_mid_contact_pct_bh": lambda ctx, rep: _posture.spread(ctx, rep, mid_contact(rep)),
    "head_forward_pct_bh": _posture.head_forward,
    "trunk_lean_deg": _posture.trunk_lean,
    "foot_ahead_of_hip_pct_bh": _posture.foot_ahead,
    "foot_strike_angle_deg": _posture.foot_strike,
    "heel_clearance_pct_bh": _posture.heel_clearance,
    "hold_time_s": _slow.whole_time,
    "sway_rms_pct_bh": _slow.sway,
    "hip_drop_pct_bh": _slow.hip_drop,
    "hip_rise_pct_bh": _slow.hip_rise,
    "down_time_s": _slow.out_time,
    "up_time_s": _slow.return_time,
    "rep_time_s": _slow.whole_time,
    "thigh_angle_peak_deg": _slow.thigh_peak,
    "travel_pct_bh": _slow.travel,
    "step_length_m": _slow.step_length,
    "running_speed_bh_s": _stride.running_speed,
    "running_speed_m_s": _stride.running_speed_m_s,
    "running_step_pct_bh": _stride.running_step,
    "running_step_m": _stride.running_step_m,
    "cadence_per_min": _timing.cadence,
    "duty_factor": _timing.duty_factor,
    "knee_flexion_mid_contact_deg": _joints.knee_mid_contact,
    "vertical_oscillation_pct_bh": _slow.vertical_oscillation,
    "swing_heel_height_pct_bh": _slow.swing_heel,
    "rise_time_s": _slow.out_time,
    "return_time_s": _slow.return_time,
    "hold_to_touch_s": _balance.hold_to_touch,
    "foot_touches": _balance.foot_touches,
    "knee_flexion_hold_deg": _balance.knee_hold,
    "thigh_angle_hold_deg": _balance.thigh_hold,
    "arabesque_line_deg": _balance.arabesque_line,
    "arabesque_lean_deg": _balance.arabesque_lean,
    "trunk_smoothness": _balance.trunk_smoothness,
    "heel_rise_pct_bh": _strength.heel_rise,
    "heel_to_hip_pct_bh": _strength.heel_to_hip,
    "heel_behind_hip_pct_bh": _strength.heel_behind_hip,
    "knee_ahead_of_toe_pct_bh": _strength.knee_ahead_of_toe,
    "hip_extension_peak_deg": _strength.hip_extension_peak,
    "hip_extension_range_deg": _strength.hip_extension_range,
    "knee_valgus_left_deg": partial(_frontal.knee_valgus, side="left"),
    "knee_valgus_right_deg": partial(_frontal.knee_valgus, side="right"),
    "trunk_side_lean_deg": _frontal.trunk_side_lean,
    "landing_lag_s": _frontal.landing_lag,
}
# Computed from all reps together, see `measure`.
ACROSS_REPS = ("knee_speed_loss_pct",)


def _speed_loss(values: list[dict[str, Quantity]]) -> None:
    """Add how far each rep's peak knee flexion velocity is below the athlete's best here."""
    name = "knee_flexion_velocity_peak_deg_s"
    low, high = metric_label(name).within
    speeds = [v[name] for v in values if name in v and low <= v[name].value <= high]
    if len(speeds) < METRIC.min_speeds:
        return
    best = max(speeds, key=lambda q: q.value)
    for row in values:
        q = row.get(name)
        if q is not None and 0 < q.value <= high:
            ratio = q.value / best.value
            # What the clip's velocities share cancels.
            sd = 100 * ratio * np.hypot(q.rep_sd / q.value, best.rep_sd / best.value)
            row["knee_speed_loss_pct"] = Quantity(100 * (1 - ratio), float(sd), "%")


def measure(ctx: Context, drill: Drill, reps: tuple[Rep, ...]) -> list[dict[str, Quantity]]:
    """Compute a drill's metrics for every rep; what cannot be known is left out.

    Parameters
    ----------
    ctx : Context
    drill : Drill
        One that can be judged.
    reps : tuple of Rep

    Returns
    -------
    list of dict
        One per rep, metric name to Quantity with finite value and sd.
    """
    left_out = {*ACROSS_REPS, *withheld(ctx, drill, reps)}
    names = [n for n in drill.metrics if n not in left_out]
    more = drill.measured.model_sd
    out = []
    for rep in reps:
        row = {name: METRICS[name](ctx, rep).vaguer(more.get(name, 0.0)) for name in names}
        out.append({name: q for name, q in row.items() if q.known})
    if "knee_speed_loss_pct" in drill.metrics:
        _speed_loss(out)
    return out


def withheld(ctx: Context, drill: Drill, reps: tuple[Rep, ...]) -> dict[str, Message]:
    """Metrics of the drill that this clip cannot show.

    Parameters
    ----------
    ctx : Context
    drill : Drill
    reps : tuple of Rep

    Returns
    -------
    dict of Message
        Metric name to the reason.
    """
    missing = _missing(ctx, reps)
    out = {
        name: reason for need, reason in missing.items() for name in drill.metrics if need in metric_label(name).needs
    }
    if ctx.scale is None:
        out |= {name: Message("no_scale") for name in IN_METRES if name in drill.metrics}
    if ctx.mass_kg is None and "vertical_stiffness_kn_m" in drill.metrics:
        out["vertical_stiffness_kn_m"] = Message("no_mass")
    if not any(np.isfinite(foot.heel_px) for foot in ctx.flat.values()) and "heel_clearance_pct_bh" in drill.metrics:
        out["heel_clearance_pct_bh"] = Message("no_quiet_standing")
    return out


def _missing(ctx: Context, reps: tuple[Rep, ...]) -> dict[str, Message]:
    """What metrics need (`needs` in `data/metrics.toml`) and this clip does not show, with the reason."""
    out: dict[str, Message] = {}
    if ctx.legs_unclear and any(rep.stance != "both" for rep in reps):
        out["legs_apart"] = Message("legs_not_apart")
    fps, least = ctx.tracks.pose.fps, ctx.measuring.min_contact_fps
    if fps < least:
        out["frame_rate"] = Message("too_slow", {"fps": fps, "least": least})
    near = ctx.tracks.camera.near_side
    if ctx.seen_share(PLUMB_CHAIN[near][0]) < METRIC.min_seen_share:
        out["head"] = Message("head_out")
    down = ctx.on_the_floor(reps)  # a foot seen in flight only tells nothing of its contacts
    if max(ctx.seen_share(k, down) for k in LEG[near][3:]) < METRIC.min_seen_share:
        out["feet"] = Message("feet_out")
    if ctx.camera_lost:
        out["still_camera"] = Message("no_still_camera")
    return out
