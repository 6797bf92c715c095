from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.signals import exchange, find_swaps
from plumbline.signals._turns import expected_gap
from tests.athletes import JITTER, landmarks, movement, take


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


@pytest.mark.parametrize("share", [0.1, 0.3])
@pytest.mark.parametrize("together", [False, True])
def test_a_runners_legs_keep_their_names(share: float, together: bool) -> None:
    pose, _ = landmarks(take("treadmill_run"), JITTER, seed=5)
    rng = np.random.default_rng(11)
    # Alone, or a whole swing at a time: each then looks like legs that meet and part again.
    swapped = (
        np.repeat(rng.random(len(pose) // 15 + 1), 15)[: len(pose)] < share
        if together
        else rng.random(len(pose)) < share
    )
    repaired = exchange(exchange(pose.xy, swapped), find_swaps(exchange(pose.xy, swapped), 400.0))
    apart = np.abs(pose.xy[:, 27, 0] - pose.xy[:, 28, 0]) > 60
    wrong = np.linalg.norm(repaired - pose.xy, axis=-1).max(axis=1) > 1
    assert apart.sum() > 50
    assert wrong[apart].mean() < 0.03


@pytest.mark.parametrize("seed", range(4))
def test_frames_with_nobody_name_no_leg(seed: int) -> None:
    """A share of the frames is exchanged: of the frames with somebody, not of those with empty ones behind them."""
    pose, _ = landmarks(movement("single_leg_hop", seed), JITTER, seed=seed)
    xy = exchange(pose.xy, np.random.default_rng(seed).random(len(pose)) < 0.25)
    found = find_swaps(xy, 400.0)
    empty = np.concatenate([xy, np.full((4 * len(xy), *xy.shape[1:]), np.nan)])
    assert np.array_equal(find_swaps(empty, 400.0)[: len(xy)], found)


def test_the_gap_of_legs_in_turns_is_told_without_their_names() -> None:
    t = np.arange(180) / 60
    gap = 0.4 * np.cos(2 * np.pi * 1.4 * t + 0.8)  # 1.4 strides a second, 0.4 body heights
    names = np.where(np.random.default_rng(3).random(180) < 0.25, -1.0, 1.0)
    seen = gap * names
    seen[40:44] = np.nan
    expected = expected_gap(seen)
    assert expected is not None
    assert np.abs(expected - gap).max() < 0.06
    assert (np.sign(expected) == np.sign(gap))[np.abs(gap) > 0.1].all()


@pytest.mark.parametrize(
    "gap",
    [
        np.full(120, 0.3),  # a lunge
        0.25 + 0.1 * np.cos(np.arange(120) / 4),  # a free leg that swings, always behind
        np.random.default_rng(5).normal(0, 0.02, 120),  # feet together
        np.full(120, np.nan),
    ],
)
def test_legs_that_do_not_take_turns_have_no_rhythm(gap: np.ndarray) -> None:
    assert expected_gap(gap) is None


def test_clean_legs_are_left_alone() -> None:
    pose, _ = landmarks(take("high_knees"), replace(JITTER, white_pct=0.5))
    assert find_swaps(pose.xy, 400.0).mean() < 0.02


def test_exchange_twice_is_nothing() -> None:
    xy = np.random.default_rng(0).random((6, 33, 2))
    which = np.array([True, False] * 3)
    assert (exchange(exchange(xy, which), which) == xy).all()
    assert (exchange(xy, which)[:, :23] == xy[:, :23]).all()
