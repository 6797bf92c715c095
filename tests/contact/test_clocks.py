"""Slow motion and films that change their speed, from hops set down by hand on a clock that is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.camera import Ramp
from plumbline.contact import Flight, Gait, Heights, find_ramp, find_rate
from plumbline.contact._flights import GRAVITY_PCT_BH
from plumbline.contact._gait import Step
from plumbline.contact._ramp import _around, _contrast, _edge, _unevenness
from plumbline.contact._rate import coherent, expected_gravity, factors, slower
from plumbline.signals import CleanPose
from tests.contact.by_hand import FALL, NAN, arc, bouncing, heights, hops
from tests.hand import UPRIGHT, pose_by_hand

FLIGHTS = [(0.5 + 0.6 * k, 0.9 + 0.6 * k) for k in range(5)]
# A body that falls at 600 %BH/s2 is 9.81 / (0.886 * 6) m tall.
STATURE_M = 1.84537


def slowed(factor: float, fps: float = 30.0) -> Heights:
    """Filmed so many times faster than the file's rate says."""
    h = hops(fps * factor, FLIGHTS, 3.6)
    return replace(h, time_s=h.time_s * factor)


# Slow motion -------------------------------------------------------------------------------------


def test_the_fall_of_a_stature() -> None:
    """9.81 / (0.886 * 1.8) * 100; of none, that of 1.72 m."""
    assert expected_gravity(1.8) == pytest.approx(615.124, abs=0.01)
    assert expected_gravity(None) == pytest.approx(643.735, abs=0.01)
    assert expected_gravity(STATURE_M) == pytest.approx(FALL, abs=0.01)


def test_factors_are_rates_that_cameras_have_and_doublings() -> None:
    assert factors(30.0) == [2.0, 3.333, 4.0, 6.667, 8.0, 16.0, 32.0]
    assert factors(25.0) == [2.0, 2.4, 4.0, 4.8, 8.0, 9.6, 16.0, 19.2, 38.4]
    assert factors(240.0) == [2.0, 4.0, 8.0, 16.0]
    assert factors(66.0) == [1.515, 1.818, 2.0, 3.03, 3.636, 4.0, 7.273, 8.0, 14.545, 16.0]


@pytest.mark.parametrize("factor", [2.0, 4.0, 8.0])
def test_slow_motion_is_found_by_its_fall(factor: float) -> None:
    found = find_rate(slowed(factor), STATURE_M)
    assert (found.factor, found.settled, found.flights) == (factor, True, 5)
    # It seems to fall at a share of the square.
    assert found.gravity_share == pytest.approx(1 / factor**2, rel=0.02)


def test_a_stature_settles_what_agrees_with_it_by_a_fifth() -> None:
    """The fall of 1.84537 m over that of another grows with the other: 1.19 and 1.21 of it."""
    h = slowed(4.0, 120.0)
    for share, settled in ((1.18, True), (1.22, False), (0.82, True), (0.78, False)):
        found = find_rate(h, STATURE_M * share)
        assert (found.factor, found.settled) == (4.0, settled)
        assert found.gravity_share == pytest.approx(share / 16, rel=0.02)
    none = find_rate(h)
    assert (none.factor, none.settled) == (4.0, False)
    assert none.gravity_share == pytest.approx(600 / 643.735 / 16, rel=0.02)


def test_a_clock_that_is_right_is_kept() -> None:
    found = find_rate(slowed(1.0, 60.0), STATURE_M)
    assert (found.factor, found.settled, found.flights) == (1.0, True, 5)
    assert found.gravity_share == pytest.approx(1.0, rel=0.01)
    assert not find_rate(slowed(1.0, 60.0)).settled


def test_nobody_of_a_size_that_no_body_has() -> None:
    """At a factor of 4 the fall is 0.7 or 1.45 of a usual stature's: none lies within 0.74 to 1.35."""
    h = slowed(4.0, 120.0)
    for share in (0.7, 1.45):
        scaled = heights(h.time_s, h.toe["left"] * share, centre=h.centre * share * 643.735 / 600)
        assert find_rate(scaled).factor == 1.0
    for share in (0.78, 1.3):
        scaled = heights(h.time_s, h.toe["left"] * share, centre=h.centre * share * 643.735 / 600)
        assert find_rate(scaled).factor == 4.0


def test_nothing_that_falls_tells_nothing() -> None:
    t = np.arange(120) / 30
    still = find_rate(heights(t, 1.0), 1.8)
    assert (still.factor, still.settled, still.flights) == (1.0, False, 0)
    assert np.isnan(still.gravity_share)
    few = find_rate(heights(t[:7], 1.0), 1.8)
    assert (few.factor, few.settled, few.flights) == (1.0, False, 0)
    assert np.isnan(few.gravity_share)


@pytest.mark.parametrize(
    ("step_s", "contact", "factor"),
    [
        (0.45, 0.7, 1.0),  # a slow jog
        (0.9, 0.7, 2.0),  # 0.45 at twice the speed, 0.27 at 3.333 times: the least
        (1.5, 0.7, 3.333),  # 0.75 at twice, 0.45 at 3.333
        (2.6, 0.7, 6.667),  # 0.65 at 4, 0.39 at 6.667
        (0.9, 0.97, 1.0),  # a walk
    ],
)
def test_a_run_slower_than_anybody_s_is_slow_motion(step_s: float, contact: float, factor: float) -> None:
    """Steps of 0.21 to 0.46 s are possible; of the factors that lead there the least is taken."""
    steps = tuple(Step("left", k * step_s, (k + contact) * step_s) for k in range(5))
    t = np.arange(300) / 30
    found = find_rate(heights(t, 1.0), None, Gait(steps, 3.0))
    assert found.factor == factor
    assert (found.settled, found.flights) == (False, 0)
    assert np.isnan(found.gravity_share)
    assert find_rate(heights(t, 1.0), None, Gait(steps, -1.0)).factor == 1.0


def flight(gravity: float, lift: float = 8.0, length_s: float = 0.4, after: float | None = None) -> Flight:
    return Flight(1.0, 1.0 + length_s, 1.2, gravity, 10.0, lift, lift if after is None else after)


@pytest.mark.parametrize(
    ("flights", "agree"),
    [
        ([], False),
        ([flight(600.0)], True),
        ([flight(600.0, length_s=0.29)], False),
        ([flight(600.0, length_s=0.31)], True),
        ([flight(600.0, 8.0, after=2.4)], False),  # the smaller rise counts
        ([flight(600.0, 8.0, after=2.6)], True),
        # The mass centre rises by 643.7 * 0.4^2 / 8 = 12.9 in flight, the feet by 0.4 of it, 5.15, or more.
        ([flight(600.0, 5.1)], False),
        ([flight(600.0, 5.2)], True),
        ([flight(600.0, 5.0), flight(600.0, 5.2), flight(600.0, 9.0)], True),
        # 500 and 700: 141 apart in the mean of squares, 0.236 of 600; 460 and 740: 0.33.
        ([flight(500.0, length_s=0.1), flight(700.0, length_s=0.1)], True),
        ([flight(460.0), flight(740.0)], False),
    ],
)
def test_flights_on_a_trial_clock_agree(flights: list[Flight], agree: bool) -> None:
    assert coherent(flights) is agree


def test_a_faster_clock_shortens_times_alone() -> None:
    h = hops(60.0, FLIGHTS, 3.6)
    fast = slower(h, 4.0)
    assert fast.time_s == pytest.approx(h.time_s / 4)
    assert fast.centre is h.centre


# Ramps -------------------------------------------------------------------------------------------


def ramped(fps: float, factor: int, real_s: tuple[float, float], count: int = 13) -> tuple[CleanPose, Ramp]:
    """Hops every 0.6 s, as stored: usual outside, `factor` pictures for one between two instants."""
    usual, flights = 1 / fps, [(0.4 + 0.6 * k, 0.8 + 0.6 * k) for k in range(count)]
    end = 0.6 * count + 0.6
    first, last = (round(x / usual) for x in real_s)
    real = np.concatenate(
        [
            np.arange(first) * usual,
            first * usual + np.arange((last - first) * factor) * usual / factor,
            np.arange(last, round(end / usual)) * usual,
        ]
    )
    bob = bouncing(real, flights, 0.0)
    feet = np.sum([arc(real, a, b) for a, b in flights], axis=0)
    leg = {j: (x + 12 * real, up + bob) for j, (x, up) in UPRIGHT.items() if j not in ("toe", "heel")}
    leg |= {j: (UPRIGHT[j][0] + 12 * real, UPRIGHT[j][1] + feet) for j in ("toe", "heel")}
    t = np.arange(len(real)) * usual
    return pose_by_hand(t, leg, leg), Ramp(first * usual, (first + (last - first) * factor) * usual, factor)


@pytest.mark.parametrize(
    ("fps", "factor", "real_s"),
    [(30.0, 8, (2.3, 5.0)), (30.0, 8, (2.6, 5.3)), (60.0, 4, (2.4, 5.1)), (60.0, 4, (2.1, 5.2))],
)
def test_a_ramp_is_found_to_the_picture(fps: float, factor: int, real_s: tuple[float, float]) -> None:
    pose, true = ramped(fps, factor, real_s)
    found = find_ramp(pose, 1.0)
    assert found is not None
    assert (found.factor, found.start_s, found.end_s) == (
        factor,
        pytest.approx(true.start_s),
        pytest.approx(true.end_s),
    )


def test_a_ramp_that_lasts_to_the_film_s_end() -> None:
    pose, true = ramped(30.0, 8, (2.4, 8.4))
    found = find_ramp(pose, 1.0)
    assert found is not None
    assert (found.factor, found.end_s) == (8, pytest.approx(pose.time_s[-1]))
    assert found.start_s == pytest.approx(true.start_s)


def test_a_film_of_one_speed_has_no_ramp() -> None:
    pose, _ = ramped(30.0, 1, (2.4, 5.2))
    assert find_ramp(pose, 1.0) is None
    slow, _ = ramped(30.0, 8, (0.0, 8.4))
    assert find_ramp(slow, 1.0) is None
    few = pose_by_hand(np.arange(12) / 30, {}, {})
    assert find_ramp(few, 1.0) is None


def test_a_ramp_lies_between_flights_of_the_two_clocks() -> None:
    """Usual ones at 1 and 2 and, behind the ramp, at 9 s; slowed ones at 0.5 and 0.8 of their clock, 4 and 6.4 s."""
    t = np.arange(100) / 10
    h = heights(t, 1.0)

    def at(*apexes: float) -> list[Flight]:
        return [Flight(x - 0.1, x + 0.1, x, 600.0, 10.0, 8.0, 8.0) for x in apexes]

    assert _around(h, at(1.0, 2.0, 9.0), at(0.5, 0.8), 8.0) == ((2.0, 4.0), (6.4, 9.0))
    assert _around(h, at(1.0, 2.0, 3.0), at(0.5, 0.8), 8.0) == ((3.0, 4.0), (9.9, 9.9))
    assert _around(h, at(1.0, 2.0), at(0.5, 0.8), 8.0) == ((2.0, 4.0), (9.9, 9.9))
    assert _around(h, at(9.0, 9.5), at(0.5, 0.8), 8.0) == ((0.0, 0.0), (6.4, 9.0))
    assert _around(h, at(1.0, 5.0, 9.0), at(0.5, 0.8), 8.0) is None


def way_that_slows(at: int, factor: float, n: int = 80) -> np.ndarray:
    """(n, 2, 2): two points that swing at 1.5 Hz in pictures of 1/30 s, of which each so many-th is real later on."""
    since = np.arange(n) - at
    t = np.where(since < 0, since, since / factor) / 30
    swing = np.stack([20 * np.sin(9.4 * t + 0.3), 10 * np.cos(9.4 * t)], axis=-1)
    return np.stack([swing, swing + 5], axis=1)


@pytest.mark.parametrize("at", [30, 37])
@pytest.mark.parametrize("factor", [4.0, 8.0])
def test_the_edge_is_the_picture_after_which_steps_are_small(at: int, factor: float) -> None:
    assert _edge(way_that_slows(at, factor), 1 / 30, factor, 10, 60) == at
    # Not sought where it cannot be, nor without room for its steps.
    assert _edge(way_that_slows(at, factor), 1 / 30, factor, 0, 0) == 0
    assert _edge(way_that_slows(at, factor), 1 / 30, factor, 75, 79) == 75


def test_contrast_is_that_of_steps() -> None:
    """Steps of 3 before frame 10 and of 0.5 after it: six."""
    x = np.concatenate([np.arange(-30, 1, 3.0), 0.5 * np.arange(1, 30)])
    way = np.stack([np.stack([x, 0 * x], axis=-1)] * 2, axis=1)
    assert _contrast(way, 10) == pytest.approx(6.0)
    # The step just before counts as much as all three: one of 0.5 leaves (3 of mean square 6.083, and 0.5) / 2.
    assert _contrast(way, 11) == pytest.approx((np.sqrt((9 + 9 + 0.25) / 3) + 0.5) / 2 / 0.5)


def test_a_way_is_even_on_its_own_clock_alone() -> None:
    """A parabola over real time leaves nothing but the least, 0.0001, where the clock changes at its place."""
    since = np.arange(60) - 20
    t = np.where(since < 0, since, since / 8.0) / 30
    x = 5 + 30 * t - 300 * t**2
    way = np.stack([np.stack([x, 2 * x], axis=-1)] * 2, axis=1)
    assert _unevenness(way, 20, 1 / 30, 8.0) == pytest.approx(1e-4, rel=1e-3)
    assert _unevenness(way, 23, 1 / 30, 8.0) > 2e-4
    assert _unevenness(way, 20, 1 / 30, 4.0) > 2e-4
    gone = way.copy()
    gone[25, 1] = NAN  # a point that is missing somewhere is left out
    assert _unevenness(gone, 20, 1 / 30, 8.0) == pytest.approx(1e-4, rel=1e-3)


def test_gravity_is_that_of_flights() -> None:
    assert pytest.approx(643.735, abs=0.01) == GRAVITY_PCT_BH


def test_a_polynomial_of_the_fifth_degree_is_as_even_as_can_be() -> None:
    since = np.arange(60) - 20
    t = np.where(since < 0, since, since / 8.0) / 3
    x = 3 + t - t**2 + 2 * t**3 - t**4 + t**5
    way = np.stack([np.stack([x, 2 * x], axis=-1)] * 2, axis=1)
    assert _unevenness(way, 20, 1 / 30, 8.0) == pytest.approx(1e-4, rel=1e-3)


@pytest.mark.parametrize("points", [1, 3])
def test_unevenness_is_a_mean_square(points: int) -> None:
    """Up and down by 1 from picture to picture leaves all but a little of 1, by 3 nine times as much, of any number."""
    flicker = np.where(np.arange(80) % 2, 1.0, -1.0)
    way = np.stack([np.stack([flicker, -flicker], axis=-1)] * points, axis=1)
    one = _unevenness(way, 40, 1 / 240, 1.0) - 1e-4
    assert one == pytest.approx(1.0, abs=0.15)
    assert _unevenness(3 * way, 40, 1 / 240, 1.0) - 1e-4 == pytest.approx(9 * one)
    assert _unevenness(way + 7, 40, 1 / 240, 1.0) - 1e-4 == pytest.approx(one)
    # Where only one side flickers it counts half, however many pictures it has.
    half = way * np.where(np.arange(80) < 40, 1.0, 0.0)[:, None, None]
    assert _unevenness(half, 40, 1 / 240, 4.0) - 1e-4 == pytest.approx(0.5, abs=0.12)


def test_a_slow_run_s_factor_is_the_one_its_flights_fall_by() -> None:
    """Steps of 1.0 s, on a film slowed by 4: 0.5 at twice the speed are too slow, 0.25 at 4 times is a run's."""
    steps = tuple(Step("left", k * 1.44, k * 1.44 + 0.9) for k in range(5))
    h = slowed(4.0, 120.0)
    found = find_rate(h, STATURE_M, Gait(steps, 3.0))
    assert (found.factor, found.settled, found.flights) == (4.0, True, 5)
    few = hops(100.0, FLIGHTS, 3.6)
    assert find_rate(replace(few, time_s=few.time_s[:7])).flights == 0
