"""Heights that contacts are read from: each foot, and the mass centre.

All are percent of body height above the bottom of the picture, up positive, unfiltered:
a low-pass would smear the instant a foot stops.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.geometry import mass_centre
from plumbline.pose import LEG, SIDES, Side
from plumbline.signals import CleanPose

FloatArray = NDArray[np.float64]

# Where a foot is while it stands, as a percentile of its height during a stance: not the lowest, which is noise.
STANDING_PERCENTILE = 25


@dataclass(frozen=True)
class Heights:
    """Vertical position of feet and mass centre over time.

    Attributes
    ----------
    time_s : (n,)
    toe, heel, ankle : dict of side to (n,)
        NaN where the foot is outside the picture.
    centre : (n,)
        The body's mass centre.
    hand : (n,)
        The lower wrist.
    """

    time_s: FloatArray
    toe: dict[Side, FloatArray]
    heel: dict[Side, FloatArray]
    ankle: dict[Side, FloatArray]
    centre: FloatArray
    hand: FloatArray

    def above_stand(self, sides: tuple[Side, ...], beta: float, start_s: float, end_s: float) -> FloatArray:
        """Height (n,) of the lowest part of the feet above where that part stands between two instants.

        Of a foot that lands on its heel the heel is down first, of one that rolls off the toe is up last;
        of two feet, the first that lands and the last that leaves. Models place the toe somewhere behind
        the tip of the shoe, so that it rises while the heel does: `toe + beta * (toe - heel)` stands still.
        """
        k = (self.time_s >= start_s) & (self.time_s <= end_s)
        parts = []
        for side in sides:
            toe, heel = self.toe[side], self.heel[side]
            for part in (toe + beta * (toe - heel), heel):
                seen = part[k][np.isfinite(part[k])]
                if len(seen):
                    parts.append(part - np.percentile(seen, STANDING_PERCENTILE))
        if not parts:
            return np.full(len(self.time_s), np.nan)
        stacked = np.stack(parts)
        seen = np.isfinite(stacked).any(axis=0)
        out = np.full(len(self.time_s), np.nan)
        out[seen] = np.nanmin(stacked[:, seen], axis=0)
        return out

    @property
    def lowest(self) -> FloatArray:
        """Lowest foot point (n,) of either foot; NaN where no foot is in the picture."""
        feet = np.stack([self.toe[s] for s in SIDES] + [self.heel[s] for s in SIDES])
        seen = np.isfinite(feet).any(axis=0)
        low = np.full(len(self.time_s), np.nan)
        low[seen] = np.nanmin(feet[:, seen], axis=0)
        return low


def foot_heights(pose: CleanPose) -> Heights:
    """Read the heights from cleaned, unfiltered landmarks."""
    scale = 100 / pose.body_height_px
    up = (pose.height - pose.raw[..., 1]) * scale

    def of(index: int) -> FloatArray:
        return np.where(pose.inside[:, index], up[:, index], np.nan)

    toe: dict[Side, FloatArray] = {s: of(LEG[s][4]) for s in SIDES}
    heel: dict[Side, FloatArray] = {s: of(LEG[s][3]) for s in SIDES}
    ankle: dict[Side, FloatArray] = {s: of(LEG[s][2]) for s in SIDES}
    centre = (pose.height - mass_centre(pose.raw)[:, 1]) * scale
    return Heights(pose.time_s, toe, heel, ankle, centre, np.fmin(up[:, 15], up[:, 16]))
