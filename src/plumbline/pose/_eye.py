"""What a pose model has to offer, and how it is shown a film."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plumbline.pose._mirror import mirror_back
from plumbline.pose._sequence import FloatArray
from plumbline.video import mirror


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


@dataclass(frozen=True)
class Eye:
    """An estimator that is shown the film mirrored where the athlete faces right.

    The pose model is not the same for left and right, and sees best who faces left.
    """

    estimator: PoseEstimator
    mirrored: bool

    def detect(self, image: NDArray[np.uint8]) -> FloatArray:
        """Find the landmarks (k, 33, 3) in the next RGB frame; see `PoseEstimator`."""
        if not self.mirrored:
            return self.estimator.detect(image)
        return mirror_back(self.estimator.detect(mirror(image)))
