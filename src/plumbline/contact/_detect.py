"""Contacts of a clip: between flights, with the foot that bears and the uncertainty."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plumbline.contact._fit import EventFit, FitSettings, StanceData, fit_single, fit_stance
from plumbline.contact._flights import Flight, clip_gravity, find_flights
from plumbline.contact._gait import Gait, Step, find_gait
from plumbline.contact._heights import Heights, foot_heights
from plumbline.measuring import Measuring, slow_share
from plumbline.pose import SIDES, Side, other
from plumbline.signals import CleanPose, noise_sd

FloatArray = NDArray[np.float64]

MAX_REBOUND_S = 0.6
HOLD_S = 0.12
BOTH_FEET_PCT = 5.0
# Feet that usually differ by less than this are level and seen from above; a free foot is held higher.
LEVEL_FEET_PCT = 7.0
BETAS = np.arange(0.0, 0.85, 0.1)
MIN_FOOT_SAMPLES = 5
LEAST_CENTRE_NOISE_PCT = 0.3
# The foot surely stands in what is left of a contact without this share at each end.
SURE_SHARE = 0.2
# A running contact beyond these shares of the usual one is a misfit; a longer flight hides a step.
STEP_SHARE, MAX_RUN_FLIGHT_S = (0.4, 1.6), 0.3
# A contact this much shorter than the clip's median is a misfit, not a contact.
SHORTEST_OF_MEDIAN = 0.5


@dataclass(frozen=True)
class Contact:
    """One stay on the floor.

    Touchdown is the first, toe-off the last instant at which a foot bears on the floor;
    NaN where the clip does not show it as an end of a flight.

    Attributes
    ----------
    touchdown_s, toe_off_s : float
    touchdown_sd_s, toe_off_sd_s : float
    covariance_s2 : float
        Between the two; contact time needs it.
    stance : {"both", "left", "right"}
    touchdown_common_s, toe_off_common_s : float
        The part of each uncertainty that all contacts of the clip share: the shoe, the light, the view.
    """

    touchdown_s: float
    toe_off_s: float
    touchdown_sd_s: float
    toe_off_sd_s: float
    covariance_s2: float
    stance: str
    touchdown_common_s: float = 0.0
    toe_off_common_s: float = 0.0

    def vaguer(self, common_s: float) -> Contact:
        """The same with a standard uncertainty added to both events that all contacts share."""

        def wider(sd_s: float) -> float:
            return float(np.hypot(sd_s, common_s))

        return replace(
            self,
            touchdown_sd_s=wider(self.touchdown_sd_s),
            toe_off_sd_s=wider(self.toe_off_sd_s),
            touchdown_common_s=wider(self.touchdown_common_s),
            toe_off_common_s=wider(self.toe_off_common_s),
        )

    @property
    def rebound(self) -> bool:
        """Whether both ends are seen."""
        return bool(np.isfinite(self.touchdown_s) and np.isfinite(self.toe_off_s))


@dataclass(frozen=True)
class Contacts:
    """All contacts in order, the gravity found in the flights, and doubtful flights."""

    items: tuple[Contact, ...]
    gravity_pct_bh_s2: float
    implausible: tuple[Flight, ...]

    @property
    def flights(self) -> int:
        """Number of flights between the contacts."""
        return max(len(self.items) - 1, 0)

    def vaguer(self, common_s: float) -> Contacts:
        """The same with an uncertainty added to every event that they share."""
        return replace(self, items=tuple(c.vaguer(common_s) for c in self.items))

    def per_body_height(self, before_px: float, after_px: float) -> Contacts:
        """The same with gravity in percent of another body height."""
        return replace(self, gravity_pct_bh_s2=self.gravity_pct_bh_s2 * before_px / after_px)


@dataclass(frozen=True)
class _Stance:
    """First guess of a stance: NaN where it has no flight at that end."""

    down_s: float
    up_s: float
    side: Side
    label: str

    @property
    def rebound(self) -> bool:
        return bool(self.up_s - self.down_s <= MAX_REBOUND_S)  # False with one end missing


def _far_over_near(h: Heights, start_s: float, end_s: float, near: Side) -> float:
    """How much higher the far foot is than the near one between two instants, %BH; NaN where one is not seen."""
    k = (h.time_s >= start_s) & (h.time_s <= end_s)
    if k.sum() < 2:
        k = np.abs(h.time_s - (start_s + end_s) / 2) <= max(end_s - start_s, 0.05)
    level: dict[Side, float] = {}
    for side in SIDES:
        foot = np.fmin(h.toe[side][k], h.heel[side][k])
        level[side] = float(np.median(foot[np.isfinite(foot)])) if np.isfinite(foot).any() else np.inf
    gap = level[other(near)] - level[near]
    return gap if np.isfinite(gap) else float("nan")


def _bearing(gap: float, usual: float, near: Side) -> tuple[Side, str]:
    """Which foot bears: the lower one; both where they are as level as this camera usually shows them."""
    if not abs(gap - usual) > BOTH_FEET_PCT:
        return near, "both"
    side = near if gap > usual else other(near)
    return side, side


def _stances(h: Heights, flights: list[Flight], near: Side) -> list[_Stance]:
    """Stances before, between and after the flights."""
    out, gaps = [], []
    nan = float("nan")
    for a, b in zip([None, *flights], [*flights, None], strict=True):
        if (a is None and b is not None and np.isnan(b.start_s)) or (b is None and a is not None and np.isnan(a.end_s)):
            continue  # the film begins or ends in the air
        down = a.end_s if a else nan
        up = b.start_s if b else nan
        if a is not None and b is not None and up <= down:
            up = down + 0.06
        first = down if a else up - 0.15
        last = up if b else down + 0.15
        if not np.isfinite(first) or not np.isfinite(last):
            first = last = b.start_s if b else h.time_s[0]
        gaps.append(_far_over_near(h, first, last, near))
        out.append((down, up))
    # A camera over or under the feet shows the far one higher or lower, in every stance alike.
    usual = float(np.nanmedian(gaps)) if np.isfinite(gaps).any() else 0.0
    usual = usual if abs(usual) <= LEVEL_FEET_PCT else 0.0
    return [_Stance(*ends, *_bearing(gap, usual, near)) for ends, gap in zip(out, gaps, strict=True)]


def _standing(st: _Stance) -> tuple[float, float]:
    """Between which instants the feet of a stance surely stand, s."""
    if np.isfinite(st.down_s) and np.isfinite(st.up_s):
        margin = SURE_SHARE * (st.up_s - st.down_s)
        return max(st.down_s + margin, st.up_s - MAX_REBOUND_S), min(st.up_s - margin, st.down_s + MAX_REBOUND_S)
    if np.isfinite(st.down_s):
        return st.down_s + 0.03, st.down_s + HOLD_S + 0.08
    return st.up_s - HOLD_S - 0.08, st.up_s - 0.03


def _foot(h: Heights, st: _Stance, beta: float) -> FloatArray:
    """Height (n,) of the lowest part of what bears in a stance."""
    sides = SIDES if st.label == "both" else (st.side,)
    return h.above_stand(sides, beta, *_standing(st))


def _fit_one(h: Heights, st: _Stance, foot: FloatArray, gravity: float, s: FitSettings) -> list[EventFit]:
    """Fit of a stance: one joint fit when short, else one per end."""
    data = StanceData(h.time_s, foot, h.centre, gravity)
    if st.rebound:
        return [fit_stance(data, st.down_s, st.up_s, s)]
    out = []
    if np.isfinite(st.down_s):
        out.append(fit_single(data, st.down_s, "down", s, HOLD_S))
    if np.isfinite(st.up_s):
        out.append(fit_single(data, st.up_s, "up", s, HOLD_S))
    return out


def _calibrate(h: Heights, stances: list[_Stance], s: FitSettings) -> float:
    """Find how far along the foot the point lies that stands still in this clip's contacts."""
    mine = [st for st in stances if st.rebound][:12] or stances[:12]
    costs = []
    for beta in BETAS:
        total = sum(f.foot_misfit for st in mine for f in _fit_one(h, st, _foot(h, st, beta), np.nan, s))
        costs.append(total / ((1 + beta) ** 2 + beta**2))  # noise grows with beta
    return float(BETAS[int(np.nanargmin(costs))])


def _centre_noise(h: Heights, fps: float, measuring: Measuring) -> float:
    """Standard deviation of the mass centre from this clip, what lasts over frames included."""
    white = float(np.nan_to_num(noise_sd(h.time_s, h.centre)))
    return float(np.clip(white * np.sqrt(1 + measuring.landmark_memory_s * fps), LEAST_CENTRE_NOISE_PCT, 2.0))


def _noise(fits: list[EventFit], fallback: float) -> float:
    """Standard deviation of the ground point around the model, pooled over stances."""
    freedom = sum(max(f.samples - 6, 0) for f in fits)
    misfit = sum(f.foot_misfit for f in fits if np.isfinite(f.foot_misfit) and f.foot_misfit < 1e3)
    if freedom < 6:
        return fallback
    return float(np.clip(np.sqrt(misfit / freedom), 0.12, 2.0))


def _contact(fits: list[EventFit], st: _Stance, fps: float, measuring: Measuring) -> Contact:
    """Join the fits of a stance, take off the known biases, add the model's own spread."""
    repeats = max(1.0, measuring.landmark_memory_s * fps)
    nan = float("nan")
    down, up, down_var, up_var, covariance = nan, nan, nan, nan, 0.0
    for f in fits:
        if np.isfinite(f.touchdown_s):
            down, down_var = f.touchdown_s, repeats * float(f.covariance[0, 0])
        if np.isfinite(f.toe_off_s):
            up, up_var = f.toe_off_s, repeats * float(f.covariance[1, 1])
    if len(fits) == 1 and np.isfinite(down) and np.isfinite(up):
        covariance = repeats * float(fits[0].covariance[0, 1])
    slow = slow_share(fps)
    down_common = float(np.hypot(measuring.touchdown_model_sd_s, slow * measuring.slow_model_sd_s))
    up_common = float(np.hypot(measuring.toe_off_model_sd_s, slow * measuring.slow_model_sd_s))
    return Contact(
        touchdown_s=down - measuring.touchdown_bias_s - slow * measuring.slow_touchdown_bias_s,
        toe_off_s=up - measuring.toe_off_bias_s - slow * measuring.slow_toe_off_bias_s,
        touchdown_sd_s=float(np.sqrt(down_var + down_common**2)),
        toe_off_sd_s=float(np.sqrt(up_var + up_common**2 + measuring.toe_off_fit_sd_s**2)),
        covariance_s2=covariance,
        stance=st.label,
        touchdown_common_s=down_common,
        toe_off_common_s=up_common,
    )


def _coarse(st: _Stance, frame_s: float) -> list[EventFit]:
    """The first guess, where the foot cannot be seen, with a wide uncertainty."""
    return [EventFit(st.down_s, st.up_s, np.eye(2) * (frame_s**2 + 0.02**2), np.nan, 0)]


def _median_length(fits: list[list[EventFit]]) -> float:
    """Median contact time of the stances that were fitted as a whole, 0 without any."""
    lengths = [f.toe_off_s - f.touchdown_s for fs in fits for f in fs]
    lengths = [x for x in lengths if np.isfinite(x)]
    return float(np.median(lengths)) if lengths else 0.0


def _sound(fit: EventFit, shortest_s: float) -> bool:
    """Whether a fit had enough to go by, and is no absurdly short contact."""
    too_short = fit.toe_off_s - fit.touchdown_s < shortest_s  # False with one end missing
    return fit.samples >= MIN_FOOT_SAMPLES and fit.foot_misfit < 1e3 and not too_short


def detect_contacts(pose: CleanPose, near: Side, measuring: Measuring) -> Contacts:
    """Find all contacts before, between and after flights.

    Parameters
    ----------
    pose : CleanPose
    near : {"left", "right"}
        The side whose foot is read when both bear.
    measuring : Measuring

    Returns
    -------
    Contacts
        Empty without a flight.
    """
    if len(pose.time_s) < 8 or not np.isfinite(pose.body_height_px):
        return Contacts((), float("nan"), ())
    h = foot_heights(pose)
    flights, odd = find_flights(h)
    gait = find_gait(pose, h)
    if gait is not None and gait.runs:
        run = _run(h, gait, pose.fps, measuring)
        if run:
            return Contacts(tuple(run), clip_gravity(flights), ())
    elif gait is not None and gait.walks:
        flights = [f for f in flights if not gait.holds(f.apex_s)]
    if not flights:
        return Contacts((), float("nan"), tuple(odd))
    frame = 1 / pose.fps
    gravity = clip_gravity(flights)
    settings = FitSettings(
        search_s=max(0.044, 1.3 * frame),
        flight_window_s=max(0.085, 3.2 * frame),
        centre_noise_pct=_centre_noise(h, pose.fps, measuring),
    )
    stances = _stances(h, flights, near)
    beta = _calibrate(h, stances, settings)
    feet = [_foot(h, st, beta) for st in stances]
    first = [_fit_one(h, st, foot, gravity, settings) for st, foot in zip(stances, feet, strict=True)]
    settings = replace(settings, foot_noise_pct=_noise([f for fits in first for f in fits], 0.35))
    second = [_fit_one(h, st, foot, gravity, settings) for st, foot in zip(stances, feet, strict=True)]
    shortest = SHORTEST_OF_MEDIAN * _median_length(second)
    contacts = []
    for st, fits in zip(stances, second, strict=True):
        sound = bool(fits) and all(_sound(f, shortest) for f in fits)
        contacts.append(_contact(fits if sound else _coarse(st, frame), st, pose.fps, measuring))
    return Contacts(tuple(contacts), gravity, tuple(odd))


def _run(h: Heights, gait: Gait, fps: float, measuring: Measuring) -> list[Contact]:
    """The contacts of a run, each fitted to its own foot; none where they leave no time for flights."""
    frame = 1 / fps
    # A swinging foot comes and goes on no parabola for long, and the first guess is a rough one.
    settings = FitSettings(search_s=max(0.06, 1.5 * frame), flight_window_s=max(0.07, 2.5 * frame))
    fits = [_step_fits(h, step, settings) for step in gait.steps]
    settings = replace(settings, foot_noise_pct=_noise([f for pair in fits for f in pair], 0.5))
    out = []
    for step in gait.steps:
        stance = _Stance(step.down_s, step.up_s, step.side, step.side)
        pair = _step_fits(h, step, settings)
        share = (pair[1].toe_off_s - pair[0].touchdown_s) / gait.contact_s
        fitted = all(_sound(f, 0.0) for f in pair) and STEP_SHARE[0] < share < STEP_SHARE[1]
        contact = _contact(pair if fitted else _coarse(stance, frame), stance, fps, measuring)
        out.append(_of_a_stride(contact, measuring))
    flights = np.array([b.touchdown_s - a.toe_off_s for a, b in itertools.pairwise(out)])
    flights = flights[flights < MAX_RUN_FLIGHT_S]  # a step between was not seen
    return _apart(out) if len(flights) and float(np.median(flights)) > 0 else []


def _apart(contacts: list[Contact]) -> list[Contact]:
    """Neighbours of a run that do not overlap: those that do meet half way, less sure by it."""
    out = contacts[:1]
    for b in contacts[1:]:
        a, over = out[-1], out[-1].toe_off_s - b.touchdown_s
        if over > 0:
            meet = b.touchdown_s + over / 2
            out[-1] = replace(a, toe_off_s=meet, toe_off_sd_s=float(np.hypot(a.toe_off_sd_s, over / 2)))
            b = replace(b, touchdown_s=meet, touchdown_sd_s=float(np.hypot(b.touchdown_sd_s, over / 2)))  # noqa: PLW2901
        out.append(b)
    return out


def _step_fits(h: Heights, step: Step, s: FitSettings) -> list[EventFit]:
    """Touchdown and toe-off of one foot, each by itself."""
    margin = SURE_SHARE * (step.up_s - step.down_s)
    foot = h.above_stand((step.side,), 0.0, step.down_s + margin, step.up_s - margin)
    data = StanceData(h.time_s, foot, h.centre, float("nan"))
    hold = min(HOLD_S, 0.6 * (step.up_s - step.down_s))
    return [fit_single(data, step.down_s, "down", s, hold), fit_single(data, step.up_s, "up", s, hold)]


def _of_a_stride(c: Contact, measuring: Measuring) -> Contact:
    """A running foot rolls off: the model's toe rises with the heel, long before the shoe leaves."""
    sooner = replace(
        c,
        touchdown_s=c.touchdown_s - measuring.stride_touchdown_bias_s,
        toe_off_s=c.toe_off_s - measuring.stride_toe_off_bias_s,
    )
    return sooner.vaguer(measuring.stride_model_sd_s)


def foot_touchdown(h: Heights, side: Side, near_s: float, measuring: Measuring) -> tuple[float, float]:
    """When one foot lands near a touchdown of the body, and its standard uncertainty, s."""
    t = h.time_s
    frame = float(np.median(np.diff(t)))
    settings = FitSettings(search_s=max(0.06, 1.5 * frame), flight_window_s=max(0.085, 3.2 * frame))
    foot = h.above_stand((side,), 0.0, near_s + 0.03, near_s + HOLD_S)
    fit = fit_single(StanceData(t, foot, h.centre, float("nan")), near_s, "down", settings, HOLD_S)
    if fit.samples < MIN_FOOT_SAMPLES or not fit.foot_misfit < 1e3:
        return float("nan"), float("nan")
    noise = float(np.clip(np.sqrt(fit.foot_misfit / max(fit.samples - 4, 1)), 0.12, 2.0))
    wider = (noise / settings.foot_noise_pct) ** 2
    sd = np.sqrt(wider * float(fit.covariance[0, 0]) + measuring.touchdown_model_sd_s**2 + (frame / 6) ** 2)
    return fit.touchdown_s, float(sd)
