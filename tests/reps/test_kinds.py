"""Which drill figures set down by hand show, told apart at limits that are written here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plumbline.contact import Contacts, Flight
from plumbline.geometry import CameraView, Tracks
from plumbline.reps import Rep, is_sure, recognise
from plumbline.reps._recognise import (
    _by_reps_alone,
    _folded,
    _knee_lifts,
    _leg_behind,
    _on_tiptoe,
    _slow_kind,
)
from tests.hand import NAN, clock, rep, tracks_by_hand
from tests.reps.test_seen import MORE, NO_CONTACTS, TWO, body, bump, from_front, stands

T = clock(0, 4)
STANDING = tracks_by_hand(T, {}, {})
HOPS = stands((NAN, 0.5), (0.9, 1.1), (1.5, 1.7), (2.1, 2.3), (2.7, NAN))


def leg_up(thigh_deg: Any, lean: float = 0.0) -> dict[str, tuple[Any, Any]]:
    """A thigh raised forwards by an angle, the shank hanging from it."""
    a = np.radians(thigh_deg)
    x, y = 23 * np.sin(a), 50 - 23 * np.cos(a)
    return {"knee": (x, y), "ankle": (x + lean, y - 23), "heel": (x - 5, y - 26), "toe": (x + 10, y - 26)}


# Raised knees ------------------------------------------------------------------------------------


def high_knees(thigh_deg: float, lowest: float = 0.0, x: Any = 0.0) -> Tracks:
    """Thighs come up in turns, the near one at 0.5, 1.5, 2.5, the far one at 1.0, 2.0, 3.0 s."""
    near = np.sum([bump(T, k + 0.25, k + 0.5, k + 0.75) for k in (0, 1, 2)], axis=0)
    far = np.sum([bump(T, k - 0.25, k, k + 0.25) for k in (1, 2, 3)], axis=0)
    legs = [leg_up(lowest + (thigh_deg - lowest) * up) for up in (near, far)]
    return tracks_by_hand(T, {**legs[0], "hip": (x, 50)}, {**legs[1], "hip": (x, 50)})


@pytest.mark.parametrize(("thigh_deg", "count"), [(60.0, 6), (47.0, 6), (43.0, 0)])
def test_knees_are_raised_from_45_degrees_on(thigh_deg: float, count: int) -> None:
    found = _knee_lifts(high_knees(thigh_deg), NO_CONTACTS)
    assert len(found) == count
    if count:
        assert [r.key_s for r in found] == pytest.approx([0.5, 1, 1.5, 2, 2.5, 3], abs=0.02)
        assert [r.stance for r in found] == ["left", "right"] * 3


def test_a_thigh_that_stays_up_is_held() -> None:
    """Down to 0.8 of its height between the tops it is a free leg's; to 0.7 it is raised."""
    t = clock(0, 4)
    up = np.sum([bump(t, k + 0.2, k + 0.5, k + 0.8) for k in range(4)], axis=0)
    for lowest, count in ((0.8, 0), (0.7, 4)):
        tracks = tracks_by_hand(t, leg_up(100 * (lowest + (1 - lowest) * up)), {})
        assert len(_knee_lifts(tracks, NO_CONTACTS)) == count


def test_a_stride_carries_the_feet_further_than_raised_knees() -> None:
    """Under the hips the ankles move by 23 sin 60 = 19.9 at most; hips that run ahead of them make it 42 and more."""
    sway = np.interp(T, [0.0, 2.0, 2.001, 4.0], [-15, -15, 15, 15])
    assert len(_knee_lifts(high_knees(60.0), NO_CONTACTS)) == 6
    assert _knee_lifts(high_knees(60.0, x=2 * sway), NO_CONTACTS) == []


# Slow drills -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lean_deg", "up", "stance", "behind"),
    [
        (60.0, 20.0, "right", True),
        (60.0, 15.0, "right", True),
        (60.0, 13.0, "right", False),
        (43.0, 20.0, "right", False),
        (47.0, 20.0, "left", True),
        (60.0, 20.0, "both", False),
    ],
)
def test_an_arabesque_has_a_leg_behind_and_the_trunk_bent_over(
    lean_deg: float, up: float, stance: str, behind: bool
) -> None:
    a = np.radians(lean_deg)
    head = {"shoulder": (30 * np.sin(a), 50 + 30 * np.cos(a))}
    for near, far in (({}, {"ankle": (0, 4 + up)}), ({"ankle": (0, 4 + up)}, {})):
        tracks = tracks_by_hand(T, {**head, **near}, {**head, **far})
        assert _leg_behind(tracks, rep(stance, start_s=1.0, end_s=2.0, key_s=1.5)) == behind


def folding(angle_deg: float) -> Tracks:
    a = np.radians(angle_deg)
    return tracks_by_hand(T, {"ankle": (-23 * np.sin(a), 27 - 23 * np.cos(a))}, {})


@pytest.mark.parametrize(("angle_deg", "length_s", "count"), [(97.0, 1.4, 1), (93.0, 1.4, 0), (97.0, 1.6, 0)])
def test_a_recovery_folds_the_knee_and_does_not_hold_it(angle_deg: float, length_s: float, count: int) -> None:
    pull = rep("right", start_s=1.0, end_s=1.0 + length_s, key_s=1.5)
    assert len(_folded(folding(angle_deg), [pull])) == count


@pytest.mark.parametrize(("rise", "count"), [(1.7, 1), (1.3, 0)])
def test_on_tiptoe_the_hips_rise_too(rise: float, count: int) -> None:
    hip = {"hip": (0, 50 + rise * bump(T, 0.5, 2.0, 3.5))}
    tracks = tracks_by_hand(T, hip, hip)
    assert len(_on_tiptoe(tracks, [rep(start_s=0.5, end_s=3.5, key_s=2.0)])) == count


def tipped(top_deg: float, always_deg: float = 0.0, far_up: float = 20.0) -> Tracks:
    a = np.radians(always_deg + top_deg * bump(T, 0.5, 1.5, 2.5))
    head = {"shoulder": (30 * np.sin(a), 50 + 30 * np.cos(a))}
    return tracks_by_hand(T, head, {**head, "ankle": (0, 4 + far_up)})


def named(found: tuple[str, list[Rep]] | None) -> tuple[str, int] | None:
    return found and (found[0], len(found[1]))


def kicking(lean_deg: float, back_deg: float) -> Tracks:
    a, b = np.radians(lean_deg), np.radians(back_deg * (bump(T, 0.4, 1.0, 1.6) + bump(T, 2.2, 2.8, 3.4)))
    head = {"shoulder": (30 * np.sin(a), 50 + 30 * np.cos(a))}
    return tracks_by_hand(T, {**head, "knee": (-23 * np.sin(b), 50 - 23 * np.cos(b))}, head)


def test_a_body_bent_over_kicks_or_does_nothing_known() -> None:
    assert named(_slow_kind(kicking(50.0, 40.0), NO_CONTACTS, False)) == ("donkey_kick", 2)
    assert named(_slow_kind(kicking(50.0, 10.0), NO_CONTACTS, False)) == ("", 0)
    assert named(_slow_kind(kicking(40.0, 40.0), NO_CONTACTS, False)) == ("", 0)


def test_a_trunk_that_tips_over_one_leg_is_an_arabesque() -> None:
    assert named(_slow_kind(tipped(70.0), NO_CONTACTS, False)) == ("arabesque_high_knee", 1)
    # With both feet down it is what else is done.
    assert named(_slow_kind(tipped(70.0, far_up=0.0), NO_CONTACTS, True)) == ("", 0)
    assert named(_slow_kind(STANDING, NO_CONTACTS, False)) == ("", 0)


def twice(size: float) -> np.ndarray:
    return size * (bump(T, 0.3, 1.0, 1.7) + bump(T, 2.2, 2.9, 3.6))


def test_slow_drills_take_two_reps() -> None:
    def pulls(size: np.ndarray) -> Tracks:
        a = np.radians(size)
        return tracks_by_hand(T, {"ankle": (-23 * np.sin(a), 27 - 23 * np.cos(a))}, {})

    assert named(_slow_kind(pulls(twice(110.0)), NO_CONTACTS, False)) == ("ankle_recovery", 2)
    once = pulls(110.0 * bump(T, 0.5, 1.2, 1.9))
    assert named(_slow_kind(once, NO_CONTACTS, False)) != ("ankle_recovery", 1)

    hips = {"hip": (0, 50 - twice(5.0))}
    on_one = tracks_by_hand(T, hips, {**hips, "ankle": (0, 14)})
    assert named(_slow_kind(on_one, NO_CONTACTS, False)) == ("quarter_squat", 2)
    on_both = tracks_by_hand(T, hips, hips)
    assert named(_slow_kind(on_both, NO_CONTACTS, False)) == ("", 0)

    rise = {"hip": (0, 50 + twice(5.0)), "heel": (-5, 1 + twice(6.0))}
    assert named(_slow_kind(tracks_by_hand(T, rise, rise), NO_CONTACTS, False)) == ("heel_raise", 2)
    heels = {"heel": (-5, 1 + twice(6.0))}
    assert named(_slow_kind(tracks_by_hand(T, heels, heels), NO_CONTACTS, False)) == ("", 0)

    stand = tracks_by_hand(T, {}, {"ankle": (0, 20), "knee": (15, 35)})
    assert named(_slow_kind(stand, NO_CONTACTS, False)) == ("single_leg_stance", 1)
    # Who bends or strides does none of these.
    assert named(_slow_kind(stand, NO_CONTACTS, True)) == ("", 0)


# What is more than a slow drill's reps -------------------------------------------------------------


def test_from_the_front_a_stand_is_all_there_is() -> None:
    stand = from_front(tracks_by_hand(T, {}, {"ankle": (0, 20)}))
    assert named(_by_reps_alone(stand, NO_CONTACTS)) == ("front_balance", 1)
    assert named(_by_reps_alone(stand, HOPS)) == ("", 0)
    dip = {"hip": (0, 50 - twice(5.0))}
    assert named(_by_reps_alone(from_front(tracks_by_hand(T, dip, {**dip, "ankle": (0, 20)})), NO_CONTACTS)) == ("", 0)
    assert named(_by_reps_alone(from_front(STANDING), NO_CONTACTS)) == ("", 0)


def test_flights_raised_knees_and_bends_are_more() -> None:
    stand = tracks_by_hand(T, {}, {"ankle": (0, 20), "knee": (15, 35)})
    assert named(_by_reps_alone(stand, NO_CONTACTS)) == ("single_leg_stance", 1)
    assert named(_by_reps_alone(stand, stands((NAN, 0.5)))) == ("single_leg_stance", 1)  # one contact, no flight
    assert named(_by_reps_alone(stand, stands((NAN, 0.5), (0.9, NAN)))) == ("", 0)
    kicks = kicking(50.0, 40.0)
    assert named(_by_reps_alone(kicks, NO_CONTACTS)) == ("donkey_kick", 2)
    up = np.sum([bump(T, k + 0.2, k + 0.5, k + 0.8) for k in range(4)], axis=0)
    assert named(_by_reps_alone(tracks_by_hand(T, leg_up(60 * up), {}), NO_CONTACTS)) == ("", 0)
    down = twice(15.0)
    squat = {"hip": (0, 50 - down), "knee": (down * 14 / 15, 27)}
    assert named(_by_reps_alone(tracks_by_hand(T, squat, {**squat, "ankle": (0, 14)}), NO_CONTACTS)) == ("", 0)


def test_doubtful_flights_of_a_stride_are_steps() -> None:
    """Feet that slide by 44 under the hips, and a trunk bent over: a stride where a foot may fly, no kick."""
    doubtful = (Flight(1.0, 1.2, 1.1, 100.0, 10.0, 5.0, 5.0),)
    kicks = kicking(50.0, 40.0)
    odd = Contacts((), NAN, doubtful)
    assert named(_by_reps_alone(kicks, odd)) == ("donkey_kick", 2)
    sway = np.where(T < 2, 22.0, -22.0)
    xy = kicks.pose.xy.copy()
    strides = replace(kicks, pose=replace(kicks.pose, xy=xy))
    xy[:, [27, 28], 0] += 5.45 * sway[:, None]
    assert named(_by_reps_alone(strides, odd)) == ("", 0)


# The whole ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("confidence", "sure"), [(0.89, False), (0.9, True), (1.0, True)])
def test_what_is_sure_enough_to_judge_by(confidence: float, sure: bool) -> None:
    assert is_sure(confidence) is sure


def test_a_stand_is_recognised() -> None:
    found = recognise(STANDING, NO_CONTACTS)
    assert (found.drill_id, len(found.reps)) == ("stand", 1)
    assert found.confidence == pytest.approx(0.98 * TWO**2 * MORE, abs=1e-4)
    assert found.likely[0] == ("stand", found.confidence)
    assert len(found.likely) == 2
    assert found.seen is not None
    assert found.seen.still_share == 1.0


def test_hops_are_recognised() -> None:
    """Their numbers lie far within the bounds: 0.98 of certain."""
    found = recognise(STANDING, HOPS)
    assert (found.drill_id, len(found.reps)) == ("pogo", 3)
    assert found.confidence == pytest.approx(0.98, abs=1e-3)
    assert [r.touchdown_s for r in found.reps] == [0.9, 1.5, 2.1]


def test_feet_out_of_the_picture_are_never_sure() -> None:
    """In more than a tenth of the frames: 0.7 at most."""
    for share, confidence in ((0.2, 0.7), (0.05, 0.98)):
        inside = STANDING.pose.inside.copy()
        inside[: round(share * len(T)), [30, 32]] = False
        found = recognise(replace(STANDING, pose=replace(STANDING.pose, inside=inside)), HOPS)
        assert (found.drill_id, found.confidence) == ("pogo", pytest.approx(confidence, abs=1e-3))


def test_a_slow_drill_is_as_likely_as_it_has_reps() -> None:
    """0.4 and 0.1 for each of its two; a stand that looks like it keeps 0.3 of its chance."""
    rise = {"hip": (0, 50 + twice(5.0)), "heel": (-5, 1 + twice(6.0)), "ankle": (0, 4 + twice(3.0))}
    found = recognise(tracks_by_hand(T, rise, rise), NO_CONTACTS)
    assert (found.drill_id, found.confidence, len(found.reps)) == ("heel_raise", pytest.approx(0.6), 2)
    rises = np.sum([bump(T, 0.1 + 0.6 * k, 0.4 + 0.6 * k, 0.7 + 0.6 * k) for k in range(6)], axis=0)
    more = {"hip": (0, 50 + 5 * rises), "heel": (-5, 1 + 6 * rises)}
    found = recognise(tracks_by_hand(T, more, more), NO_CONTACTS)
    assert (found.drill_id, found.confidence) == ("heel_raise", pytest.approx(0.7))


def test_one_leg_is_a_balance_where_nothing_else_is_likelier() -> None:
    """One lift all along: a stand has no more than chance for it, of which 0.3 stays. Balance: 0.7 at most."""
    found = recognise(tracks_by_hand(T, {}, {"ankle": (0, 20)}), NO_CONTACTS)
    assert (found.drill_id, len(found.reps)) == ("single_leg_stance", 1)
    # Its ankles never part or meet: no lift, no flight, no bend, and it stands still.
    stand = 0.98 * TWO**2 * MORE
    assert found.confidence == pytest.approx(0.7)
    assert found.likely == (("single_leg_stance", found.confidence), ("stand", pytest.approx(0.3 * stand, abs=1e-4)))


def test_the_reps_are_those_of_the_drill_that_is_named() -> None:
    """Two hops whose feet are 20 apart in height at flight: by their numbers hops on one leg, by the contacts both."""
    lifted = tracks_by_hand(T, {}, {"ankle": (0, 24), "knee": (20, 40)})
    found = recognise(lifted, HOPS)
    assert (found.drill_id, len(found.reps)) == ("single_leg_hop", 3)
    # Two flights with one short contact between make two jumps by themselves, one hop by their numbers.
    found = recognise(STANDING, stands((NAN, 0.5), (0.9, 1.1), (1.5, NAN)))
    assert (found.drill_id, [r.touchdown_s for r in found.reps]) == ("pogo", [0.9])
    # The flights, 2, lie two of 0.25 over the 1.5 that hops need.
    assert found.confidence == pytest.approx(0.98 * TWO, abs=1e-3)


def test_what_is_known_for_nothing_has_no_name() -> None:
    moves = body(20 * np.sin(3 * T))
    found = recognise(tracks_by_hand(T, moves, moves), NO_CONTACTS)
    assert (found.drill_id, found.reps) == ("", ())
    assert found.confidence < 0.5
    assert len(found.likely) == 2


@pytest.mark.parametrize("frames", [7, 8])
def test_a_handful_of_frames_shows_nothing(frames: int) -> None:
    found = recognise(tracks_by_hand(T[:frames], {}, {}), NO_CONTACTS)
    assert (found.seen is None) == (frames == 7)
    if frames == 7:
        assert (found.drill_id, found.confidence, found.reps, found.likely) == ("", 0.0, (), ())
    nobody = replace(STANDING, pose=replace(STANDING.pose, body_height_px=NAN))
    assert recognise(nobody, NO_CONTACTS).seen is None


def test_front_films_are_recognised_by_bounds_of_their_own() -> None:
    found = recognise(from_front(STANDING), HOPS)
    assert (found.drill_id, len(found.reps)) == ("front_hop", 3)
    assert found.confidence == pytest.approx(0.98, abs=1e-3)


def test_a_camera_that_is_half_to_the_side_counts_as_from_the_side() -> None:
    oblique = replace(STANDING, camera=CameraView("oblique", 0.4, "right", "right", True))
    assert recognise(oblique, HOPS).drill_id == "pogo"
