"""The picture moves with the athlete, and what is found comes back to where he is."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.pose import Eye
from plumbline.synthetic import Body, standing
from plumbline.video import moved

SIZE = (160, 240)
FIGURE = standing(Body(), 0.1).xyz[0]


class Bright:
    """Finds a figure about the brightest pixel, and remembers where in the picture it lay."""

    name = "bright"

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []

    def detect(self, image: np.ndarray) -> np.ndarray:
        if not image.any():
            return np.empty((0, 33, 3))
        y, x = np.unravel_index(np.argmax(image[..., 0]), image.shape[:2])
        self.places.append((int(x), int(y)))
        figure = np.ones((33, 3))
        figure[:, :2] = ([x, y] + 20 * (FIGURE[:, :2] - FIGURE[[11, 12, 23, 24], :2].mean(axis=0))) / SIZE[::-1]
        return figure[None]

    def close(self) -> None:
        pass


def spot(x: int, y: int) -> np.ndarray:
    image = np.zeros((*SIZE, 3), np.uint8)
    image[y, x] = 255
    return image


@pytest.mark.parametrize("mirrored", [False, True])
def test_an_even_movement_stays_in_its_place_and_is_told_where_it_is(mirrored: bool) -> None:
    model = Bright()
    eye = Eye(model, mirrored=mirrored)
    way = [(100 + 4 * k, 60 + 2 * k) for k in range(12)]
    for x, y in way:
        found = eye.detect(spot(x, y))
        middle = found[0, [11, 12, 23, 24], :2].mean(axis=0) * SIZE[::-1]
        # The picture's mirror image turns pixel x into 239 - x, fractions into 1 - x.
        assert middle == pytest.approx([x + mirrored, y], abs=0.01)
    assert len(set(model.places[2:])) == 1


def test_somebody_found_anew_elsewhere_is_not_taken_for_a_movement() -> None:
    model = Bright()
    eye = Eye(model, mirrored=False)
    for x in (40, 40, 200, 200, 200):
        eye.detect(spot(x, 80))
    assert model.places[-1] == (200, 80)


def test_who_is_lost_is_looked_for_in_the_whole_picture() -> None:
    model = Bright()
    eye = Eye(model, mirrored=False)
    for x in (100, 104, 108):
        eye.detect(spot(x, 80))
    assert len(eye.detect(np.zeros((*SIZE, 3), np.uint8))) == 0
    eye.detect(spot(120, 80))
    assert model.places[-1] == (120, 80)


def test_many_people_are_looked_for_where_they_are() -> None:
    model = Bright()
    eye = Eye(model, mirrored=False, follows=False)
    for x in (100, 104, 108):
        eye.detect(spot(x, 80))
    assert model.places == [(100, 80), (104, 80), (108, 80)]


def test_moving_a_picture_keeps_what_stays_in_it() -> None:
    image = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3) + 1
    assert moved(image, 0, 0) is image
    there = moved(image, 2, -1)
    assert (there[:3, 2:] == image[1:, :3]).all()
    assert not there[3].any() and not there[:, :2].any()
    assert not moved(image, 8, -9).any()
