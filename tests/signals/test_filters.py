from __future__ import annotations

import numpy as np
import pytest

from plumbline.signals import cutoff_for, derivative, fill_gaps, low_pass, noise_sd, reject_outliers


@pytest.mark.parametrize(("frequency", "kept"), [(2.0, 1.0), (12.0, 1 / np.sqrt(2)), (40.0, 0.01)])
def test_gain_of_the_low_pass_is_butterworth(frequency: float, kept: float) -> None:
    t = np.arange(0, 4, 1 / 120)
    y = low_pass(t, np.sin(2 * np.pi * frequency * t), 12.0)
    middle = slice(120, 360)
    assert np.abs(y[middle]).max() == pytest.approx(kept, abs=0.03)


def test_low_pass_has_no_lag() -> None:
    t = np.arange(0, 3, 1 / 60)
    pulse = np.exp(-(((t - 1.5) / 0.1) ** 2))
    assert t[np.argmax(low_pass(t, pulse, 6.0))] == pytest.approx(1.5, abs=1e-9)


def test_low_pass_follows_real_time_stamps() -> None:
    rng = np.random.default_rng(3)
    t = np.arange(0, 4, 1 / 60)
    t = t[rng.random(len(t)) > 0.15]
    x = np.sin(2 * np.pi * 1.5 * t)
    assert np.abs(low_pass(t, x, 12.0) - x)[20:-20].max() < 0.06


def test_gaps_stay_gaps() -> None:
    t = np.arange(10) / 60
    x = np.where(np.arange(10) == 5, np.nan, 1.0)
    assert np.isnan(low_pass(t, x, 12.0)[5])
    assert np.isfinite(np.delete(low_pass(t, x, 12.0), 5)).all()


@pytest.mark.parametrize(("fps", "expected"), [(20, 6.6), (30, 9.9), (60, 12.0), (240, 12.0)])
def test_cutoff_by_frame_rate(fps: float, expected: float) -> None:
    assert cutoff_for(fps, 12.0) == pytest.approx(expected)


def test_derivative_of_a_parabola_is_exact_on_uneven_time() -> None:
    t = np.cumsum(np.random.default_rng(0).uniform(0.01, 0.03, 50))
    assert derivative(t, t**2) == pytest.approx(2 * t)


def test_derivative_of_a_fast_movement_is_not_rounded_off() -> None:
    t = np.arange(0, 1, 1 / 60)
    rate = 2 * np.pi * 8
    assert derivative(t, np.sin(rate * t))[5:-5].max() == pytest.approx(rate, rel=0.03)


def test_derivative_stops_at_gaps() -> None:
    x = np.array([0.0, 1, 2, 3, np.nan, 5, 6])
    assert derivative(np.arange(7.0), x) == pytest.approx([1, 1, 1, 1, np.nan, np.nan, np.nan], nan_ok=True)


@pytest.mark.parametrize("fps", [20, 25, 30, 60])
def test_noise_shrinks_at_every_frame_rate(fps: int) -> None:
    t = np.arange(0, 20, 1 / fps)
    x = np.random.default_rng(2).normal(0, 1, len(t))
    assert low_pass(t, x, cutoff_for(fps, 12.0)).std() < 0.9


def test_short_gaps_are_bridged_long_ones_and_ends_are_not() -> None:
    t = np.arange(12) / 10.0
    x = t.copy()
    x[[0, 3, 6, 7, 8, 9]] = np.nan
    filled = fill_gaps(t, x, 0.25)
    assert filled[3] == pytest.approx(0.3)
    assert np.isnan(filled[[0, 6, 7, 8, 9]]).all()


def test_a_spike_goes_and_a_fast_movement_stays() -> None:
    t = np.arange(30) / 60
    xy = np.zeros((30, 1, 2))
    xy[:, 0, 1] = np.where(np.arange(30) > 15, 40.0 * (np.arange(30) - 15), 0)
    spiked = xy.copy()
    spiked[8, 0, 0] = 90
    assert np.isnan(reject_outliers(t, spiked, 20)[8, 0]).all()
    assert np.isfinite(reject_outliers(t, xy, 20)).all()


def test_at_a_low_rate_what_accelerates_is_no_spike() -> None:
    """Back and forth within three frames: 30 px off the neighbours' line, which lie where they were.

    Twice as far apart as is sure: the limit is four times 20 px.
    """
    t = np.arange(9) / 10
    xy = np.zeros((9, 1, 2))
    xy[4, 0, 0] = 30
    assert np.isnan(reject_outliers(t, xy, 20)[4, 0]).all()
    assert np.isfinite(reject_outliers(t, xy, 20, 0.05)).all()
    assert np.isnan(reject_outliers(t, 3 * xy, 20, 0.05)[4, 0]).all()
    assert np.isnan(reject_outliers(t, xy, 20, 0.2)[4, 0]).all()


@pytest.mark.parametrize("sd", [0.1, 1.0, 5.0])
def test_noise_is_read_through_movement(sd: float) -> None:
    t = np.arange(0, 20, 1 / 60)
    x = 100 * np.sin(2 * np.pi * 0.7 * t) + np.random.default_rng(1).normal(0, sd, len(t))
    assert noise_sd(t, x) == pytest.approx(sd, rel=0.25, abs=0.05)


def test_a_hole_in_the_clock_takes_no_memory_and_leaves_both_sides() -> None:
    """Sides of 2 s at 60 frames per second, 28 hours apart: filtered as each would be alone."""
    side = np.arange(120) / 60
    x = np.sin(2 * np.pi * 2 * side) + 0.1 * np.sin(2 * np.pi * 25 * side)
    both = low_pass(np.concatenate([side, 1e5 + side]), np.concatenate([x, x]), 8.0)
    alone = low_pass(side, x, 8.0)
    assert np.allclose(both[:120], alone)
    assert np.allclose(both[120:], alone, atol=1e-6)


@pytest.mark.parametrize(("frames", "cutoff_hz"), [(4, 12.0), (5, 12.0), (8, 3.0), (15, 3.0)])
def test_a_short_stretch_keeps_its_slope(frames: int, cutoff_hz: float) -> None:
    t = np.arange(frames) / 240
    assert low_pass(t, 3 + 40 * t, cutoff_hz) == pytest.approx(3 + 40 * t, abs=1e-9)
