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


def test_a_foot_that_says_nothing_leaves_the_first_guess() -> None:
    # A foot that never leaves the floor fits any instant alike: what is known is the guess, as well as it was.
    t = np.arange(0, 1, 1 / 240)
    flat = StanceData(t, np.zeros(len(t)), np.full(len(t), np.nan), np.nan)
    found = fit.fit_single(flat, 0.5, "up", FitSettings(search_s=0.044, guess_sd_s=0.006), 0.12)
    assert found.toe_off_s == pytest.approx(0.5, abs=1e-4)
    assert float(np.sqrt(found.covariance[1, 1])) == pytest.approx(0.006, rel=0.05)


# How sure an instant is: no better than the slope of the heights in it allows (Cramér and Rao), once the height on the
# floor, and speed and curvature of each flight, are taken from the same heights.


def bound(t: np.ndarray, ends: list[tuple[float, int]], speed: float, noise: float) -> np.ndarray:
    """Covariance of the instants of (instant, before -1 or after 1) at which a foot moves at a speed outside."""
    free, moves = [np.ones(len(t))], []
    for instant, sign in ends:
        away = np.maximum(sign * (t - instant), 0)
        free += [away, away**2]
        moves.append(np.where(away > 0, -sign * speed, 0.0))
    known = np.stack(free, axis=1)
    rest = [m - known @ np.linalg.lstsq(known, m, rcond=None)[0] for m in moves]
    return np.linalg.inv(np.array([[a @ b for b in rest] for a in rest])) * noise**2


@pytest.mark.parametrize("noise", [0.15, 0.3])
@pytest.mark.parametrize("kind", ["down", "up"])
def test_one_end_is_as_sure_as_its_heights_allow(kind: str, noise: float) -> None:
    sign = -1 if kind == "down" else 1
    t = np.arange(-0.4, 0.4, 1 / 480)
    data = StanceData(t, 150 * np.maximum(sign * t, 0), np.full(len(t), 55.0), np.nan)
    found = fit.fit_single(data, 0.011, kind, FitSettings(foot_noise_pct=noise), 0.12)
    at = found.touchdown_s if kind == "down" else found.toe_off_s
    assert at == pytest.approx(0.0, abs=0.001)
    assert np.isnan(found.toe_off_s if kind == "down" else found.touchdown_s)
    # 0.085 s of flight and 0.12 s of stance beside a guess that is 11 ms late.
    near = (t > 0.011 - 0.085) & (t < 0.011 + 0.12) if kind == "down" else (t > 0.011 - 0.12) & (t < 0.011 + 0.085)
    assert found.samples == near.sum()
    expected = bound(t[near], [(0.0, sign)], 150.0, noise)[0, 0]
    assert found.covariance == pytest.approx(np.eye(2) * expected, rel=0.25)
    assert found.foot_misfit < 0.5 * noise**2


@pytest.mark.parametrize("noise", [0.15, 0.3])
def test_both_ends_are_as_sure_together_as_their_heights_allow(noise: float) -> None:
    t = np.arange(-0.4, 0.6, 1 / 480)
    away = np.maximum(-t, 0) + np.maximum(t - 0.18, 0)
    data = StanceData(t, 150 * away, np.full(len(t), 55.0), np.nan)
    found = fit.fit_stance(data, 0.008, 0.172, FitSettings(foot_noise_pct=noise))
    assert (found.touchdown_s, found.toe_off_s) == (pytest.approx(0.0, abs=0.001), pytest.approx(0.18, abs=0.001))
    near = (t > 0.008 - 0.085) & (t < 0.172 + 0.085)
    assert found.samples == near.sum()
    expected = bound(t[near], [(0.0, -1), (0.18, 1)], 150.0, noise)
    assert np.diag(found.covariance) == pytest.approx(np.diag(expected), rel=0.25)
    assert found.covariance[0, 1] == pytest.approx(found.covariance[1, 0])
    # The height between them belongs to both: a foot that stands higher lands sooner and leaves later.
    assert found.covariance[0, 1] == pytest.approx(expected[0, 1], abs=0.25 * expected[0, 0])


def test_the_trunk_makes_the_instants_surer() -> None:
    """A mass centre that falls at 600 and is pushed up by a force without a jump: its curvature tells as well."""
    t = np.arange(-0.4, 0.6, 1 / 240)
    up, g = 0.2, 600.0
    speed = g * 0.35 / 2
    s = np.clip(t / up, 0, 1)
    # Down at a speed and up at the same; heights of the two ends alike.
    inside = -speed * up * (s - 2 * s**3 + s**4) - g * up**2 / 2 * (s**2 - 2 * s**3 + s**4)
    centre = 55 + np.where(
        t < 0, -speed * t - g * t**2 / 2, np.where(t > up, speed * (t - up) - g * (t - up) ** 2 / 2, 0)
    )
    centre = centre + inside
    foot = np.maximum(-speed * np.minimum(t, 0) - g * np.minimum(t, 0) ** 2 / 2, 0)
    foot = foot + np.maximum(speed * np.maximum(t - up, 0) - g * np.maximum(t - up, 0) ** 2 / 2, 0)
    both = StanceData(t, foot, centre, g)
    alone = fit.fit_stance(StanceData(t, foot, centre, np.nan), 0.01, 0.19, FitSettings())
    found = fit.fit_stance(both, 0.01, 0.19, FitSettings())
    assert (found.touchdown_s, found.toe_off_s) == (pytest.approx(0.0, abs=0.001), pytest.approx(0.2, abs=0.001))
    assert found.covariance[0, 0] < alone.covariance[0, 0]
    assert found.covariance[1, 1] < alone.covariance[1, 1]
    # A foot that is hardly known leaves the instants to the trunk, to some ms.
    vague = fit.fit_stance(both, 0.012, 0.188, FitSettings(foot_noise_pct=20.0, centre_noise_pct=0.05, shape_share=0.0))
    assert (vague.touchdown_s, vague.toe_off_s) == (pytest.approx(0.0, abs=0.004), pytest.approx(0.2, abs=0.004))


def test_a_stance_is_not_shorter_than_a_twentieth_of_a_second() -> None:
    t = np.arange(-0.2, 0.3, 1 / 240)
    away = np.maximum(-t, 0) + np.maximum(t - 0.03, 0)  # 30 ms
    found = fit.fit_stance(StanceData(t, 150 * away, t * 0, np.nan), 0.0, 0.06, FitSettings())
    assert found.toe_off_s - found.touchdown_s >= 0.05


def test_a_foot_that_goes_through_the_floor_is_ruled_out() -> None:
    """It stands at 0 and is below before it, or after: no such flight."""
    t = np.arange(-0.2, 0.3, 1 / 240)
    for sign, kind in ((-1, "down"), (1, "up")):
        data = StanceData(t, -150 * np.maximum(sign * t, 0), t * 0, np.nan)
        assert fit.fit_single(data, 0.0, kind, FitSettings(), 0.12).foot_misfit >= 1000
