"""The fit's misfits against least squares written out, candidate by candidate."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.contact import _fit as fit
from plumbline.contact._fit import FitSettings, StanceData, centre_misfit, foot_misfit

GRAVITY = 560.0


def stance(seed: int, fps: float = 120.0) -> tuple[StanceData, float, float]:
    """Foot and mass centre about a stance from 0 to `up` s, with noise, the floor anywhere."""
    rng = np.random.default_rng(seed)
    up = float(rng.uniform(0.12, 0.3))
    t = np.arange(-0.085, up + 0.085, 1 / fps) + rng.uniform(0, 1 / fps)
    fall, rise = rng.uniform(60, 200, 2)
    foot = np.where(t < 0, -t * fall, np.where(t > up, (t - up) * rise, 0.0)) + rng.normal(0, 0.3, len(t))
    centre = 55 + 8 * np.cos(np.pi * (2 * t / up - 1)) + rng.normal(0, 0.5, len(t))
    foot[rng.random(len(t)) < 0.1] = np.nan
    centre[rng.random(len(t)) < 0.1] = np.nan
    return StanceData(t, foot + rng.uniform(-5, 60), centre, GRAVITY), 0.0, up


def ridged(a: np.ndarray, y: np.ndarray, penalty: np.ndarray) -> tuple[np.ndarray, float]:
    """Least squares with a penalty on each unknown: the solution and its cost."""
    x, *_ = np.linalg.lstsq(np.vstack([a, np.diag(np.sqrt(penalty))]), np.append(y, np.zeros(len(penalty))), rcond=None)
    return x, float(((y - a @ x) ** 2).sum() + penalty @ x**2)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("ends", ["both", "down", "up"])
def test_the_foot_stands_still_between_two_parabolas(seed: int, ends: str) -> None:
    data, down, up = stance(seed)
    s = FitSettings()
    downs = down + np.linspace(-0.03, 0.03, 7) if ends != "up" else None
    ups = up + np.linspace(-0.03, 0.03, 9) if ends != "down" else None
    got, n = foot_misfit(data, downs, ups, s)
    ok = np.isfinite(data.foot)
    t, y = data.time_s[ok], data.foot[ok]
    assert n == ok.sum()
    for i, d in enumerate(downs if downs is not None else [None]):
        for j, u in enumerate(ups if ups is not None else [None]):
            columns, penalty, rises = [np.ones(len(t))], [1e-9], []
            for instant, sign in ((d, -1), (u, 1)):
                if instant is not None:
                    away = np.maximum(sign * (t - instant), 0) / s.flight_window_s
                    rises.append(len(columns))
                    columns += [away, away**2]
                    penalty += [1e-9, 1e-9 + s.curvature_penalty]
            x, cost = ridged(np.stack(columns, axis=1), y - y.mean(), np.array(penalty))
            cost += 1e3 * sum(x[k] + x[k + 1] < 0 for k in rises)
            assert got[i, j] == pytest.approx(cost, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_the_mass_centre_falls_at_g_and_joins_both_flights_without_a_jump(seed: int) -> None:
    data, down, up = stance(seed)
    ok = np.isfinite(data.centre)
    t, y = data.time_s[ok], data.centre[ok]
    for d, u in zip(down + np.linspace(-0.02, 0.02, 5), up + np.linspace(0.02, -0.02, 5), strict=True):

        def path(p0: float, v0: float, p1: float, v1: float, g: float, d: float = d, u: float = u) -> np.ndarray:
            """Parabolas outside, and the quintic with their heights, speeds and curvatures at both ends."""
            ends = [[0, p0, v0, -g], [u - d, p1, v1, -g]]
            rows, right = [], []
            for at, *values in ends:
                for order, value in enumerate(values):
                    powers = [np.polyder(np.eye(6)[k], order) for k in range(6)]
                    rows.append([np.polyval(p, at) for p in powers])
                    right.append(value)
            inside = np.polyval(np.linalg.solve(rows, right), t - d)
            before = p0 + v0 * (t - d) - g / 2 * (t - d) ** 2
            after = p1 + v1 * (t - u) - g / 2 * (t - u) ** 2
            return np.where(t < d, before, np.where(t > u, after, inside))

        columns = np.stack([path(*unit, g=0.0) for unit in np.eye(4)], axis=1)
        _, cost = ridged(columns, y - y.mean() - path(0, 0, 0, 0, GRAVITY), np.full(4, 1e-9))
        assert centre_misfit(data, np.array([d]), np.array([u]))[0] == pytest.approx(cost, rel=1e-5)


@pytest.mark.parametrize("seed", range(6))
def test_candidates_left_out_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data, down, up = stance(seed)
    s = FitSettings()
    quick = fit.fit_stance(data, down, up, s)
    monkeypatch.setattr(fit, "NEGLIGIBLE", np.inf)
    every = fit.fit_stance(data, down, up, s)
    assert (quick.touchdown_s, quick.toe_off_s) == pytest.approx((every.touchdown_s, every.toe_off_s), abs=1e-9)
    assert quick.covariance == pytest.approx(every.covariance, rel=1e-6, abs=1e-15)
