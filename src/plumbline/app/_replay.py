"""The last seconds of the camera's picture, to be shown again: slowly, or late."""

from __future__ import annotations

from collections import deque

import numpy as np

from plumbline.arrays import Image
from plumbline.draw import jpeg_of, picture_of

# A replay runs so many times slower, and begins and ends so long before and after the rep.
SLOWER, AROUND_S = 4.0, 0.25
# It may begin so long after the rep, of a rep as long as that, and needs the rep's pictures to its own end.
LONGEST_WAIT_S, LONGEST_REP_S = 20.0, 3.0
KEPT_S = LONGEST_WAIT_S + SLOWER * (LONGEST_REP_S + 2 * AROUND_S)


class Replay:
    """Keeps pictures as JPEG, newest last; what is older than `KEPT_S` falls out."""

    def __init__(self) -> None:
        self._kept: deque[tuple[float, bytes]] = deque()

    def keep(self, time_s: float, image: Image) -> None:
        """Keep an RGB picture, with what is drawn in it, to be shown again."""
        self._kept.append((time_s, jpeg_of(image)))
        while time_s - self._kept[0][0] > KEPT_S:
            self._kept.popleft()

    def at(self, time_s: float) -> Image | None:
        """The RGB picture of an instant, None where it is not kept any more."""
        times = np.array([t for t, _ in self._kept])
        if not len(times) or time_s < times[0] - 0.5:
            return None
        return picture_of(self._kept[int(np.argmin(np.abs(times - time_s)))][1])

    def of_rep(self, start_s: float, end_s: float, shown_for_s: float) -> Image | None:
        """The picture of a rep's slow replay that has run for so long; None once it is over."""
        now = start_s - AROUND_S + shown_for_s / SLOWER
        return self.at(now) if now <= end_s + AROUND_S else None
