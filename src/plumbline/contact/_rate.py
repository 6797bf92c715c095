"""Catches slow motion that the file does not declare, by how fast the body falls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.contact._flight import GRAVITY_PCT_BH, Flight, clip_gravity
from plumbline.contact._flights import find_flights
from plumbline.contact._gait import Gait
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.geometry import G_M_S2

# Rates at which phones and cameras take slow motion; doublings of the file's own beside.
CAPTURE_RATES = (60.0, 100.0, 120.0, 200.0, 240.0, 480.0, 960.0)
DOUBLINGS = (2.0, 4.0, 8.0, 16.0)


@dataclass(frozen=True)
class Rate:
    """How much faster than the file's clock the film was taken.

    Attributes
    ----------
    factor : float
        Real frames per second over the file's, 1 when the clock is right (or nothing falls by which to tell).
    gravity_share : float
        Fall on the file's clock over the fall of a body of this (or a usual) stature, no unit; NaN where nothing
        falls.
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
    return GRAVITY_PCT_BH if height_m is None else G_M_S2 / (CONTACT.chain_of_stature * height_m) * 100


def slower(h: Heights, factor: float) -> Heights:
    """The same on a clock so many times faster."""
    return replace(h, time_s=h.time_s / factor)


def factors(fps: float) -> list[float]:
    """Factors by which films of a rate may be slowed."""
    wanted = {round(rate / fps, 3) for rate in CAPTURE_RATES} | set(DOUBLINGS)
    return sorted(f for f in wanted if f >= CONTACT.min_slow_factor)


def _spans(h: Heights, flights: list[Flight]) -> float:
    """Share of the film that lies in or beside the flights, as a measure of what they explain."""
    return float(np.nansum([f.end_s - f.start_s for f in flights])) / float(h.time_s[-1] - h.time_s[0])


def coherent(flights: list[Flight]) -> bool:
    """Whether flights on a trial clock are flights, not chance."""
    if not flights:
        return False
    rise = float(np.median([np.fmin(f.lift_before_pct, f.lift_after_pct) for f in flights]))
    # On a clock fast enough any slow bend falls at g: only feet that rise with the body tell it from a flight.
    over = [f.highest_pct - CONTACT.least_of_rise * GRAVITY_PCT_BH * (f.end_s - f.start_s) ** 2 / 8 for f in flights]
    if not np.nanmedian(over) >= 0:
        return False
    falls = np.array([f.gravity_pct_bh_s2 for f in flights])
    if len(flights) == 1:
        agree = flights[0].end_s - flights[0].start_s >= CONTACT.slow_lone_flight_s
    else:
        agree = falls.std(ddof=1) <= CONTACT.slow_disagreement * falls.mean()
    return bool(rise >= CONTACT.slow_rise_pct_bh and agree)


def find_rate(h: Heights, height_m: float | None = None, gait: Gait | None = None) -> Rate:
    """Find the factor by which a film is slowed.

    In flight the mass centre falls at g. Where no flight on the file's clock does, but flights on
    a clock so many times faster do, the film is slow motion by that factor. Falls grow with
    the square of the factor, so that neighbouring factors differ far more than statures.

    Parameters
    ----------
    h : Heights
        On the file's clock.
    height_m : float, optional
        Stature.
    gait : Gait, optional
        A run whose steps are too slow for anybody is slow motion, too, unless it is bounding.

    Returns
    -------
    Rate
        Factor 1 where nothing speaks for another.
    """
    if len(h.time_s) < CONTACT.min_frames:
        return Rate(1.0, np.nan, False, 0)
    expected = expected_gravity(height_m)
    good, odd = find_flights(h)
    slow_run = gait is not None and gait.runs and gait.step_s > CONTACT.run_step_most_s and not gait.leaps(good)
    if len(good) > len(odd) and not slow_run:
        return Rate(1.0, clip_gravity(good) / expected, height_m is not None, len(good))
    fps = 1 / float(np.median(np.diff(h.time_s)))
    best, best_score = Rate(1.0, np.nan, False, len(good)), 0.0
    explained = _spans(h, good)
    wanted = factors(fps)
    if slow_run and gait is not None:
        wanted = [f for f in wanted if CONTACT.run_step_least_s <= gait.step_s / f <= CONTACT.run_step_most_s]
        best, explained = Rate(wanted[0] if wanted else 1.0, np.nan, False, 0), 0.0
    for factor in wanted:
        slowed = slower(h, factor)
        flights, doubtful = find_flights(slowed)
        if len(flights) <= len(doubtful) or _spans(slowed, flights) <= 2 * explained or not coherent(flights):
            continue
        share = clip_gravity(flights) / expected
        if not CONTACT.slow_fall_least <= share <= CONTACT.slow_fall_most:
            continue
        score = _spans(slowed, flights) / (CONTACT.slow_stature_slack + abs(np.log(share)))
        if score > best_score:
            settled = height_m is not None and abs(share - 1) < CONTACT.settled_share
            best, best_score = Rate(factor, share / factor**2, settled, len(flights)), score
    return best
