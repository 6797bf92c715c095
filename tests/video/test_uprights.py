"""The picture's turn, from lines drawn at known angles."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from plumbline.camera import find_uprights
from plumbline.video import segments

NOBODY = np.zeros((0, 4))


def wall(tilt_deg: float, columns: range = range(60, 800, 90)) -> np.ndarray:
    """Upright bars, turned counter-clockwise."""
    image = np.full((600, 840, 3), 190, np.uint8)
    for x in columns:
        cv2.rectangle(image, (x, 80), (x + 30, 520), (90, 100, 120), -1)
    turn = cv2.getRotationMatrix2D((420, 300), tilt_deg, 1.0)
    return np.asarray(cv2.warpAffine(image, turn, (840, 600), borderMode=cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize("tilt", [-8.0, -3.0, 0.0, 1.5, 6.0])
def test_tilt_of_upright_bars(tilt: float) -> None:
    found = find_uprights(segments(wall(tilt), NOBODY), 840 / 600)
    assert found is not None
    assert found.tilt_deg == pytest.approx(tilt, abs=0.2)


def test_bars_in_one_corner_are_not_enough() -> None:
    assert find_uprights(segments(wall(2.0, range(60, 120, 90)), NOBODY), 840 / 600) is None


def test_lines_in_all_directions_are_not_believed() -> None:
    rng = np.random.default_rng(3)
    image = np.full((600, 840, 3), 190, np.uint8)
    for _ in range(60):
        a, b = rng.integers(0, 600, (2, 2))
        cv2.line(image, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), (80, 80, 80), 3)
    assert find_uprights(segments(image, NOBODY), 840 / 600) is None


def test_a_person_is_no_wall() -> None:
    everywhere = np.array([[0.0, 0.0, 1.0, 1.0]])
    assert find_uprights(segments(wall(4.0), everywhere), 840 / 600) is None
