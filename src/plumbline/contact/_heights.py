"""Heights that contacts are read from: each foot's ground point, and the trunk.

All are percent of body height above the bottom of the picture, up positive, unfiltered:
a low-pass would smear the instant a foot stops.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.pose import LEG, SIDES, Side
from plumbline.signals import CleanPose

FloatArray = NDArray[np.float64]

TRUNK = (7, 8, 11, 12, 23, 24)  # ears, shoulders, hips


@dataclass(frozen=True)
class Heights:
    """Vertical position of feet and trunk over time.

    Attributes
    ----------
    time_s : (n,)
    toe, heel, ankle : dict of side to (n,)
        NaN where the foot is outside the picture.
    trunk : (n,)
        Mean of ears, shoulders and hips.
    """

    time_s: FloatArray
    toe: dict[Side, FloatArray]
    heel: dict[Side, FloatArray]
    ankle: dict[Side, FloatArray]
    trunk: FloatArray

    def ground_point(self, side: Side, beta: float) -> FloatArray:
        """Height (n,) of the point of the foot that stays on the floor.

        Models place the toe somewhere behind the tip of the shoe, so that it rises while
        the heel does. The point `toe + beta * (toe - heel)` further along the foot stands
        still in contact; `beta` is found from the clip itself.
        """
        toe = self.toe[side]
        return np.asarray(toe + beta * (toe - self.heel[side]))

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
    return Heights(pose.time_s, toe, heel, ankle, up[:, TRUNK].mean(axis=1))
