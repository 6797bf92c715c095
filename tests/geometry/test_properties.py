"""Geometry does not change when the picture is moved, enlarged or mirrored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plumbline.geometry import fit_floor, flexion, interior_angle, lean, plumb_offsets, slope

coordinate = st.floats(-2000, 2000, allow_nan=False)
point = st.tuples(coordinate, coordinate).map(np.array)
chain = st.lists(st.tuples(coordinate, coordinate), min_size=5, max_size=5).map(np.array)
shift = st.tuples(coordinate, coordinate).map(np.array)
scale = st.floats(0.1, 10)
MIRROR = np.array([-1.0, 1.0])


def apart(*points: np.ndarray) -> bool:
    return all(np.linalg.norm(a - b) > 1 for i, a in enumerate(points) for b in points[:i])


@given(point, point, point, shift, scale)
def test_joint_angle_is_invariant(a, b, c, d, k) -> None:
    assume(apart(a, b, c))
    expected = interior_angle(a, b, c)
    assert 0 <= expected <= 180
    for f in (lambda p: p + d, lambda p: p * k, lambda p: p * MIRROR):
        assert interior_angle(f(a), f(b), f(c)) == pytest.approx(expected, abs=1e-4)
    assert interior_angle(c, b, a) == pytest.approx(expected, abs=1e-9)


@given(point, point, shift, scale)
def test_lean_is_invariant_and_mirrors_with_facing(a, b, d, k) -> None:
    assume(apart(a, b))
    expected = lean(a, b, 1)

    def turned(angle: float) -> float:  # -180 and 180 are one direction
        return abs((angle - expected + 180) % 360 - 180)

    assert turned(lean(a + d, b + d, 1)) < 1e-4
    assert turned(lean(a * k, b * k, 1)) < 1e-4
    assert turned(lean(a * MIRROR, b * MIRROR, -1)) < 1e-4


@given(chain, shift, scale)
def test_plumb_offsets_are_invariant(c, d, k) -> None:
    expected = plumb_offsets(c, 1, 400.0)
    assert expected[-1] == 0
    assert plumb_offsets(c + d, 1, 400.0) == pytest.approx(expected, abs=1e-6)
    assert plumb_offsets(c * k, 1, 400.0 * k) == pytest.approx(expected, abs=1e-6)
    assert plumb_offsets(c * MIRROR, -1, 400.0) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        ((0, 0), (0, 1), (0, 2), 180.0),
        ((0, 0), (0, 1), (1, 1), 90.0),
        ((1, 0), (0, 0), (1, 1), 45.0),
        ((0, 0), (0, 0), (1, 1), float("nan")),
        ((0, 0), (float("nan"), 0), (1, 1), float("nan")),
    ],
)
def test_known_angles(a, b, c, expected) -> None:
    p = [np.array(x, float) for x in (a, b, c)]
    assert interior_angle(*p) == pytest.approx(expected, nan_ok=True)
    assert flexion(*p) == pytest.approx(180 - expected, nan_ok=True)


def test_lean_and_slope_signs() -> None:
    hip, shoulder = np.array([0.0, 100.0]), np.array([10.0, 0.0])
    assert lean(hip, shoulder, 1) > 0 > lean(hip, shoulder, -1)
    heel, toe = np.array([0.0, 100.0]), np.array([30.0, 90.0])
    assert slope(heel, toe, 1) == pytest.approx(np.degrees(np.arctan(1 / 3)))


@given(st.floats(-0.15, 0.15), st.floats(0, 1000))
def test_floor_line_is_found_among_outliers(rise, level) -> None:
    x = np.linspace(0, 900, 30)
    y = level + rise * x
    y[::7] += 60
    floor = fit_floor(np.stack([x, y], -1))
    assert floor is not None
    assert floor.slope == pytest.approx(rise, abs=0.02)
    assert abs(floor.slope - rise) <= 3 * floor.slope_sd
    assert floor.level == pytest.approx(level, abs=8)
