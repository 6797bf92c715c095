"""Parts of cutting and correcting reps: one signal, one foot, one lesson at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Contact, Contacts
from plumbline.reps import Correction, Lesson, Move, correct, spans
from plumbline.reps._flights import _absorb_end, _push_start, jumps
from plumbline.reps._lifts import _foot_down
from plumbline.reps._repeats import Excursion, bearing_leg, excursions, feet_apart_pct
from plumbline.reps._seen import _median, _range, look
from plumbline.signals import tops
from tests.hand import NAN, UPRIGHT, clock, rep, tracks_by_hand

NO_CONTACTS = Contacts((), NAN, ())


# Signals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "found"),
    [
        ([0, 10, 0], [(0, 1, 2)]),
        ([0, 0, 10, 0, 0], [(1, 2, 3)]),
        # An eighth of the way up is 1.2: the last below it before the top, the first after.
        ([0, 1, 1.3, 10, 1.3, 1.1, 0], [(1, 3, 5)]),
        ([0, 10, 0, 0, 8, 0], [(0, 1, 2), (3, 4, 5)]),
        ([0, 4, 0], []),  # stands out by 5 at least
        ([0, 10, 6, 10, 0], []),  # of two tops as high neither comes back before the other
        ([NAN, 10, NAN], []),
        ([0, 5, 10, 5, NAN, 0], [(0, 2, 5)]),  # across what is not seen it goes straight on
        ([0, 10, NAN, 0], []),  # how high it went was not seen
        ([NAN, NAN, 10, 5, 0], []),  # nor where it came from
        ([0, 10, 8, NAN, NAN], []),  # nor that it came back
        ([NAN, NAN, NAN], []),
        # It comes back from 10 to 6, less than half of its way up from 0; from 10 to 4 is more.
        ([0, 10, 6, 6, 11], []),
        ([0, 10, 4, 4, 11], [(0, 1, 2)]),
    ],
)
def test_tops_that_stand_out(signal: list[float], found: list[tuple[int, int, int]]) -> None:
    got = excursions(np.array(signal, float), 4.5, 1)
    assert got == [Excursion(*row) for row in found]


def test_of_two_tops_near_each_other_the_higher_counts() -> None:
    y = np.zeros(40)
    y[[10, 16]] = 8, 10
    assert [e.top for e in excursions(y, 5, 7)] == [16]
    assert [e.top for e in excursions(y, 5, 6)] == [10, 16]


def test_medians_ranges_and_peaks_leave_out_what_is_not_seen() -> None:
    assert _median([1.0, NAN, 5.0, float("inf")]) == 3.0
    assert np.isnan(_median([NAN]))
    assert np.isnan(_median([]))
    assert _range(np.array([NAN, 0.0, 10.0, 20.0]), 0, 50) == 10.0
    assert np.isnan(_range(np.array([NAN]), 5, 95))
    y = np.array([NAN, 9.0, 0, 9, 0, NAN, 1, 5, 0, 9, 0, 9])
    assert tops(y, 4.0, 1).tolist() == [3, 7, 9]
    assert tops(y, 6.0, 1).tolist() == [3, 9]
    assert tops(y, 4.0, 5).tolist() == [3, 9]
    assert tops(y, 4.0, 0).tolist() == [3, 7, 9]
    assert tops(np.full(3, NAN), 4.0, 1).tolist() == []
    assert spans(np.array([True])) == [(0, 0)]


@pytest.mark.parametrize(
    ("foot", "top", "right", "down_s"),
    [
        # From 10 to 1: 4 % of 9 over 1 is 1.36, between 2 at 3 and 1 at 4.
        ([10, 8, 5, 2, 1, 1], 0, 5, 3.64),
        ([10, 1, 1], 0, 2, 0.96),
        ([50, 10, 8, 5, 2, 1, 1, 0], 1, 6, 4.64),
        ([1, 1, 1], 0, 2, 0.0),
        ([10, 1], 0, 1, NAN),
        ([10, 5, NAN, 1], 0, 3, NAN),
    ],
)
def test_when_a_raised_foot_is_down(foot: list[float], top: int, right: int, down_s: float) -> None:
    t = np.arange(float(len(foot)))
    assert _foot_down(t, np.array(foot, float), top, right) == pytest.approx(down_s, nan_ok=True)


@pytest.mark.parametrize(
    ("near", "far", "leg"), [(0, 0, "both"), (0, 4.9, "both"), (0, 5.1, "right"), (5.1, 0, "left")]
)
def test_the_leg_that_stands_is_lower_by_a_hand_s_breadth(near: float, far: float, leg: str) -> None:
    t = clock(0, 1)
    own = [{"ankle": (0, np.where((t > 0.2) & (t < 0.8), 4 + up, 60.0))} for up in (near, far)]
    assert bearing_leg(tracks_by_hand(t, own[0], own[1]), 21, 79) == leg


@pytest.mark.parametrize("facing", [1, -1])
def test_how_far_one_foot_is_ahead_of_the_other(facing: int) -> None:
    """The near foot is 12 ahead: of the right foot's side that is the left one behind."""
    apart = feet_apart_pct(tracks_by_hand(clock(0, 1), {"ankle": (12, 4)}, {}, facing))
    np.testing.assert_allclose(apart, -12 if facing == 1 else 12, atol=1e-9)


@pytest.mark.parametrize("moving", [0, 1])
@pytest.mark.parametrize(("speed", "still"), [(14.0, 0.0), (10.0, 1.0)])
def test_stillness_is_that_of_hips_ankles_and_wrists(moving: int, speed: float, still: float) -> None:
    """The three of one side move: the middle of six lies half way between nothing and their speed."""
    t = clock(0, 2)
    sides: list[dict[str, tuple[object, object]]] = [{}, {}]
    sides[moving] = {j: (UPRIGHT[j][0], UPRIGHT[j][1] + speed * t) for j in ("hip", "ankle", "wrist")}
    assert look(tracks_by_hand(t, sides[0], sides[1]), NO_CONTACTS).still_share == still


# Jumps -------------------------------------------------------------------------------------------


def test_a_push_off_begins_where_the_hips_were_last_high() -> None:
    """At 50 until 1.0, at 40 at 1.4: down by 0.5, a twentieth of the way, at 1.02."""
    t = clock(0, 2)
    hip = np.interp(t, [1.0, 1.4, 1.6], [50, 40, 53])
    assert _push_start(t, hip, 1.6, 0.0) == pytest.approx(1.02)
    assert _push_start(t, hip, 1.6, 1.2) == pytest.approx(1.21)  # not before what came before it: 45 there
    # 1.6 s before the toe-off at most.
    early = np.interp(t, [0.0, 0.05, 1.4, 1.6], [90, 50, 40, 53])
    assert _push_start(t, early, 1.65, 0.0) == pytest.approx(0.11, abs=0.011)
    # Of two frames nothing is to be seen: 0.3 s, as far as the film goes.
    assert _push_start(t, hip, 0.01, 0.0) == 0.0
    assert _push_start(clock(1.59, 2.0), hip[159:], 1.6, 0.0) == pytest.approx(1.3)
    assert _push_start(clock(1.59, 2.0), hip[159:], 1.6, 1.5) == pytest.approx(1.5)


def test_a_landing_is_absorbed_at_the_lowest_point_within_a_second() -> None:
    t = clock(0, 4)
    hip = np.interp(t, [1.0, 1.5, 2.5, 3.0], [50, 42, 45, 30])
    assert _absorb_end(t, hip, 1.0, np.inf) == pytest.approx(1.5)
    assert _absorb_end(t, hip, 1.0, 1.2) == pytest.approx(1.2)
    assert _absorb_end(t, hip, 2.2, np.inf) == pytest.approx(3.0)
    assert _absorb_end(t, hip, 5.0, np.inf) == 5.0


def test_a_jump_out_of_the_landing_of_another_begins_where_that_ends() -> None:
    """Deepest, 38, at 2.1 between the two: the first ends, and the second begins there."""
    t = clock(0, 5)
    hips = np.interp(
        t, [1.0, 1.2, 1.4, 1.6, 1.8, 2.1, 2.4, 2.6, 2.8, 3.1, 3.5], [50, 40, 53, 62, 52, 38, 52, 61, 52, 42, 50]
    )
    tracks = tracks_by_hand(t, {"hip": (0, hips)}, {"hip": (0, hips)})
    given = [
        Contact(a, b, 0.004, 0.005, 0.0, s) for a, b, s in ((NAN, 1.4, "both"), (1.8, 2.4, "left"), (2.8, NAN, "both"))
    ]
    one, two = jumps(tracks, Contacts(tuple(given), 545.0, ()))
    assert one.end_s == two.start_s == pytest.approx(2.1, abs=0.03)
    assert (one.stance, two.stance) == ("left", "both")  # the feet that land
    assert (one.toe_off_s, one.landing_s, two.toe_off_s, two.landing_s) == (1.4, 1.8, 2.4, 2.8)
    assert two.end_s == pytest.approx(3.1, abs=0.05)


# Lessons -----------------------------------------------------------------------------------------


def test_a_toe_off_teaches_toe_offs_alone() -> None:
    """Own 6 and common 8 ms, a reader's 8: weight 1 / (36 + 64) beside 1 / 64; moved by 10, the others by 3.9024 ms.

    What is left is common: 1 / sqrt(0.025625) = 6.2470 ms; with the own 6 it makes 8.6617.
    """
    base = {"touchdown_sd_s": 0.005, "toe_off_sd_s": 0.010, "landing_sd_s": 0.005}
    base |= {"touchdown_common_s": 0.003, "toe_off_common_s": 0.008, "landing_common_s": 0.003, "covariance_s2": 1e-6}
    events = ((1.0, 1.2, 1.6), (1.6, 1.8, 2.2), (2.2, 2.4, 2.8))
    reps = tuple(
        replace(rep("both", touchdown_s=a, toe_off_s=b, landing_s=c, **base), index=k + 1)
        for k, (a, b, c) in enumerate(events)
    )
    floor = tuple(Contact(a, b, 0.005, 0.010, 1e-6, "both", 0.003, 0.008) for a, b, _ in events)
    done = correct(reps, Contacts(floor, 545.0, ()), Correction((Move(1, "toe_off_s", 0.010),), sd_s=0.008), 5.0)
    assert set(done.lessons) == {"toe_off"}
    lesson = done.lessons["toe_off"]
    assert isinstance(lesson, Lesson)
    assert (lesson.events, lesson.before_s) == (1, 0.008)
    assert (lesson.shift_s, lesson.common_s) == (pytest.approx(0.0039024, abs=1e-7), pytest.approx(0.0062470, abs=1e-7))
    first, second, third = done.reps
    assert (first.toe_off_s, first.toe_off_sd_s, first.toe_off_common_s) == (pytest.approx(1.21), 0.008, 0.0)
    assert first.covariance_s2 == 0.0
    for r, at in ((second, 1.8), (third, 2.4)):
        assert r.toe_off_s == pytest.approx(at + 0.0039024, abs=1e-7)
        assert (r.toe_off_sd_s, r.toe_off_common_s) == (
            pytest.approx(0.0086617, abs=1e-6), pytest.approx(0.0062470, abs=1e-7),
        )  # fmt: skip
        assert r.covariance_s2 == 1e-6
    assert [(r.touchdown_s, r.landing_s, r.touchdown_sd_s) for r in done.reps] == [(a, c, 0.005) for a, _, c in events]
    assert [c.toe_off_s for c in done.contacts.items] == pytest.approx([1.21, 1.8039024, 2.4039024])
    assert [c.touchdown_s for c in done.contacts.items] == [1.0, 1.6, 2.2]


def test_a_landing_teaches_touchdowns() -> None:
    base = {"touchdown_sd_s": 0.005, "landing_sd_s": 0.005, "touchdown_common_s": 0.003, "landing_common_s": 0.003}
    reps = tuple(
        replace(rep("both", touchdown_s=a, toe_off_s=b, landing_s=c, **base), index=k + 1)
        for k, (a, b, c) in enumerate(((1.0, 1.2, 1.6), (1.6, 1.8, 2.2)))
    )
    done = correct(reps, NO_CONTACTS, Correction((Move(2, "landing_s", 0.005),), sd_s=0.003), 5.0)
    # Own 4 and a reader's 3: 1 / 25 beside 1 / 9: 5 * 0.04 / 0.151111 = 1.3235 ms.
    assert set(done.lessons) == {"touchdown"}
    assert done.lessons["touchdown"].shift_s == pytest.approx(0.0013235, abs=1e-7)
    assert [r.touchdown_s for r in done.reps] == pytest.approx([1.0013235, 1.6013235], abs=1e-7)
    assert [r.landing_s for r in done.reps] == pytest.approx([1.6013235, 2.205], abs=1e-7)
