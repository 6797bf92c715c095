"""Several estimators share a film: order, warm-up, errors, and stopping early."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from plumbline.pose import Eye
from plumbline.pose._eyes import STRETCH, WARM_UP, detect_in_order
from plumbline.video import Frame


class Counting:
    """An estimator whose landmarks tell the frame, and which notes the frames it was shown."""

    name = "counting"

    def __init__(self, fails_at: int = -1) -> None:
        self.shown: list[int] = []
        self.fails_at = fails_at

    def detect(self, image: np.ndarray) -> np.ndarray:
        number = int(image[0, 0, 0]) * 256 + int(image[0, 0, 1])
        if number == self.fails_at:
            raise ValueError("frame")
        self.shown.append(number)
        return np.full((1, 33, 3), float(number))

    def close(self) -> None:
        """Nothing to release."""


def film(n: int) -> list[Frame]:
    return [Frame(i, i / 60, np.array([[[i // 256, i % 256, 0]]], np.uint8)) for i in range(n)]


@pytest.mark.parametrize("n", [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 5 * STRETCH + 7])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_frames_come_out_in_their_order_with_their_own_landmarks(n: int, threads: int) -> None:
    eyes = [Eye(Counting(), mirrored=False) for _ in range(threads)]
    out = list(detect_in_order(iter(film(n)), eyes))
    assert [frame.index for frame, _ in out] == list(range(n))
    assert all(found[0, 0, 0] == frame.index for frame, found in out)


def test_each_stretch_is_led_into() -> None:
    one, two = Counting(), Counting()
    list(detect_in_order(film(3 * STRETCH), [Eye(one, False), Eye(two, False)]))
    assert two.shown == list(range(STRETCH - WARM_UP, 2 * STRETCH))
    assert one.shown == [*range(STRETCH), *range(2 * STRETCH - WARM_UP, 3 * STRETCH)]


def test_a_film_is_not_read_far_ahead() -> None:
    read = []

    def reading():
        for frame in film(20 * STRETCH):
            read.append(frame.index)
            yield frame

    found = detect_in_order(reading(), [Eye(Counting(), False), Eye(Counting(), False)])
    next(found)
    assert len(read) <= 3 * STRETCH


def test_an_error_in_a_thread_reaches_the_caller_and_threads_end() -> None:
    eyes = [Eye(Counting(), False), Eye(Counting(fails_at=STRETCH + 3), False)]
    with pytest.raises(ValueError, match="frame"):
        list(detect_in_order(film(4 * STRETCH), eyes))
    assert not [t for t in threading.enumerate() if t.name.startswith("pose")]


def test_stopping_early_ends_the_threads() -> None:
    found = detect_in_order(film(10 * STRETCH), [Eye(Counting(), False), Eye(Counting(), False)])
    next(found)
    found.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("pose")]
