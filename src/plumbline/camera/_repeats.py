"""Pictures that a camera or a film gives twice, told as they come."""

from __future__ import annotations

from collections import deque

import numpy as np

from plumbline.camera._settings import CAMERA


class Repeats:
    """Tells a repeated picture by what came before it alone; `find_instants` knows what comes after, too.

    It changes far less than the last new one did, which was in full movement: at a turning point of a movement
    change fades.
    """

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=2 * CAMERA.around_frames)
        self._new = 0.0

    def again(self, change: float) -> bool:
        """Whether the next picture, which differs by `change` levels from the one before, is that one again."""
        if not np.isfinite(change):
            return False
        around = sorted(self._recent)[-2] if len(self._recent) > 1 else 0.0
        moves = around >= CAMERA.moves_levels and self._new >= CAMERA.full_share * around
        self._recent.append(change)
        if moves and change <= CAMERA.same_share * self._new:
            return True
        self._new = change
        return False
