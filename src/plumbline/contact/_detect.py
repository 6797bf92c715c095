"""Contacts of a clip: between flights, or step by step in a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plumbline.contact._contact import Contact, Contacts
from plumbline.contact._events import (
    centre_noise,
    coarse,
    fit_ends,
    foot_noise,
    joined,
    noise_within,
    sound,
    still_point,
)
from plumbline.contact._fit import RULED_OUT, EventFit, FitSettings, StanceData, fit_single
from plumbline.contact._flight import clip_gravity
from plumbline.contact._flights import find_flights
from plumbline.contact._gait import Gait, Step, find_gait
from plumbline.contact._heights import Heights, foot_heights
from plumbline.contact._run import contacts_of_run
from plumbline.contact._settings import CONTACT
from plumbline.contact._stances import Stance, bearing_height, stances_between
from plumbline.measuring import Measuring
from plumbline.pose import Side
from plumbline.signals import CleanPose


def _median_length(fits: list[list[EventFit]]) -> float:
    """Median contact time of the stances that were fitted as a whole, 0 without any."""
    lengths = [f.toe_off_s - f.touchdown_s for fs in fits for f in fs]
    lengths = [x for x in lengths if np.isfinite(x)]
    return float(np.median(lengths)) if lengths else 0.0


def detect_contacts(pose: CleanPose, near: Side, measuring: Measuring) -> Contacts:
    """Find all contacts before, between and after flights.

    Parameters
    ----------
    pose : CleanPose
    near : "left" or "right"
        The side whose foot is read when both bear.
    measuring : Measuring
        Uncertainties and offsets of events.

    Returns
    -------
    Contacts
        Empty without a flight.
    """
    if len(pose.time_s) < CONTACT.min_frames or not np.isfinite(pose.body_height_px):
        return Contacts((), np.nan, ())
    h = foot_heights(pose)
    flights, odd = find_flights(h)
    gait = find_gait(pose, h)
    if gait is not None and sum(not gait.holds(f.apex_s) for f in flights) > len(gait.steps):
        gait = None  # of legs that were exchanged for a moment: the flights beside it are proven
    bounding = gait if gait is not None and gait.leaps(flights) else None
    if gait is not None and gait.bounces and bounding is None:  # its guess cannot tell a slow run from a walk
        run = contacts_of_run(h, gait, pose.fps, measuring)
        if run:
            whole = zip(gait.steps, run, strict=False)  # the film may show one more begin
            steps = tuple(Step(step.side, c.touchdown_s, c.toe_off_s) for step, c in whole)
            # A run's flights are too short and low to show a fall by.
            return Contacts(tuple(run), np.nan, (), replace(gait, steps=steps))
    if gait is not None and gait.walks and bounding is None:
        flights = [f for f in flights if not gait.holds(f.apex_s)]
    # By this clock; one that is to be found out yet leaves a fall where it is not.
    stirs = [f for f in flights if f.falls_elsewhere]
    flights, odd = [f for f in flights if f not in stirs], [*odd, *stirs]
    if not flights:
        return Contacts((), np.nan, tuple(odd), gait)
    frame = 1 / pose.fps
    gravity = clip_gravity(flights)
    settings = FitSettings(
        search_s=max(CONTACT.search_s, CONTACT.search_frames * frame),
        flight_window_s=max(CONTACT.flight_window_s, CONTACT.flight_window_frames * frame),
        centre_noise_pct=centre_noise(h, pose.fps, measuring),
        guess_sd_s=CONTACT.guess_sd_s,
    )
    stances = stances_between(h, flights, near)
    if bounding is not None:
        stances = [_by_turns(st, bounding) for st in stances]
        # A foot that takes turns leaves fast, as two do.
        measuring = replace(measuring, one_leg_toe_off_bias_s=0.0)
    beta = still_point(h, stances, settings)
    feet = [bearing_height(h, st, beta) for st in stances]
    first = [fit_ends(h, st, foot, gravity, settings) for st, foot in zip(stances, feet, strict=True)]
    noise = foot_noise([f for fits in first for f in fits], CONTACT.foot_noise_unseen_pct_bh)
    # Frames closer together than the pose model's errors last repeat them.
    lasting = noise * float(np.sqrt(max(1.0, measuring.landmark_memory_s * pose.fps)))
    settings = replace(settings, foot_noise_pct=lasting)
    second = [fit_ends(h, st, foot, gravity, settings) for st, foot in zip(stances, feet, strict=True)]
    shortest = CONTACT.shortest_of_median * _median_length(second)
    contacts = []
    for st, fits in zip(stances, second, strict=True):
        fitted = bool(fits) and all(sound(f, shortest) for f in fits)
        contacts.append(joined(fits if fitted else coarse(st, frame), st, pose.fps, measuring))
    return Contacts(tuple(contacts), gravity, tuple(odd), _timed(bounding, contacts) if bounding else gait)


def _by_turns(st: Stance, gait: Gait) -> Stance:
    """A stance on the leg whose turn it is: legs that take turns tell it better than two heights do."""
    middle = (st.down_s + st.up_s) / 2
    turn = min(gait.steps, key=lambda step: abs((step.down_s + step.up_s) / 2 - middle))
    return replace(st, side=turn.side, label=turn.side) if turn.down_s < middle < turn.up_s else st


def _timed(gait: Gait, contacts: list[Contact]) -> Gait:
    """The gait with its steps as long as the contacts that they are."""
    steps = []
    for step in gait.steps:
        middle = (step.down_s + step.up_s) / 2
        mine = [c for c in contacts if c.whole and c.touchdown_s < middle < c.toe_off_s]
        steps += [replace(step, down_s=c.touchdown_s, up_s=c.toe_off_s) for c in mine]
    return replace(gait, steps=tuple(steps))


def foot_touchdown(h: Heights, side: Side, near_s: float) -> tuple[float, float]:
    """When one foot lands near a touchdown of the body.

    Parameters
    ----------
    h : Heights
    side : "left" or "right"
        The foot.
    near_s : float
        The body's touchdown.

    Returns
    -------
    touchdown_s, sd_s : float
        The instant and its own standard uncertainty, without what all landings of a clip share
        (`touchdown_model_sd_s`); both NaN where the foot's path does not tell.
    """
    t = h.time_s
    frame = float(np.median(np.diff(t)))
    settings = FitSettings(
        search_s=max(CONTACT.rough_search_s, CONTACT.rough_search_frames * frame),
        flight_window_s=max(CONTACT.flight_window_s, CONTACT.flight_window_frames * frame),
    )
    foot = h.above_stand((side,), 0.0, near_s + CONTACT.sure_from_s, near_s + CONTACT.hold_s)
    fit = fit_single(StanceData.of(h, foot), near_s, "down", settings, CONTACT.hold_s)
    if fit.samples < CONTACT.min_foot_samples or not fit.foot_misfit < RULED_OUT:
        return np.nan, np.nan
    before = foot[(t < fit.touchdown_s) & (t > fit.touchdown_s - settings.flight_window_s)]
    if not np.any(before >= CONTACT.min_lift_pct_bh):  # it does not come down: any instant would do
        return np.nan, np.nan
    noise = noise_within(fit.foot_misfit / max(fit.samples - 4, 1))
    wider = (noise / settings.foot_noise_pct) ** 2
    sd = np.sqrt(wider * float(fit.covariance[0, 0]) + (frame / 6) ** 2)
    return fit.touchdown_s, float(sd)
