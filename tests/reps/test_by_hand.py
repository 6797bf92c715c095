"""Reps cut from tracks and contacts set down by hand, at instants that are written here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plumbline.catalogue import find_drill, load_drills, load_movements, measurable_drill
from plumbline.contact import Contact, Contacts, Gait
from plumbline.contact._gait import Step
from plumbline.errors import SettingsError
from plumbline.geometry import Tracks
from plumbline.reps import (
    SEGMENTERS,
    Correction,
    Move,
    Rep,
    ankle_heights_pct,
    correct,
    hip_extension_deg,
    hip_height,
    holds,
    lifted,
    quiet,
    spans,
)
from tests.hand import NAN, UPRIGHT, clock, rep, tracks_by_hand, with_knee

NO_CONTACTS = Contacts((), NAN, ())
STANDING = tracks_by_hand(clock(0, 4), {}, {})


def contact(down_s: float, up_s: float, stance: str = "both", sd_s: float = 0.004) -> Contact:
    return Contact(down_s, up_s, sd_s, sd_s + 0.001, 2e-6, stance)


def contacts(*items: Contact) -> Contacts:
    return Contacts(items, 545.0, ())


def bump(time_s: np.ndarray, start_s: float, top_s: float, end_s: float) -> np.ndarray:
    """From 0 to 1 and back, along half cosines; 0 elsewhere."""
    return 0.5 - 0.5 * np.cos(np.pi * np.interp(time_s, [start_s, top_s, end_s], [0, 1, 2]))


def cut(name: str, tracks: Tracks, given: Contacts = NO_CONTACTS) -> list[Rep]:
    return SEGMENTERS[name](tracks, given)


# Where a half cosine has done 12 % of its way: acos(1 - 0.24) / pi = 0.2252 of its time.
EDGE = 0.2252


# Flights -----------------------------------------------------------------------------------------


def test_hops_are_short_contacts_with_a_flight_on_both_sides() -> None:
    given = contacts(
        contact(NAN, 0.50),
        contact(0.90, 1.10, "left", 0.003),
        contact(1.50, 2.20),  # 0.7 s: a landing, not a hop
        contact(2.60, 2.80, "right"),
        contact(3.20, NAN),
    )
    first, second = cut("hops", STANDING, given)
    assert first == Rep(
        index=1,
        stance="left",
        start_s=0.90,
        end_s=1.50,
        key_s=0.90,
        touchdown_s=0.90,
        toe_off_s=1.10,
        landing_s=1.50,
        touchdown_sd_s=0.003,
        toe_off_sd_s=0.004,
        landing_sd_s=0.004,
        covariance_s2=2e-6,
    )
    assert (second.index, second.stance, second.touchdown_s, second.landing_s) == (2, "right", 2.60, 3.20)
    assert cut("hops", STANDING, contacts(contact(0.9, 1.1))) == []


@pytest.mark.parametrize(("next_s", "landing_s"), [(1.44, 1.44), (1.46, NAN)])
def test_a_run_s_flight_does_not_span_a_step_that_was_not_seen(next_s: float, landing_s: float) -> None:
    """Steps of 0.3 s; 1.5 of them after 1.0 are 1.45."""
    steps = tuple(Step("left" if k % 2 else "right", 0.4 + 0.3 * k, 0.6 + 0.3 * k) for k in range(5))
    given = contacts(contact(0.7, 0.9), contact(1.0, 1.2), contact(next_s, NAN))
    first, second = cut("hops", STANDING, replace(given, gait=Gait(steps, 4.0)))
    assert (first.landing_s, first.end_s) == (1.0, 1.0)
    assert second.landing_s == pytest.approx(landing_s, nan_ok=True)
    assert second.end_s == (next_s if np.isfinite(landing_s) else 1.2)
    assert np.isnan(second.landing_sd_s) == np.isnan(landing_s)


@pytest.mark.parametrize(("length_s", "count"), [(0.59, 1), (0.61, 0)])
def test_a_hop_s_contact_lasts_six_tenths_at_most(length_s: float, count: int) -> None:
    given = contacts(contact(1.0, 1.0 + length_s), contact(2.0, NAN))
    assert len(cut("hops", STANDING, given)) == count


def test_a_jump_lasts_from_the_push_to_the_deepest_of_the_landing() -> None:
    """Hips at 50 until 1.0, down to 40 at 1.4, gone at 1.6; landed at 2.0, deepest (42) at 2.3, up at 2.8."""
    t = clock(0, 4)
    hips = np.interp(t, [1.0, 1.4, 1.6, 1.8, 2.0, 2.3, 2.8], [50, 40, 53, 62, 52, 42, 50])
    tracks = tracks_by_hand(t, {"hip": (0, hips)}, {"hip": (0, hips)})
    (jump,) = cut("jumps", tracks, contacts(contact(NAN, 1.6), contact(2.0, NAN, "right")))
    assert (jump.index, jump.stance, jump.toe_off_s, jump.landing_s, jump.key_s) == (1, "right", 1.6, 2.0, 2.0)
    assert np.isnan(jump.touchdown_s)
    assert (jump.toe_off_sd_s, jump.landing_sd_s) == (0.005, 0.004)
    # The slow low-pass blunts the corners by a few hundredths.
    assert jump.start_s == pytest.approx(1.0, abs=0.06)
    assert jump.end_s == pytest.approx(2.3, abs=0.05)


def test_two_jumps_do_not_overlap() -> None:
    t = clock(0, 5)
    hips = np.interp(t, [0.8, 1.2, 1.6, 2.0, 2.4, 2.9, 3.3, 3.8, 4.2, 4.6], [50, 40, 62, 43, 50, 50, 40, 62, 43, 50])
    tracks = tracks_by_hand(t, {"hip": (0, hips)}, {"hip": (0, hips)})
    given = contacts(contact(NAN, 1.4), contact(1.8, 3.5), contact(4.0, NAN))
    one, two = cut("jumps", tracks, given)
    assert (one.index, two.index) == (1, 2)
    assert one.end_s == pytest.approx(2.0, abs=0.05)
    assert one.end_s <= two.start_s < two.toe_off_s == 3.5
    assert two.start_s == pytest.approx(2.9, abs=0.08)
    assert cut("landings", tracks, given) == [one, two]


def test_a_landing_from_a_box_starts_where_it_lands() -> None:
    t = clock(0, 4)
    hips = np.interp(t, [1.6, 2.0, 2.3, 2.8], [70, 52, 40, 50])
    tracks = tracks_by_hand(t, {"hip": (0, hips)}, {"hip": (0, hips)})
    (landing,) = cut("landings", tracks, contacts(contact(NAN, NAN), contact(2.0, NAN)))
    assert landing.start_s == landing.key_s == landing.landing_s == 2.0
    assert np.isnan(landing.toe_off_s)
    assert landing.end_s == pytest.approx(2.3, abs=0.05)


# Slow drills -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knees", "near", "far", "stance"),
    [
        (80.0, 0, 0, "both"),
        (80.0, 16, -16, "near"),
        (80.0, -16, 16, "far"),
        (80.0, 6, -6, "both"),  # 12 apart is no split
    ],
)
@pytest.mark.parametrize("facing", [1, -1])
def test_dips(knees: float, near: float, far: float, stance: str, facing: int) -> None:
    """Hips go down by 12 from 1.0 to 2.0 and are up again at 2.8; the leg in front bears."""
    t = clock(0, 4)
    down = bump(t, 1.0, 2.0, 2.8)
    bend = with_knee(knees * down)
    legs = []
    for x in (near, far):
        ankle_x = bend["ankle"][0] - bend["ankle"][0][200] + x
        legs.append({"hip": (0, 50 - 12 * down), "knee": (10 * down, 27), "ankle": (ankle_x, 4)})
    tracks = tracks_by_hand(t, legs[0], legs[1], facing)
    sides = {side: tracks.sides[side].knee_flexion_deg[200] for side in ("left", "right")}
    assert max(sides.values()) > 50
    (dip,) = cut("dips", tracks)
    own = {"both": "both", "near": "right" if facing == 1 else "left", "far": "left" if facing == 1 else "right"}
    assert (dip.index, dip.stance) == (1, own[stance])
    assert dip.key_s == pytest.approx(2.0, abs=0.02)
    assert dip.start_s == pytest.approx(1.0 + EDGE, abs=0.02)
    assert dip.end_s == pytest.approx(2.8 - 0.8 * EDGE, abs=0.02)
    assert not dip.held


@pytest.mark.parametrize(("depth", "dips", "shallow"), [(10.0, 1, 1), (8.0, 0, 1), (3.0, 0, 1), (2.0, 0, 0)])
def test_how_deep_a_dip_is(depth: float, dips: int, shallow: int) -> None:
    t = clock(0, 4)
    hip = {"hip": (0, 50 - depth * bump(t, 1.0, 2.0, 3.0)), "knee": (14, 27)}
    tracks = tracks_by_hand(t, hip, hip)
    assert (len(cut("dips", tracks)), len(cut("shallow_dips", tracks))) == (dips, shallow)


@pytest.mark.parametrize(("knee_deg", "count"), [(52.0, 1), (48.0, 0)])
def test_a_dip_bends_a_knee_by_50(knee_deg: float, count: int) -> None:
    """A body that only sinks in the picture does not count; one knee suffices."""
    t = clock(0, 4)
    down = 12 * bump(t, 1.0, 2.0, 3.0)
    bent = with_knee(knee_deg, (0, 50))
    near = {joint: (x, up - down) for joint, (x, up) in bent.items()}
    far = {joint: (x, up - down) for joint, (x, up) in UPRIGHT.items()}
    assert len(cut("dips", tracks_by_hand(t, near, far))) == count


def test_a_bend_that_does_not_come_back_is_no_rep() -> None:
    t = clock(0, 4)
    for back, count in ((0.3, 0), (0.7, 1)):
        down = np.where(t < 2, bump(t, 1.0, 2.0, 3.0), 1 - back * (1 - bump(t, 1.0, 2.0, 3.0)))
        hip = {"hip": (0, 50 - 16 * down), "knee": (14, 27)}
        assert len(cut("dips", tracks_by_hand(t, hip, hip))) == count


def test_two_bends_with_half_a_second_between() -> None:
    t = clock(0, 6)
    down = bump(t, 0.5, 1.2, 2.0) + 0.8 * bump(t, 2.6, 3.4, 4.2)
    hip = {"hip": (0, 50 - 12 * down), "knee": (14, 27)}
    first, second = cut("dips", tracks_by_hand(t, hip, hip))
    assert (first.index, second.index) == (1, 2)
    assert (first.key_s, second.key_s) == (pytest.approx(1.2, abs=0.02), pytest.approx(3.4, abs=0.02))
    assert first.end_s < 2.0
    assert second.start_s > 2.6


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("stands", ["near", "far", "both"])
def test_heel_raises_of_the_leg_that_stands(facing: int, stands: str) -> None:
    """The heel goes from 1 to 9 over the toe; a leg that hangs does not count, however its foot moves."""
    t = clock(0, 4)
    rise = 8 * bump(t, 1.0, 1.8, 2.4)
    works = {"heel": (-5, 1 + rise)}
    hangs = {"ankle": (0, 14), "heel": (-5, 11 + 8 * bump(t, 2.6, 3.2, 3.8)), "toe": (10, 11)}
    near, far = {"near": (works, hangs), "far": (hangs, works), "both": (works, works)}[stands]
    (found,) = cut("raises", tracks_by_hand(t, near, far, facing))
    own = {"both": "both", "near": "right" if facing == 1 else "left", "far": "left" if facing == 1 else "right"}
    assert found.stance == own[stands]
    assert found.key_s == pytest.approx(1.8, abs=0.02)
    assert found.start_s == pytest.approx(1.0 + 0.8 * EDGE, abs=0.02)
    assert found.end_s == pytest.approx(2.4 - 0.6 * EDGE, abs=0.02)


@pytest.mark.parametrize(("rise", "count"), [(2.8, 1), (2.2, 0)])
def test_how_high_a_heel_raise_is(rise: float, count: int) -> None:
    t = clock(0, 4)
    foot = {"heel": (-5, 1 + rise * bump(t, 1.0, 2.0, 3.0))}
    assert len(cut("raises", tracks_by_hand(t, foot, foot))) == count


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("size", "count"), [(14.0, 2), (10.0, 0)])
def test_recoveries_of_either_leg(facing: int, size: float, count: int) -> None:
    t = clock(0, 4)
    near = {"ankle": (0, 4 + size * bump(t, 0.5, 1.0, 1.5))}
    far = {"ankle": (0, 4 + size * bump(t, 2.0, 2.5, 3.0))}
    found = cut("recoveries", tracks_by_hand(t, near, far, facing))
    assert len(found) == count
    if count:
        assert [r.stance for r in found] == (["right", "left"] if facing == 1 else ["left", "right"])
        assert [r.key_s for r in found] == pytest.approx([1.0, 2.5], abs=0.02)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("size", "count"), [(30.0, 2), (20.0, 0)])
def test_kicks_of_either_leg(facing: int, size: float, count: int) -> None:
    t = clock(0, 5)

    def leg(back: np.ndarray) -> dict[str, Any]:
        a = np.radians(size * back)
        return {"knee": (-23 * np.sin(a), 50 - 23 * np.cos(a))}

    tracks = tracks_by_hand(t, leg(bump(t, 0.5, 1.2, 1.9)), leg(bump(t, 2.5, 3.2, 3.9)), facing)
    found = cut("kicks", tracks)
    assert len(found) == count
    near = "right" if facing == 1 else "left"
    # 180 is straight, 30 further back is 210.
    assert hip_extension_deg(tracks, near)[0] == pytest.approx(180)
    assert hip_extension_deg(tracks, near)[120] == pytest.approx(180 + size, abs=0.1)
    if count:
        assert [r.stance for r in found] == (["right", "left"] if facing == 1 else ["left", "right"])
        assert [r.key_s for r in found] == pytest.approx([1.2, 3.2], abs=0.02)


def test_arabesques_last_to_the_next_one() -> None:
    t = clock(0, 6)
    tip = np.radians(70 * bump(t, 0.5, 1.5, 2.5) + 80 * bump(t, 3.0, 4.0, 5.0))
    head = {"shoulder": (30 * np.sin(tip), 50 + 30 * np.cos(tip))}
    tracks = tracks_by_hand(t, head, {**head, "ankle": (0, 20)})
    one, two = cut("arabesques", tracks)
    assert (one.stance, two.stance) == ("right", "right")
    assert (one.key_s, two.key_s) == (pytest.approx(1.5, abs=0.02), pytest.approx(4.0, abs=0.02))
    assert one.start_s == pytest.approx(0.5 + EDGE, abs=0.03)
    assert one.end_s == two.start_s == pytest.approx(3.0 + EDGE, abs=0.03)
    # As long as the first: 2.5 s from start to start.
    assert two.end_s == pytest.approx(two.start_s + 2.5, abs=0.03)
    assert cut("arabesques", STANDING) == []


def test_heights() -> None:
    t = clock(0, 2)
    tracks = tracks_by_hand(t, {"hip": (0, 52), "ankle": (np.where(t < 1, 0.0, 30.0), 6)}, {"hip": (0, 50)})
    # The picture's bottom lies 20 px, 5 %, below the figure's floor; the hips' middle is at 51.
    np.testing.assert_allclose(hip_height(tracks), 56, atol=1e-6)
    up = ankle_heights_pct(tracks)
    np.testing.assert_allclose([up["right"][0], up["left"][0]], [11, 9])


# Holds and stands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({}, True),
        (with_knee(23.0), True),
        (with_knee(27.0), False),
        ({"shoulder": (20, 80)}, True),  # atan(20 / 30) = 33.7
        ({"shoulder": (22, 80)}, False),  # 36.3
        ({"shoulder": (-22, 80)}, False),
    ],
)
def test_quiet_is_upright_with_straight_knees(change: dict[str, Any], still: bool) -> None:
    assert quiet(tracks_by_hand(clock(0, 1), change, change)).all() == still
    assert quiet(tracks_by_hand(clock(0, 1), change, change)).any() == still


@pytest.mark.parametrize(("speed", "still"), [(5.0, True), (7.0, False)])
@pytest.mark.parametrize("joint", ["hip", "ankle"])
@pytest.mark.parametrize("leg", [0, 1])
def test_quiet_is_slower_than_six_percent_a_second(speed: float, still: bool, joint: str, leg: int) -> None:
    t = clock(0, 1)
    legs: list[dict[str, Any]] = [{}, {}]
    legs[leg] = {joint: (0.6 * speed * (t - 0.5), UPRIGHT[joint][1] + 0.8 * speed * (t - 0.5))}
    assert quiet(tracks_by_hand(t, *legs))[20:-20].all() == still


def test_holds_bridge_half_a_second_of_stir_and_last_a_second() -> None:
    """The trunk is bent away from 1.5 to 1.8 (bridged), from 3.5 to 4.3 (not), and from 5.0 on: 0.7 s is too short."""
    t = clock(0, 6)
    bent = ((t > 1.5) & (t < 1.8)) | ((t > 3.5) & (t < 4.3)) | (t > 5.0)
    bend = {"shoulder": (np.where(bent, 30, 0), 80)}
    tracks = tracks_by_hand(t, bend, bend)
    (hold,) = holds(tracks, NO_CONTACTS)
    assert (hold.index, hold.stance, hold.held) == (1, "both", True)
    assert (hold.start_s, hold.end_s, hold.key_s) == (0.0, 3.5, 1.75)
    bend = {"shoulder": (np.where(bent & (t < 5), 30, 0), 80)}
    longer = tracks_by_hand(t, bend, bend)
    assert [(h.index, h.start_s, h.end_s) for h in holds(longer, NO_CONTACTS)] == [
        (1, 0.0, 3.5),
        (2, pytest.approx(4.3), pytest.approx(6.0)),
    ]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([0, 1, 1, 0, 1], [(1, 2), (4, 4)]),
        ([1, 1], [(0, 1)]),
        ([0, 0], []),
        ([1, 0, 0, 1, 1, 1, 0], [(0, 0), (3, 5)]),
    ],
)
def test_spans(flags: list[int], expected: list[tuple[int, int]]) -> None:
    assert spans(np.array(flags, bool)) == expected


@pytest.mark.parametrize(("height", "up"), [(6.5, True), (5.5, False)])
@pytest.mark.parametrize("leg", [0, 1])
def test_a_foot_is_off_the_floor_above_six_percent(height: float, up: bool, leg: int) -> None:
    legs: list[dict[str, Any]] = [{}, {}]
    legs[leg] = {"ankle": (0, 4 + height)}
    assert lifted(tracks_by_hand(clock(0, 1), *legs)).all() == up


def test_a_foot_is_down_again_below_four_percent() -> None:
    t = clock(0, 6)
    ankle = 4 + np.interp(t, [1, 2, 3, 4, 5], [0, 10, 5, 5, 0])
    up = lifted(tracks_by_hand(t, {"ankle": (0, ankle)}, {}))
    (only,) = spans(up)
    # Above 6 at 1.6; not below 4 before 4.2.
    assert t[only[0]] == pytest.approx(1.6, abs=0.02)
    assert t[only[1]] == pytest.approx(4.2, abs=0.02)


def test_a_stand_ends_where_the_athlete_leaves_and_goes_on_over_a_glance_away() -> None:
    """A foot is up from 1 s on; nobody is seen for 0.1 s at 2 s, and from 4 s to the film's end."""
    t = clock(0, 8)
    up = np.where(t > 1, 14.0, 4.0)
    up[((t > 2) & (t < 2.1)) | (t > 4)] = np.nan
    (only,) = spans(lifted(tracks_by_hand(t, {"ankle": (0, up)}, {})))
    assert t[only[0]] == pytest.approx(1.0, abs=0.1)
    assert t[only[1]] == pytest.approx(4.0, abs=0.02)


@pytest.mark.parametrize("facing", [1, -1])
def test_stands_on_one_leg_go_on_over_a_touch(facing: int) -> None:
    """Near foot up 1-2 and 2.5-4 (one stand with a touch), 6-6.8 (too short), far foot up 7.5-9."""
    t = clock(0, 10)
    near = 15 * (((t > 1) & (t < 2)) | ((t > 2.5) & (t < 4)) | ((t > 6) & (t < 6.8)))
    far = 15 * ((t > 7.5) & (t < 9))
    one, two = cut("stances", tracks_by_hand(t, {"ankle": (0, 4 + near)}, {"ankle": (0, 4 + far)}, facing))
    assert [one.stance, two.stance] == (["left", "right"] if facing == 1 else ["right", "left"])
    assert (one.index, two.index, one.held, two.held) == (1, 2, True, True)
    for stand, start, end in ((one, 1, 4), (two, 7.5, 9)):
        assert (stand.start_s, stand.end_s) == (pytest.approx(start, abs=0.04), pytest.approx(end, abs=0.04))
        assert stand.key_s == pytest.approx((stand.start_s + stand.end_s) / 2)


@pytest.mark.parametrize("facing", [1, -1])
def test_raised_knees(facing: int) -> None:
    """Near knee and foot up by 15 around 1.0, far ones around 1.8, near ones around 2.6; the other leg stands."""
    t = clock(0, 3.6)
    near = 15 * (bump(t, 0.7, 1.0, 1.3) + bump(t, 2.3, 2.6, 2.9))
    far = 15 * bump(t, 1.5, 1.8, 2.1)
    tracks = tracks_by_hand(
        t, {"knee": (5, 27 + near), "ankle": (0, 4 + near)}, {"knee": (5, 27 + far), "ankle": (0, 4 + far)}, facing
    )
    found = cut("lifts", tracks)
    assert [r.index for r in found] == [1, 2, 3]
    assert [r.stance for r in found] == (["left", "right", "left"] if facing == 1 else ["right", "left", "right"])
    assert [r.key_s for r in found] == pytest.approx([1.0, 1.8, 2.6], abs=0.02)
    # Down to 4 % of its height: acos(1 - 0.08) / pi = 0.128 of the 0.3 s before it stands.
    assert [r.touchdown_s for r in found] == pytest.approx([1.2616, 2.0616, 2.8616], abs=0.005)
    assert all(r.start_s < r.key_s < r.touchdown_s <= r.end_s for r in found)
    # 0.6 of a frame and 30 ms: sqrt(0.006^2 + 0.03^2)
    assert found[0].touchdown_sd_s == pytest.approx(0.030594, abs=1e-5)


@pytest.mark.parametrize(("size", "count"), [(8.0, 1), (6.0, 0)])
def test_how_high_a_knee_is_raised(size: float, count: int) -> None:
    t = clock(0, 3)
    up = size * bump(t, 1.0, 1.5, 2.0)
    assert len(cut("lifts", tracks_by_hand(t, {"knee": (5, 27 + up), "ankle": (0, 4 + up)}, {}))) == count


# Corrections -------------------------------------------------------------------------------------

HOPS = (
    rep("both", touchdown_s=1.0, toe_off_s=1.2, landing_s=1.6),
    replace(rep("both", touchdown_s=1.6, toe_off_s=1.8, landing_s=2.2), index=2, covariance_s2=1e-6),
)
ON_FLOOR = contacts(contact(1.0, 1.2), contact(1.6, 1.8), contact(2.2, NAN))


def corrected(**change: Any) -> tuple[tuple[Rep, ...], Contacts]:
    out = correct(HOPS, ON_FLOOR, Correction(**{"sd_s": 0.006, **change}), 5.0)
    return out.reps, out.contacts


def test_nothing_to_correct_changes_nothing() -> None:
    assert corrected() == (HOPS, ON_FLOOR)


def test_a_moved_landing_is_the_next_touchdown_too() -> None:
    (one, two), on_floor = corrected(moves=(Move(1, "landing_s", 0.05),))
    assert (one.landing_s, one.end_s, one.landing_sd_s) == (1.6 + 0.05, 1.6 + 0.05, 0.006)
    assert (one.touchdown_s, one.toe_off_s, one.touchdown_sd_s) == (1.0, 1.2, 0.0)
    assert (two.touchdown_s, two.start_s, two.key_s, two.touchdown_sd_s) == (1.6 + 0.05, 1.6 + 0.05, 1.6 + 0.05, 0.006)
    assert (two.covariance_s2, two.toe_off_s, two.landing_s) == (0.0, 1.8, 2.2)
    assert [c.touchdown_s for c in on_floor.items] == [1.0, 1.6 + 0.05, 2.2]
    moved = on_floor.items[1]
    assert (moved.touchdown_sd_s, moved.toe_off_sd_s, moved.covariance_s2) == (0.006, 0.005, 0.0)
    assert on_floor.items[0] == ON_FLOOR.items[0]


def test_a_moved_toe_off() -> None:
    (one, two), on_floor = corrected(moves=(Move(2, "toe_off_s", -0.03),))
    assert (two.toe_off_s, two.toe_off_sd_s, two.covariance_s2) == (pytest.approx(1.77), 0.006, 0.0)
    assert one == HOPS[0]
    assert on_floor.items[1].toe_off_s == pytest.approx(1.77)


def test_deleted_and_added_reps_keep_and_get_numbers() -> None:
    new = rep("left", touchdown_s=3.0, toe_off_s=3.2, landing_s=3.6)
    early = rep("left", touchdown_s=0.2, toe_off_s=0.4, landing_s=0.8)
    reps, on_floor = corrected(deleted=frozenset({1}), added=(new, early))
    assert [(r.index, r.touchdown_s) for r in reps] == [(4, 0.2), (2, 1.6), (3, 3.0)]
    assert [c.touchdown_s for c in on_floor.items] == [0.2, 1.0, 1.6, 2.2, 3.0]
    assert on_floor.items[-1] == Contact(3.0, 3.2, 0.0, 0.0, 0.0, "left")
    # No second contact where one is known.
    again = rep("both", touchdown_s=1.1, toe_off_s=1.3, landing_s=1.6)
    _, same = corrected(deleted=frozenset({1}), added=(again,))
    assert len(same.items) == 3
    # No second rep either.
    with pytest.raises(SettingsError, match=r"added at 1\.10 s lies over rep 1"):
        corrected(added=(again,))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"moves": (Move(7, "landing_s", 0.1),)}, "the edits name rep 7: this clip has reps [1, 2]."),
        ({"deleted": frozenset({3})}, "the edits name rep 3: this clip has reps [1, 2]."),
        (
            {"moves": (Move(1, "touchdown_s", 0.3),)},
            "the edits put the events of rep 1 out of order: touchdown, toe-off, landing.",
        ),
        (
            {"moves": (Move(1, "touchdown_s", 0.2),)},
            "the edits put the events of rep 1 out of order: touchdown, toe-off, landing.",
        ),
        ({"moves": (Move(1, "touchdown_s", -1.1),)}, "the edits put rep 1 outside the film, which lasts 5.00 s."),
        ({"moves": (Move(2, "landing_s", 2.9),)}, "the edits put rep 2 outside the film, which lasts 5.00 s."),
        (
            {"moves": (Move(1, "landing_s", 0.05), Move(2, "touchdown_s", 0.06))},
            "the edits move one instant twice, by different amounts: touchdown of rep 2 is an event of its "
            "neighbour too.",
        ),
    ],
)
def test_corrections_that_cannot_be(change: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        corrected(**change)
    assert str(raised.value) == said


def test_an_event_that_is_not_there_cannot_be_moved() -> None:
    landing = rep("both", landing_s=2.0)
    with pytest.raises(SettingsError, match=r"^the edits move the toe_off of rep 1, which has none\.$"):
        correct((landing,), ON_FLOOR, Correction(moves=(Move(1, "toe_off_s", 0.1),)), 5.0)
    with pytest.raises(SettingsError, match=r"this clip has reps none\.$"):
        correct((), ON_FLOOR, Correction(deleted=frozenset({1})), 5.0)


def test_the_same_move_said_of_both_neighbours_is_one_move() -> None:
    (one, two), _ = corrected(moves=(Move(1, "landing_s", 0.05), Move(2, "touchdown_s", 0.05)))
    assert one.landing_s == two.touchdown_s == 1.6 + 0.05


# Catalogue ---------------------------------------------------------------------------------------


def test_a_movement_takes_over_from_another() -> None:
    """Read anew from the file: a row `like` another has its texts and metrics, and `extra_metrics` behind them."""
    movements = load_movements.__wrapped__()
    pogo, single = movements["pogo"], movements["single_leg_hop"]
    assert (pogo.id, pogo.segment, pogo.view) == ("pogo", "hops", "side")
    assert (single.segment, single.view) == (pogo.segment, pogo.view)
    assert movements["front_hop"].view == "front"
    assert movements == load_movements()


def test_drills_are_read_whole() -> None:
    drills = load_drills.__wrapped__()
    assert drills == load_drills()
    pogo = drills["weighted_pogo"]
    assert (pogo.id, pogo.segment, pogo.names) == ("weighted_pogo", "hops", {"weighted_pogo", "pogo"})
    assert pogo.metrics == pogo.measured.metrics
    assert pogo.film
    unjudged = next(d for d in drills.values() if d.movement is None)
    assert (unjudged.metrics, unjudged.names) == ((), {unjudged.id})
    assert unjudged.not_judged


def test_a_drill_that_is_not_there_is_answered_with_those_that_are() -> None:
    assert find_drill("pogo").id == measurable_drill("pogo").id == "pogo"
    with pytest.raises(SettingsError) as raised:
        find_drill("pogoo")
    assert str(raised.value).startswith("there is no drill 'pogoo': did you mean pogo")
    assert str(raised.value).endswith("? plumbline drills lists them all.")
    with pytest.raises(SettingsError, match=r"^there is no drill 'zzzz': plumbline drills lists them all\.$"):
        find_drill("zzzz")
    unjudged = next(d for d in load_drills().values() if d.movement is None)
    with pytest.raises(SettingsError) as raised:
        measurable_drill(unjudged.id)
    assert str(raised.value) == f"'{unjudged.id}' cannot be measured: {unjudged.not_judged}"


# Ends and neighbours -----------------------------------------------------------------------------


def test_reps_added_where_none_were_found_are_numbered_from_one() -> None:
    new = rep("both", touchdown_s=1.0, toe_off_s=1.2, landing_s=1.6)
    done = correct((), NO_CONTACTS, Correction(added=(new, replace(new, start_s=0.5))), 5.0)
    assert [(r.index, r.start_s) for r in done.reps] == [(2, 0.5), (1, 1.0)]
    assert len(done.contacts.items) == 1


def test_a_handful_of_frames_is_not_quiet() -> None:
    still = quiet(tracks_by_hand(clock(0, 0.03), {}, {}))
    assert still.dtype == bool
    assert still.tolist() == [False] * 4
    assert quiet(tracks_by_hand(clock(0, 0.04), {}, {})).all()


def knees(t: np.ndarray, *tops: tuple[float, float, float], size: float = 15.0) -> Tracks:
    up = size * np.sum([bump(t, *top) for top in tops], axis=0)
    return tracks_by_hand(t, {"knee": (5, 27 + up), "ankle": (0, 4 + up)}, {})


def test_a_lift_that_the_film_cuts_off_above_two_fifths_is_none() -> None:
    """Down from 15 along half a cosine from 1.5 to 2.0 s: at 7 when the film ends at 1.77, at 5 at 1.81."""
    for end_s, count in ((1.76, 0), (1.82, 1)):
        assert len(cut("lifts", knees(clock(0, end_s), (1.0, 1.5, 2.0)))) == count
    # In a picture whose floor lies elsewhere it is the same.
    t = clock(0, 1.76)
    up = 40 + 15 * bump(t, 1.0, 1.5, 2.0)
    raised = {joint: (x, y + 40) for joint, (x, y) in UPRIGHT.items()}
    tracks = tracks_by_hand(t, {**raised, "knee": (5, 27 + up), "ankle": (0, 4 + up)}, raised)
    assert cut("lifts", tracks) == []


def test_legs_that_pass_each_other_raised_are_lifted_one_by_one() -> None:
    """Knees 6.5 up and down against each other, 0.4 s a lift: the higher one never sinks by more than 6.5 %BH."""
    t = clock(0, 2.6)
    swing = 6.5 * np.sin(2 * np.pi * (t - 0.3) / 0.8)
    found = cut("lifts", tracks_by_hand(t, {"knee": (5, 34 + swing)}, {"knee": (5, 34 - swing)}))
    assert [r.key_s for r in found] == pytest.approx([0.1, 0.5, 0.9, 1.3, 1.7, 2.1], abs=0.03)
    assert [r.stance for r in found] == ["right", "left"] * 3


def test_a_knee_that_waits_on_its_way_down_is_raised_once() -> None:
    """Up to 20 %BH, down to 11 and slowly to 10; the other knee rises to 9 between and sinks again."""
    t = clock(0, 2)
    near = np.interp(t, [0.3, 0.6, 0.9, 1.2, 1.6], [0, 20, 11, 10, 0])
    far = np.interp(t, [0.6, 0.9, 1.2, 1.6], [0, 9, 0, 0])
    found = cut("lifts", tracks_by_hand(t, {"knee": (5, 27 + near)}, {"knee": (5, 27 + far)}))
    assert [r.key_s for r in found] == pytest.approx([0.6], abs=0.05)


def test_lifts_lie_apart_by_a_fifth_of_a_second() -> None:
    """0.18 s: of tops 0.16 s apart every other one counts, of those 0.2 s apart each."""
    t = clock(0, 3)
    for apart, gap in ((0.16, 0.32), (0.2, 0.2)):
        up = 15 - 15 * np.cos(2 * np.pi * t / apart)
        found = cut("lifts", tracks_by_hand(t, {"knee": (5, 27 + up), "ankle": (0, 4 + up)}, {}))
        assert np.median(np.diff([r.key_s for r in found])) == pytest.approx(gap, abs=0.011)


def test_a_lift_lasts_to_its_touchdown_and_from_where_the_one_before_ended() -> None:
    """Tops at 1.0 and 2.0, down at 1.3 and 2.3; the foot comes down after the knee, at 1.45."""
    t = clock(0, 3)
    up = 15 * (bump(t, 0.7, 1.0, 1.3) + bump(t, 1.7, 2.0, 2.3))
    foot = 15 * (bump(t, 0.7, 1.0, 1.55) + bump(t, 1.7, 2.0, 2.3))
    one, two = cut("lifts", tracks_by_hand(t, {"knee": (5, 27 + up), "ankle": (0, 4 + foot)}, {}))
    # 0.128 of 0.55 s before 1.55.
    assert one.touchdown_s == pytest.approx(1.4796, abs=0.01)
    assert one.end_s >= one.touchdown_s
    assert 1.28 <= two.start_s <= 1.72
    assert two.end_s >= two.touchdown_s > two.key_s
    gone = np.where((t > 1.1) & (t < 1.2), NAN, 4 + foot)
    unseen = cut("lifts", tracks_by_hand(t, {"knee": (5, 27 + up), "ankle": (0, gone)}, {}))
    assert np.isnan(unseen[0].touchdown_s)
    assert unseen[0].end_s == pytest.approx(1.3, abs=0.06)


def test_each_of_three_bends_ends_before_the_next() -> None:
    t = clock(0, 8)
    hips = 50 - 12 * np.sum([bump(t, k, k + 1.0, k + 2.0) for k in (0.5, 2.7, 5.0)], axis=0)
    leg = {"hip": (0, hips), "knee": (14, 27)}
    found = cut("dips", tracks_by_hand(t, leg, leg))
    assert [r.key_s for r in found] == pytest.approx([1.5, 3.7, 6.0], abs=0.02)
    assert [r.end_s for r in found] == pytest.approx([k + 2.0 - EDGE for k in (0.5, 2.7, 5.0)], abs=0.02)
    assert [r.start_s for r in found] == pytest.approx([k + EDGE for k in (0.5, 2.7, 5.0)], abs=0.02)


def test_what_all_events_of_a_clip_share_stays_with_the_reps() -> None:
    """Else a mean's uncertainty would shrink with the number of reps."""
    first = Contact(NAN, 0.5, 0.01, 0.01, 0.0, "both", 0.003, 0.008)
    hop = Contact(0.9, 1.1, 0.01, 0.01, 1e-6, "both", 0.003, 0.008)
    last = Contact(1.5, 1.7, 0.01, 0.01, 0.0, "both", 0.004, 0.009)
    (found,) = cut("hops", STANDING, contacts(first, hop, last))
    assert (found.touchdown_common_s, found.toe_off_common_s, found.landing_common_s) == (0.003, 0.008, 0.004)
    (jump,) = cut("jumps", STANDING, contacts(first, last))
    assert (jump.toe_off_common_s, jump.landing_common_s) == (0.008, 0.004)
