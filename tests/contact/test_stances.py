"""Which feet bear between flights, from where to where, and the whole detection of hops set down by hand."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from plumbline.contact import Contacts, Flight, detect_contacts
from plumbline.contact._stances import Stance, _bearing, _far_over_near, _standing, bearing_height, stances_between
from plumbline.measuring import load_measuring
from plumbline.signals import CleanPose
from tests.contact.by_hand import FALL, NAN, arc, bouncing, heights
from tests.hand import UPRIGHT, clock, pose_by_hand

MEASURING = load_measuring()
T = clock(0.0, 4.0)


def flight(start_s: float, end_s: float, lift_before: float = 8.0) -> Flight:
    return Flight(start_s, end_s, (start_s + end_s) / 2, 600.0, 20.0, lift_before, 8.0)


FLIGHTS = [flight(0.5, 0.9), flight(1.1, 1.5), flight(2.5, 2.8)]


def test_stances_lie_before_between_and_after_flights() -> None:
    first, second, third, last = stances_between(heights(T, 1.0), FLIGHTS, "right")
    assert (first.up_s, first.flight_s) == (0.5, pytest.approx(0.4))
    assert np.isnan(first.down_s)
    assert (second.down_s, second.up_s, second.flight_s) == (0.9, 1.1, pytest.approx(0.4))
    assert (third.down_s, third.up_s, third.flight_s) == (1.5, 2.5, pytest.approx(0.3))
    assert last.down_s == 2.8
    assert np.isnan([last.up_s, last.flight_s]).all()
    for s in (first, second, third, last):
        assert (s.side, s.label, s.steps_off) == ("right", "both", False)
    # Up to 0.6 s between two flights it is a rebound.
    assert [s.rebound for s in (first, second, third, last)] == [False, True, False, False]
    assert [Stance(1.0, 1.0 + d, "left", "left").rebound for d in (0.59, 0.61)] == [True, False]


def test_ends_that_the_film_does_not_show_make_no_stance() -> None:
    """A film that begins in the air has no stance before that flight, one that ends there none after it."""
    cut = [flight(NAN, 0.3), flight(0.5, 0.9), flight(1.2, NAN)]
    first, second = stances_between(heights(T, 1.0), cut, "left")
    assert (first.down_s, first.up_s, second.down_s, second.up_s) == (0.3, 0.5, 0.9, 1.2)
    assert np.isnan(second.flight_s)
    # Flights that overlap leave a contact of 60 ms.
    (_, middle, _) = stances_between(heights(T, 1.0), [flight(0.5, 0.9), flight(0.88, 1.2)], "left")
    assert (middle.down_s, middle.up_s) == (0.9, pytest.approx(0.96))
    off = stances_between(heights(T, 1.0), [flight(0.5, 0.9, -3.0), flight(1.1, 1.5)], "left")
    assert [s.steps_off for s in off] == [True, False, False]


@pytest.mark.parametrize("near", ["left", "right"])
def test_the_foot_that_is_lower_bears(near: str) -> None:
    """From 0.85 to 1.15 the other foot hangs 12 higher, from 1.45 to 2.55 the near one does; else both stand."""
    own, far = np.where((T > 1.45) & (T < 2.55), 13.0, 1.0), np.where((T > 0.85) & (T < 1.15), 13.0, 1.0)
    feet = (own, far) if near == "left" else (far, own)
    h = heights(T, feet[0], other_toe=feet[1])
    other = "right" if near == "left" else "left"
    found = stances_between(h, FLIGHTS, near)  # type: ignore[arg-type]
    assert [(s.side, s.label) for s in found] == [(near, "both"), (near, near), (other, other), (near, "both")]


def test_a_camera_from_above_shows_the_far_foot_higher_in_every_stance() -> None:
    """By 6: level; by 8 in every stance it is a foot that is held up."""
    for gap, label in ((6.0, "both"), (8.0, "left")):
        h = heights(T, 1.0, other_toe=1.0 + gap)
        assert {s.label for s in stances_between(h, FLIGHTS, "left")} == {label}
    # 6 usually and 12 in one: that one differs by more than 5 from the rest.
    once = np.where((T > 0.85) & (T < 1.15), 13.0, 7.0)
    assert [s.label for s in stances_between(heights(T, 1.0, other_toe=once), FLIGHTS, "left")] == [
        *("both", "left", "both", "both")
    ]
    # No camera shows the far foot lower: by 6 in every stance it bears, and the near one is held up.
    below = stances_between(heights(T, 7.0, other_toe=1.0), FLIGHTS, "left")
    assert {(s.side, s.label) for s in below} == {("right", "right")}
    # A foot that is not seen does not bear; with neither seen both are taken to.
    assert {s.label for s in stances_between(heights(T, 1.0, other_toe=NAN), FLIGHTS, "left")} == {"both"}


@pytest.mark.parametrize(
    ("gap", "usual", "side", "label"),
    [
        (0.0, 0.0, "left", "both"),
        (4.9, 0.0, "left", "both"),
        (5.1, 0.0, "left", "left"),
        (-5.1, 0.0, "right", "right"),
        (9.0, 5.0, "left", "both"),
        (-1.0, 5.0, "right", "right"),
        (NAN, 0.0, "left", "both"),
    ],
)
def test_level_feet_bear_together(gap: float, usual: float, side: str, label: str) -> None:
    assert _bearing(gap, usual, "left") == (side, label)


def test_how_much_higher_the_far_foot_is() -> None:
    """The lower of toe and heel, its median from 1.0 to 1.2: near 1 (heel), far 4 (toe)."""
    toe = np.where((T >= 1.0) & (T <= 1.2), 5.0, 40.0)
    h = heights(T, 3.0, heel=1.0, other_toe=toe - 1, other_heel=toe + 2)
    assert _far_over_near(h, 1.0, 1.2, "left") == pytest.approx(3.0)
    assert _far_over_near(h, 1.0, 1.2, "right") == pytest.approx(-3.0)
    # Of a moment, what lies within 50 ms of its middle; 11 frames of 40 or 5.
    assert _far_over_near(h, 1.1, 1.101, "left") == pytest.approx(3.0)
    assert _far_over_near(h, 0.96, 0.961, "left") == pytest.approx(38.0)
    gone = heights(T, NAN, other_toe=5.0)
    assert np.isnan(_far_over_near(gone, 1.0, 1.2, "left"))


def test_where_the_feet_surely_stand() -> None:
    """Without a fifth at each end; of a long one 0.6 s beside either; of one end 30 ms on, 0.12 + 0.08 s far."""
    stance = Stance(1.0, 1.3, "left", "both")
    assert _standing(stance) == (pytest.approx(1.06), pytest.approx(1.24))
    assert _standing(replace(stance, up_s=5.0)) == (pytest.approx(4.4), pytest.approx(1.6))
    assert _standing(replace(stance, up_s=NAN)) == (pytest.approx(1.03), pytest.approx(1.2))
    assert _standing(replace(stance, down_s=NAN)) == (pytest.approx(1.1), pytest.approx(1.27))


def test_what_bears_is_read_where_it_surely_stands() -> None:
    """From 1.06 to 1.24 the left foot stands at 2, the right at 9; before it they come down by as much."""
    fall = 100 * np.clip(1.0 - T, 0, 0.1)
    h = heights(T, 2 + fall, heel=3 + 2 * fall, other_toe=9 + 3 * fall)
    at = int(np.searchsorted(T, 0.95 - 1e-9))
    both = bearing_height(h, Stance(1.0, 1.3, "left", "both"), 0.0)
    assert (both[at], both[110]) == (pytest.approx(5.0), pytest.approx(0.0))
    assert bearing_height(h, Stance(1.0, 1.3, "right", "right"), 0.0)[at] == pytest.approx(15.0)
    # A point half a foot beyond the toe: 1.5 * 5 - 0.5 * 10.
    assert bearing_height(h, Stance(1.0, 1.3, "left", "left"), 0.5)[at] == pytest.approx(2.5)


# The whole ---------------------------------------------------------------------------------------

# Stands, hops five times, stands.
AIR = [(0.6, 0.95), (1.15, 1.55), (1.8, 2.2), (2.4, 2.7), (2.95, 3.35)]


def hopping(fps: float, facing: int = 1, free: float = 0.0, end_s: float = 4.2) -> CleanPose:
    """The body goes up and down over feet that stand and leave with it; the far foot is held `free` higher."""
    t = clock(0.013, end_s, fps)
    feet = np.sum([arc(t, a, b) for a, b in AIR], axis=0)
    bob = bouncing(t, AIR, 0.0)
    legs = []
    for held in (0.0, free):
        leg = {j: (x, up + bob) for j, (x, up) in UPRIGHT.items() if j not in ("toe", "heel", "ankle")}
        legs.append(leg | {j: (UPRIGHT[j][0], UPRIGHT[j][1] + feet + held) for j in ("toe", "heel", "ankle")})
    return pose_by_hand(t, legs[0], legs[1], facing)


def detected(fps: float, **how: float) -> Contacts:
    return detect_contacts(hopping(fps, **how), "right", MEASURING)  # type: ignore[arg-type]


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_hops_have_their_contacts_to_three_ms(fps: float) -> None:
    """The model's foot is found down 3 ms before it is, and up 7 before: both are taken off what the track shows."""
    found = detected(fps)
    assert found.implausible == ()
    assert found.gait is None
    # The feet's share of the mass centre (2.9 %) moves with them: nearly 600.
    assert found.gravity_pct_bh_s2 == pytest.approx(FALL, rel=0.02)
    assert len(found.items) == 6
    for c, down, up in zip(found.items, (NAN, *(b for _, b in AIR)), (*(a for a, _ in AIR), NAN), strict=True):
        assert c.stance == "both"
        assert c.touchdown_s == pytest.approx(down + 0.003, abs=0.003, nan_ok=True)
        assert c.toe_off_s == pytest.approx(up + 0.007, abs=0.003, nan_ok=True)
        assert c.touchdown_common_s == pytest.approx(0.008)
        if np.isfinite(down):
            assert 0.008 < c.touchdown_sd_s < 0.0087
    # A toe-off by 1.4 %BH at g T / 2 of the flight after it, of a usual g: 643.7 T / 2. The last is not seen.
    common = [c.toe_off_common_s for c in found.items]
    peeling = [2 * 1.4 / (643.735 * (b - a)) for a, b in AIR]
    # Out of standing the feet roll off slowly: 15 ms more.
    assert common[:5] == pytest.approx([np.hypot(peeling[0], 0.015), *peeling[1:]], rel=0.08)
    assert common[5] == pytest.approx(0.013)
    for c in found.items[:5]:
        assert np.hypot(c.toe_off_common_s, 0.0018) <= c.toe_off_sd_s < np.hypot(c.toe_off_common_s, 0.0045)
    # Touchdown and toe-off of one contact are fitted together, those of a stand are not.
    assert [c.covariance_s2 != 0 for c in found.items] == [False, True, True, True, True, False]


def test_at_a_low_rate_people_s_biases_come_on_top() -> None:
    """At 30: touchdown -3 + 11, toe-off -7 - 6 ms, and 10 ms of doubt in either: sqrt(64 + 100)."""
    found = detected(30.0)
    assert len(found.items) == 6
    for c, (_, down) in zip(found.items[1:], AIR, strict=True):
        assert c.touchdown_s == pytest.approx(down - 0.008, abs=0.008)
        assert c.touchdown_common_s == pytest.approx(0.0128062, abs=1e-6)
    for c, (up, _) in zip(found.items, AIR, strict=False):
        assert c.toe_off_s == pytest.approx(up + 0.013, abs=0.008)


@pytest.mark.parametrize("facing", [1, -1])
def test_hops_on_one_leg_are_those_of_the_foot_that_comes_down(facing: int) -> None:
    for near, free, stance in (("right", 14.0, "near"), ("left", 14.0, "far")):
        found = detect_contacts(hopping(60.0, facing, free), near, MEASURING)  # type: ignore[arg-type]
        own = "right" if facing == 1 else "left"
        assert {c.stance for c in found.items} == {own}, stance
        assert [c.touchdown_s for c in found.items[1:]] == pytest.approx([b + 0.003 for _, b in AIR], abs=0.003)


def test_feet_that_are_not_seen_as_they_land_leave_the_first_guess() -> None:
    """Within a frame or two of the truth, and a frame and 20 ms in doubt, 26.03 ms, beside the 8 ms of the clip."""
    pose = hopping(60.0)
    raw, gone = pose.raw.copy(), np.abs(pose.time_s - 1.68) < 0.2  # about the contact from 1.55 to 1.8
    raw[gone, 29:] = NAN
    found = detect_contacts(replace(pose, raw=raw), "right", MEASURING)
    assert len(found.items) == 6
    third = found.items[2]
    assert third.touchdown_s == pytest.approx(1.55, abs=0.1)
    assert third.touchdown_sd_s == pytest.approx(np.sqrt(0.0166667**2 + 0.02**2 + 0.008**2), abs=1e-5)
    assert third.covariance_s2 == 0.0
    assert found.items[1].touchdown_sd_s < 0.0087


def test_frames_closer_together_than_errors_last_tell_no_more() -> None:
    """Errors of 0.16 s last over 19 of 120 frames a second: the foot's noise counts 4.4 times."""
    alone, lasting = (
        detect_contacts(hopping(120.0), "right", replace(MEASURING, landmark_memory_s=s)) for s in (0.0, 0.16)
    )
    own = [np.sqrt(c.items[1].touchdown_sd_s ** 2 - 0.008**2) for c in (alone, lasting)]
    assert 2 * own[0] < own[1] < 4.4 * own[0]


def test_a_body_without_a_height_has_no_contacts() -> None:
    pose = hopping(60.0)
    for nothing in (replace(pose, body_height_px=NAN), hopping(60.0, end_s=0.1)):
        found = detect_contacts(nothing, "right", MEASURING)
        assert (found.items, found.implausible, found.gait) == ((), (), None)
        assert np.isnan(found.gravity_pct_bh_s2)


def test_standing_has_no_contacts() -> None:
    found = detect_contacts(pose_by_hand(T, {}, {}), "right", MEASURING)
    assert (found.items, found.gait) == ((), None)
    assert np.isnan(found.gravity_pct_bh_s2)


@pytest.mark.parametrize("fps", [60.0, 120.0])
@pytest.mark.parametrize("begins_s", [0.62, 0.65, 0.69, 0.8])
@pytest.mark.parametrize("empty_before", [False, True], ids=["the film begins", "nobody before"])
def test_who_is_first_seen_in_a_flight_does_not_show_its_start(fps: float, begins_s: float, empty_before: bool) -> None:
    """The first flight lasts from 0.6 to 0.95: nothing is seen to leave the floor before the next one at 1.15."""
    pose = hopping(fps)
    k = pose.time_s >= begins_s
    arrays = {f.name: getattr(pose, f.name) for f in fields(pose)}
    if empty_before:
        hidden = {n: np.where(k[:, None, None], arrays[n], np.nan) for n in ("raw", "xy")}
        cut = replace(pose, **hidden, found=pose.found & k)
    else:
        cut = replace(pose, **{n: v[k] for n, v in arrays.items() if isinstance(v, np.ndarray) and len(v) == len(k)})
    found = detect_contacts(cut, "right", MEASURING)
    first = next(c for c in found.items if np.isfinite(c.toe_off_s))
    assert first.toe_off_s == pytest.approx(1.157, abs=0.005)
    assert np.isnan(first.touchdown_s) or first.touchdown_s == pytest.approx(0.953, abs=0.005)


def test_a_foot_that_bore_long_before_makes_the_touchdown_doubtful_not_the_toe_off() -> None:
    """Borne from 0.80 on and down at 1.00: 200 ms outside the fall, at 0.6 each. 10 ms are within what is usual."""
    found = Stance(1.0, 1.2, "left", "both", borne_from_s=0.80, borne_to_s=1.21)
    assert found.doubt_s(1.0, 1.2) == (pytest.approx(0.12), 0.0)
