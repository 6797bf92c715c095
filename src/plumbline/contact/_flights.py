"""Finds flights: the feet are off the floor and the mass centre falls at g."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import scipy

from plumbline.arrays import FloatArray
from plumbline.contact._flight import GRAVITY_PCT_BH, Flight, clip_gravity, fit_gravity
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.pose import SIDES, Side
from plumbline.signals import cutoff_for, low_pass, noise_sd
from plumbline.stretches import stretches

NAN = np.nan


def _edge(low: FloatArray, seed: int, last: int, least_lift: float, deep: int) -> tuple[int, float]:
    """Walk from within a flight to where the feet stand; index of the first frame down, and their lift.

    Feet that pass the floor closely deep in a fall, up to the frame `deep`, are not down.

    The lift is how far the feet rise above where they stand; below 0 where they stand higher than they are
    in the flight: the athlete has stepped off something.
    """
    step = 1 if last > seed else -1
    stretch = low[seed : last + step : step] if last + step >= 0 else low[seed::step]
    if len(stretch) < 2 or not np.isfinite(stretch).any():
        return last, np.nan
    floor = np.nanpercentile(stretch, CONTACT.floor_percentile)
    near = stretch[: max(len(stretch) // 2, 2)]
    lift = np.nanmax(near) - floor if np.isfinite(near).any() else NAN
    if step < 0 and lift < least_lift:
        before = stretch[-max(len(stretch) // 3, 2) :]
        top = float(np.nanmedian(before)) if np.isfinite(before).any() else NAN
        standing = np.flatnonzero(stretch >= top - CONTACT.down_pct_bh)
        if len(standing) and top - stretch[0] > least_lift:
            return seed + step * int(standing[0]), float(stretch[0] - top)
    near_floor = stretch <= floor + max(CONTACT.down_pct_bh, CONTACT.down_share * lift)
    near_floor[: max(step * (deep - seed), 0)] = False
    down = np.flatnonzero(near_floor)
    return (seed + step * int(down[0]) if len(down) else last), float(lift)


def _stepped_down(low: FloatArray, fall: tuple[int, int], bounds: tuple[int, int]) -> bool:
    """Whether the feet come down in a fall from where they stood before it, as off a box."""
    before = low[bounds[0] : fall[0] + 1]
    if not np.isfinite(before).any() or not np.isfinite(low[fall[1]]):
        return False
    stood = float(np.nanmedian(before))
    highest = float(np.nanmax(low[fall[0] : fall[1] + 1]))
    return stood - low[fall[1]] > CONTACT.step_down_pct_bh and highest - stood < CONTACT.step_down_pct_bh / 2


def _one_stands(h: Heights, start: int, end: int) -> bool:
    """Whether one foot is held high between two frames, and the other one stands all the while.

    Each against its own standing height: seen from above, the far foot stands higher in the picture.
    """
    t = h.time_s
    near = np.abs(t - (t[start] + t[end]) / 2) <= CONTACT.own_level_s
    middle = slice(start + (end - start) // 4, end - (end - start) // 4 + 1)
    rise: dict[Side, float] = {}
    level: dict[Side, float] = {}
    highest: dict[Side, float] = {}
    moves: dict[Side, float] = {}
    for side in SIDES:
        foot = np.fmin(h.toe[side], h.heel[side])
        if not np.isfinite(foot[middle]).any():
            return False
        level[side] = float(np.nanpercentile(foot[near], CONTACT.own_level_percentile))
        highest[side] = float(np.nanmax(foot[near]))
        own = foot[middle] - level[side]
        rise[side], moves[side] = float(np.nanmedian(own)), float(np.nanmax(own) - np.nanmin(own))
    low, high = sorted(SIDES, key=lambda side: rise[side])
    # A free leg is held up all the time; one that is itself raised at other times stands now.
    hovers = highest[low] - level[low] < CONTACT.raised_pct_bh
    free = hovers and level[low] - level[high] > CONTACT.level_feet_pct_bh
    stands = max(abs(rise[low]), moves[low]) < CONTACT.own_level_pct_bh
    return rise[high] - rise[low] > CONTACT.raised_pct_bh and stands and not free


def _comes_down(h: Heights, first: int, last: int) -> bool:
    """Whether the mass centre goes up and comes down again between two frames, as in a flight as long.

    A body that rises fast out of a bend, and stays up, falls like a flight for a moment with its feet down.
    """
    path = h.centre[first : last + 1]
    if not np.isfinite(path[[0, -1]]).all():
        return False
    rise = GRAVITY_PCT_BH * float(h.time_s[last] - h.time_s[first]) ** 2 / 8
    return bool(np.nanmax(path) - max(path[0], path[-1]) >= CONTACT.comes_down_share * rise)


def _flight_at(
    h: Heights, fall: tuple[int, int], bounds: tuple[int, int], low: FloatArray, least_lift: float, faint: bool = False
) -> Flight | None:
    """The flight of a fall; None where the feet do not rise as in one.

    A `faint` one may be too short to show a fall without its ends, and the feet rise less.
    """
    t = h.time_s
    flown = _comes_down(h, *fall)
    deep = round((CONTACT.deep_share if flown else 1.0) * (fall[1] - fall[0]))
    if _stepped_down(low, fall, bounds):
        # The feet leave the box forwards, at its height: only the fall tells when.
        seed = (fall[0] + fall[1]) // 2
        start = fall[0]
        leaves = falls = min(_free_from(h, fall), seed)
        lift_before = float(low[seed] - np.nanmedian(low[bounds[0] : fall[0] + 1]))
    else:
        seed = fall[0] + int(np.nanargmax(low[fall[0] : fall[1] + 1]))
        start, lift_before = _edge(low, seed, bounds[0], least_lift, fall[0] + deep)
        leaves, falls = start, fall[0]
    end, lift_after = _edge(low, seed, bounds[1], least_lift, fall[1] - deep)
    # Where the body is first or last seen with the feet in the air that end of the flight is not shown.
    # Nor is it where the body falls from there on: what seems to stand there is the feet on their way up.
    edge_s = max(CONTACT.film_edge_s, CONTACT.film_edge_frames * float(np.median(np.diff(t))))
    first, last = np.flatnonzero(np.isfinite(h.centre))[[0, -1]]
    begun = start > first and t[fall[0]] - t[first] > edge_s
    ended = end < last and t[last] - t[fall[1]] > edge_s
    duration = t[end] - t[start]
    shortest = max(CONTACT.min_flight_s, CONTACT.min_flight_frames * float(np.median(np.diff(t))))
    trim = 0.0 if faint else CONTACT.flight_trim_share * duration
    inner = (t >= t[start] + trim) & (t <= t[end] - trim)
    gravity, sd = fit_gravity(t[inner], h.centre[inner])
    if not (flown and sd <= CONTACT.gravity_sure_sd * GRAVITY_PCT_BH):
        least_lift = max(least_lift, CONTACT.least_of_rise * GRAVITY_PCT_BH * duration**2 / 8)
    least_lift *= CONTACT.faint_lift_share if faint else 1
    if not shortest <= duration <= CONTACT.max_flight_s or not np.fmax(lift_before, lift_after) >= least_lift:
        return None
    if np.nanmin(h.hand[start : end + 1], initial=np.inf) - min(low[start], low[end]) < CONTACT.hands_pct_bh:
        return None  # the hands bear, as in a burpee
    return Flight(
        float(t[leaves]) if begun else NAN,
        float(t[end]) if ended else NAN,
        float(t[seed]),
        gravity,
        sd,
        lift_before,
        lift_after,
        begun and ended and not lift_before < 0 and _one_stands(h, start, end),
        float(t[falls]),
        float(t[fall[1]]),
    )


def _upwards(h: Heights) -> FloatArray:
    """Acceleration (n,) of the smoothed mass centre, g, upwards positive; 0 where it is not known."""
    t = h.time_s
    fps = 1 / float(np.median(np.diff(t)))
    smooth = low_pass(t, h.centre, cutoff_for(fps, CONTACT.centre_cutoff_hz))
    ok = np.isfinite(smooth)
    upwards = np.zeros(len(t))
    if ok.sum() >= CONTACT.min_frames:
        upwards[ok] = scipy.interpolate.CubicSpline(t[ok], smooth[ok])(t[ok], 2) / GRAVITY_PCT_BH
    return upwards


def _free_from(h: Heights, fall: tuple[int, int]) -> int:
    """The first frame of a fall in which the feet hardly bear any more; its first one where there is none.

    A step off unloads the box over a fifth of a second, and the body falls meanwhile.
    """
    free = np.flatnonzero(_upwards(h)[fall[0] : fall[1] + 1] < -CONTACT.free_share)
    return fall[0] + int(free[0]) if len(free) else fall[0]


def _falls(h: Heights) -> list[tuple[int, int]]:
    """Stretches (first, last frame) in which the smoothed mass centre accelerates downwards as in a fall."""
    t, upwards = h.time_s, _upwards(h)
    out: list[tuple[int, int]] = []
    for falling in stretches(upwards < -CONTACT.fall_share):
        first, last = falling.start, falling.stop - 1
        borne = upwards[out[-1][1] : first + 1].max() >= CONTACT.borne_share if out else True
        if not borne and t[last] - t[out[-1][0]] <= CONTACT.max_flight_s:  # else it stood between, as on a box
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
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

    Parameters
    ----------
    h : Heights

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
    highest = max((f.highest_pct for f in good), default=0.0)
    vague += [f for f in good if f not in vague and _faint_beside(f, highest)]
    good, odd = [f for f in good if f not in vague], [*odd, *vague]
    proven = [*_proven_together(good, odd), *_on_the_beat(good, [*faint, *vague])]
    good = sorted([*good, *proven], key=lambda f: f.apex_s)
    return good, [f for f in odd if f.apex_s not in [x.apex_s for x in proven]]


def _on_the_beat(good: list[Flight], faint: list[Flight]) -> list[Flight]:
    """Falls with the feet hardly lifted, each where a regular series of flights would otherwise leave one out."""
    if len(good) < CONTACT.series_flights:
        return []
    apexes = np.array([f.apex_s for f in good])
    period = _beat(np.diff(apexes))
    out = []
    for a, b in itertools.pairwise(apexes):
        beats = round((b - a) / period)
        if 2 <= beats <= CONTACT.most_gap_periods:
            beat = (b - a) / beats
            inside = [f for f in faint if a < f.apex_s < b]
            near = CONTACT.off_beat_share * beat
            out += [f for f in inside if abs((f.apex_s - a + beat / 2) % beat - beat / 2) < near]
    return out


def _beat(gaps_s: FloatArray) -> float:
    """Time from flight to flight of a series in which some are left out, where every gap is a multiple of it.

    The median gap where they are no multiples of any.
    """
    beat = float(np.median(gaps_s / np.round(gaps_s / gaps_s.min())))
    beats = gaps_s / beat
    even = bool(np.abs(beats - np.round(beats)).max() < CONTACT.off_beat_share)
    return beat if even else float(np.median(gaps_s))


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


def _faint_beside(flight: Flight, highest_pct: float) -> bool:
    """Whether feet that hardly rise, and a fall that is hardly known, stand beside a flight that is high."""
    low = flight.highest_pct < CONTACT.held_low_share * highest_pct
    return low and flight.gravity_sd > CONTACT.gravity_sure_sd * GRAVITY_PCT_BH


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
    farthest = CONTACT.series_farthest_sd
    return [f for f in odd if not f.one_stands and abs(f.gravity_pct_bh_s2 - mean) < farthest * f.gravity_sd]
