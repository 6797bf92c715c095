from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Contact
from plumbline.draw import Board, Cut, annotate, build_scenes, draw_figure, draw_figure_in_film, live_picture
from plumbline.draw._cut import CropPath
from plumbline.draw._overlay import canvas_size, put_logo
from plumbline.draw._type import line_mask
from plumbline.errors import SettingsError
from plumbline.pipeline import measure_pose
from plumbline.typeface import undrawable
from plumbline.video import to_bgr, to_yuv, yuv_blank, yuv_part, yuv_planes, yuv_size
from tests.athletes import JITTER, landmarks, take
from tests.conftest import clip_info


@pytest.fixture(scope="module")
def scenes():
    pose, _ = landmarks(take("pogo_faults"), JITTER)
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


def filmed(scenes) -> np.ndarray:
    return yuv_blank(scenes.analysis.pose.width, scenes.analysis.pose.height, (128, 128, 128))


def test_strips_cover_nothing_of_the_picture(scenes) -> None:
    picture = filmed(scenes)
    w, h = yuv_size(picture)
    draw_figure_in_film(picture, scenes.frame(40), np.ones(2))
    canvas = annotate(picture, scenes, 40)
    wide, tall = yuv_size(canvas)
    assert (wide, tall % 2) == (w, 0)
    assert tall > h
    top = round(116 * w / 540 / 2) * 2
    assert (yuv_part(canvas, (0, top, w, top + h)) == picture).all()
    for strip in ((0, 0, w, top), (0, top + h, w, tall)):
        assert (yuv_planes(yuv_part(canvas, strip))[0] > 150).any(), "nothing written"


def test_the_figure_in_a_film_is_the_figure_in_a_picture(scenes) -> None:
    """Drawing in the part that changes gives what drawing in all of the picture would, for every frame."""
    for i in range(0, len(scenes), 7):
        picture, scene = filmed(scenes), scenes.frame(i)
        whole = draw_figure(to_bgr(picture), scene, np.ones(2))
        draw_figure_in_film(picture, scene, np.ones(2))
        # Brightness is kept at full size; colours at half.
        there, here = (yuv_planes(p)[0].astype(int) for p in (to_yuv(whole), picture))
        assert np.abs(there - here).max() <= 2


def test_a_figure_that_leaves_the_picture_is_cut_off(scenes) -> None:
    from dataclasses import replace

    scene = scenes.frame(30)
    for shift in ([-300.0, 0.0], [300.0, 200.0], [0.0, -9000.0]):
        picture = filmed(scenes)
        draw_figure_in_film(picture, replace(scene, chain=scene.chain + shift, plumb=scene.plumb + shift), np.ones(2))
        assert picture.shape == filmed(scenes).shape


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
    picture = filmed(scenes)
    draw_figure_in_film(picture, gone, np.ones(2))
    assert (picture == filmed(scenes)).all()


def test_after_the_last_rep_the_clip_is_summed_up(scenes) -> None:
    last = len(scenes) - 1
    assert scenes.over(float(scenes.analysis.tracks.time_s[last]))
    w = yuv_size(filmed(scenes))[0]
    canvas = annotate(filmed(scenes), scenes, last)
    below = yuv_planes(yuv_part(canvas, (0, yuv_size(canvas)[1] - 60, w, yuv_size(canvas)[1])))[0]
    assert (below > 150).any()


def test_a_joint_has_the_colour_of_its_worst_verdict(scenes) -> None:
    """The ear is coloured by the rule on the head, and by nothing else."""
    for i in range(0, len(scenes), 11):
        scene = scenes.frame(i)
        if scene.rep is None:
            assert set(scene.outcomes) == {"plain"}
            continue
        head = [v.verdict for v in scene.rep.verdicts if v.metric == "head_forward_pct_bh"]
        line = [v.verdict for v in scene.rep.verdicts if v.metric == "plumb_spread_pct_bh"]
        if head == ["fault"]:
            assert scene.outcomes[0] == "fault"
        if head == ["ok"] and line == ["ok"]:
            assert scene.outcomes[0] == "ok"


@pytest.mark.parametrize(
    ("words", "script"), [("Åse ± 12°", ""), ("Иван Ελένη محمد", ""), ("李 Ada", "cjk"), ("김", "hangul")]
)
def test_what_the_typeface_cannot_draw_is_named(words: str, script: str) -> None:
    assert undrawable(words) == script


def test_accents_and_signs_are_drawn_as_themselves() -> None:
    drawn = [line_mask(c, 40)[0].tobytes() for c in "ÅA°±?"]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        ("as filmed", (540, 720), (540, 720)),
        ("portrait", (540, 720), (532, 720)),
        ("landscape", (540, 720), (1820, 720)),
    ],
)
def test_cut_keeps_the_athlete_in_the_picture(
    scenes, shape: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    analysis = scenes.analysis
    window = Cut(shape=shape).window(analysis, *size)
    assert window.size == expected
    if shape != "as filmed":
        wide, tall = canvas_size(*window.size)
        assert wide / tall == pytest.approx(16 / 9 if shape == "landscape" else 9 / 16, abs=0.005)
    hips = analysis.tracks.pose.raw[:, [23, 24], 0].mean(axis=1) * size[0] / analysis.clip.width
    inside = (hips - window.left >= 0) & (hips - window.left <= window.size[0])
    assert inside.all()
    assert (window.left % 2 == 0).all(), "colours lie at half size"
    filmed = yuv_blank(*size, (10, 200, 90))
    cut = window.of(filmed, 5)
    assert yuv_size(cut) == expected
    kept = min(size[0], expected[0])
    assert (yuv_planes(cut)[0] == filmed[0, 0]).sum() == kept * expected[1]


def test_a_wide_sign_keeps_its_shape() -> None:
    strip = np.zeros((116, 540, 3), np.uint8)
    sign = np.full((50, 400, 4), 255, np.uint8)
    put_logo(strip, sign, 6.0)
    rows, columns = (np.flatnonzero(strip[..., 0].any(axis=k)) for k in (1, 0))
    assert len(columns) / len(rows) == pytest.approx(8, rel=0.05)
    assert len(columns) <= 180


def test_contact_is_told_to_the_ends_of_the_film(scenes) -> None:
    """The athlete who left the floor last is in the air, who landed first came out of it."""
    analysis = scenes.analysis
    first, last = (Contact(down, up, 0.01, 0.01, 0.0, "both") for down, up in ((0.5, 0.7), (1.2, 1.4)))
    short = replace(analysis, contacts=replace(analysis.contacts, items=(first, last)))
    t = analysis.tracks.time_s
    expected = ((t >= 0.5) & (t <= 0.7)) | ((t >= 1.2) & (t <= 1.4))
    assert (short.in_contact == expected).all()
    cut = (replace(first, touchdown_s=np.nan), replace(last, toe_off_s=np.nan))
    stands = replace(analysis, contacts=replace(analysis.contacts, items=cut))
    assert (stands.in_contact == ((t <= 0.7) | (t >= 1.2))).all()


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


@pytest.mark.parametrize("width", [640, 854])
def test_words_of_live_leave_the_athlete_free(width: int) -> None:
    grey = np.full((480, width, 3), 90, np.uint8)
    one, two = ("! Body line lost", "fault"), ("! Trunk leans", "fault")
    first = live_picture(grey, None, Board("2", (one,)))
    both = live_picture(grey, None, Board("2", (one, two)))
    assert (first != grey).any()
    assert (both[164:] == grey[164:]).all()  # 0.34 of 480 lines are 163.2
    # Narrow, the first takes two lines of 0.16 of the height each; wide, there is room for both.
    assert (both != first).any() == (width == 854)


def test_a_cut_little_wider_than_the_film_is_as_wide_as_it_says() -> None:
    """Two pixels more: margins are even, and all of it stands to the right."""
    picture = yuv_blank(8, 4, (128, 128, 128))
    out = CropPath((10, 4), np.array([0])).of(picture, 0)
    assert yuv_size(out) == (10, 4)
    assert np.ptp(out[:4, :8]) == 0
    assert (out[:4, 8:] < out[0, 0]).all()
