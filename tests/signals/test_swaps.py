from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.signals import exchange, find_swaps
from tests.athletes import JITTER, landmarks, take


@pytest.mark.parametrize("share", [0.1, 0.3, 0.45])
@pytest.mark.parametrize("name", ["lunges", "high_knees"])
def test_exchanged_legs_are_put_right(name: str, share: float) -> None:
    pose, _ = landmarks(take(name), JITTER, seed=5)
    rng = np.random.default_rng(7)
    swapped = rng.random(len(pose)) < share
    xy = exchange(pose.xy, swapped)
    repaired = exchange(xy, find_swaps(xy, 400.0))
    apart = np.linalg.norm(pose.xy[:, 27] - pose.xy[:, 28], axis=-1) > 30  # where it can be told
    wrong = np.linalg.norm(repaired - pose.xy, axis=-1).max(axis=1) > 1
    together = apart[1:] & apart[:-1]
    # Once the legs have stood side by side nobody can tell which is which; until then one can.
    assert (wrong[1:] != wrong[:-1])[together].sum() == 0


def test_clean_legs_are_left_alone() -> None:
    pose, _ = landmarks(take("high_knees"), replace(JITTER, white_pct=0.5))
    assert find_swaps(pose.xy, 400.0).mean() < 0.02


def test_exchange_twice_is_nothing() -> None:
    xy = np.random.default_rng(0).random((6, 33, 2))
    which = np.array([True, False] * 3)
    assert (exchange(exchange(xy, which), which) == xy).all()
    assert (exchange(xy, which)[:, :23] == xy[:, :23]).all()
