"""What a pose model has to offer, and how several of them share the frames of a film."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plumbline.pose._mirror import mirror_back
from plumbline.pose._sequence import FloatArray
from plumbline.video import Frame, mirror

# Frames that one estimator sees in a row, and how many before them it is shown so that it
# follows the athlete as if it had seen the whole film (benchmarks/threads.py).
STRETCH = 60
WARM_UP = 12


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


@dataclass(frozen=True)
class Eye:
    """An estimator that is shown the film mirrored where the athlete faces right."""

    estimator: PoseEstimator
    mirrored: bool

    def detect(self, image: NDArray[np.uint8]) -> FloatArray:
        """Find the landmarks (k, 33, 3) in the next RGB frame; see `PoseEstimator`."""
        if not self.mirrored:
            return self.estimator.detect(image)
        return mirror_back(self.estimator.detect(mirror(image)))


def detect_in_order(frames: Iterable[Frame], eyes: list[Eye]) -> Iterator[tuple[Frame, FloatArray]]:
    """Find landmarks with several estimators at once; frames come out in their order.

    Each estimator sees stretches of consecutive frames in a thread of its own, which works
    since the pose model lets go of the interpreter. About one stretch an estimator, and one
    more, is held in memory. With one estimator it is a plain loop.

    Parameters
    ----------
    frames : iterable of Frame
    eyes : list of Eye
        At least one.

    Yields
    ------
    frame : Frame
    found : (k, 33, 3)
    """
    if len(eyes) == 1:
        for frame in frames:
            yield frame, eyes[0].detect(frame.image)
        return
    pools = [ThreadPoolExecutor(1, thread_name_prefix="pose") for _ in eyes]
    try:
        pending: deque[tuple[list[Frame], Future[list[FloatArray]]]] = deque()
        lead: list[Frame] = []
        source = iter(frames)
        k = 0
        while stretch := list(islice(source, STRETCH)):
            pending.append((stretch, pools[k % len(eyes)].submit(_stretch, eyes[k % len(eyes)], lead, stretch)))
            lead, k = stretch[-WARM_UP:], k + 1
            if len(pending) > len(eyes):
                yield from _done(pending)
        while pending:
            yield from _done(pending)
    finally:
        for pool in pools:
            pool.shutdown(wait=True, cancel_futures=True)


def _stretch(eye: Eye, lead: list[Frame], frames: list[Frame]) -> list[FloatArray]:
    for frame in lead:
        eye.detect(frame.image)
    return [eye.detect(frame.image) for frame in frames]


def _done(pending: deque[tuple[list[Frame], Future[list[FloatArray]]]]) -> Iterator[tuple[Frame, FloatArray]]:
    frames, future = pending.popleft()
    yield from zip(frames, future.result(), strict=True)
