"""Finds flights: the feet are off the floor and the mass centre falls at g."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
import scipy
from numpy.typing import NDArray

from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.geometry import G_M_S2
from plumbline.signals import cutoff_for, low_pass, noise_sd

FloatArray = NDArray[np.float64]
NAN = float("nan")

# g in percent of body height per s² for a usual stature.
GRAVITY_PCT_BH = G_M_S2 / (CONTACT.chain_of_stature * CONTACT.usual_stature_m) * 100


@dataclass(frozen=True)
class Flight:
    """A flight as first found, to about a frame.

    Attributes
    ----------
    start_s, end_s, apex_s : float
        The start or end is NaN where the film begins or ends in the flight.
    gravity_pct_bh_s2 : float
        Downward acceleration of the mass centre, from a parabola through the flight.
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
        """Whether the mass centre falls at g for some plausible stature."""
        if not self.gravity_sd <= CONTACT.gravity_most_sd * GRAVITY_PCT_BH:
            return False
        slack = min(self.gravity_sd, CONTACT.gravity_slack * GRAVITY_PCT_BH)
        low, high = CONTACT.gravity_least * GRAVITY_PCT_BH, CONTACT.gravity_most * GRAVITY_PCT_BH
        return low - slack <= self.gravity_pct_bh_s2 <= high + slack

    @property
    def refuted(self) -> bool:
        """Whether the mass centre surely does not fall, though the feet seem to be off the floor."""
        return self.gravity_pct_bh_s2 + 2 * self.gravity_sd < CONTACT.gravity_least * GRAVITY_PCT_BH

    @property
    def stepped_off(self) -> bool:
        """Whether it begins off something higher, the feet at its height still as the body falls."""
        return self.lift_before_pct < 0

    @property
    def highest_pct(self) -> float:
        """How far the feet rise above the lower of the two floors."""
        return float(np.fmax(self.lift_before_pct, self.lift_after_pct))

    @property
    def lift_pct(self) -> float:
        """How far the feet rise above the higher of the two floors, or above the lower one off a box."""
        least = float(np.fmin(self.lift_before_pct, self.lift_after_pct))
        return least if least > 0 else self.highest_pct


def fit_gravity(t: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Downward acceleration and its standard error from a parabola through (t, y)."""
    ok = np.isfinite(y)
    if ok.sum() < 4:
        return float("nan"), float("inf")
    u = t[ok] - t[ok].mean()
    a = np.stack([np.ones_like(u), u, -0.5 * u * u], axis=1)
    solution, *_ = np.linalg.lstsq(a, y[ok], rcond=None)
    residual = y[ok] - a @ solution
    variance = max(float(residual @ residual) / max(ok.sum() - 3, 1), CONTACT.centre_least_sd_pct_bh**2)
    return float(solution[2]), float(np.sqrt(np.linalg.inv(a.T @ a)[2, 2] * variance))


def clip_gravity(flights: list[Flight]) -> float:
    """Weighted mean of the flights' gravity in %BH/s²; NaN without flights."""
    if not flights:
        return float("nan")
    g = np.array([f.gravity_pct_bh_s2 for f in flights])
    w = 1 / np.maximum([f.gravity_sd for f in flights], 1.0) ** 2
    ok = np.isfinite(g)
    return float(np.average(g[ok], weights=w[ok])) if ok.any() else float("nan")


def _edge(low: FloatArray, seed: int, last: int, least_lift: float) -> tuple[int, float]:
    """Walk from within a flight to where the feet stand; index of the first frame down, and their lift.

    The lift is how far the feet rise above where they stand; below 0 where they stand higher than they are
    in the flight: the athlete has stepped off something.
    """
    step = 1 if last > seed else -1
    stretch = low[seed : last + step : step] if last + step >= 0 else low[seed::step]
    if len(stretch) < 2 or not np.isfinite(stretch).any():
        return last, float("nan")
    floor = np.nanpercentile(stretch, CONTACT.floor_percentile)
    near = stretch[: max(len(stretch) // 2, 2)]
    lift = np.nanmax(near) - floor if np.isfinite(near).any() else NAN
    if step < 0 and lift < least_lift:
        before = stretch[-max(len(stretch) // 3, 2) :]
        top = float(np.nanmedian(before)) if np.isfinite(before).any() else NAN
        standing = np.flatnonzero(stretch >= top - CONTACT.down_pct_bh)
        if len(standing) and top - stretch[0] > least_lift:
            return seed + step * int(standing[0]), float(stretch[0] - top)
    down = np.flatnonzero(stretch <= floor + max(CONTACT.down_pct_bh, CONTACT.down_share * lift))
    return (seed + step * int(down[0]) if len(down) else last), float(lift)


def _stepped_down(low: FloatArray, fall: tuple[int, int], bounds: tuple[int, int]) -> bool:
    """Whether the feet come down in a fall from where they stood before it, as off a box."""
    before = low[bounds[0] : fall[0] + 1]
    if not np.isfinite(before).any() or not np.isfinite(low[fall[1]]):
        return False
    stood = float(np.nanmedian(before))
    highest = float(np.nanmax(low[fall[0] : fall[1] + 1]))
    return stood - low[fall[1]] > CONTACT.step_down_pct_bh and highest - stood < CONTACT.step_down_pct_bh / 2


def _flight_at(
    h: Heights, fall: tuple[int, int], bounds: tuple[int, int], low: FloatArray, least_lift: float, faint: bool = False
) -> Flight | None:
    """The flight of a fall; None where the feet do not rise as in one.

    A `faint` one may be too short to show a fall without its ends, and the feet rise less.
    """
    t = h.time_s
    if _stepped_down(low, fall, bounds):
        # The feet leave the box forwards, at its height: only the fall tells when.
        seed = (fall[0] + fall[1]) // 2
        start, lift_before = fall[0], float(low[seed] - np.nanmedian(low[bounds[0] : fall[0] + 1]))
    else:
        seed = fall[0] + int(np.nanargmax(low[fall[0] : fall[1] + 1]))
        start, lift_before = _edge(low, seed, bounds[0], least_lift)
    end, lift_after = _edge(low, seed, bounds[1], least_lift)
    # A film that begins or ends with the feet in the air does not show that end of the flight.
    begun, ended = start > 0, end < len(t) - 1
    duration = t[end] - t[start]
    shortest = max(CONTACT.min_flight_s, CONTACT.min_flight_frames * float(np.median(np.diff(t))))
    least_lift = max(least_lift, CONTACT.least_of_rise * GRAVITY_PCT_BH * duration**2 / 8)
    least_lift *= CONTACT.faint_lift_share if faint else 1
    if not shortest <= duration <= CONTACT.max_flight_s or not np.fmax(lift_before, lift_after) >= least_lift:
        return None
    if np.nanmin(h.hand[start : end + 1], initial=np.inf) - min(low[start], low[end]) < CONTACT.hands_pct_bh:
        return None  # the hands bear, as in a burpee
    trim = 0.0 if faint else CONTACT.flight_trim_share * duration
    inner = (t >= t[start] + trim) & (t <= t[end] - trim)
    gravity, sd = fit_gravity(t[inner], h.centre[inner])
    return Flight(
        float(t[start]) if begun else NAN,
        float(t[end]) if ended else NAN,
        float(t[seed]),
        gravity,
        sd,
        lift_before,
        lift_after,
    )


def _falls(h: Heights) -> list[tuple[int, int]]:
    """Stretches (first, last frame) in which the smoothed mass centre accelerates downwards as in a fall."""
    t = h.time_s
    fps = 1 / float(np.median(np.diff(t)))
    smooth = low_pass(t, h.centre, cutoff_for(fps, CONTACT.centre_cutoff_hz))
    ok = np.isfinite(smooth)
    if ok.sum() < CONTACT.min_frames:
        return []
    upwards = np.zeros(len(t))
    upwards[ok] = scipy.interpolate.CubicSpline(t[ok], smooth[ok])(t[ok], 2) / GRAVITY_PCT_BH
    ends = np.flatnonzero(np.diff(np.concatenate([[0], (upwards < -CONTACT.fall_share).astype(int), [0]])))
    out: list[tuple[int, int]] = []
    for first, end in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        if out and upwards[out[-1][1] : first + 1].max() < CONTACT.borne_share:
            out[-1] = (out[-1][0], end - 1)  # nothing has borne the body between
        else:
            out.append((first, end - 1))
    return out


def _limits(h: Heights, falls: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Between which frames each fall's flight must lie: the lowest mass centre on either side of it."""
    if not falls:
        return []
    t = h.time_s
    cuts = []
    for (_, a), (b, _) in itertools.pairwise(falls):
        between = h.centre[a : b + 1]
        cuts.append(a + int(np.nanargmin(between)) if np.isfinite(between).any() else (a + b) // 2)
    out = []
    for (first, last), left, right in zip(falls, [0, *cuts], [*cuts, len(t) - 1], strict=True):
        near_left = int(np.searchsorted(t, t[first] - CONTACT.side_window_s))
        near_right = int(np.searchsorted(t, t[last] + CONTACT.side_window_s, side="right")) - 1
        out.append((max(left, near_left), min(right, near_right)))
    return out


def find_flights(h: Heights) -> tuple[list[Flight], list[Flight]]:
    """Find flights where the mass centre falls and the feet are off the floor.

    Returns
    -------
    flights, implausible : list of Flight
        In order of time. The second list holds those in which the feet leave the floor
        but the mass centre does not fall at g: slow motion that was not declared, a moving
        camera, or a step.
    """
    t = h.time_s
    if len(t) < CONTACT.min_frames or not np.isfinite(h.lowest).any():
        return [], []
    # Smoothed for this first look only, so that one noisy frame does not end a flight.
    low = low_pass(t, h.lowest, cutoff_for(1 / float(np.median(np.diff(t))), CONTACT.foot_cutoff_hz))
    least_lift = max(CONTACT.min_lift_pct_bh, CONTACT.lift_over_noise * float(np.nan_to_num(noise_sd(t, h.lowest))))
    falls = _falls(h)
    good: list[Flight] = []
    odd: list[Flight] = []
    faint: list[Flight] = []
    for (first, last), bounds in zip(falls, _limits(h, falls), strict=True):
        if not np.isfinite(low[first : last + 1]).any():
            continue
        flight = _flight_at(h, (first, last), bounds, low, least_lift)
        if flight is not None:
            (good if flight.ballistic else odd).append(flight)
        if flight is None or np.isnan(flight.gravity_pct_bh_s2):
            maybe = _flight_at(h, (first, last), bounds, low, least_lift, faint=True)
            faint += [maybe] if maybe is not None and maybe.ballistic else []
    # Feet that seem lifted while nothing falls tell how little a lift means in this film.
    seeming = max([least_lift, *(f.lift_pct for f in odd if f.refuted)])
    vague = [f for f in good if f.gravity_sd > CONTACT.gravity_sure_sd * GRAVITY_PCT_BH and f.lift_pct <= seeming]
    vague += [f for f in good if f not in vague and _held_up(f, [x for x in good if x is not f])]
    good, odd = [f for f in good if f not in vague], [*odd, *vague]
    proven = [*_proven_together(good, odd), *_on_the_beat(good, [*faint, *vague])]
    good = sorted([*good, *proven], key=lambda f: f.apex_s)
    return good, [f for f in odd if f.apex_s not in [x.apex_s for x in proven]]


def _on_the_beat(good: list[Flight], faint: list[Flight]) -> list[Flight]:
    """Falls with the feet hardly lifted, each where a regular series of flights would otherwise leave one out."""
    if len(good) < CONTACT.series_flights:
        return []
    apexes = np.array([f.apex_s for f in good])
    period = float(np.median(np.diff(apexes)))
    out = []
    for a, b in itertools.pairwise(apexes):
        beats = round((b - a) / period)
        if 2 <= beats <= CONTACT.most_gap_periods:
            beat = (b - a) / beats
            inside = [f for f in faint if a < f.apex_s < b]
            near = CONTACT.off_beat_share * beat
            out += [f for f in inside if abs((f.apex_s - a + beat / 2) % beat - beat / 2) < near]
    return out


def _held_up(flight: Flight, others: list[Flight]) -> bool:
    """Whether a body that falls more slowly than in its other flights, feet hardly off the floor, was borne.

    As one that rises onto its toes out of a landing is.
    """
    known = sum(1 / f.gravity_sd**2 for f in others)
    if not known > 0:
        return False
    slower = clip_gravity(others) - flight.gravity_pct_bh_s2
    low = flight.highest_pct < CONTACT.held_low_share * max(f.highest_pct for f in others)
    return low and slower > CONTACT.held_sd * float(np.hypot(flight.gravity_sd, known**-0.5))


def _proven_together(good: list[Flight], odd: list[Flight]) -> list[Flight]:
    """Doubtful flights that a series proves: each too short to show a fall at g, all together not.

    Only where most are doubtful, as in high knees: among hops a doubtful one is a step.
    """
    everything = [*good, *odd]
    known = sum(1 / f.gravity_sd**2 for f in everything)
    if len(everything) < CONTACT.series_flights or len(odd) < len(good) or not known > 0:
        return []
    sd = float(1 / np.sqrt(known))
    mean = clip_gravity(everything)
    together = replace(odd[0], gravity_pct_bh_s2=mean, gravity_sd=sd)
    if sd > CONTACT.series_most_sd * GRAVITY_PCT_BH or not together.ballistic:
        return []
    return [f for f in odd if abs(f.gravity_pct_bh_s2 - mean) < CONTACT.series_farthest_sd * f.gravity_sd]
