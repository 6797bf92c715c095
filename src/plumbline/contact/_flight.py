"""A flight: when the feet are off the floor, how high, and how fast the mass centre falls meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact._settings import CONTACT
from plumbline.geometry import G_M_S2

# g in percent of body height per s² for a usual stature.
GRAVITY_PCT_BH = G_M_S2 / (CONTACT.chain_of_stature * CONTACT.usual_stature_m) * 100


@dataclass(frozen=True)
class Flight:
    """A flight as first found, to about a frame.

    Attributes
    ----------
    start_s, end_s, apex_s : float
        The start or end is NaN where the film begins or ends in the flight.
    gravity_pct_bh_s2 : float
        Downward acceleration of the mass centre, %BH/s², from a parabola through the flight.
    gravity_sd : float
        Its standard error, %BH/s².
    lift_before_pct : float
        How far the feet rise above the floor they left, %BH.
    lift_after_pct : float
        How far they rise above the one they land on, %BH.
    falls_from_s, falls_to_s : float
        When the smoothed mass centre falls; NaN where that is not known.
    one_stands : bool
        Whether a foot keeps its standing height while the other one is held high, so that it is a step of a march.
    """

    start_s: float
    end_s: float
    apex_s: float
    gravity_pct_bh_s2: float
    gravity_sd: float
    lift_before_pct: float
    lift_after_pct: float
    one_stands: bool = False
    falls_from_s: float = np.nan
    falls_to_s: float = np.nan

    @property
    def ballistic(self) -> bool:
        """Whether no foot stands, and the mass centre falls at g for some plausible stature."""
        if self.one_stands or not self.gravity_sd <= CONTACT.gravity_most_sd * GRAVITY_PCT_BH:
            return False
        slack = min(self.gravity_sd, CONTACT.gravity_slack * GRAVITY_PCT_BH)
        low, high = CONTACT.gravity_least * GRAVITY_PCT_BH, CONTACT.gravity_most * GRAVITY_PCT_BH
        return low - slack <= self.gravity_pct_bh_s2 <= high + slack

    @property
    def refuted(self) -> bool:
        """Whether the mass centre surely does not fall, though the feet seem to be off the floor."""
        return self.gravity_pct_bh_s2 + 2 * self.gravity_sd < CONTACT.gravity_least * GRAVITY_PCT_BH

    @property
    def falls_elsewhere(self) -> bool:
        """Whether the body falls in a small part of it only, or mostly beside it: a stir, with the feet in noise."""
        within = min(self.end_s, self.falls_to_s) - max(self.start_s, self.falls_from_s)
        both = max(self.end_s, self.falls_to_s) - min(self.start_s, self.falls_from_s)
        return bool(np.isfinite(self.end_s - self.start_s) and within < CONTACT.fall_fills_share * both)

    @property
    def stepped_off(self) -> bool:
        """Whether it begins off something higher, the feet at its height still as the body falls."""
        return self.lift_before_pct < 0

    @property
    def highest_pct(self) -> float:
        """How far the feet rise above the lower of the two floors."""
        return float(np.fmax(self.lift_before_pct, self.lift_after_pct))

    @property
    def lift_pct(self) -> float:
        """How far the feet rise above the higher of the two floors, or above the lower one off a box."""
        least = float(np.fmin(self.lift_before_pct, self.lift_after_pct))
        return least if least > 0 else self.highest_pct


def fit_gravity(t: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Downward acceleration and its standard error from a parabola through (t, y)."""
    ok = np.isfinite(y)
    if ok.sum() < 4:
        return np.nan, float("inf")
    u = t[ok] - t[ok].mean()
    a = np.stack([np.ones_like(u), u, -0.5 * u * u], axis=1)
    solution, *_ = np.linalg.lstsq(a, y[ok], rcond=None)
    residual = y[ok] - a @ solution
    variance = max(float(residual @ residual) / max(ok.sum() - 3, 1), CONTACT.centre_least_sd_pct_bh**2)
    return float(solution[2]), float(np.sqrt(np.linalg.inv(a.T @ a)[2, 2] * variance))


def clip_gravity(flights: list[Flight]) -> float:
    """Weighted mean of the flights' gravity in %BH/s²; NaN without flights."""
    if not flights:
        return np.nan
    g = np.array([f.gravity_pct_bh_s2 for f in flights])
    w = 1 / np.maximum([f.gravity_sd for f in flights], 1.0) ** 2
    ok = np.isfinite(g)
    return float(np.average(g[ok], weights=w[ok])) if ok.any() else np.nan
