"""Flights found in feet and mass centres that are set down by hand, at instants that are written here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact._flights import (
    GRAVITY_PCT_BH,
    Flight,
    _comes_down,
    _edge,
    _falls,
    _flight_at,
    _free_from,
    _limits,
    _proven_together,
    _stepped_down,
    clip_gravity,
    find_flights,
    fit_gravity,
)
from tests.contact.by_hand import FALL, NAN, arc, bouncing, heights, hops
from tests.hand import clock

INF = float("inf")


def fall(gravity: float, sd: float, lift: float = 8.0, at_s: float = 1.2) -> Flight:
    """A flight that falls at shares of g."""
    return Flight(at_s - 0.2, at_s + 0.2, at_s, gravity * GRAVITY_PCT_BH, sd * GRAVITY_PCT_BH, lift, lift)


# One flight --------------------------------------------------------------------------------------


def test_g_of_a_usual_stature() -> None:
    """9.81 m/s2 over an ankle-to-ear chain of 0.886 * 1.72 m = 1.52392 m."""
    assert pytest.approx(643.735, abs=0.01) == GRAVITY_PCT_BH


@pytest.mark.parametrize(
    ("gravity", "sd", "ballistic"),
    [
        (0.63, 0.0, True),
        (0.61, 0.0, False),
        (0.61, 0.02, True),  # its own uncertainty widens the bounds
        (0.48, 0.3, True),  # by 0.15 at most
        (0.46, 0.3, False),
        (1.59, 0.0, True),
        (1.61, 0.0, False),
        (1.74, 0.3, True),
        (1.76, 0.3, False),
        (1.0, 0.39, True),
        (1.0, 0.41, False),  # too vague to prove anything
        (NAN, 0.1, False),
        (1.0, INF, False),
        (1.0, NAN, False),
    ],
)
def test_what_falls_like_a_body(gravity: float, sd: float, ballistic: bool) -> None:
    assert fall(gravity, sd).ballistic is ballistic


@pytest.mark.parametrize(
    ("falls", "elsewhere"),
    [
        ((1.0, 1.4), False),  # the fall fills the flight
        ((1.1, 1.3), False),  # half of it
        ((1.1, 1.25), True),  # 0.15 of 0.4
        ((0.8, 1.2), True),  # 0.2 in common of 0.6
        ((1.5, 1.9), True),  # beside it
        ((NAN, NAN), False),
    ],
)
def test_a_fall_that_lies_mostly_beside_the_flight(falls: tuple[float, float], elsewhere: bool) -> None:
    flight = replace(fall(1.0, 0.1), start_s=1.0, end_s=1.4, falls_from_s=falls[0], falls_to_s=falls[1])
    assert flight.falls_elsewhere is elsewhere
    assert not replace(flight, start_s=NAN).falls_elsewhere  # begun before the film


@pytest.mark.parametrize(("gravity", "sd", "refuted"), [(0.4, 0.1, True), (0.4, 0.12, False), (0.63, 0.0, False)])
def test_what_surely_does_not_fall(gravity: float, sd: float, refuted: bool) -> None:
    """Two uncertainties faster it would still be slower than 0.62 g."""
    assert fall(gravity, sd).refuted is refuted


@pytest.mark.parametrize(
    ("before", "after", "lift", "highest", "stepped"),
    [
        (5.0, 8.0, 5.0, 8.0, False),
        (8.0, 5.0, 5.0, 8.0, False),
        (-2.0, 18.0, 18.0, 18.0, True),
        (0.0, 6.0, 6.0, 6.0, False),
        (0.5, 6.0, 0.5, 6.0, False),
        (NAN, 6.0, 6.0, 6.0, False),
        (6.0, NAN, 6.0, 6.0, False),
    ],
)
def test_how_far_the_feet_rise(before: float, after: float, lift: float, highest: float, stepped: bool) -> None:
    f = Flight(1.0, 1.4, 1.2, 600.0, 10.0, before, after)
    assert (f.lift_pct, f.highest_pct, f.stepped_off) == (lift, highest, stepped)


def test_gravity_from_a_parabola() -> None:
    """Five heights of 40 + 30 t - 300 t2, and a miss of 0.4 * (-1, 2, 0, -2, 1), which no parabola can take up.

    Sum of its squares 10 * 0.16, over 5 - 3; what is left of t2 / 2 beside a line are 0.005 * (2, -1, -2, -1, 2),
    squares 14 * 0.000025: sd = sqrt(0.8 / 0.00035) = 47.81.
    """
    t = 3 + np.arange(-2, 3) / 10
    miss = 0.4 * np.array([-1.0, 2, 0, -2, 1])
    y = 40 + 30 * t - 300 * t**2
    assert fit_gravity(t, y + miss) == pytest.approx((600.0, 47.809), abs=0.01)
    # No surer than landmarks that err by 0.15: sqrt(0.0225 / 0.00035) = 8.018.
    assert fit_gravity(t, y) == pytest.approx((600.0, 8.018), abs=0.01)
    gap = np.insert(y, 2, NAN)
    assert fit_gravity(np.insert(t, 2, 2.95), gap) == pytest.approx((600.0, 8.018), abs=0.01)
    # Four heights fit a parabola with one to spare: (1, -1, -1, 1) * 0.005, squares 0.0001: 0.15 / 0.01.
    assert fit_gravity(np.arange(4) / 10, -300 * (np.arange(4) / 10) ** 2) == pytest.approx((600.0, 15.0), abs=0.01)
    few = fit_gravity(t[:3], y[:3])
    assert np.isnan(few[0])
    assert few[1] == INF


def test_the_gravity_of_a_clip() -> None:
    """500 known to 10 and 600 known to 20: (4 * 500 + 600) / 5. None is taken to be known to less than 1."""
    flights = [Flight(0, 1, 0.5, g, sd, 5.0, 5.0) for g, sd in ((500.0, 10.0), (600.0, 20.0), (NAN, 5.0))]
    assert clip_gravity(flights) == pytest.approx(520.0)
    sure = [replace(flights[0], gravity_sd=0.1), replace(flights[1], gravity_sd=1.0)]
    assert clip_gravity(sure) == pytest.approx(550.0)
    assert np.isnan(clip_gravity([]))
    assert np.isnan(clip_gravity(flights[2:]))


# Where a flight ends -----------------------------------------------------------------------------

# Up by 8 in frame 5, down to within 15 % of it (1.2) of the floor, 1, in frames 3 and 8.
OVER = np.array([1.0, 1, 1, 2.1, 6, 9, 6, 2.3, 2.1, 1, 1])


@pytest.mark.parametrize(
    ("low", "seed", "last", "frame", "lift"),
    [
        (OVER, 5, 10, 8, 8.0),
        (OVER, 5, 0, 3, 8.0),
        (OVER + 40, 5, 10, 8, 8.0),
        # A small rise, of 2: down within 0.8.
        (np.array([3.0, 1.9, 1.7, 1, 1, 1, 1, 1]), 0, 7, 2, 2.0),
        # The rise is that of the near half; what rises after it is another flight.
        (np.array([3.0, 1, 1, 1, 1, 1, 9, 9]), 0, 7, 1, 2.0),
        # Not the lowest frame of ten is the floor, but one 15 % of the way up: 0 is a slip of the landmark.
        (np.array([6.0, 5, 4, 1.75, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]), 0, 13, 3, 5.0),
    ],
)
def test_a_flight_ends_where_the_feet_stand(low: np.ndarray, seed: int, last: int, frame: int, lift: float) -> None:
    assert _edge(low, seed, last, 1.2, seed) == (frame, pytest.approx(lift))


def test_feet_that_pass_the_floor_deep_in_a_fall_do_not_stand() -> None:
    """Down in frames 2 and 3, up again in 4 and 5, and down for good in 7 and 8: the fall reaches to frame 5."""
    low = np.array([6.0, 5, 1, 1, 5, 6, 3, 1, 1, 1, 1, 1])
    assert _edge(low, 0, 11, 1.2, 0)[0] == 2
    assert _edge(low, 0, 11, 1.2, 5)[0] == 7
    assert _edge(low[::-1], 11, 0, 1.2, 6)[0] == 4


def test_a_body_comes_down_again() -> None:
    """A flight of 0.4 s rises by g * 0.16 / 8, 12.9 %BH of 643.7 a second squared; one that stays up does not."""
    t = np.arange(0, 0.4001, 0.02)
    rise = GRAVITY_PCT_BH * 0.4**2 / 8
    flown = rise * (1 - (2 * t / 0.4 - 1) ** 2)
    h = heights(t, 0.0, centre=100 + flown)
    assert _comes_down(h, 0, 20)
    assert not _comes_down(replace(h, centre=100 + 0.5 * flown), 0, 20)
    stays = np.where(t > 0.2, rise, flown)
    assert not _comes_down(replace(h, centre=100 + stays), 0, 20)
    assert not _comes_down(replace(h, centre=np.where(t > 0.39, NAN, flown)), 0, 20)


def test_an_end_that_is_not_seen() -> None:
    gone = np.full(8, NAN)
    assert _edge(gone, 2, 7, 1.2, 2) == (7, pytest.approx(NAN, nan_ok=True))
    assert _edge(OVER, 10, 10, 1.2, 10) == (10, pytest.approx(NAN, nan_ok=True))


def test_a_step_off_a_box_begins_where_the_feet_stood_on_it() -> None:
    """On a box of 6, at 10, until frame 4; the body falls with feet at 4 from frame 6 to 10."""
    low = np.array([10.0, 10, 10, 10, 9.5, 7, 4, 4, 4, 4, 4])
    assert _edge(low, 10, 0, 1.2, 10) == (4, pytest.approx(-6.0))
    # Backwards in time alone, and by more than the least lift.
    assert _edge(low[::-1].copy(), 0, 10, 1.2, 0)[1] == pytest.approx(0.0)
    assert _edge(low, 10, 0, 6.5, 10)[1] == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("end", "highest", "stepped"),
    [(13.9, 21.0, True), (14.1, 21.0, False), (13.9, 22.9, True), (13.9, 23.1, False), (NAN, 21.0, False)],
)
def test_feet_that_come_down_by_six_and_hardly_rise_before_stepped_down(
    end: float, highest: float, stepped: bool
) -> None:
    low = np.array([30.0, 20, 20, 20, 20, highest, 17, end, 0])
    assert _stepped_down(low, (4, 7), (1, 8)) == stepped
    low[:5] = NAN
    assert _stepped_down(low, (4, 7), (1, 8)) is False


# Hops --------------------------------------------------------------------------------------------

FLIGHTS = [(0.5, 0.9), (1.1, 1.45), (1.65, 2.05), (2.25, 2.55)]


@pytest.mark.parametrize("fps", [50.0, 100.0])
@pytest.mark.parametrize("phase", [0.1, 0.6])
def test_hops_are_found_where_they_are(fps: float, phase: float) -> None:
    good, odd = find_flights(hops(fps, FLIGHTS, 3.0, phase))
    assert odd == []
    assert len(good) == 4
    for f, (start, end) in zip(good, FLIGHTS, strict=True):
        # Down is within 15 % of the rise: 4 % of the flight's time at each end, and a frame.
        assert start - 1 / fps <= f.start_s <= start + 0.04 * (end - start) + 1 / fps
        assert end - 0.04 * (end - start) - 1 / fps <= f.end_s <= end + 1 / fps
        assert f.apex_s == pytest.approx((start + end) / 2, abs=1 / fps)
        # Parabolas as they are: 600 %BH/s2, and feet that rise by g T2 / 8.
        assert f.gravity_pct_bh_s2 == pytest.approx(FALL, abs=1e-6)
        assert (f.lift_before_pct, f.lift_after_pct) == (pytest.approx(FALL * (end - start) ** 2 / 8, rel=0.06),) * 2
        # Read on 76 % of the flight from n frames no surer than 0.15: 0.15 * sqrt(720 / n) / T2.
        read = 0.76 * (f.end_s - f.start_s)
        assert f.gravity_sd == pytest.approx(0.15 * np.sqrt(720 / (read * fps)) / read**2, rel=0.25)
        assert f.ballistic


def test_feet_that_stay_make_no_flight_however_the_body_falls() -> None:
    h = hops(100.0, FLIGHTS[:3], 3.0)
    assert find_flights(heights(h.time_s, 1.0, centre=h.centre)) == ([], [])
    # A rise out of a deep bend, which then stays up, takes the feet up by less than 0.4 of g T2 / 8.
    t, speed = np.arange(250) / 100, FALL * 0.3
    slows = np.clip(t - 1.0, 0, 0.3)
    rise = speed / 0.6 / 2 * np.clip(t - 0.4, 0, 0.6) ** 2 + speed * slows - FALL / 2 * slows**2
    off = np.clip(np.minimum(t - 1.0, 1.3 - t) / 0.03, 0, 1)
    little = [heights(t, 1 + lift * off, centre=30 + rise) for lift in (2.0, 3.5)]
    assert [len(find_flights(x)[0]) for x in little] == [0, 1]
    # One that comes down again was in the air, whatever its feet hang like.
    assert len(find_flights(heights(h.time_s, 1 + 0.25 * (h.toe["left"] - 1), centre=h.centre))[0]) == 3


def test_feet_in_the_air_while_the_body_does_not_fall_are_doubtful() -> None:
    """Slow motion by 1.5: what falls at 600 seems to fall at 600 / 2.25 = 267, 0.41 g."""
    h = hops(100.0, FLIGHTS, 3.0)
    h = replace(h, time_s=1.5 * h.time_s)
    good, odd = find_flights(h)
    assert good == []
    assert [f.gravity_pct_bh_s2 for f in odd if np.isfinite(f.gravity_pct_bh_s2)] == pytest.approx(
        [FALL / 2.25] * len(odd), rel=1e-3
    )


def test_hands_on_the_floor_bear() -> None:
    h = hops(100.0, FLIGHTS[:2], 2.0)
    low = np.where(np.abs(h.time_s - 0.7) < 0.05, 10.9, 60.0)  # 9.9 above the floor in the first flight
    assert [f.apex_s for f in find_flights(replace(h, hand=low))[0]] == pytest.approx([1.275], abs=0.02)
    assert len(find_flights(replace(h, hand=low + 2))[0]) == 2


def test_too_little_is_no_clip() -> None:
    h = hops(100.0, FLIGHTS, 3.0)
    few = heights(h.time_s[:7], 1.0)
    assert find_flights(few) == ([], [])
    assert find_flights(heights(h.time_s, NAN, centre=h.centre)) == ([], [])
    assert find_flights(heights(h.time_s, h.toe["left"], centre=NAN)) == ([], [])


def test_a_drop_from_a_box_begins_with_the_fall() -> None:
    """Stands on a box of 30, falls freely from 1.0 to 1.3 (by 600 / 2 * 0.09 = 27), feet at their height; lands."""
    t = (np.arange(200) + 0.37) / 100
    fallen = np.clip(t - 1.0, 0, 0.3)
    drop = FALL / 2 * fallen**2
    sinks = np.clip(t - 1.3, 0, 0.2)
    centre = 90 - drop - FALL * 0.3 * (sinks - sinks**2 / 0.4)
    feet = 31 - np.interp(drop, [0, 27], [0, 30])
    (f,), odd = find_flights(heights(t, feet, centre=centre))
    assert odd == []
    assert f.stepped_off
    assert f.start_s == pytest.approx(1.0, abs=0.05)
    assert f.end_s == pytest.approx(1.3, abs=0.03)
    assert f.gravity_pct_bh_s2 == pytest.approx(FALL, rel=0.03)


# Falls and their surroundings --------------------------------------------------------------------


def test_a_body_falls_while_it_accelerates_downwards_by_half_of_g() -> None:
    h = hops(100.0, FLIGHTS[:2], 2.0)
    falls = [(h.time_s[a], h.time_s[b]) for a, b in _falls(h)]
    assert len(falls) == 2
    for (a, b), (start, end) in zip(falls, FLIGHTS[:2], strict=True):
        # The low-pass of 5 Hz blunts both ends by some hundredths.
        assert (a, b) == (pytest.approx(start, abs=0.05), pytest.approx(end, abs=0.05))
    # Slower than 0.45 g is no fall: 0.9 of half the speed of time.
    assert _falls(replace(h, time_s=1.7 * h.time_s)) == []
    assert _falls(heights(h.time_s, 1.0, centre=NAN)) == []


def test_falls_between_which_nothing_bears_are_one() -> None:
    """A dip of the acceleration to 0.2 g upwards between two falls bears no body."""
    t = np.arange(300) / 100
    for pushed, count in ((0.0, 1), (1.5, 2)):
        up = np.where((t > 1.0) & (t < 2.0), -1.0, 0.0)
        up[(t > 1.4) & (t < 1.6)] = pushed
        speed = np.cumsum(up) / 100 * GRAVITY_PCT_BH
        falls = _falls(heights(t, 1.0, centre=np.cumsum(speed) / 100))
        assert len(falls) == count
        assert t[falls[0][0]] == pytest.approx(1.0, abs=0.06)
        assert t[falls[-1][1]] == pytest.approx(2.0, abs=0.06)


def test_a_flight_lies_between_the_lowest_places_of_the_body_about_its_fall() -> None:
    """0.7 s to either side, 89.6 frames, but no further than the bottom of the contact between."""
    t = np.arange(400) / 128
    centre = np.full(400, 55.0)
    centre[180] = 40  # lowest between the two falls
    h = heights(t, 1.0, centre=centre)
    assert _limits(h, [(100, 130), (200, 230)]) == [(11, 180), (180, 319)]
    assert _limits(h, [(20, 50)]) == [(0, 139)]
    assert _limits(h, [(360, 380)]) == [(271, 399)]
    assert _limits(h, []) == []
    gone = heights(t, 1.0, centre=np.where((t >= 1.0) & (t <= 1.6), NAN, centre))
    assert _limits(gone, [(100, 130), (200, 230)]) == [(11, 165), (165, 319)]


def test_a_faint_flight_needs_half_of_the_lift_and_is_read_whole() -> None:
    """Feet rise by 1.08 in a fall of 0.3 s, and are within 0.8 of the floor but for 0.14 s.

    An end lies within a fifth of the fall's, so that the flight lasts 0.18 s, 19 frames. Of those the sum of
    (u2 - its mean)2 is n (n2 - 1) (n2 - 4) / 180 * 0.01^4; with a quarter of it the fall is known.
    """
    t = np.arange(200) / 100
    h = heights(t, 1 + 0.16 * arc(t, 1.0, 1.3), centre=bouncing(t, [(1.0, 1.3)]))
    where: tuple[tuple[int, int], tuple[int, int]] = ((100, 130), (50, 180))
    assert _flight_at(h, *where, h.lowest, 1.2) is None
    assert _flight_at(h, *where, h.lowest, 2.2, faint=True) is None
    f = _flight_at(h, *where, h.lowest, 1.2, faint=True)
    assert f is not None
    assert f.lift_pct == pytest.approx(1.08, abs=0.001)
    assert (f.start_s, f.apex_s, f.end_s) == (pytest.approx(1.06), pytest.approx(1.15), pytest.approx(1.24))
    assert f.gravity_sd == pytest.approx(0.15 / np.sqrt(19 * 360 * 357 / 180 / 4 * 0.01**4))
    whole = _flight_at(h, *where, h.lowest, 0.9)
    assert whole is not None
    # Without 12 % at each end, 0.0216 s: 13 frames.
    assert whole.gravity_sd == pytest.approx(0.15 / np.sqrt(13 * 168 * 165 / 180 / 4 * 0.01**4))


# A series ----------------------------------------------------------------------------------------


def test_short_flights_prove_each_other() -> None:
    """Four falls each known to 0.45 g: together to 0.225, and 0.9 g in the mean. One far off does not belong."""
    odd = [fall(g, 0.45, at_s=k) for k, g in enumerate((0.8, 0.9, 1.0, 0.9))]
    assert _proven_together([], odd) == odd
    assert _proven_together([], odd[:3]) == []  # three are no series
    vaguer = [replace(f, gravity_sd=1.2 * f.gravity_sd) for f in odd]
    assert _proven_together([], vaguer) == []  # 0.27 g
    slow = [replace(f, gravity_pct_bh_s2=0.3 * f.gravity_pct_bh_s2) for f in odd]
    assert _proven_together([], slow) == []
    sharp = fall(0.1, 0.1, at_s=9.0)
    # Its weight brings the mean to 0.26 g with it: no fall.
    assert _proven_together([], [*odd, sharp]) == []
    good = [fall(1.0, 0.05, at_s=5 + k) for k in range(3)]
    off = fall(0.5, 0.1, at_s=9.0)  # five of its uncertainties below
    assert _proven_together(good, [*odd, off]) == odd
    # Where most are sure, a doubtful one is a step.
    assert _proven_together([*good, *good], odd) == []


def test_an_end_of_the_hops_that_hardly_lifts_the_feet_is_taken_in_on_the_beat() -> None:
    """Hops every 0.5 s; in the fourth the feet rise by 1.15, a sixth of what the body does."""
    flights = [(0.5 + 0.5 * k, 0.8 + 0.5 * k) for k in range(6)]
    h = hops(100.0, flights, 4.2)
    weak = np.where((h.time_s > 1.9) & (h.time_s < 2.4), 0.17, 1.0)
    good, odd = find_flights(heights(h.time_s, 1 + weak * (h.toe["left"] - 1), centre=h.centre))
    assert [f.apex_s for f in good] == pytest.approx([0.65 + 0.5 * k for k in range(6)], abs=0.03)
    assert odd == []
    # Without the others beside it nothing says that it is one.
    alone = (h.time_s > 1.85) & (h.time_s < 2.9)
    few = heights(h.time_s[alone], (1 + weak * (h.toe["left"] - 1))[alone], centre=h.centre[alone])
    assert [f.apex_s for f in find_flights(few)[0]] == pytest.approx([2.65], abs=0.03)


def test_a_rise_onto_the_toes_after_jumps_is_no_flight() -> None:
    """Two jumps fall at 600; later the body, on its toes, sinks at 450 with feet up by 2 of the jumps' 12."""
    t = (np.arange(1200) + 0.37) / 200
    jumps, rise = [(0.5, 0.9), (1.1, 1.5)], (4.0, 4.25)
    feet = arc(t, *jumps[0]) + arc(t, *jumps[1]) + 2.2 / 4.6875 * arc(t, *rise)
    centre = bouncing(t, jumps) + 0.75 * bouncing(t, [rise], 0.0)
    good, odd = find_flights(heights(t, 1 + feet, centre=centre))
    assert [f.apex_s for f in good] == pytest.approx([0.7, 1.3], abs=0.01)
    assert [f.apex_s for f in odd] == pytest.approx([4.125], abs=0.01)
    assert odd[0].gravity_pct_bh_s2 == pytest.approx(450.0, rel=0.01)
    # Alone it would be one.
    alone = heights(t, 1 + 2.2 / 4.6875 * arc(t, *rise), centre=55 + 0.75 * bouncing(t, [rise], 0.0))
    assert [f.apex_s for f in find_flights(alone)[0]] == pytest.approx([4.125], abs=0.01)


def test_a_stir_in_standing_is_not_one_fall_with_the_drop_after_it() -> None:
    """0.1 s of falling, 1.2 s on the box, a drop of 0.4 s: together longer than any flight."""
    t = np.arange(300) / 100
    up = np.where(((t > 0.5) & (t < 0.6)) | ((t > 1.8) & (t < 2.2)), -1.0, 0.0)
    centre = np.cumsum(np.cumsum(up)) * GRAVITY_PCT_BH / 100**2
    falls = _falls(heights(t, 1.0, centre=centre))
    assert t[falls[-1][0]] == pytest.approx(1.8, abs=0.06)


def test_a_step_off_a_box_ends_where_hardly_anything_bears() -> None:
    """The load goes off the box evenly from 1.0 to 1.2 s; the body falls freely until 1.5 s, and is stopped."""
    t = clock(0.0, 2.2)
    down = np.interp(t, [0, 1.0, 1.2, 1.5, 1.52, 1.8, 1.82, 2.2], [0, 0, 1, 1, -1.4, -1.4, 0, 0]) * GRAVITY_PCT_BH
    speed = np.cumsum(down) / 100
    h = heights(t, 1.0, centre=90 - np.cumsum(speed) / 100)
    (fall,) = _falls(h)
    free = _free_from(h, fall)
    assert t[fall[0]] == pytest.approx(1.08, abs=0.04)  # 0.45 g, of a smoothed path
    assert t[free] == pytest.approx(1.14, abs=0.04)
    assert _free_from(h, (10, 30)) == 10  # nothing falls
