"""Heights that contacts are read from: each foot, and the mass centre.

All are percent of body height above the bottom of the picture, up positive, unfiltered:
a low-pass would smear the instant a foot stops.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.contact._settings import CONTACT
from plumbline.geometry import mass_centre
from plumbline.pose import LEG, SIDES, Side
from plumbline.signals import CleanPose


@dataclass(frozen=True)
class Heights:
    """Vertical position of feet and mass centre over time.

    Attributes
    ----------
    time_s : (n,)
    toe, heel, ankle : dict of side to (n,)
        %BH above the picture's bottom; NaN where the foot is outside the picture.
    centre : (n,)
        The body's mass centre, %BH above the picture's bottom.
    hand : (n,)
        The lower wrist, %BH above the picture's bottom.
    found : (n,) bool, optional
        Frames in which somebody was found; heights of the others are bridged. All of them by default.
    """

    time_s: FloatArray
    toe: dict[Side, FloatArray]
    heel: dict[Side, FloatArray]
    ankle: dict[Side, FloatArray]
    centre: FloatArray
    hand: FloatArray
    found: NDArray[np.bool_] | None = None

    def of_found(self, values: FloatArray) -> FloatArray:
        """The same with NaN in frames that were bridged: what is fitted are samples, not guesses between them.

        Parameters
        ----------
        values : (n,)
            In any unit.

        Returns
        -------
        (n,)
            In the unit of `values`.
        """
        return values if self.found is None else np.where(self.found, values, np.nan)

    def above_stand(self, sides: tuple[Side, ...], beta: float, start_s: float, end_s: float) -> FloatArray:
        """Height of the lowest part of the feet above where that part stands between two instants.

        Of a foot that lands on its heel the heel is down first, of one that rolls off the toe is up last;
        of two feet, the first that lands and the last that leaves. Models place the toe somewhere behind
        the tip of the shoe, so that it rises while the heel does: `toe + beta * (toe - heel)` stands still.

        Parameters
        ----------
        sides : tuple of {"left", "right"}
            The feet that bear.
        beta : float
            How far the point that stands still is ahead of the toe, as a share of heel to toe.
        start_s, end_s : float
            The two instants.

        Returns
        -------
        (n,)
            %BH, up positive; NaN where no foot is seen.
        """
        k = (self.time_s >= start_s) & (self.time_s <= end_s)
        parts = []
        for side in sides:
            toe, heel = self.toe[side], self.heel[side]
            for part in (toe + beta * (toe - heel), heel):
                seen = part[k][np.isfinite(part[k])]
                if len(seen):
                    parts.append(part - np.percentile(seen, CONTACT.standing_percentile))
        if not parts:
            return np.full(len(self.time_s), np.nan)
        stacked = np.stack(parts)
        seen = np.isfinite(stacked).any(axis=0)
        out = np.full(len(self.time_s), np.nan)
        out[seen] = np.nanmin(stacked[:, seen], axis=0)
        return out

    @property
    def lowest(self) -> FloatArray:
        """Lowest foot point (n,) of either foot; NaN where no foot is in the picture.

        A toe that the model places above the heel of a flat foot is taken down to it: else a heel that
        rises would count as a foot that leaves.
        """
        feet = np.stack(
            [self.toe[s] - _toe_over_heel(self.toe[s], self.heel[s]) for s in SIDES] + [self.heel[s] for s in SIDES]
        )
        seen = np.isfinite(feet).any(axis=0)
        low = np.full(len(self.time_s), np.nan)
        low[seen] = np.nanmin(feet[:, seen], axis=0)
        return low


def _toe_over_heel(toe: FloatArray, heel: FloatArray) -> float:
    """How far above the heel the toe of a flat foot is placed, %BH; 0 where the heel stays higher."""
    seen = np.isfinite(toe) & np.isfinite(heel)
    if not seen.any():
        return 0.0
    down = seen & (heel <= np.percentile(heel[seen], CONTACT.flat_percentile))
    return float(np.clip(np.median((toe - heel)[down]), 0.0, CONTACT.toe_over_heel_pct_bh))


def foot_heights(pose: CleanPose) -> Heights:
    """Heights of the cleaned, unfiltered landmarks of `pose`."""
    scale = 100 / pose.body_height_px
    up = (pose.height - pose.raw[..., 1]) * scale

    def of(index: int) -> FloatArray:
        return np.where(pose.inside[:, index], up[:, index], np.nan)

    toe: dict[Side, FloatArray] = {s: of(LEG[s][4]) for s in SIDES}
    heel: dict[Side, FloatArray] = {s: of(LEG[s][3]) for s in SIDES}
    ankle: dict[Side, FloatArray] = {s: of(LEG[s][2]) for s in SIDES}
    centre = (pose.height - mass_centre(pose.raw)[:, 1]) * scale
    return Heights(pose.time_s, toe, heel, ankle, centre, np.fmin(up[:, 15], up[:, 16]), pose.found)
