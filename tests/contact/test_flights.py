"""Flights told from what looks like one, on heights set down by hand."""

from __future__ import annotations

import numpy as np

from plumbline.contact._flights import GRAVITY_PCT_BH, Flight, _held_up


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
