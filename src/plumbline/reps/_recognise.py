"""Recognises which drill a clip shows, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from plumbline.catalogue import find_drill
from plumbline.contact import Contacts
from plumbline.geometry import GEOMETRY, Tracks, feet_outside, foot_slide_pct
from plumbline.pose import LEG, SIDES, Side, other
from plumbline.reps._chances import chances, load_profiles
from plumbline.reps._flights import hops, jumps
from plumbline.reps._holds import holds, stances
from plumbline.reps._lifts import lifts
from plumbline.reps._rep import Rep
from plumbline.reps._repeats import (
    ankle_heights_pct,
    arabesques,
    dips,
    feet_apart_pct,
    hip_height,
    kicks,
    raises,
    recoveries,
    shallow_dips,
)
from plumbline.reps._seen import Seen, look
from plumbline.reps._segment import SEGMENTERS

TRAVEL_PCT_BH = 12.0
LEVEL_PCT_BH = 8.0
SPLIT_PCT_BH = 14.0
MIN_THIGH_DEG = 45.0
MIN_ONE_LEGGED = 3
# A thigh that hardly comes down between its peaks is held, not raised.
HELD_SHARE = 0.75
# On the spot the feet stay under the hips; a stride carries them half a body height.
GAIT_PCT_BH = 42.0

MIN_BEHIND_PCT_BH = 14.0
MIN_FOLDED_DEG, MAX_RECOVERY_S = 95.0, 1.5
MIN_TIPTOE_PCT_BH = 1.5
# Below it the drill is asked for and nothing is judged.
SURE = 0.9
# A foot stands still this long after its touchdown; one whose ankle is so much higher than the other's is in the air.
WELL_DOWN_S, RAISED_PCT_BH = 0.03, 3.0
# Without bounds of its own in recognition.toml a drill is never sure.
UNPROVEN = 0.7
# A part of the body outside the picture in more than this share of the frames is cut off.
CUT_OFF = 0.1
# A movement is named when it is likelier than everything else together.
NAMED = 0.5
MIN_FRAMES = 8
# One slow move may be anything; several are a drill.
MIN_SLOW = 2


def is_sure(confidence: float) -> bool:
    """Whether a drill is sure enough to judge by it; one that was given has a confidence of 1."""
    return confidence >= SURE


@dataclass(frozen=True)
class Recognised:
    """A drill, how sure it is (0 to 1), and its reps; "" when it is none that is known.

    `likely` holds the likeliest drills with their probabilities, `seen` what they rest on.
    """

    drill_id: str
    confidence: float
    reps: tuple[Rep, ...]
    likely: tuple[tuple[str, float], ...] = ()
    seen: Seen | None = None


def _ankle_pct(tracks: Tracks, side: Side, time_s: float) -> tuple[float, float]:
    """How far forward and how high an ankle is at an instant, %BH."""
    ankle = tracks.pose.xy[:, LEG[side][2]]
    x, y = (float(np.interp(time_s, tracks.time_s, ankle[:, k])) for k in (0, 1))
    return tracks.camera.forward * x / tracks.pose.body_height_px * 100, -y / tracks.pose.body_height_px * 100


def travel_pct(tracks: Tracks, rep: Rep) -> float:
    """How far ahead of where a foot stood the next one lands, %BH: the other foot where the legs take turns."""
    leg = next((s for s in SIDES if rep.stance == s), tracks.camera.near_side)
    stood, _ = _ankle_pct(tracks, leg, rep.touchdown_s + WELL_DOWN_S)
    (same, height), (swapped, height_of_other) = (
        _ankle_pct(tracks, side, rep.landing_s + WELL_DOWN_S) for side in (leg, other(leg))
    )
    lands_on_other = rep.stance != "both" and height - height_of_other > RAISED_PCT_BH
    return (swapped if lands_on_other else same) - stood


def _hop_kind(tracks: Tracks, reps: list[Rep]) -> Recognised:
    """Pogo, travelling or single-leg hops, by stance and travel."""
    single = [r.stance for r in reps if r.stance != "both"]
    share = len(single) / len(reps)
    base = min(1.0, 0.5 + 0.1 * len(reps))
    travel = float(np.median([abs(travel_pct(tracks, r)) for r in reps]))
    if share > 0.6:
        sides = np.array([s == "left" for s in single])
        alternating = float(np.mean(sides[1:] != sides[:-1])) if len(sides) > 1 else 0.0
        if alternating > 0.5:
            return Recognised("run", base * share, tuple(reps))
        return Recognised("single_leg_hop", base * share, tuple(reps))
    if travel > TRAVEL_PCT_BH:
        return Recognised("travelling_hop", base * (1 - share), tuple(reps))
    return Recognised("pogo", base * (1 - share), tuple(reps))


def _on_one_leg(reps: list[Rep]) -> bool:
    """Whether several hops in a row bear on the same single leg: no raised knees then."""
    if len(reps) < MIN_ONE_LEGGED:
        return False
    return any(sum(r.stance == side for r in reps) >= 0.75 * len(reps) for side in SIDES)


def _floor_change(tracks: Tracks, rep: Rep) -> float:
    """Height of the landing floor above the floor that was left, %BH."""
    pose = tracks.pose
    toe = LEG[tracks.camera.near_side][4]
    up = -pose.xy[:, toe, 1] / pose.body_height_px * 100
    before_s = rep.toe_off_s - 0.1 if np.isfinite(rep.toe_off_s) else rep.landing_s - 0.6
    before = np.interp(before_s, tracks.time_s, up)
    return float(np.interp(rep.landing_s + 0.1, tracks.time_s, up) - before)


def _jump_kind(tracks: Tracks, reps: list[Rep]) -> Recognised:
    change = float(np.median([_floor_change(tracks, r) for r in reps]))
    if change < -LEVEL_PCT_BH:
        return Recognised("drop_landing", 0.8, tuple(reps))
    if change > LEVEL_PCT_BH:
        return Recognised("box_jump", 0.8, tuple(reps))
    return Recognised("squat_jump", 0.9, tuple(reps))


def _knee_lifts(tracks: Tracks, contacts: Contacts) -> list[Rep]:
    """Raised knees whose thigh comes up well, on the spot."""
    if foot_slide_pct(tracks) >= GAIT_PCT_BH:
        return []
    thigh = np.fmax(*(tracks.sides[s].thigh_deg for s in SIDES))
    found = [r for r in lifts(tracks, contacts) if np.interp(r.key_s, tracks.time_s, thigh) > MIN_THIGH_DEG]
    lows = []
    for a, b in pairwise(found):
        between = thigh[(tracks.time_s >= a.key_s) & (tracks.time_s <= b.key_s)]
        lows.append(float(np.nanmin(between) / np.interp(a.key_s, tracks.time_s, thigh)))
    held = bool(lows) and float(np.median(lows)) > HELD_SHARE  # a free leg held up in hopping
    return [] if held else found


def _dip_kind(tracks: Tracks, reps: list[Rep]) -> Recognised:
    bent = np.zeros(len(tracks.time_s), bool)
    for r in reps:
        bent |= (tracks.time_s >= r.start_s) & (tracks.time_s <= r.end_s)
    apart = float(np.nanmedian(np.abs(feet_apart_pct(tracks)[bent])))
    sure = min(1.0, abs(apart - SPLIT_PCT_BH) / SPLIT_PCT_BH + 0.4)
    return Recognised("lunge" if apart > SPLIT_PCT_BH else "squat", sure, tuple(reps))


def _leg_behind(tracks: Tracks, rep: Rep) -> bool:
    """Whether the trunk tips far over one leg while the other is well off the floor: no squat, no lunge."""
    t = tracks.time_s
    left, right = (np.interp(rep.key_s, t, up) for up in ankle_heights_pct(tracks).values())
    return bool(
        rep.stance != "both"
        and abs(left - right) > MIN_BEHIND_PCT_BH
        and np.interp(rep.key_s, t, tracks.trunk_lean_deg) > GEOMETRY.bent_over_deg
    )


def _folded(tracks: Tracks, reps: list[Rep]) -> list[Rep]:
    """Recoveries proper: the knee is folded right up, and not held."""
    knee = np.fmax(*(tracks.sides[s].knee_flexion_deg for s in SIDES))
    folded = [r for r in reps if np.interp(r.key_s, tracks.time_s, knee) > MIN_FOLDED_DEG]
    return [r for r in folded if r.end_s - r.start_s < MAX_RECOVERY_S]


def _on_tiptoe(tracks: Tracks, reps: list[Rep]) -> list[Rep]:
    """Raises proper: the hips rise with the heels."""
    hip = hip_height(tracks)
    t = tracks.time_s
    return [r for r in reps if np.interp(r.key_s, t, hip) - np.interp(r.start_s, t, hip) > MIN_TIPTOE_PCT_BH]


def _slow_kind(tracks: Tracks, contacts: Contacts, bends: list[Rep]) -> Recognised | None:
    """Balances and strength drills, on the spot."""
    if float(np.nanmedian(tracks.trunk_lean_deg)) > GEOMETRY.bent_over_deg:
        back = kicks(tracks, contacts)
        return Recognised("donkey_kick", 0.7, tuple(back)) if back else Recognised("", 0.0, ())
    tipped = arabesques(tracks, contacts)
    if tipped and all(_leg_behind(tracks, r) for r in tipped):
        return Recognised("arabesque_high_knee", 0.7, tuple(tipped))
    if bends:
        return _dip_kind(tracks, bends)
    if foot_slide_pct(tracks) >= GAIT_PCT_BH:
        return None
    for drill, found in (
        ("ankle_recovery", _folded(tracks, recoveries(tracks, contacts))),
        ("quarter_squat", [r for r in shallow_dips(tracks, contacts) if r.stance != "both"]),
        ("heel_raise", _on_tiptoe(tracks, raises(tracks, contacts))),
    ):
        if len(found) >= MIN_SLOW:
            return Recognised(drill, min(1.0, 0.4 + 0.1 * len(found)), tuple(found))
    stands = stances(tracks, contacts)
    return Recognised("single_leg_stance", 0.7, tuple(stands)) if stands else None


def _from_front(tracks: Tracks, contacts: Contacts) -> Recognised:
    """What an athlete does who faces the camera; travel and knee bend are not seen."""
    rebounds = hops(tracks, contacts)
    if len(rebounds) >= 2:
        return Recognised("front_hop", min(1.0, 0.5 + 0.1 * len(rebounds)), tuple(rebounds))
    if len(contacts.items) >= 2:
        return Recognised("front_jump", 0.8, tuple(jumps(tracks, contacts)))
    bends = shallow_dips(tracks, contacts)
    if bends:
        return Recognised("front_squat", 0.7, tuple(bends))
    stands = stances(tracks, contacts)
    if stands:
        return Recognised("front_balance", 0.7, tuple(stands))
    return Recognised("", 0.0, ())


def _proposed(tracks: Tracks, contacts: Contacts) -> Recognised:
    """The drill that reps are found for first.

    Flights decide first: several with short contacts between are hops, single ones are
    jumps or landings. Without them, raised knees, bends of the hips and quiet standing
    are looked for in this order. An athlete who faces the camera is another matter.
    """
    if tracks.camera.view == "front":
        return _from_front(tracks, contacts)
    flights = len(contacts.items) - 1
    if len(contacts.implausible) > max(flights, 0) and foot_slide_pct(tracks) >= GAIT_PCT_BH:
        bends = dips(tracks, contacts)  # a lunge steps that far, and bends the hips
        return _dip_kind(tracks, bends) if bends else Recognised("", 0.0, ())
    rebounds = hops(tracks, contacts)
    bends = dips(tracks, contacts)
    raised = [] if _on_one_leg(rebounds) else _knee_lifts(tracks, contacts)
    # In a lunge the front thigh rises too, while the hips go down.
    raised = [r for r in raised if not any(b.start_s <= r.key_s <= b.end_s for b in bends)]
    if len(raised) >= 4 and len(raised) > len(rebounds):
        return Recognised("high_knees", min(1.0, 0.5 + 0.05 * len(raised)), tuple(raised))
    if len(rebounds) >= 2:
        return _hop_kind(tracks, rebounds)
    if len(contacts.items) >= 2:
        return _jump_kind(tracks, jumps(tracks, contacts))
    slow = _slow_kind(tracks, contacts, bends)
    if slow is not None:
        return slow
    still = holds(tracks, contacts)
    if still:
        share = sum(r.end_s - r.start_s for r in still) / float(tracks.time_s[-1] - tracks.time_s[0])
        return Recognised("stand", min(1.0, 0.3 + 0.7 * share), tuple(still))
    return Recognised("", 0.0, ())


def recognise(tracks: Tracks, contacts: Contacts) -> Recognised:
    """Decide which drill a clip shows, from what its numbers allow.

    A movement is named when its numbers lie within its bounds (`recognition.toml`) likelier
    than not. A slow drill without bounds is proposed by its reps alone and is never sure.
    """
    if len(tracks.time_s) < MIN_FRAMES or not np.isfinite(tracks.pose.body_height_px):
        return Recognised("", 0.0, ())
    seen = look(tracks, contacts)
    found = chances(seen, tracks.camera.view)
    if feet_outside(tracks) > CUT_OFF:  # the rep or two whose feet are seen may be of another drill
        found = {drill: min(p, UNPROVEN) for drill, p in found.items()}
    proposed = _proposed(tracks, contacts)
    if proposed.drill_id and proposed.drill_id not in load_profiles()[0]:
        # Standing and such a slow drill look alike to the bounds; its reps speak for the drill.
        found["stand"] = found.get("stand", 0.0) * (1 - UNPROVEN)
        left = 1 - sum(found.values())
        found[proposed.drill_id] = min(proposed.confidence, UNPROVEN, max(left, 0.0))
    likely = tuple(sorted(found.items(), key=lambda kv: -kv[1])[:2])
    best, sure = likely[0]
    if sure < NAMED:
        return Recognised("", sure, (), likely, seen)
    drill = find_drill(best)
    reps: tuple[Rep, ...] = ()
    if best == proposed.drill_id:
        reps = proposed.reps
    elif drill.movement is not None:
        reps = tuple(SEGMENTERS[drill.segment](tracks, contacts))
    return Recognised(best, sure, reps, likely, seen)


def fits(tracks: Tracks, contacts: Contacts, drill_id: str) -> float:
    """Probability that the film shows what a drill must show; NaN where no bounds are known."""
    profiles, _ = load_profiles()
    if len(tracks.time_s) < MIN_FRAMES or not np.isfinite(tracks.pose.body_height_px) or drill_id not in profiles:
        return float("nan")
    return chances(look(tracks, contacts), tracks.camera.view).get(drill_id, 0.0)
