"""Fits touchdown and toe-off below frame resolution.

Model of one stance, for given touchdown and toe-off instants:

- the foot's ground point stands still between them, and outside them leaves the floor
  along a parabola of its own (a hinge at each instant);
- the mass centre falls at g outside them, and inside follows the smoothest path that joins
  both flights without a jump in position, velocity or acceleration (a quintic, so that
  the ground force starts and ends at zero).

Everything but the two instants enters linearly and is solved for; the instants are
searched on a grid. Each signal counts by its own noise: a foot that comes down fast
fixes the instant, one that hovers leaves it to the trunk, and to the first guess. The spread of the likelihood
over the grid is the uncertainty, covariance included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT

RIDGE = 1e-9
# A candidate whose cost is so much above another's weighs 1e-13 of it.
NEGLIGIBLE = 60.0
# %BH² added where the foot would go through the floor in flight; what costs as much is no fit.
RULED_OUT = 1e3


@dataclass(frozen=True)
class StanceData:
    """Samples around one stance.

    `time_s` (n,), `foot` (n,) and `centre` (n,) in %BH, NaN where missing;
    `gravity` in %BH/s².
    """

    time_s: FloatArray
    foot: FloatArray
    centre: FloatArray
    gravity: float

    @staticmethod
    def of(h: Heights, foot: FloatArray, gravity: float = np.nan) -> StanceData:
        """A foot's height (n,) and the mass centre's in the frames that were seen: bridged ones are no samples."""
        return StanceData(h.time_s, h.of_found(foot), h.of_found(h.centre), gravity)


@dataclass(frozen=True)
class FitSettings:
    """Widths, weights and noise of the fit; a guess without a stated error only says where to search."""

    flight_window_s: float = CONTACT.flight_window_s
    curvature_penalty: float = CONTACT.curvature_penalty
    foot_noise_pct: float = CONTACT.foot_noise_pct_bh
    centre_noise_pct: float = CONTACT.centre_noise_pct_bh
    shape_share: float = CONTACT.shape_share
    search_s: float = CONTACT.search_s
    guess_sd_s: float = np.inf


@dataclass(frozen=True)
class EventFit:
    """Touchdown and toe-off (s, NaN where not asked for) with their covariance (2, 2) in s²."""

    touchdown_s: float
    toe_off_s: float
    covariance: FloatArray
    foot_misfit: float
    samples: int


@dataclass(frozen=True)
class _Rises:
    """The foot's way up outside a stance, for candidate instants of one end of it.

    Solved for by itself, an end takes `fixed` off the sum of squared heights, `linear` off the sum
    of heights, and `square` off the number of samples; what is left decides the height on the floor.
    The rise at a distance of one window is `rise - rise_per_height * height`. All (c,).
    """

    fixed: FloatArray
    linear: FloatArray
    square: FloatArray
    rise: FloatArray
    rise_per_height: FloatArray

    @staticmethod
    def at(instants: FloatArray | None, sign: float, t: FloatArray, y: FloatArray, s: FitSettings) -> _Rises:
        """Of a touchdown (`sign` -1) or a toe-off (1); nothing where there is no such end."""
        if instants is None:
            return _Rises(*np.zeros((5, 1)))
        u = np.maximum(sign * (t - instants[:, None]), 0) / s.flight_window_s
        a = np.stack([u, u * u], axis=-1)
        turned = a.transpose(0, 2, 1)
        inverse = np.linalg.inv(turned @ a + np.diag([RIDGE, RIDGE + s.curvature_penalty]))
        sums, onto = a.sum(axis=1), turned @ y
        per_height, free = (inverse @ sums[..., None])[..., 0], (inverse @ onto[..., None])[..., 0]
        return _Rises(
            (onto * free).sum(axis=1),
            (sums * free).sum(axis=1),
            (sums * per_height).sum(axis=1),
            free.sum(axis=1),
            per_height.sum(axis=1),
        )


def foot_misfit(
    data: StanceData, down: FloatArray | None, up: FloatArray | None, s: FitSettings
) -> tuple[FloatArray, int]:
    """Misfit (d, u) in %BH² of the hinge model for candidate instants `down` (d,) and `up` (u,).

    No sample lies both before touchdown and after toe-off, so each end is solved for by itself,
    and what remains of a pair is the height on the floor. An end that is None counts as one.
    """
    ok = np.isfinite(data.foot)
    t, y = data.time_s[ok], data.foot[ok]
    y = y - (y.mean() if len(y) else 0.0)
    before, after = _Rises.at(down, -1.0, t, y, s), _Rises.at(up, 1.0, t, y, s)
    linear = y.sum() - before.linear[:, None] - after.linear
    square = np.maximum(len(t) + RIDGE - before.square[:, None] - after.square, RIDGE)
    height = linear / square
    cost = y @ y - before.fixed[:, None] - after.fixed - linear * height
    # In flight the foot is above the floor.
    for rise in (
        before.rise[:, None] - before.rise_per_height[:, None] * height,
        after.rise - after.rise_per_height * height,
    ):
        cost = np.where(rise < 0, cost + RULED_OUT, cost)
    return np.maximum(cost, 0), len(t)


def centre_misfit(data: StanceData, down: FloatArray, up: FloatArray) -> FloatArray:
    """Misfit (c,) in %BH² of the ballistic model for candidate instants (c,).

    The path in stance is a Hermite quintic: height and speed at both ends are unknown, the
    curvature there is gravity's.
    """
    ok = np.isfinite(data.centre)
    t, y, g = data.time_s[ok], data.centre[ok], data.gravity
    y = y - (y.mean() if len(y) else 0.0)
    length = (up - down)[:, None]
    since, after = t - down[:, None], np.maximum(t - up[:, None], 0)
    before = np.minimum(since, 0)
    s = np.clip(since / length, 0, 1)
    s2 = s * s
    s3 = s2 * s
    end_height = s3 * (10 + s * (6 * s - 15))
    end_speed = s3 * (s * (7 - 3 * s) - 4)
    start_speed = end_speed + s * (1 - 2 * s2 + s3)
    a = np.empty((len(down), 4, len(t)))
    a[:, 0], a[:, 1] = 1 - end_height, start_speed * length + before
    a[:, 2], a[:, 3] = end_height, end_speed * length + after
    fall = before * before + after * after + (length * s * (1 - s)) ** 2
    free = y + g / 2 * fall
    onto = a @ free[..., None]
    x = np.linalg.solve(a @ a.transpose(0, 2, 1) + RIDGE * np.eye(4), onto)
    return np.asarray((free * free).sum(axis=1) - (onto * x).sum(axis=(1, 2)))


def _moments(cost: FloatArray, *axes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance of the instants under exp(-cost / 2)."""
    p = np.exp(-(cost - cost.min()) / 2)
    p /= p.sum()
    x = np.stack(axes)
    mean = x @ p
    return mean, (x - mean[:, None]) * p @ (x - mean[:, None]).T


def _with_centre(cost: FloatArray, data: StanceData, down: FloatArray, up: FloatArray, s: FitSettings) -> FloatArray:
    """The foot's cost (c,) and the mass centre's; infinite where the foot alone rules a candidate out."""
    best = int(np.argmin(cost))
    # A real ground force is no quintic's: the longer the contact, the less its path tells.
    shape = s.shape_share * data.gravity * float(up[best] - down[best]) ** 2 / 8
    noise = float(np.hypot(s.centre_noise_pct, shape))
    at_best = centre_misfit(data, down[best : best + 1], up[best : best + 1])[0] / noise**2
    near = cost <= cost[best] + at_best + NEGLIGIBLE
    out = np.full(len(cost), np.inf)
    out[near] = cost[near] + centre_misfit(data, down[near], up[near]) / noise**2
    return out


def _window(data: StanceData, start_s: float, end_s: float) -> StanceData:
    k = (data.time_s > start_s) & (data.time_s < end_s)
    return StanceData(data.time_s[k], data.foot[k], data.centre[k], data.gravity)


def _from_guess(instants: FloatArray, guess_s: float, s: FitSettings) -> FloatArray:
    """Cost (c,) of candidates away from the first guess, which is a flight's: that of the whole body, not of a foot."""
    return np.asarray(((instants - guess_s) / s.guess_sd_s) ** 2)


def _grid(centre: float, half: float, step: float) -> FloatArray:
    n = max(round(half / step), 2)
    return np.asarray(centre + step * np.arange(-n, n + 1))


def fit_stance(data: StanceData, down_s: float, up_s: float, s: FitSettings) -> EventFit:
    """Fit touchdown and toe-off of a short stance together, near first guesses."""
    local = _window(data, down_s - s.flight_window_s, up_s + s.flight_window_s)
    mean = np.array([down_s, up_s])
    covariance = np.full((2, 2), np.nan)
    foot, n = np.array([np.nan]), 0
    for half, step in ((s.search_s, s.search_s / 10), (s.search_s / 2, s.search_s / 40)):
        downs, ups = (_grid(m, half, step) for m in mean)
        d, u = (x.ravel() for x in np.meshgrid(downs, ups, indexing="ij"))
        keep = u - d > CONTACT.shortest_contact_s
        d, u = d[keep], u[keep]
        pairs, n = foot_misfit(local, downs, ups, s)
        foot = pairs.ravel()[keep]
        cost = foot / s.foot_noise_pct**2
        if np.isfinite(data.gravity):
            cost = _with_centre(cost, local, d, u, s)
        cost = cost + _from_guess(d, down_s, s) + _from_guess(u, up_s, s)
        best = int(np.argmin(cost))
        mean, covariance = _moments(cost, d, u)
        foot = foot[best : best + 1]
        mean = mean if half < s.search_s else np.array([d[best], u[best]])
    return EventFit(float(mean[0]), float(mean[1]), covariance, float(foot[0]), n)


def fit_single(data: StanceData, instant_s: float, kind: str, s: FitSettings, hold_s: float) -> EventFit:
    """Fit a touchdown ("down") or toe-off ("up") alone, with `hold_s` of stance beside it."""
    before, after = (s.flight_window_s, hold_s) if kind == "down" else (hold_s, s.flight_window_s)
    local = _window(data, instant_s - before, instant_s + after)
    mean, variance, misfit, n = instant_s, np.nan, np.nan, 0
    for half, step in ((s.search_s, s.search_s / 20), (s.search_s / 2, s.search_s / 80)):
        x = _grid(mean, half, step)
        pairs, n = foot_misfit(local, x if kind == "down" else None, x if kind == "up" else None, s)
        foot = pairs.ravel()
        cost = foot / s.foot_noise_pct**2 + _from_guess(x, instant_s, s)
        moments = _moments(cost, x)
        mean = float(x[np.argmin(cost)]) if half == s.search_s else float(moments[0][0])
        variance, misfit = float(moments[1][0, 0]), float(foot.min())
    covariance = np.diag([variance, variance])
    down, up = (mean, np.nan) if kind == "down" else (np.nan, mean)
    return EventFit(down, up, covariance, misfit, n)
