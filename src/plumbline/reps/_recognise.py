"""Recognises which drill a clip shows, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from plumbline.catalogue import find_drill
from plumbline.contact import Contacts
from plumbline.geometry import GEOMETRY, Tracks, feet_outside, foot_slide_pct
from plumbline.pose import SIDES
from plumbline.reps._chances import chances, load_profiles
from plumbline.reps._holds import stances
from plumbline.reps._lifts import lifts
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import (
    ankle_heights_pct,
    arabesques,
    dips,
    hip_height,
    kicks,
    raises,
    recoveries,
    shallow_dips,
)
from plumbline.reps._seen import Seen, look, shows_enough
from plumbline.reps._segment import SEGMENTERS
from plumbline.reps._settings import REPS

# A drill that is proposed by its reps alone, with them.
Proposed = tuple[str, list[Rep]]
NOTHING: Proposed = ("", [])
# Slow drills that are the surer the more of their reps there are.
COUNTED = ("ankle_recovery", "quarter_squat", "heel_raise")


def is_sure(confidence: float) -> bool:
    """Whether a `confidence` of 0 to 1 is enough to judge by the drill; one that was given has 1."""
    return confidence >= REPS.sure_chance


@dataclass(frozen=True)
class Recognised:
    """What a clip was recognised as.

    Attributes
    ----------
    drill_id : str
        Empty when it is none that is known.
    confidence : float
        Probability of the drill, 0 to 1.
    reps : tuple of Rep
    likely : tuple of (str, float)
        The likeliest drills with their probabilities.
    seen : Seen or None
        What they rest on; None where nothing could be seen.
    """

    drill_id: str
    confidence: float
    reps: tuple[Rep, ...]
    likely: tuple[tuple[str, float], ...] = ()
    seen: Seen | None = None


def _knee_lifts(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Raised knees whose thigh comes up well, on the spot."""
    if foot_slide_pct(tracks) >= REPS.gait_slide_pct_bh:
        return []
    thigh = np.fmax(*(tracks.sides[s].thigh_deg for s in SIDES))
    found = [r for r in lifts(tracks, contacts) if np.interp(r.key_s, tracks.time_s, thigh) > REPS.min_thigh_deg]
    lows = []
    for a, b in pairwise(found):
        between = thigh[(tracks.time_s >= a.key_s) & (tracks.time_s <= b.key_s)]
        lows.append(float(np.nanmin(between) / np.interp(a.key_s, tracks.time_s, thigh)))
    held = bool(lows) and float(np.median(lows)) > REPS.held_share  # a free leg held up in hopping
    return [] if held else found


def _leg_behind(tracks: Tracks, rep: Rep) -> bool:
    """Whether the trunk tips far over one leg while the other is well off the floor: no squat, no lunge."""
    t = tracks.time_s
    left, right = (np.interp(rep.key_s, t, up) for up in ankle_heights_pct(tracks).values())
    return bool(
        rep.stance != "both"
        and abs(left - right) > REPS.min_behind_pct_bh
        and np.interp(rep.key_s, t, tracks.trunk_lean_deg) > GEOMETRY.bent_over_deg
    )


def _folded(tracks: Tracks, reps: list[Rep]) -> list[Rep]:
    """Recoveries proper: the knee is folded right up, and not held."""
    knee = np.fmax(*(tracks.sides[s].knee_flexion_deg for s in SIDES))
    folded = [r for r in reps if np.interp(r.key_s, tracks.time_s, knee) > REPS.min_folded_deg]
    return [r for r in folded if r.end_s - r.start_s < REPS.max_recovery_s]


def _on_tiptoe(tracks: Tracks, reps: list[Rep]) -> list[Rep]:
    """Raises proper: the hips rise with the heels."""
    hip = hip_height(tracks)
    t = tracks.time_s
    return [r for r in reps if np.interp(r.key_s, t, hip) - np.interp(r.start_s, t, hip) > REPS.min_tiptoe_pct_bh]


def _slow_kind(tracks: Tracks, contacts: Contacts, moves: bool) -> Proposed:
    """A balance or a strength drill; with hips or feet that move far, only one with the trunk bent over."""
    if float(np.nanmedian(tracks.trunk_lean_deg)) > GEOMETRY.bent_over_deg:
        back = kicks(tracks, contacts)
        return ("donkey_kick", back) if back else NOTHING
    tipped = arabesques(tracks, contacts)
    if tipped and all(_leg_behind(tracks, r) for r in tipped):
        return "arabesque_high_knee", tipped
    if moves:
        return NOTHING
    for drill, found in (
        ("ankle_recovery", _folded(tracks, recoveries(tracks, contacts))),
        ("quarter_squat", [r for r in shallow_dips(tracks, contacts) if r.stance != "both"]),
        ("heel_raise", _on_tiptoe(tracks, raises(tracks, contacts))),
    ):
        if len(found) >= REPS.min_slow:
            return drill, found
    stands = stances(tracks, contacts)
    return ("single_leg_stance", stands) if stands else NOTHING


def _by_reps_alone(tracks: Tracks, contacts: Contacts) -> Proposed:
    """A slow drill for which no bounds are known; nothing where there is more to see than its reps.

    More are flights, raised knees and bends of the hips.
    """
    if len(contacts.items) >= 2:
        return NOTHING
    if tracks.camera.view == "front":
        stands = [] if shallow_dips(tracks, contacts) else stances(tracks, contacts)
        return ("front_balance", stands) if stands else NOTHING
    strides = foot_slide_pct(tracks) >= REPS.gait_slide_pct_bh
    if strides and contacts.implausible:
        return NOTHING
    bends = dips(tracks, contacts)
    # In a lunge the front thigh rises too, while the hips go down.
    raised = [r for r in _knee_lifts(tracks, contacts) if not any(b.start_s <= r.key_s <= b.end_s for b in bends)]
    if len(raised) >= REPS.min_raised:
        return NOTHING
    return _slow_kind(tracks, contacts, bool(bends) or strides)


def recognise(tracks: Tracks, contacts: Contacts) -> Recognised:
    """Decide which drill a clip shows, from what its numbers allow.

    A movement is named when its numbers lie within its bounds (`recognition.toml`) likelier
    than not. A slow drill without bounds is proposed by its reps alone and is never sure.

    Parameters
    ----------
    tracks : Tracks
    contacts : Contacts

    Returns
    -------
    Recognised
        Without a name, and with confidence 0, where there is hardly anything to see.
    """
    if not shows_enough(tracks):
        return Recognised("", 0.0, ())
    seen = look(tracks, contacts)
    found = chances(seen, tracks.camera.view)
    if tracks.pose.fps < REPS.least_recognition_fps:  # a quick movement looks like a slow one
        found = {drill: min(p, REPS.unproven_chance) for drill, p in found.items()}
    if feet_outside(tracks) > REPS.cut_off_share:  # the rep or two whose feet are seen may be of another drill
        found = {drill: min(p, REPS.unproven_chance) for drill, p in found.items()}
    proposed, reps = _by_reps_alone(tracks, contacts)
    if proposed:
        # Standing and such a slow drill look alike to the bounds; its reps speak for the drill.
        found["stand"] = found.get("stand", 0.0) * (1 - REPS.unproven_chance)
        left = 1 - sum(found.values())
        by_reps = REPS.slow_chance + REPS.slow_rep_chance * len(reps) if proposed in COUNTED else 1.0
        found[proposed] = min(by_reps, REPS.unproven_chance, max(left, 0.0))
    likely = tuple(sorted(found.items(), key=lambda kv: -kv[1])[:2])
    best, sure = likely[0]
    if sure < REPS.named_chance:
        return Recognised("", sure, (), likely, seen)
    drill = find_drill(best)
    if best != proposed:
        reps = SEGMENTERS[drill.segment](tracks, contacts) if drill.movement is not None else []
    return Recognised(best, sure, tuple(reps), likely, seen)


def fits(tracks: Tracks, contacts: Contacts, drill_id: str) -> float:
    """Probability that the film shows what a drill must show.

    Parameters
    ----------
    tracks : Tracks
    contacts : Contacts
    drill_id : str

    Returns
    -------
    float
        0 to 1; NaN where no bounds are known, or hardly anything is to be seen, as in films with few frames.
    """
    profiles, _ = load_profiles()
    few = tracks.pose.fps < REPS.least_recognition_fps
    if few or not shows_enough(tracks) or drill_id not in profiles:
        return np.nan
    return chances(look(tracks, contacts), tracks.camera.view).get(drill_id, 0.0)
