from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.metrics import (
    hidden_steps,
    jump_height_m,
    rhythm_cv,
    summarise,
    summarise_legs,
    vertical_stiffness_per_kg,
)
from plumbline.quantity import Quantity, propagate

times = st.floats(0.08, 0.6)


@given(times, times)
def test_stiffness_is_dalleau_s(contact: float, flight: float) -> None:
    expected = np.pi * (flight + contact) / (contact**2 * ((flight + contact) / np.pi - contact / 4))
    assert vertical_stiffness_per_kg(contact, flight) == pytest.approx(expected, rel=1e-9)


def test_jump_height_of_half_a_second() -> None:
    assert jump_height_m(0.5) == pytest.approx(0.3066, abs=1e-4)


def test_propagation_agrees_with_the_formula_for_a_ratio() -> None:
    x, sd = np.array([0.36, 0.18]), np.array([0.006, 0.004])
    value, u = propagate(lambda v: v[0] / v[1], x, np.diag(sd**2))
    assert value == pytest.approx(2.0)
    assert u == pytest.approx(2.0 * np.hypot(0.006 / 0.36, 0.004 / 0.18), rel=1e-6)


def test_summary_is_student_s() -> None:
    rows = [{"x": Quantity(v, 0.1, "s")} for v in (1.0, 2.0, 3.0)] + [{}]
    s = summarise(rows)["x"]
    assert (s.mean, s.sd, s.n) == (2.0, 1.0, 3)
    assert s.ci95[1] - s.mean == pytest.approx(4.3027 / np.sqrt(3), rel=1e-4)


def test_each_leg_is_summed_up_where_legs_take_turns() -> None:
    rows = [{"x": Quantity(v, 0.1, "s")} for v in (1.0, 4.0, 3.0, 6.0)]
    legs = summarise_legs(rows, ["left", "right", "left", "right"])
    assert {side: (s["x"].mean, s["x"].n) for side, s in legs.items()} == {"left": (2.0, 2), "right": (5.0, 2)}
    assert summarise_legs(rows, ["left"] * 4) == {}
    assert summarise_legs(rows, ["both"] * 4) == {}
    assert summarise_legs(rows, ["left", "right", "right", "right"]) == {}  # one rep tells nothing of a leg


def test_even_rhythm_is_not_called_uneven_by_its_noise() -> None:
    rng = np.random.default_rng(2)
    rows = [{"step_period_s": Quantity(0.5 + rng.normal(0, 0.01), 0.01, "s")} for _ in range(12)]
    q = rhythm_cv(rows)
    assert q is not None
    assert q.value < 2.0
    assert rhythm_cv(rows[:3]) is None


def test_a_step_that_was_not_seen_is_no_uneven_rhythm() -> None:
    """Periods of 0.4 s, one of 0.8: it hides a step; what is left is even. 0.6 of 0.4, 1.5 times, is uneven."""

    def rows(*periods: float) -> list[dict[str, Quantity]]:
        return [{"step_period_s": Quantity(p, 0.002, "s")} for p in periods]

    merged = rows(0.4, 0.4, 0.8, 0.4, 0.4, 0.4)
    assert hidden_steps(merged) == [2]
    even = rhythm_cv(merged)
    assert even is not None
    assert even.value == pytest.approx(0.0, abs=1e-6)
    assert hidden_steps(rows(0.4, 0.4, 0.6, 0.4, 0.4)) == []
    assert hidden_steps(rows(0.4, 0.8, 0.4)) == [], "too few to tell"
    assert hidden_steps([{}, *rows(0.4, 0.4, 0.4, 0.9)]) == [4]
