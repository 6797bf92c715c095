"""The landmarks of a live session so far; its size is bounded."""

from __future__ import annotations

from collections import deque

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.live._settings import LIVE
from plumbline.pose import N_LANDMARKS, PoseSequence


class Memory:
    """Landmarks of one athlete, newest last; what is older than 20 minutes falls out.

    Parameters
    ----------
    width, height : int
        Size of the picture in px.
    model : str
        Name of the pose model.
    """

    def __init__(self, width: int, height: int, model: str) -> None:
        self.width, self.height, self.model = width, height, model
        self._rows: deque[tuple[float, FloatArray]] = deque()

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, time_s: float, landmarks: FloatArray | None) -> None:
        """Append a frame's landmarks.

        Parameters
        ----------
        time_s : float
            One that does not lie after the last one is passed over.
        landmarks : (33, 3) or None
            x and y as shares of the picture, and visibility; None where nobody was seen.
        """
        if self._rows and time_s <= self._rows[-1][0]:
            return
        row = np.full((N_LANDMARKS, 3), np.nan) if landmarks is None else landmarks
        self._rows.append((time_s, np.asarray(row, np.float32)))
        while time_s - self._rows[0][0] > LIVE.longest_memory_s:
            self._rows.popleft()

    @property
    def begins_s(self) -> float:
        """Time of the oldest landmarks; infinite without any."""
        return self._rows[0][0] if self._rows else np.inf

    @property
    def newest(self) -> FloatArray | None:
        """The newest frame's landmarks (33, 3) as fractions of the picture; None where nobody was seen."""
        row = self._rows[-1][1] if self._rows else None
        return None if row is None or not np.isfinite(row).any() else np.asarray(row, float)

    def sequence(self, since_s: float = -np.inf) -> PoseSequence:
        """The landmarks from the instant `since_s` on, on the session's clock."""
        kept = []
        for time_s, row in reversed(self._rows):
            if time_s < since_s:
                break
            kept.append((time_s, row))
        kept.reverse()
        times = np.array([t for t, _ in kept], float)
        data = np.array([r for _, r in kept], float).reshape(-1, N_LANDMARKS, 3)
        xy = data[..., :2] * [self.width, self.height] - 0.5
        visibility = np.nan_to_num(data[..., 2])
        return PoseSequence(times, xy, visibility, self.width, self.height, self.model)
