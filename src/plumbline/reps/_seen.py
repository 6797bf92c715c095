"""What a clip shows in numbers: what recognition stands on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.contact import Contacts
from plumbline.geometry import Tracks, foot_slide_pct, middle_hip
from plumbline.pose import ARM, LEG, SIDES
from plumbline.reps._settings import REPS
from plumbline.signals import cutoff_for, low_pass, tops


@dataclass(frozen=True)
class Seen:
    """Numbers of a clip that tell movements apart; counts are 0 and other numbers NaN where nothing shows it.

    Attributes
    ----------
    flights : float
        How often both feet leave the floor.
    flight_s : float
        Median time of them.
    flight_gap_s : float
        Median time from the start of one to the start of the next; infinite of one or none.
    flight_feet_apart_pct_bh : float
        Height between the ankles in flight.
    flight_knee_deg : float
        Median knee flexion of the straighter leg in flight.
    flight_split_pct_bh : float
        Forward distance between the ankles in flight.
    floor_change_pct_bh : float
        Floor after a flight above the floor before it, the largest by size.
    level_flights : float
        How often both feet leave the floor and come back to one of the same height.
    first_drop_pct_bh : float
        Floor before the first flight above the one after it.
    lifts : float
        How often one ankle rises over the other and they meet again.
    lift_rate_hz : float
        Of those, per second, from the median gap.
    thigh_deg : float
        Median of the higher thigh at those, from hanging.
    lift_knee_deg : float
        Median of the larger knee flexion at those.
    one_leg_share : float
        Share of the film in which one ankle is above the other.
    same_leg_share : float
        Share of the time from the first flight to the last in which the same ankle is above the other.
    dips : float
        How often the hips go down and come back.
    dip_pct_bh : float
        How deep those are.
    dip_split_pct_bh : float
        Forward distance of the ankles at the bottom.
    dip_lift_pct_bh : float
        Height between the ankles at the bottom.
    slide_pct_bh : float
        How far a foot goes forward and back under its hip.
    travel_pct_bh_s : float
        How far the hips end from where they began, over the time, %BH/s: there and back is 0.
    trunk_deg : float
        Median lean, forward positive.
    trunk_range_deg : float
        How far it changes.
    hands_low_pct_bh : float
        Height of the higher hand above the lowest foot when it is lowest (2nd percentile).
    still_share : float
        Share of the film without movement.
    steps : float
        How often legs that swing past each other take turns.
    step_rate_hz : float
        Of those, per second.
    duty : float
        Contact over step, a ratio: above 1 both feet are down at times, as in walking.
    bounce_pct_bh : float
        Mass centre between contacts over that in mid-contact: positive in running.
    """

    flights: float
    flight_s: float
    flight_gap_s: float
    flight_feet_apart_pct_bh: float
    flight_knee_deg: float
    flight_split_pct_bh: float
    floor_change_pct_bh: float
    level_flights: float
    first_drop_pct_bh: float
    lifts: float
    lift_rate_hz: float
    thigh_deg: float
    lift_knee_deg: float
    one_leg_share: float
    same_leg_share: float
    dips: float
    dip_pct_bh: float
    dip_split_pct_bh: float
    dip_lift_pct_bh: float
    slide_pct_bh: float
    travel_pct_bh_s: float
    trunk_deg: float
    trunk_range_deg: float
    hands_low_pct_bh: float
    still_share: float
    steps: float
    step_rate_hz: float
    duty: float
    bounce_pct_bh: float

    def values(self) -> dict[str, float]:
        """Every number by name."""
        return asdict(self)


def _median(x: FloatArray | list[float]) -> float:
    known = np.asarray(x, float)
    known = known[np.isfinite(known)]
    return float(np.median(known)) if len(known) else np.nan


def _range(x: FloatArray, low: float, high: float) -> float:
    known = x[np.isfinite(x)]
    return float(np.percentile(known, high) - np.percentile(known, low)) if len(known) else np.nan


@dataclass(frozen=True)
class _Body:
    """Heights and distances of the body over time, %BH, upwards positive."""

    t: FloatArray
    fps: float
    hip: FloatArray
    ankles: FloatArray  # (2, n)
    low: FloatArray
    split: FloatArray
    hands: FloatArray


def _body(tracks: Tracks) -> _Body:
    pose = tracks.pose
    unit = 100 / pose.body_height_px
    smooth = low_pass(pose.time_s, pose.raw, cutoff_for(pose.fps, REPS.seen_cutoff_hz))
    up = (pose.height - smooth[..., 1]) * unit
    feet = [i for s in SIDES for i in LEG[s][3:]]
    ankle = [LEG[s][2] for s in SIDES]
    return _Body(
        t=pose.time_s,
        fps=pose.fps,
        hip=up[:, [LEG[s][0] for s in SIDES]].mean(axis=1),
        ankles=up[:, ankle].T,
        low=up[:, feet].min(axis=1),
        split=np.abs(smooth[:, ankle[0], 0] - smooth[:, ankle[1], 0]) * unit,
        hands=up[:, [ARM[s][2] for s in SIDES]].max(axis=1),
    )


def _flights(b: _Body, contacts: Contacts) -> list[slice]:
    """Frames of the flights between contacts."""
    out = []
    for before, after in pairwise(contacts.items):
        if np.isfinite(before.toe_off_s) and np.isfinite(after.touchdown_s):
            first, last = np.searchsorted(b.t, [before.toe_off_s, after.touchdown_s])
            out.append(slice(int(first), max(int(last), int(first) + 1)))
    return out


def _floor_changes(b: _Body, flights: list[slice]) -> list[float]:
    """Floor after each flight above the floor before it; NaN where one of them is not seen."""
    changes = []
    reach = max(2, int(REPS.floor_reach_s * b.fps))
    for f in flights:
        before, after = b.low[max(f.start - reach, 0) : f.start], b.low[f.stop : f.stop + reach]
        seen = np.isfinite(before).any() and np.isfinite(after).any()
        changes.append(float(np.nanmin(after) - np.nanmin(before)) if seen else np.nan)
    return changes


def _speed(tracks: Tracks, b: _Body) -> tuple[float, float]:
    """Speed of the hips over the picture, %BH/s, and the share of frames without movement."""
    pose = tracks.pose
    slow = low_pass(b.t, pose.raw, cutoff_for(pose.fps, REPS.still_cutoff_hz))
    points = slow[:, [place for s in SIDES for place in (LEG[s][0], LEG[s][2], ARM[s][2])]]
    speed = np.linalg.norm(np.gradient(points, b.t, axis=0), axis=-1) / pose.body_height_px * 100
    x = middle_hip(slow)[:, 0] / pose.body_height_px * 100
    known = np.flatnonzero(np.isfinite(x))
    span = b.t[known[-1]] - b.t[known[0]] if len(known) > 1 else 0.0
    travel = abs(x[known[-1]] - x[known[0]]) / span if span > 0 else np.nan
    with np.errstate(invalid="ignore"):
        usual = np.median(speed, axis=1)
        return float(travel), _share(usual < REPS.still_pct_bh_s, np.isfinite(usual))


def _same_leg_share(b: _Body, flights: list[slice]) -> float:
    """Share of the frames from the first flight to the last in which one and the same ankle is up; 0 without flights.

    Who hops on one leg stands on both before and after.
    """
    if not flights:
        return 0.0
    apart = (b.ankles[0] - b.ankles[1])[flights[0].start : flights[-1].stop]
    return max(_share(sign * apart > REPS.seen_lift_pct_bh, np.isfinite(apart)) for sign in (1, -1))


def _share(flags: NDArray[np.bool_], known: NDArray[np.bool_]) -> float:
    """Share of the frames in which something is known, 0 to 1, that have it; 0 where it never is."""
    return float(flags[known].mean()) if known.any() else 0.0


def shows_enough(tracks: Tracks) -> bool:
    """Whether there are frames enough in `tracks`, and a body of a height, to `look` at."""
    return len(tracks.time_s) >= REPS.min_frames and bool(np.isfinite(tracks.pose.body_height_px))


def look(tracks: Tracks, contacts: Contacts) -> Seen:
    """Measure what tells movements apart.

    Parameters
    ----------
    tracks : Tracks
        That show enough.
    contacts : Contacts
        Of the same clip.

    Returns
    -------
    Seen
    """
    b = _body(tracks)
    knees = np.stack([tracks.sides[s].knee_flexion_deg for s in SIDES])
    thighs = np.stack([tracks.sides[s].thigh_deg for s in SIDES])
    gap = np.abs(b.ankles[0] - b.ankles[1])
    flights = _flights(b, contacts)
    floors = _floor_changes(b, flights)
    lifts = tops(gap, REPS.seen_lift_pct_bh, int(REPS.lift_apart_s * b.fps))
    slow_hip = low_pass(b.t, b.hip, cutoff_for(b.fps, REPS.slow_cutoff_hz))
    dips = tops(-slow_hip, REPS.seen_dip_pct_bh, int(REPS.apart_s * b.fps))
    starts = np.array([b.t[f.start] for f in flights])
    depth = np.nanpercentile(b.hip, 90) - b.hip[dips] if len(dips) else np.zeros(0)
    travel, still = _speed(tracks, b)
    gaps = np.diff(b.t[lifts])
    gait = contacts.gait
    return Seen(
        flights=float(len(flights)),
        flight_s=_median([after.touchdown_s - before.toe_off_s for before, after in pairwise(contacts.items)]),
        flight_gap_s=_median(np.diff(starts)) if len(starts) > 1 else float("inf"),
        flight_feet_apart_pct_bh=_median([_median(gap[f]) for f in flights]),
        flight_knee_deg=_median([_median(np.fmin(*knees[:, f])) for f in flights]),
        flight_split_pct_bh=_median([_median(b.split[f]) for f in flights]),
        floor_change_pct_bh=max([0.0, *(change for change in floors if np.isfinite(change))], key=abs),
        level_flights=float(sum(abs(change) < REPS.level_pct_bh for change in floors)),
        first_drop_pct_bh=-floors[0] if floors else 0.0,
        lifts=float(len(lifts)),
        lift_rate_hz=1 / _median(gaps) if len(gaps) else np.nan,
        thigh_deg=_median(np.fmax(*thighs)[lifts]),
        lift_knee_deg=_median(np.fmax(*knees)[lifts]),
        one_leg_share=_share(gap > REPS.seen_lift_pct_bh, np.isfinite(gap)),
        same_leg_share=_same_leg_share(b, flights),
        dips=float(len(dips)),
        dip_pct_bh=_median(depth),
        dip_split_pct_bh=_median(b.split[dips]),
        dip_lift_pct_bh=_median(gap[dips]),
        slide_pct_bh=foot_slide_pct(tracks),
        travel_pct_bh_s=travel,
        trunk_deg=_median(tracks.trunk_lean_deg),
        trunk_range_deg=_range(tracks.trunk_lean_deg, 5, 95),
        hands_low_pct_bh=float(np.nanpercentile(b.hands - b.low, 2)) if np.isfinite(b.hands).any() else np.nan,
        still_share=still,
        steps=float(len(gait.steps)) if gait else 0.0,
        step_rate_hz=1 / gait.step_s if gait else np.nan,
        duty=gait.contact_s / gait.step_s if gait else np.nan,
        bounce_pct_bh=gait.bounce_pct_bh if gait else np.nan,
    )
