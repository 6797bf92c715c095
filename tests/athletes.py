"""Athletes that obey mechanics, as landmarks: for tests whose truth shares nothing with the measuring code."""

from __future__ import annotations

from functools import cache

import numpy as np

from plumbline.pose import PoseSequence
from plumbline.synthetic.athlete import Movement, Phone, Sense, cast, sense

NO_DOUBT = Sense(offset_pct=0.0, white_pct=0.02, slow_pct=0.0, droop_pct=0.0)


@cache
def movement(name: str, seed: int) -> Movement:
    return cast(name, seed)


def landmarks(
    made: Movement, how: Sense = NO_DOUBT, *, fps: float = 60.0, phone: Phone | None = None, seed: int = 0
) -> tuple[PoseSequence, float]:
    """Landmarks of a filmed movement, and the movement's time of the first frame."""
    seen = sense(made, phone or Phone(), how, fps, np.random.default_rng(seed))
    visibility = np.where(np.isfinite(seen.xy[..., 0]), 0.98, 0.0)
    start = float(seen.time_s[0])
    return PoseSequence(seen.time_s - start, seen.xy, visibility, seen.width, seen.height, "athlete"), start
