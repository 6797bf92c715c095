"""Catches slow motion that the file does not declare, by how fast the body falls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.contact._flights import CHAIN_OF_STATURE, GRAVITY_PCT_BH, Flight, clip_gravity, find_flights
from plumbline.contact._gait import Gait
from plumbline.contact._heights import Heights

# Rates at which phones and cameras take slow motion; doublings of the file's own beside.
CAPTURE_RATES = (60.0, 100.0, 120.0, 200.0, 240.0, 480.0, 960.0)
DOUBLINGS = (2.0, 4.0, 8.0, 16.0)
MIN_FACTOR = 1.5
# Agreement that a stature has to give before the rate is settled without asking: 15 % of g
# is twice what scale and parabola leave open; a wrong factor of 2 is off by 300 %.
SETTLED_SHARE = 0.20
# What tells flights on a faster clock from bends and steps: the feet rise well, the falls
# agree with each other, and one alone must be long.
MIN_RISE_PCT = 2.5
MAX_DISAGREEMENT = 0.28
LONE_FLIGHT_S = 0.3
# Fall on a trial clock over that of a usual stature: 1.4 to 2.1 m are 0.82 to 1.23, and 10 % for the scale.
FALL_SHARE = (0.74, 1.35)
# Nobody runs with fewer than about 130 steps a minute, nor with more than 280 (Cavanagh & Kram 1989,
# Med Sci Sports Exerc 21: 467, and a margin).
RUN_STEP_S = (0.21, 0.46)


@dataclass(frozen=True)
class Rate:
    """How much faster than the file's clock the film was taken.

    Attributes
    ----------
    factor : float
        1 when the clock is right (or nothing falls by which to tell).
    gravity_share : float
        Fall on the file's clock over the fall of a body of this (or a usual) stature.
    settled : bool
        Whether a given stature confirms the factor.
    flights : int
        Flights that it rests on.
    """

    factor: float
    gravity_share: float
    settled: bool
    flights: int


def expected_gravity(height_m: float | None) -> float:
    """Fall in %BH/s² for a stature, a usual one when none is given."""
    return GRAVITY_PCT_BH if height_m is None else 9.81 / (CHAIN_OF_STATURE * height_m) * 100


def slower(h: Heights, factor: float) -> Heights:
    """The same on a clock so many times faster."""
    return replace(h, time_s=h.time_s / factor)


def factors(fps: float) -> list[float]:
    """Factors by which films of a rate may be slowed."""
    wanted = {round(rate / fps, 3) for rate in CAPTURE_RATES} | set(DOUBLINGS)
    return sorted(f for f in wanted if f >= MIN_FACTOR)


def _spans(h: Heights, flights: list[Flight]) -> float:
    """Share of the film that lies in or beside the flights, as a measure of what they explain."""
    return float(np.nansum([f.end_s - f.start_s for f in flights])) / float(h.time_s[-1] - h.time_s[0])


def coherent(flights: list[Flight]) -> bool:
    """Whether flights on a trial clock are flights, not chance."""
    if not flights:
        return False
    rise = float(np.median([np.fmin(f.lift_before_pct, f.lift_after_pct) for f in flights]))
    falls = np.array([f.gravity_pct_bh_s2 for f in flights])
    if len(flights) == 1:
        return bool(rise >= MIN_RISE_PCT and flights[0].end_s - flights[0].start_s >= LONE_FLIGHT_S)
    return bool(rise >= MIN_RISE_PCT and falls.std(ddof=1) <= MAX_DISAGREEMENT * falls.mean())


def find_rate(h: Heights, height_m: float | None = None, gait: Gait | None = None) -> Rate:
    """Find the factor by which a film is slowed.

    In flight the mass centre falls at g. Where no flight on the file's clock does, but flights on
    a clock so many times faster do, the film is slow motion by that factor. Falls grow with
    the square of the factor, so that neighbouring factors differ far more than statures.

    Parameters
    ----------
    h : Heights
    height_m : float, optional
        Stature.
    gait : Gait, optional
        A run whose steps are too slow for anybody is slow motion, too.
    """
    slow_run = gait is not None and gait.runs and gait.step_s > RUN_STEP_S[1]
    if len(h.time_s) < 8:
        return Rate(1.0, float("nan"), False, 0)
    expected = expected_gravity(height_m)
    good, odd = find_flights(h)
    if len(good) > len(odd) and not slow_run:
        return Rate(1.0, clip_gravity(good) / expected, height_m is not None, len(good))
    fps = 1 / float(np.median(np.diff(h.time_s)))
    best, best_score = Rate(1.0, float("nan"), False, len(good)), 0.0
    explained = _spans(h, good)
    wanted = factors(fps)
    if slow_run and gait is not None:
        wanted = [f for f in wanted if RUN_STEP_S[0] <= gait.step_s / f <= RUN_STEP_S[1]]
        best, explained = Rate(wanted[0] if wanted else 1.0, float("nan"), False, 0), 0.0
    for factor in wanted:
        slowed = slower(h, factor)
        flights, doubtful = find_flights(slowed)
        if len(flights) <= len(doubtful) or _spans(slowed, flights) <= 2 * explained or not coherent(flights):
            continue
        share = clip_gravity(flights) / expected
        if not FALL_SHARE[0] <= share <= FALL_SHARE[1]:
            continue
        score = _spans(slowed, flights) / (0.1 + abs(np.log(share)))
        if score > best_score:
            settled = height_m is not None and abs(share - 1) < SETTLED_SHARE
            best, best_score = Rate(factor, share / factor**2, settled, len(flights)), score
    return best
