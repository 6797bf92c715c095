"""How the pose model is shown a film: mirrored or not, the whole picture or a window of it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy
from numpy.typing import NDArray

from plumbline.arrays import FloatArray, Image
from plumbline.estimation._settings import ESTIMATION
from plumbline.pose import facing_votes, mirror_back
from plumbline.video import Frame, mirror


class PoseEstimator(Protocol):
    """Landmarks of the people in consecutive frames of one film.

    Attributes
    ----------
    name : str
        What the model is called in the report.
    """

    name: str

    def detect(self, image: Image) -> FloatArray:
        """Find the landmarks in the next frame.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.

        Returns
        -------
        (k, 33, 3) float
            Of each person found: x and y as shares of the picture's width and height,
            and visibility. Empty where there is nobody.
        """
        ...

    def close(self) -> None:
        """Release the model."""
        ...


# Opens an estimator that finds up to so many people.
OpenEstimator = Callable[[int], AbstractContextManager[PoseEstimator]]


@dataclass(frozen=True)
class SearchWindow:
    """Part of a picture; edges as fractions of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    @property
    def share(self) -> float:
        """The larger of its width and height, as a fraction of the picture's."""
        return max(self.right - self.left, self.bottom - self.top)

    def at(self, frame: int) -> SearchWindow:  # noqa: ARG002
        """Where it is in any frame: it stays."""
        return self

    def on_pixels(self, image: Image) -> SearchWindow:
        """The window with its edges between the picture's pixels."""
        h, w = image.shape[:2]
        left, right = (round(x * w) / w for x in (self.left, self.right))
        top, bottom = (round(y * h) / h for y in (self.top, self.bottom))
        return SearchWindow(left, top, right, bottom)

    def of(self, image: Image) -> Image:
        """The part of a picture (h, w, 3) that lies in the window."""
        h, w = image.shape[:2]
        return image[round(self.top * h) : round(self.bottom * h), round(self.left * w) : round(self.right * w)]

    def back(self, found: FloatArray) -> FloatArray:
        """Landmarks (k, 33, 3) of the part, as fractions of the whole picture."""
        out = np.array(found, float)
        out[..., 0] = self.left + out[..., 0] * (self.right - self.left)
        out[..., 1] = self.top + out[..., 1] * (self.bottom - self.top)
        return out


@dataclass(frozen=True)
class Gliding:
    """A window that goes along with somebody who crosses the picture.

    Attributes
    ----------
    frames : (k,) int
        At least two, in order.
    middles : (k, 2) float
        Where the window's middle is then, as fractions of the picture's width and height; it moves evenly in
        between, and goes on so beyond.
    size : (2,) float
        Its width and height, as fractions.
    """

    frames: NDArray[np.int_]
    middles: FloatArray
    size: FloatArray

    @property
    def share(self) -> float:
        """The larger of its width and height, as a fraction of the picture's."""
        return float(np.max(self.size))

    def at(self, frame: int) -> SearchWindow:
        """Where it is in a frame: within the picture."""
        middle = scipy.interpolate.make_interp_spline(self.frames, self.middles, k=1)(frame)
        left, top = np.clip(middle - self.size / 2, 0, 1 - self.size)
        return SearchWindow(float(left), float(top), float(left + self.size[0]), float(top + self.size[1]))


@dataclass(frozen=True)
class Eye:
    """An estimator that is shown a window of the film, mirrored where the athlete faces right.

    The pose model is not the same for left and right, and sees best who faces left.

    Attributes
    ----------
    estimator : PoseEstimator
    mirrored : bool
        Show it the picture with left and right exchanged; landmarks come back exchanged again.
    window : SearchWindow or Gliding
        The part of the picture that is shown.
    """

    estimator: PoseEstimator
    mirrored: bool = False
    window: SearchWindow | Gliding = SearchWindow()

    def detect(self, image: Image, frame: int = 0) -> FloatArray:
        """Find the landmarks in the next picture.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.
        frame : int
            Its place in the film, for a window that moves.

        Returns
        -------
        (k, 33, 3) float
            Of each person found: x and y as shares of the whole picture's width and height, and visibility.
        """
        window = self.window.at(frame).on_pixels(image)
        part = window.of(image)
        if not self.mirrored:
            return window.back(self.estimator.detect(part))
        return window.back(mirror_back(self.estimator.detect(mirror(part))))


def faces_right(frames: Iterable[Frame], eye: Eye) -> bool:
    """Whether the largest person of the first frames faces right."""
    votes: list[float] = []
    for frame in itertools.islice(frames, ESTIMATION.facing_frames):
        found = eye.detect(frame.image, frame.index)
        if len(found):
            heights = np.ptp(found[..., 1], axis=1)
            votes.append(float(facing_votes(found)[int(np.argmax(heights))]))
        if len(votes) == ESTIMATION.facing_finds:
            break
    return bool(votes) and float(np.median(votes)) > 0
