"""From fits to contacts: biases taken off, the parts of the uncertainty, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

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
from plumbline.contact._fit import EventFit, FitSettings
from plumbline.contact._flights import GRAVITY_PCT_BH
from plumbline.contact._stances import Stance, bearing_height
from plumbline.measuring import load_measuring
from tests.contact.by_hand import NAN, arc, bouncing, heights
from tests.hand import clock

MEASURING = load_measuring()
# A fit that is exact.
FITS = [EventFit(1.0, 1.2, np.zeros((2, 2)), 0.0, 20)]


def toe_off_sd_s(flight_s: float, steps_off: bool = False, label: str = "both") -> float:
    contact = joined(FITS, Stance(1.0, 1.2, "right", label, steps_off, flight_s), 60.0, MEASURING)
    assert contact.touchdown_common_s == pytest.approx(0.008)
    return contact.toe_off_common_s


def test_gravity_is_that_of_a_usual_stature() -> None:
    """9.80665 m/s2 over an ankle-to-ear chain of 0.88 of 1.72 m or so: 600 to 700 %BH/s2."""
    assert 600 < GRAVITY_PCT_BH < 700


@pytest.mark.parametrize("flight_s", [0.18, 0.3, 0.45])
def test_a_toe_off_is_as_uncertain_as_the_body_is_slow_in_leaving(flight_s: float) -> None:
    """1.4 %BH at g T / 2; twice the flight, half the time."""
    assert toe_off_sd_s(flight_s) == pytest.approx(1.4 / (GRAVITY_PCT_BH * flight_s / 2))
    assert toe_off_sd_s(flight_s) == pytest.approx(2 * toe_off_sd_s(2 * flight_s))
    # One leg alone: 2.2 %BH.
    assert toe_off_sd_s(flight_s, label="left") == pytest.approx(2.2 / (GRAVITY_PCT_BH * flight_s / 2))


def test_without_a_flight_after_it_a_toe_off_has_the_spread_of_all() -> None:
    assert toe_off_sd_s(NAN) == toe_off_sd_s(0.4, steps_off=True) == pytest.approx(0.013)


def test_biases_are_taken_off_and_fade_in_below_sixty_frames() -> None:
    """At 60: touchdown +3, toe-off +7 ms; at 30: by -11 and +6 more, and 10 ms more uncertain."""
    stance = Stance(1.0, 1.2, "right", "both")
    fast, slow = (joined(FITS, stance, fps, MEASURING) for fps in (60.0, 30.0))
    assert (fast.touchdown_s, fast.toe_off_s) == (pytest.approx(1.003), pytest.approx(1.207))
    assert (slow.touchdown_s, slow.toe_off_s) == (pytest.approx(0.992), pytest.approx(1.213))
    assert slow.touchdown_common_s == pytest.approx(np.hypot(0.008, 0.010))
    between = joined(FITS, stance, 45.0, MEASURING)
    assert between.touchdown_s == pytest.approx((fast.touchdown_s + slow.touchdown_s) / 2, abs=1e-3)


# Parts -------------------------------------------------------------------------------------------


def fit(
    down_s: float, up_s: float, misfit: float = 0.5, samples: int = 20, sd_ms: tuple[float, float] = (3, 4)
) -> EventFit:
    """A fit with these standard uncertainties and a covariance of 5 ms2 between them."""
    covariance = np.array([[sd_ms[0] ** 2, 5.0], [5.0, sd_ms[1] ** 2]]) * 1e-6
    return EventFit(down_s, up_s, covariance, misfit, samples)


def test_what_an_event_s_uncertainty_is_made_of() -> None:
    """The fit's own, 3 and 4 ms; the clip's, 8 ms and the height of a toe that peels off; 1.8 ms of each toe-off."""
    stance = Stance(1.0, 1.2, "right", "both", flight_s=0.4)
    fast = joined([fit(1.0, 1.2)], stance, 100.0, MEASURING)
    assert fast.covariance_s2 == pytest.approx(5e-6)
    assert fast.touchdown_sd_s == pytest.approx(np.sqrt(9 + 64) / 1000)
    up_common = 1000 * 1.4 / (GRAVITY_PCT_BH * 0.2)
    assert fast.toe_off_sd_s == pytest.approx(np.sqrt(16 + up_common**2 + 1.8**2) / 1000)
    assert fast.stance == "both"
    # At 20 frames a second the slow biases and 10 ms of doubt are whole.
    slow = joined([fit(1.0, 1.2)], stance, 20.0, MEASURING)
    assert slow.covariance_s2 == pytest.approx(5e-6)
    assert slow.touchdown_sd_s == pytest.approx(np.sqrt(9 + 64 + 100) / 1000)
    assert slow.toe_off_sd_s == pytest.approx(np.sqrt(16 + up_common**2 + 100 + 1.8**2) / 1000)
    assert slow.toe_off_common_s == pytest.approx(np.hypot(up_common, 10) / 1000)


def test_ends_that_are_fitted_apart_do_not_vary_together() -> None:
    stance = Stance(1.0, 2.2, "left", "left", flight_s=0.4)
    apart = joined([fit(1.0, NAN), fit(NAN, 2.2)], stance, 100.0, MEASURING)
    # On one leg a toe-off is found 16 ms earlier than on both.
    assert (apart.touchdown_s, apart.toe_off_s) == (pytest.approx(1.003), pytest.approx(2.223))
    assert apart.covariance_s2 == 0.0
    assert apart.touchdown_sd_s == pytest.approx(np.hypot(3, 8) / 1000)
    only = joined([fit(1.0, NAN)], stance, 100.0, MEASURING)
    assert only.touchdown_s == pytest.approx(1.003)
    assert np.isnan([only.toe_off_s, only.toe_off_sd_s]).all()
    assert only.covariance_s2 == 0.0
    last = joined([fit(NAN, 2.2)], stance, 100.0, MEASURING)
    assert np.isnan([last.touchdown_s, last.touchdown_sd_s]).all()
    assert last.toe_off_s == pytest.approx(2.223)
    # Before it they stood: feet roll off slowly then, by 15 ms.
    assert last.toe_off_common_s == pytest.approx(np.hypot(apart.toe_off_common_s, 0.015))


def test_off_a_box_only_the_fall_tells() -> None:
    """45 ms on top, in a toe-off's own part."""
    stance = Stance(1.0, 1.2, "right", "both", True, 0.4)
    found = joined([fit(1.0, 1.2)], stance, 100.0, MEASURING)
    assert found.toe_off_sd_s == pytest.approx(np.sqrt(16 + 13**2 + 1.8**2 + 45**2) / 1000)
    assert found.toe_off_common_s == pytest.approx(0.013)


def test_a_first_guess_is_known_to_a_frame_and_twenty_ms() -> None:
    (guess,) = coarse(Stance(1.0, 1.2, "left", "both"), 0.015)
    assert (guess.touchdown_s, guess.toe_off_s, guess.samples) == (1.0, 1.2, 0)
    assert guess.covariance == pytest.approx(np.diag([0.000625, 0.000625]))  # 15 and 20 ms: 25
    assert np.isnan(guess.foot_misfit)


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True),
        ({"samples": 5}, True),
        ({"samples": 4}, False),
        ({"misfit": 1001.0}, False),  # goes through the floor
        ({"misfit": 999.0}, True),
        ({"misfit": NAN}, False),
        ({"up_s": 1.09}, False),
        ({"up_s": 1.11}, True),
        ({"up_s": NAN}, True),
    ],
)
def test_what_is_a_sound_fit(change: dict[str, float], good: bool) -> None:
    """From 1.0 to 1.2, where 0.1 s is the shortest."""
    assert sound(fit(**{"down_s": 1.0, "up_s": 1.2, **change}), 0.1) is good  # type: ignore[arg-type]


def test_the_noise_of_a_foot_is_what_fits_leave_over() -> None:
    """Of 20 and 16 frames 14 and 10 are to spare; 0.5 and 5.5 left over: sqrt(6 / 24) = 0.5."""
    assert foot_noise([fit(1, 1.2, 0.5, 20), fit(2, 2.2, 5.5, 16)], 0.35) == pytest.approx(0.5)
    # What is no fit does not count, nor do its frames: sqrt(6 / 14).
    assert foot_noise([fit(1, 1.2, 6.0, 20), fit(2, 2.2, 2000.0, 16)], 0.35) == pytest.approx(0.65465, abs=1e-5)
    assert foot_noise([fit(1, 1.2, 6.0, 30), fit(2, 2.2, NAN, 3)], 0.35) == pytest.approx(0.5)
    # Fewer than six to spare tell nothing.
    assert foot_noise([fit(1, 1.2, 1.0, 11)], 0.35) == 0.35
    assert foot_noise([fit(1, 1.2, 6.0, 12)], 0.35) == pytest.approx(1.0)
    assert foot_noise([], 0.35) == 0.35


@pytest.mark.parametrize(("variance", "noise"), [(0.0, 0.12), (0.01, 0.12), (0.25, 0.5), (9.0, 2.0)])
def test_no_film_is_read_better_than_an_eighth_of_a_percent_nor_worse_than_two(variance: float, noise: float) -> None:
    assert noise_within(variance) == pytest.approx(noise)


def test_the_noise_of_a_mass_centre_lasts_over_frames() -> None:
    """Third differences of 0.1 up and down from frame to frame are 0.8: 1.4826 * 0.8 / sqrt 20 = 0.26521.

    At 100 frames a second four repeat each: times sqrt(1 + 4) = 0.59302; at 25, times sqrt 2.
    """
    t = clock(0, 1)
    flicker = np.where(np.arange(len(t)) % 2, 0.1, -0.1)
    h = heights(t, 1.0, centre=55 + flicker)
    assert centre_noise(h, 100.0, MEASURING) == pytest.approx(0.59302, abs=1e-4)
    assert centre_noise(h, 25.0, MEASURING) == pytest.approx(0.37507, abs=1e-4)
    assert centre_noise(heights(t, 1.0), 100.0, MEASURING) == pytest.approx(0.3)
    assert centre_noise(heights(t, 1.0, centre=NAN), 100.0, MEASURING) == pytest.approx(0.3)
    assert centre_noise(heights(t, 1.0, centre=55 + 20 * flicker), 100.0, MEASURING) == pytest.approx(2.0)


# A whole stance ----------------------------------------------------------------------------------

CLOCK = clock(0.503, 2.0, 120.0)
# Down from 0.3 s of flight at 1.0, up into as long a one at 1.2.
FOOT = arc(CLOCK, 0.7, 1.0) + arc(CLOCK, 1.2, 1.5)


def test_a_short_stance_is_fitted_as_a_whole_a_long_one_end_by_end() -> None:
    h = heights(CLOCK, 1 + FOOT, centre=bouncing(CLOCK, [(0.7, 1.0), (1.2, 1.5)]))
    s = FitSettings()
    short = Stance(1.01, 1.19, "left", "both")
    (whole,) = fit_ends(h, short, bearing_height(h, short, 0.0), 600.0, s)
    assert (whole.touchdown_s, whole.toe_off_s) == (pytest.approx(1.0, abs=0.002), pytest.approx(1.2, abs=0.002))
    for stance, count in ((replace(short, up_s=NAN), 1), (replace(short, down_s=NAN), 1)):
        (end,) = fit_ends(h, stance, bearing_height(h, short, 0.0), 600.0, s)
        seen = end.touchdown_s if np.isfinite(stance.down_s) else end.toe_off_s
        assert seen == pytest.approx(1.0 if np.isfinite(stance.down_s) else 1.2, abs=0.003), count
        assert np.isnan([end.touchdown_s, end.toe_off_s]).sum() == 1
    late = np.where(CLOCK > 1.1, np.interp(CLOCK - 0.6, CLOCK, FOOT, left=0.0), FOOT)
    long = Stance(1.01, 1.79, "left", "both")
    h = heights(CLOCK, 1 + late)
    down, up = fit_ends(h, long, late, NAN, s)
    assert (down.touchdown_s, up.toe_off_s) == (pytest.approx(1.0, abs=0.003), pytest.approx(1.8, abs=0.003))


@pytest.mark.parametrize("ahead", [0.0, 0.3, 0.6])
def test_the_point_of_the_foot_that_stands_still_is_found(ahead: float) -> None:
    """The heel peels off by 3 at last; what stands is so much of the foot beyond the toe."""
    peel = 3 * np.clip((CLOCK - 1.12) / 0.08, 0, 1)
    heel = 1 + FOOT + peel
    toe = (1 + FOOT + ahead * heel) / (1 + ahead)
    h = heights(CLOCK, toe, heel=heel)
    stances = [Stance(1.005, 1.195, "left", "both")]
    assert still_point(h, stances, FitSettings()) == pytest.approx(ahead)
    # Rebounds alone are asked where there are any.
    stand = Stance(1.3, NAN, "left", "both")
    assert still_point(h, [stand, *stances], FitSettings()) == pytest.approx(ahead)
