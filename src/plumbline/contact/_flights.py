"""Finds flights: the feet are off the floor and the trunk falls at g."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks
from scipy.stats import theilslopes

from plumbline.contact._heights import Heights
from plumbline.signals import cutoff_for, low_pass, noise_sd

FloatArray = NDArray[np.float64]

# Tragion height 0.925 H less lateral malleolus height 0.039 H, standing; the chain runs
# along the body, so it changes little with posture. Winter (2009), fig. 4.1 for the
# malleolus; the tragion from head height in the same figure. Both to about 2 % between
# adults.
CHAIN_OF_STATURE = 0.886
# g in percent of body height per s² for a stature of 1.72 m; statures from 1.4 to 2.1 m lie
# within ±25 %.
GRAVITY_PCT_BH = 9.81 / (CHAIN_OF_STATURE * 1.72) * 100
GRAVITY_RANGE = (0.62, 1.6)
MAX_GRAVITY_SD = 0.4  # of g: a vaguer parabola proves nothing
# The short flights of running are each too vague; together they must be this sure.
MAX_SERIES_SD = 0.25
# A flight this far off the series' mean, in its own uncertainties, does not belong to it.
FARTHEST_SD = 4.0
MIN_FLIGHT_S = 0.07
MAX_FLIGHT_S = 1.2
MIN_LIFT_PCT = 1.2
LIFT_OVER_NOISE = 2.2
# Where the lowest foot point is while a foot bears: not the lowest value, since a landmark may
# drop below the floor for some frames; a contact lasts at least this share of its surroundings.
FLOOR_PERCENTILE = 15
MIN_SERIES = 4
SERIES_TOLERANCE_PCT = 1.8
SIDE_WINDOW_S = 0.7
TRUNK_CUTOFF_HZ = 8.0
FOOT_CUTOFF_HZ = 14.0
PEAK_PROMINENCE_PCT = 1.2


@dataclass(frozen=True)
class Flight:
    """A flight as first found, to about a frame.

    Attributes
    ----------
    start_s, end_s, apex_s : float
    gravity_pct_bh_s2 : float
        Downward acceleration of the trunk, from a parabola through the flight.
    gravity_sd : float
    lift_before_pct, lift_after_pct : float
        How far the feet rise above the floor they left, and above the one they land on.
    """

    start_s: float
    end_s: float
    apex_s: float
    gravity_pct_bh_s2: float
    gravity_sd: float
    lift_before_pct: float
    lift_after_pct: float

    @property
    def ballistic(self) -> bool:
        """Whether the trunk falls at g for some plausible stature."""
        low, high = (x * GRAVITY_PCT_BH for x in GRAVITY_RANGE)
        if not self.gravity_sd <= MAX_GRAVITY_SD * GRAVITY_PCT_BH:
            return False
        slack = min(self.gravity_sd, 0.15 * GRAVITY_PCT_BH)
        return low - slack <= self.gravity_pct_bh_s2 <= high + slack


def fit_gravity(t: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Downward acceleration and its standard error from a parabola through (t, y)."""
    ok = np.isfinite(y)
    if ok.sum() < 4:
        return float("nan"), float("inf")
    u = t[ok] - t[ok].mean()
    a = np.stack([np.ones_like(u), u, -0.5 * u * u], axis=1)
    solution, *_ = np.linalg.lstsq(a, y[ok], rcond=None)
    residual = y[ok] - a @ solution
    variance = max(float(residual @ residual) / max(ok.sum() - 3, 1), 0.15**2)
    return float(solution[2]), float(np.sqrt(np.linalg.inv(a.T @ a)[2, 2] * variance))


def clip_gravity(flights: list[Flight]) -> float:
    """Weighted mean of the flights' gravity in %BH/s²; NaN without flights."""
    if not flights:
        return float("nan")
    g = np.array([f.gravity_pct_bh_s2 for f in flights])
    w = 1 / np.maximum([f.gravity_sd for f in flights], 1.0) ** 2
    ok = np.isfinite(g)
    return float(np.average(g[ok], weights=w[ok])) if ok.any() else float("nan")


def _side_edge(low: FloatArray, apex: int, last: int, step: int) -> tuple[int, float]:
    """Walk from the apex to where the feet come down; index of the first frame down, and lift."""
    stretch = low[apex : last + step : step] if last + step >= 0 else low[apex::step]
    rise = stretch[: max(len(stretch) // 2, 2)]
    if len(stretch) < 2 or not np.isfinite(rise).any():
        return last, float("nan")
    floor = np.nanpercentile(stretch, FLOOR_PERCENTILE)
    lift = np.nanmax(rise) - floor
    limit = floor + max(0.8, 0.15 * lift)
    down = np.flatnonzero(stretch <= limit)
    return (apex + step * int(down[0]) if len(down) else last), float(lift)


def _flight_at(h: Heights, apex: int, left: int, right: int, low: FloatArray) -> Flight | None:
    start, lift_before = _side_edge(low, apex, left, -1)
    end, lift_after = _side_edge(low, apex, right, 1)
    t = h.time_s
    duration = t[end] - t[start]
    if not MIN_FLIGHT_S <= duration <= MAX_FLIGHT_S:
        return None
    trim = 0.12 * duration
    inner = (t > t[start] + trim) & (t < t[end] - trim)
    gravity, sd = fit_gravity(t[inner], h.trunk[inner])
    return Flight(float(t[start]), float(t[end]), float(t[apex]), gravity, sd, lift_before, lift_after)


def _peaks(h: Heights) -> NDArray[np.intp]:
    fps = 1 / float(np.median(np.diff(h.time_s)))
    trunk = low_pass(h.time_s, h.trunk, cutoff_for(fps, TRUNK_CUTOFF_HZ))
    filled = np.where(np.isfinite(trunk), trunk, -1e6)
    apart = max(1, int(0.16 * fps))
    peaks, _ = find_peaks(filled, prominence=PEAK_PROMINENCE_PCT, distance=apart)
    return peaks[np.isfinite(trunk[peaks])]


def find_flights(h: Heights) -> tuple[list[Flight], list[Flight]]:
    """Find flights around the peaks of the trunk's path.

    Returns
    -------
    flights, implausible : list of Flight
        In order of time. The second list holds those in which the feet leave the floor
        but the trunk does not fall at g: slow motion that was not declared, a moving
        camera, or a step.
    """
    t = h.time_s
    if len(t) < 8 or not np.isfinite(h.lowest).any():
        return [], []
    # Smoothed for this first look only, so that one noisy frame does not end a flight.
    low = low_pass(t, h.lowest, cutoff_for(1 / float(np.median(np.diff(t))), FOOT_CUTOFF_HZ))
    min_lift = max(MIN_LIFT_PCT, LIFT_OVER_NOISE * float(np.nan_to_num(noise_sd(t, h.lowest))))
    peaks = _peaks(h)
    good: list[Flight] = []
    odd: list[Flight] = []
    for k, apex in enumerate(peaks):
        left_limit = t[peaks[k - 1]] if k else t[0]
        right_limit = t[peaks[k + 1]] if k + 1 < len(peaks) else t[-1]
        left = int(np.searchsorted(t, max(t[apex] - SIDE_WINDOW_S, left_limit)))
        right = int(np.searchsorted(t, min(t[apex] + SIDE_WINDOW_S, right_limit), side="right")) - 1
        flight = _flight_at(h, int(apex), left, right, low)
        if flight is None:
            continue
        lift = np.fmax(flight.lift_before_pct, flight.lift_after_pct)
        if not lift >= min_lift:
            continue
        (good if flight.ballistic else odd).append(flight)
    proven = _proven_together(good, odd)
    good = sorted([*good, *proven], key=lambda f: f.start_s)
    return _steadied(h, good), [f for f in odd if f not in proven]


def _proven_together(good: list[Flight], odd: list[Flight]) -> list[Flight]:
    """Doubtful flights that a series proves: each too short to show that the trunk falls at g, all together not.

    Only where most are doubtful, as in running: among hops a doubtful one is a step.
    """
    everything = [*good, *odd]
    if len(everything) < MIN_SERIES or len(odd) < len(good):
        return []
    sd = float(1 / np.sqrt(sum(1 / f.gravity_sd**2 for f in everything)))
    mean = clip_gravity(everything)
    if sd > MAX_SERIES_SD * GRAVITY_PCT_BH or not replace(odd[0], gravity_pct_bh_s2=mean, gravity_sd=sd).ballistic:
        return []
    return [f for f in odd if abs(f.gravity_pct_bh_s2 - mean) < FARTHEST_SD * f.gravity_sd]


def _steadied(h: Heights, flights: list[Flight]) -> list[Flight]:
    """Bring flights into line whose ends the feet, being noisy, put far off the others'.

    In a series the trunk is about as high at every toe-off, and about as high at every
    touchdown (along a straight line, on a slope). Where the first guess is far off that
    height, the instant is taken at which the trunk passes it.
    """
    if len(flights) < MIN_SERIES:
        return flights
    t = h.time_s
    fps = 1 / float(np.median(np.diff(t)))
    trunk = low_pass(t, h.trunk, cutoff_for(fps, FOOT_CUTOFF_HZ))
    out = list(flights)
    for end, step in (("start_s", -1), ("end_s", 1)):
        when = np.array([getattr(f, end) for f in out])
        height = np.interp(when, t, trunk)
        rise, level, *_ = theilslopes(height, when)
        expected = level + rise * when
        for k in np.flatnonzero(np.abs(height - expected) > SERIES_TOLERANCE_PCT):
            apex = int(np.searchsorted(t, out[k].apex_s))
            last = int(np.clip(np.searchsorted(t, out[k].apex_s + step * SIDE_WINDOW_S), 0, len(t) - 1))
            path = trunk[apex:last:step]
            below = np.flatnonzero(path <= expected[k])
            if len(below):
                out[k] = replace(out[k], **{end: float(t[apex + step * int(below[0])])})
    return out
