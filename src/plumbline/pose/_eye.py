"""A pose model that looks where the athlete will be, and always sees him facing left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plumbline.pose._mirror import mirror_back
from plumbline.pose._people import TORSO
from plumbline.pose._sequence import FloatArray
from plumbline.video import mirror, moved

# Nobody moves further from frame to frame than this share of the trunk's length, at 24 frames
# per second or more; what jumps further was found anew.
FURTHEST = 0.5


class PoseEstimator(Protocol):
    """Landmarks of the people in consecutive frames of one film."""

    name: str

    def detect(self, image: NDArray[np.uint8]) -> FloatArray:
        """Find the landmarks in the next frame.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.

        Returns
        -------
        (k, 33, 3) float
            Of each person found: x and y as fractions of the picture's width and height,
            and visibility. Empty where there is nobody.
        """
        ...

    def close(self) -> None:
        """Release the model."""
        ...


# Opens an estimator that finds up to so many people.
OpenEstimator = Callable[[int], AbstractContextManager[PoseEstimator]]


class Eye:
    """Shows an estimator each frame the way in which it sees best.

    The pose model is not the same for left and right, so an athlete who faces right is shown
    mirrored. And it looks for him where he was in the frame before: in flight he has left that
    place by up to a tenth of his height, always to the same side, and the landmarks lean that
    way. So the picture is moved against him, by as much as he moved last time, and he stays
    where he was.

    Parameters
    ----------
    estimator : PoseEstimator
    mirrored : bool
    follows : bool
        Move the picture with the athlete: where one person is looked for, frame after frame.
    """

    def __init__(self, estimator: PoseEstimator, *, mirrored: bool, follows: bool = True) -> None:
        self.estimator, self.mirrored = estimator, mirrored
        self._follows = follows
        self._shift_px: FloatArray = np.zeros(2)
        self._last_px: FloatArray | None = None
        self._step_px: FloatArray = np.zeros(2)

    def detect(self, image: NDArray[np.uint8]) -> FloatArray:
        """Find the landmarks (k, 33, 3) in the next RGB frame; see `PoseEstimator`."""
        size = np.array([image.shape[1], image.shape[0]])
        self._shift_px = np.clip(self._shift_px - self._step_px, -size, size)
        dx, dy = (int(v) for v in np.rint(self._shift_px))
        found = np.array(self.estimator.detect(moved(mirror(image) if self.mirrored else image, dx, dy)))
        found[..., :2] -= [dx, dy] / size
        if self._follows:
            self._note(found[..., :2] * size)
        return mirror_back(found) if self.mirrored else found

    def _note(self, found_px: FloatArray) -> None:
        """Remember where the athlete is and how far he came."""
        if len(found_px) != 1:
            self._last_px, self._step_px, self._shift_px = None, np.zeros(2), np.zeros(2)
            return
        torso = found_px[0, TORSO]
        here = torso.mean(axis=0)
        step = np.zeros(2) if self._last_px is None else here - self._last_px
        trunk = float(np.linalg.norm(torso[:2].mean(axis=0) - torso[2:].mean(axis=0)))
        self._last_px = here
        self._step_px = step if np.linalg.norm(step) < FURTHEST * trunk else np.zeros(2)
