"""From the fits of a stance to its touchdown and toe-off, with their biases and uncertainties."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact._contact import Contact
from plumbline.contact._fit import RULED_OUT, EventFit, FitSettings, StanceData, fit_single, fit_stance
from plumbline.contact._flight import GRAVITY_PCT_BH
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.contact._stances import Stance, bearing_height
from plumbline.measuring import Measuring
from plumbline.quantity import together
from plumbline.signals import noise_sd

BETAS = np.arange(0.0, CONTACT.toe_beyond_most, CONTACT.toe_beyond_step)


def fit_ends(h: Heights, st: Stance, foot: FloatArray, gravity: float, s: FitSettings) -> list[EventFit]:
    """Fit of a stance: one joint fit when short, else one per end."""
    data = StanceData.of(h, foot, gravity)
    if st.rebound:
        return [fit_stance(data, st.down_s, st.up_s, s)]
    out = []
    if np.isfinite(st.down_s):
        out.append(fit_single(data, st.down_s, "down", s, CONTACT.hold_s))
    if np.isfinite(st.up_s):
        out.append(fit_single(data, st.up_s, "up", s, CONTACT.hold_s))
    return out


def still_point(h: Heights, stances: list[Stance], s: FitSettings) -> float:
    """Find how far along the foot the point lies that stands still in this clip's contacts."""
    mine = ([st for st in stances if st.rebound] or stances)[: CONTACT.still_point_stances]
    costs = []
    for beta in BETAS:
        total = sum(f.foot_misfit for st in mine for f in fit_ends(h, st, bearing_height(h, st, beta), np.nan, s))
        costs.append(total / ((1 + beta) ** 2 + beta**2))  # noise grows with beta
    return float(BETAS[int(np.nanargmin(costs))])


def centre_noise(h: Heights, fps: float, measuring: Measuring) -> float:
    """Standard deviation of the mass centre from this clip, what lasts over frames included."""
    white = float(np.nan_to_num(noise_sd(h.time_s, h.centre)))
    lasting = white * np.sqrt(1 + measuring.landmark_memory_s * fps)
    return float(np.clip(lasting, CONTACT.centre_noise_least_pct_bh, CONTACT.noise_most_pct_bh))


def foot_noise(fits: list[EventFit], fallback: float) -> float:
    """Standard deviation of the ground point around the model, pooled over stances."""
    sensible = [f for f in fits if np.isfinite(f.foot_misfit) and f.foot_misfit < RULED_OUT]
    freedom = sum(max(f.samples - 6, 0) for f in sensible)
    misfit = sum(f.foot_misfit for f in sensible)
    if freedom < CONTACT.noise_least_freedom:
        return fallback
    return noise_within(misfit / freedom)


def noise_within(variance: float) -> float:
    """Standard deviation of the foot, %BH, no better than any film and no worse than a reading."""
    return float(np.clip(np.sqrt(variance), CONTACT.foot_noise_least_pct_bh, CONTACT.noise_most_pct_bh))


def joined(fits: list[EventFit], st: Stance, fps: float, measuring: Measuring) -> Contact:
    """Join the fits of a stance, take off the known biases, add the model's own spread."""
    nan = np.nan
    down, up, down_var, up_var, covariance = nan, nan, nan, nan, 0.0
    for f in fits:
        if np.isfinite(f.touchdown_s):
            down, down_var = f.touchdown_s, float(f.covariance[0, 0])
        if np.isfinite(f.toe_off_s):
            up, up_var = f.toe_off_s, float(f.covariance[1, 1])
    if len(fits) == 1 and np.isfinite(down) and np.isfinite(up):
        covariance = float(fits[0].covariance[0, 1])
    slow = measuring.slow_share(fps)
    down_common = float(np.hypot(measuring.touchdown_model_sd_s, slow * measuring.slow_model_sd_s))
    stood = measuring.standing_toe_off_sd_s if np.isnan(down) and not st.steps_off else 0.0
    up_common = together(_peeling_sd_s(st, measuring), slow * measuring.slow_model_sd_s, stood)
    hops_on_one = st.label != "both" and np.isfinite(st.flight_s)
    up_bias = measuring.toe_off_bias_s + (measuring.one_leg_toe_off_bias_s if hops_on_one else 0.0)
    down_doubt, up_doubt = st.doubt_s(down, up)
    # Off a box only the fall tells, and it begins before the last foot is gone.
    up_own = float(np.hypot(measuring.toe_off_fit_sd_s, measuring.step_off_sd_s if st.steps_off else 0.0))
    return Contact(
        touchdown_s=down - measuring.touchdown_bias_s - slow * measuring.slow_touchdown_bias_s,
        toe_off_s=up - up_bias - slow * measuring.slow_toe_off_bias_s,
        touchdown_sd_s=float(np.sqrt(down_var + down_common**2 + down_doubt**2)),
        toe_off_sd_s=float(np.sqrt(up_var + up_common**2 + up_own**2 + up_doubt**2)),
        covariance_s2=covariance,
        stance=st.label,
        touchdown_common_s=down_common,
        toe_off_common_s=up_common,
    )


def _peeling_sd_s(st: Stance, measuring: Measuring) -> float:
    """How uncertain a foot that peels off makes the toe-off: by a height, passed at the speed the body leaves with."""
    leaves_pct_bh_s = GRAVITY_PCT_BH * st.flight_s / 2
    if st.steps_off or not leaves_pct_bh_s > 0:
        return measuring.toe_off_model_sd_s
    both, one = measuring.toe_off_height_sd_pct_bh, measuring.toe_off_height_one_leg_sd_pct_bh
    return (both if st.label == "both" else one) / leaves_pct_bh_s


def coarse(st: Stance, frame_s: float) -> list[EventFit]:
    """The first guess, where the foot cannot be seen, with a wide uncertainty."""
    return [EventFit(st.down_s, st.up_s, np.eye(2) * (frame_s**2 + CONTACT.coarse_sd_s**2), np.nan, 0)]


def sound(fit: EventFit, shortest_s: float) -> bool:
    """Whether a fit had enough to go by, and is no absurdly short contact."""
    too_short = fit.toe_off_s - fit.touchdown_s < shortest_s  # False with one end missing
    return fit.samples >= CONTACT.min_foot_samples and fit.foot_misfit < RULED_OUT and not too_short
