"""Reps of drills with flights: hops, jumps, landings."""

from __future__ import annotations

import itertools

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact import CONTACT, Contact, Contacts
from plumbline.geometry import Tracks
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import hip_height
from plumbline.reps._settings import REPS


def _landing_s(contacts: Contacts, contact: Contact, after: Contact) -> float:
    """When the flight after a contact ends; NaN where a step between the two was not seen."""
    gait = contacts.gait
    if gait is not None and gait.holds(contact.touchdown_s) and gait.holds(after.touchdown_s):
        hidden = after.touchdown_s - contact.touchdown_s > CONTACT.longest_step * gait.step_s
        return np.nan if hidden else after.touchdown_s
    return after.touchdown_s


def hops(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Short contacts with a flight on both sides; a rep lasts to the next touchdown that is seen."""
    reps: list[Rep] = []
    for contact, after in itertools.pairwise(contacts.items):
        if not contact.whole or contact.toe_off_s - contact.touchdown_s > CONTACT.max_rebound_s:
            continue
        landing_s = _landing_s(contacts, contact, after)
        reps.append(
            Rep(
                index=len(reps) + 1,
                stance=contact.stance,
                start_s=contact.touchdown_s,
                end_s=landing_s if np.isfinite(landing_s) else contact.toe_off_s,
                key_s=contact.touchdown_s,
                touchdown_s=contact.touchdown_s,
                toe_off_s=contact.toe_off_s,
                landing_s=landing_s,
                touchdown_sd_s=contact.touchdown_sd_s,
                toe_off_sd_s=contact.toe_off_sd_s,
                landing_sd_s=after.touchdown_sd_s if np.isfinite(landing_s) else np.nan,
                touchdown_common_s=contact.touchdown_common_s,
                toe_off_common_s=contact.toe_off_common_s,
                landing_common_s=after.touchdown_common_s,
                covariance_s2=contact.covariance_s2,
            )
        )
    return reps


def _push_start(t: FloatArray, hip: FloatArray, toe_off_s: float, floor_s: float) -> float:
    """When the movement that ends in a toe-off began: the last time the hips were high and slow."""
    k = np.flatnonzero((t >= max(toe_off_s - REPS.max_push_s, floor_s)) & (t <= toe_off_s) & np.isfinite(hip))
    if len(k) < 3:
        return max(toe_off_s - REPS.unseen_push_s, floor_s)
    lowest = k[int(np.nanargmin(hip[k]))]
    before = k[k <= lowest]
    top = np.nanmax(hip[before])
    high = before[hip[before] >= top - REPS.push_high_share * max(top - hip[lowest], 1.0)]
    return float(t[high[-1]] if len(high) else t[k[0]])


def _absorb_end(t: FloatArray, hip: FloatArray, landing_s: float, limit_s: float) -> float:
    """When a landing is absorbed: the hips' lowest point within `max_absorb_s`."""
    k = np.flatnonzero((t >= landing_s) & (t <= min(landing_s + REPS.max_absorb_s, limit_s)) & np.isfinite(hip))
    return float(t[k[int(np.nanargmin(hip[k]))]]) if len(k) else landing_s


def _flight_rep(
    tracks: Tracks, hip: FloatArray, before: Contact, after: Contact, index: int, bounds: tuple[float, float]
) -> Rep:
    t = tracks.time_s
    leaves = np.isfinite(before.toe_off_s)
    start = _push_start(t, hip, before.toe_off_s, bounds[0]) if leaves else after.touchdown_s
    return Rep(
        index=index,
        stance=after.stance,
        start_s=start,
        end_s=max(_absorb_end(t, hip, after.touchdown_s, bounds[1]), after.touchdown_s),
        key_s=after.touchdown_s,
        toe_off_s=before.toe_off_s,
        landing_s=after.touchdown_s,
        toe_off_sd_s=before.toe_off_sd_s,
        landing_sd_s=after.touchdown_sd_s,
        toe_off_common_s=before.toe_off_common_s,
        landing_common_s=after.touchdown_common_s,
    )


def jumps(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """One rep a flight, from the push-off to the end of the landing."""
    hip = hip_height(tracks)
    reps: list[Rep] = []
    for before, after in itertools.pairwise(contacts.items):
        floor = reps[-1].end_s if reps else float(tracks.time_s[0])
        limit = after.toe_off_s if np.isfinite(after.toe_off_s) else np.inf
        reps.append(_flight_rep(tracks, hip, before, after, len(reps) + 1, (floor, limit)))
    return reps
