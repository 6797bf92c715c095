"""Field tests: what chance adds to the best of noisy readings is taken off."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.catalogue import find_drill, load_protocols, metric_label
from plumbline.metrics import METRICS, summarise_clip
from plumbline.metrics._score import score
from plumbline.quantity import Quantity

TEN_FIVE, BEST = load_protocols()["rsi_ten_five"], load_protocols()["jump_height_best_m"]


def rows(values: list[float], sd: float, common: float = 0.0, metric: str = "rsi_ratio") -> list[dict[str, Quantity]]:
    return [{metric: Quantity.of(v, "", rep=(sd,), common=(common,))} for v in values]


def test_readings_without_error_are_averaged_as_they_are() -> None:
    # The five best of 1.0, 1.1 … 1.9 are 1.5 to 1.9: 1.7.
    q = score(TEN_FIVE, rows([1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9], 0.0, common=0.06))
    assert q is not None
    assert q.value == pytest.approx(1.7)
    assert (q.sd, q.common_sd) == pytest.approx((0.06, 0.06))


def test_only_the_first_ten_count_and_nine_are_too_few() -> None:
    ten = [1.0] * 5 + [2.0] * 5
    assert score(TEN_FIVE, rows([*ten, 9.0], 0.0)).value == pytest.approx(2.0)  # type: ignore[union-attr]
    assert score(TEN_FIVE, rows(ten[:9], 0.0)) is None


def test_half_of_the_spread_is_error_so_half_of_the_lead_is_chance() -> None:
    # Mean 1.5, variance 10/36 about it (ten values 1.0 or 2.0); errors of half of that variance.
    q = score(TEN_FIVE, rows([1.0, 2.0] * 5, float(np.sqrt(10 / 36 / 2))))
    assert q is not None
    assert q.value == pytest.approx(1.75)


def test_equal_jumps_read_with_error_are_not_lifted_by_the_best() -> None:
    rng = np.random.default_rng(1)
    drawn, plain, inside = [], [], []
    for _ in range(400):
        read = list(0.30 + rng.normal(0, 0.015, 3))
        q = score(BEST, rows(read, 0.015, metric="jump_height_m"))
        assert q is not None
        drawn.append(q.value - 0.30)
        plain.append(max(read) - 0.30)
        inside.append(abs(q.value - 0.30) < 1.96 * q.sd)
    # The best of three is 0.846 sd above their mean (Teichroew 1956, Ann Math Stat 27: 410).
    assert np.mean(plain) == pytest.approx(0.846 * 0.015, abs=0.002)
    assert np.mean(drawn) < 0.5 * np.mean(plain)
    assert np.mean(inside) > 0.9


def test_the_true_best_is_held_where_athletes_differ() -> None:
    rng = np.random.default_rng(2)
    inside = []
    for _ in range(600):
        true = rng.normal(2.0, 0.25, 10)
        q = score(TEN_FIVE, rows(list(true + rng.normal(0, 0.12, 10)), 0.12))
        assert q is not None
        inside.append(abs(q.value - np.sort(true)[-5:].mean()) < 1.96 * q.sd)
    assert 0.90 < np.mean(inside) < 0.99


def test_scores_are_metrics_of_their_drills_alone() -> None:
    read = rows([1.5] * 10, 0.1)
    assert "rsi_ten_five" in summarise_clip(read, find_drill("pogo"))
    assert "rsi_ten_five" not in summarise_clip(read, find_drill("squat"))
    for protocol in [p for p in load_protocols().values() if p.metric]:
        assert protocol.metric in METRICS
        assert all(protocol.metric in find_drill(drill).metrics for drill in protocol.choices)
        assert metric_label(protocol.id).label != protocol.id
