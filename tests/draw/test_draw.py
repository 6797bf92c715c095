from __future__ import annotations

import numpy as np
import pytest

from plumbline.draw import Cut, annotate, build_scenes, closing_card, draw_figure
from plumbline.errors import SettingsError
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


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        ("as filmed", (540, 720), (540, 720)),
        ("portrait", (540, 720), (404, 720)),
        ("landscape", (540, 720), (1280, 720)),
    ],
)
def test_cut_keeps_the_athlete_in_the_picture(
    scenes, shape: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    analysis = scenes.analysis
    window = Cut(shape=shape).window(analysis, *size)
    assert window.size == expected
    hips = analysis.tracks.pose.raw[:, [23, 24], 0].mean(axis=1) * size[0] / analysis.clip.width
    inside = (hips - window.left >= 0) & (hips - window.left <= window.size[0])
    assert inside.all()
    assert window.of(blank(scenes), 5).shape == (expected[1], expected[0], 3)


def test_cut_to_reps_spans_them_and_no_more(scenes) -> None:
    reps = scenes.analysis.reps
    start, end = Cut(reps=(2, 3)).span(scenes.analysis)
    assert reps[0].rep.start_s < start < reps[1].rep.start_s
    assert reps[2].rep.end_s < end < reps[3].rep.end_s + 0.5
    with pytest.raises(SettingsError, match="no reps 20 to 21"):
        Cut(reps=(20, 21)).span(scenes.analysis)


@pytest.mark.parametrize("wrong", [{"shape": "round"}, {"slower": 0.2}, {"slower": 100}])
def test_cut_refuses_what_cannot_be(wrong: dict) -> None:
    with pytest.raises(SettingsError):
        Cut(**wrong)
