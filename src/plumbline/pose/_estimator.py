"""What a pose model has to offer, and how frames become a `PoseSequence`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plumbline.pose._sequence import FloatArray, PoseSequence
from plumbline.pose.landmarks import N_LANDMARKS
from plumbline.video import ClipInfo, Frame


class PoseEstimator(Protocol):
    """One person's landmarks in consecutive frames of one film."""

    name: str

    def detect(self, image: NDArray[np.uint8]) -> FloatArray | None:
        """Find the landmarks in the next frame.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.

        Returns
        -------
        (33, 3) float or None
            x and y as fractions of the picture's width and height, and visibility;
            None where there is no person.
        """
        ...

    def close(self) -> None:
        """Release the model."""
        ...


def estimate_pose(
    frames: Iterable[Frame],
    clip: ClipInfo,
    estimator: PoseEstimator,
    on_frame: Callable[[int], None] | None = None,
) -> PoseSequence:
    """Run a pose model over a film.

    Parameters
    ----------
    frames : iterable of Frame
        RGB, any size; the landmarks come back in px of the full-size picture.
    clip : ClipInfo
    estimator : PoseEstimator
    on_frame : callable, optional
        Called with the number of frames done, for progress.
    """
    times: list[float] = []
    rows: list[FloatArray] = []
    missing = np.full((N_LANDMARKS, 3), np.nan)
    for frame in frames:
        found = estimator.detect(frame.image)
        times.append(frame.time_s)
        rows.append(missing if found is None else found)
        if on_frame is not None:
            on_frame(len(times))
    data = np.array(rows, float).reshape(-1, N_LANDMARKS, 3)
    size = np.array([clip.width, clip.height], float)
    # Fractions count from the picture's edge, pixel coordinates from the first pixel's centre.
    return PoseSequence(
        time_s=np.array(times, float),
        xy=data[..., :2] * size - 0.5,
        visibility=data[..., 2],
        width=clip.width,
        height=clip.height,
        model=estimator.name,
    )
