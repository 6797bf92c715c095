"""Whether a foot stands in what looks like a flight; heights in %BH by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact._flights import Flight, _one_stands
from plumbline.contact._heights import Heights

T = np.arange(240) / 60
UP = (T > 1.0) & (T < 1.4)


def heights(left: np.ndarray, right: np.ndarray) -> Heights:
    """Feet whose toe and heel are equally high, of a body that does not matter here."""
    feet = {"left": left, "right": right}
    return Heights(T, feet, feet, feet, np.full(len(T), 55.0), np.full(len(T), 60.0))  # type: ignore[arg-type]


STANDS = np.zeros(len(T))
HOPS = np.where(UP, 4.0, 0.0)


@pytest.mark.parametrize(
    ("left", "right", "stands"),
    [
        (STANDS + 5, np.where(UP, 30.0, 0.0), True),  # a march seen from above: the far foot stands at 5
        (STANDS + 12 + np.where(T > 2, 25.0, 0.0), np.where(UP, 30.0, 0.0), True),  # at 12, raised itself later
        (6 * (T - 1.2) * UP, np.where(UP, 30.0, 0.0), True),  # moves by 0.8 of the middle half's 1.2
        (20 * (T - 1.2) * UP, np.where(UP, 30.0, 0.0), False),  # by 3: on its way through, as in a run
        (HOPS, HOPS, False),  # both feet hop
        (STANDS + 20, HOPS, False),  # one hops, the other is held up at 20
        (20 + 3 * HOPS, HOPS, False),  # and swings up by 12 as the first one hops by 4
        (STANDS + 20, 3 * HOPS, False),  # a high hop of 12 beside a leg that hovers at 20
        (np.full(len(T), np.nan), HOPS, False),
    ],
)
def test_a_foot_that_keeps_its_own_height_stands(left: np.ndarray, right: np.ndarray, stands: bool) -> None:
    assert _one_stands(heights(left, right), 61, 83) == stands


def test_a_step_is_no_flight_however_fast_the_body_falls() -> None:
    hop = Flight(1.0, 1.4, 1.2, 640.0, 10.0, 5.0, 5.0)
    assert hop.ballistic
    assert not replace(hop, one_stands=True).ballistic
