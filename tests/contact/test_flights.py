"""Flights told from what looks like one, on heights set down by hand."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.contact._flights import GRAVITY_PCT_BH, Flight, _beat, _held_up, _on_the_beat
from plumbline.contact._heights import Heights


def flight(start_s: float, gravity_share: float, sd_share: float, lift_pct: float) -> Flight:
    return Flight(
        start_s, start_s + 0.3, start_s + 0.15, gravity_share * GRAVITY_PCT_BH, sd_share * GRAVITY_PCT_BH,
        lift_pct, lift_pct,
    )  # fmt: skip


JUMPS = [flight(1.0, 1.0, 0.05, 10.0), flight(2.0, 1.1, 0.05, 9.0)]


def test_a_rise_onto_the_toes_is_held_up() -> None:
    """It falls at 0.6 g where the jumps fall at 1.05: nine uncertainties of 0.05 apart."""
    assert _held_up(flight(3.0, 0.6, 0.05, 1.5), JUMPS)


def test_a_vague_fall_a_high_rise_and_a_lonely_one_are_not() -> None:
    assert not _held_up(flight(3.0, 0.6, 0.30, 1.5), JUMPS)  # 0.45 g apart, 0.30 unsure
    assert not _held_up(flight(3.0, 0.6, 0.05, 6.0), JUMPS)  # the feet leave the floor
    assert not _held_up(flight(3.0, 0.6, 0.05, 1.5), [])
    assert not _held_up(flight(3.0, 1.0, 0.05, 1.5), JUMPS)


def test_lift_counts_from_the_higher_floor_unless_it_was_stepped_off() -> None:
    up = Flight(1.0, 1.4, 1.2, 600.0, 20.0, 35.0, 8.0)
    assert (up.lift_pct, up.highest_pct, up.stepped_off) == (8.0, 35.0, False)
    off = Flight(1.0, 1.2, 1.1, 600.0, 20.0, -2.0, 18.0)
    assert (off.lift_pct, off.highest_pct, off.stepped_off) == (18.0, 18.0, True)
    unseen = Flight(np.nan, 1.2, 1.1, 600.0, 20.0, np.nan, 18.0)
    assert (unseen.lift_pct, unseen.stepped_off) == (18.0, False)


def test_a_regular_series_takes_in_the_faint_flight_on_its_beat_alone() -> None:
    """Hops every 0.5 s with one left out at 2.5 s: what lies 0.04 s beside it is it, 0.2 s beside it is not."""
    hops = [flight(at, 1.0, 0.1, 4.0) for at in (1.0, 1.5, 2.0, 3.0, 3.5)]
    on, off, after = flight(2.54, 1.0, 0.3, 0.8), flight(2.7, 1.0, 0.3, 0.8), flight(4.0, 1.0, 0.3, 0.8)
    assert _on_the_beat(hops, [on, off, after]) == [on]
    assert _on_the_beat(hops[:3], [on]) == []  # three make no series


def heights(toe: np.ndarray, heel: np.ndarray) -> Heights:
    """Both feet alike, 60 frames a second."""
    n = len(toe)
    still = np.full(n, 50.0)
    sides = ("left", "right")
    return Heights(
        np.arange(n) / 60, {s: toe for s in sides}, {s: heel for s in sides}, {s: heel + 4 for s in sides}, still, still
    )


def test_a_heel_that_rises_below_a_high_toe_leaves_nothing() -> None:
    """The model puts the toe 1.5 above the heel of a flat foot; the heel rises to 6, the toe stays: no lift."""
    toe, heel = np.full(60, 2.5), np.concatenate([np.full(40, 1.0), np.linspace(1, 6, 20)])
    assert np.allclose(heights(toe, heel).lowest, 1.0)


def test_a_heel_that_stays_above_the_toe_takes_nothing_off_it() -> None:
    """Hops on the forefoot: the heel is never lower than 3, the toe at 1 is the lowest point as it stands."""
    toe, heel = np.full(60, 1.0), 3.0 + np.abs(np.sin(np.arange(60) / 5))
    assert np.allclose(heights(toe, heel).lowest, 1.0)


def test_a_beat_is_told_where_most_gaps_leave_a_flight_out() -> None:
    """Four of seven gaps hold two: 0.98 / 2 = 0.49, 0.48, 0.485, 0.465 beside 0.49, 0.46, 0.48: median 0.48."""
    assert _beat(np.array([0.49, 0.98, 0.96, 0.46, 0.97, 0.48, 0.93])) == pytest.approx(0.48)
    assert _beat(np.array([0.5, 0.5, 0.5])) == pytest.approx(0.5)
    # 0.7 is 1.4 times 0.5: no beat, and the median counts.
    assert _beat(np.array([0.5, 0.7, 0.9])) == pytest.approx(0.7)
