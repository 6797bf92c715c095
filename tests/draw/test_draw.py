from __future__ import annotations

import numpy as np
import pytest

from plumbline.draw import annotate, build_scenes, closing_card, draw_figure
from plumbline.pipeline import measure_pose
from plumbline.synthetic import Body, Hop, hop_series, planted_faults
from tests.conftest import Filming, as_landmarks, clip_info


@pytest.fixture(scope="module")
def scenes():
    motion = hop_series(Body(), planted_faults(Hop()))
    pose, _ = as_landmarks(motion, Filming())
    return build_scenes(measure_pose(pose, clip_info(pose)))


def blank(scenes) -> np.ndarray:
    return np.full((scenes.analysis.pose.height, scenes.analysis.pose.width, 3), 128, np.uint8)


def test_plumb_line_stands_on_the_ankle_in_contact_only(scenes) -> None:
    contact = int(np.flatnonzero(scenes.contact)[5])
    flight = int(np.flatnonzero(~scenes.contact)[5])
    for i, drawn in ((contact, True), (flight, False)):
        scene = scenes.frame(i)
        image = draw_figure(blank(scenes), scene, np.ones(2))
        x = round(float(scene.chain[4, 0]))
        column = image[:, max(x - 1, 0) : x + 2].reshape(-1, 3)
        blue = (np.abs(column.astype(int) - (233, 180, 86)).sum(axis=1) < 60).sum()
        assert bool(blue > 100) is drawn


def test_strips_cover_nothing_of_the_picture(scenes) -> None:
    image = blank(scenes)
    canvas = annotate(draw_figure(image.copy(), scenes.frame(40), np.ones(2)), scenes, 40)
    assert canvas.shape[1] == image.shape[1]
    assert canvas.shape[0] > image.shape[0]
    assert canvas.shape[0] % 2 == 0
    top = round(72 * image.shape[1] / 540)
    inside = canvas[top : top + image.shape[0]]
    assert (inside == 128).all(axis=2).mean() > 0.85


def test_missing_landmarks_are_not_drawn(scenes) -> None:
    from dataclasses import replace

    scene = scenes.frame(30)
    gone = replace(
        scene,
        chain=np.full((5, 2), np.nan),
        foot=np.full((2, 2), np.nan),
        arm=np.full((3, 2), np.nan),
        plumb=np.full((2, 2), np.nan),
    )
    assert (draw_figure(blank(scenes), gone, np.ones(2)) == 128).all()


def test_closing_card_is_a_copy(scenes) -> None:
    canvas = annotate(blank(scenes), scenes, 40)
    before = canvas.copy()
    card = closing_card(canvas, scenes)
    assert (canvas == before).all()
    assert card.shape == canvas.shape
    assert (card > 200).any(), "nothing written on the card"
