"""Somebody too small to be found in the whole picture."""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np

from plumbline.estimation import see
from plumbline.estimation._eye import Gliding, SearchWindow
from plumbline.video import FilmWriter, probe, read_frames

SAMPLES = Path(__file__).parents[2] / "sample_videos"
FRAMES = 24


def test_a_window_takes_its_part_and_puts_landmarks_back() -> None:
    picture = np.arange(40 * 80).reshape(40, 80, 1).astype(np.uint8)
    window = SearchWindow(0.25, 0.5, 0.75, 1.0)
    assert window.of(picture).shape == (20, 40, 1)
    assert window.of(picture)[0, 0] == picture[20, 20]
    # The middle of the window, at half of its width and height, is at 0.5 and 0.75 of the picture.
    assert window.back(np.array([[[0.5, 0.5, 0.9]]])).tolist() == [[[0.5, 0.75, 0.9]]]
    assert window.share == 0.5


def test_a_window_goes_along_evenly_and_stays_within_the_picture() -> None:
    glide = Gliding(np.array([10, 20]), np.array([[0.4, 0.5], [0.6, 0.5]]), np.array([0.2, 0.5]))
    assert glide.share == 0.5
    at = {frame: glide.at(frame) for frame in (0, 10, 15, 20, 30, 99)}
    assert [round(w.left, 6) for w in at.values()] == [0.1, 0.3, 0.4, 0.5, 0.7, 0.8]
    assert all((w.top, w.bottom) == (0.25, 0.75) for w in at.values())
    assert all(abs(w.right - w.left - 0.2) < 1e-9 for w in at.values())


def test_a_window_lies_between_pixels() -> None:
    """Of 40 by 80 px: 0.26 of 80 is 20.8, 0.74 is 59.2, 0.51 of 40 is 20.4."""
    picture = np.zeros((40, 80, 3), np.uint8)
    window = SearchWindow(0.26, 0.51, 0.74, 1.0).on_pixels(picture)
    assert window == SearchWindow(21 / 80, 20 / 40, 59 / 80, 1.0)
    assert window.of(picture).shape == (20, 38, 3)


def test_an_athlete_who_crosses_the_picture_far_off_is_followed(own_cache: None, tmp_path: Path) -> None:
    """A fifth of the height tall, 5 px a frame: in a strip along the whole way they would be as small again."""
    sample = probe(SAMPLES / "pogo.mp4")
    height, frames = 140, 100
    width = round(sample.width * height / sample.height / 2) * 2
    scene = np.random.default_rng(5).integers(90, 160, (14, 32, 3)).astype(np.uint8)
    field = cv2.resize(scene, (1280, 540), interpolation=cv2.INTER_CUBIC)
    near, far = tmp_path / "near.mp4", tmp_path / "far.mp4"
    with FilmWriter(near, sample.width, sample.height, 60) as large, FilmWriter(far, 1280, 540, 60) as small:
        for frame in itertools.islice(read_frames(sample), frames):
            x, y = 150 + 5 * frame.index, 220
            picture = field.copy()
            part = cv2.resize(frame.image, (width, height), interpolation=cv2.INTER_AREA)
            picture[y : y + height, x : x + width] = part
            large.write(frame.image, frame.time_s)
            small.write(picture, frame.time_s)
    known, seen = see(probe(near), cache=False), see(probe(far), cache=False)
    assert seen.found > 0.9
    moved = np.stack([150 + 5 * np.arange(frames), np.full(frames, 220)], -1)
    there = known.people.person(0).xy * height / sample.height + moved[:, None]
    off = np.linalg.norm(seen.people.person(0).xy - there, axis=2)
    assert np.nanmedian(off) < 0.05 * np.nanmedian(np.ptp(there[..., 1], axis=1))


def test_an_athlete_of_a_sixth_of_the_height_is_found_and_read_in_place(own_cache: None, tmp_path: Path) -> None:
    sample = probe(SAMPLES / "pogo.mp4")
    height, (x, y) = 450, (1200, 500)
    width = round(sample.width * height / sample.height / 2) * 2
    scene = np.random.default_rng(4).integers(90, 160, (27, 48, 3)).astype(np.uint8)
    field = cv2.resize(scene, (1920, 1080), interpolation=cv2.INTER_CUBIC)
    near, far = tmp_path / "near.mp4", tmp_path / "far.mp4"
    with FilmWriter(near, sample.width, sample.height, 60) as large, FilmWriter(far, 1920, 1080, 60) as small:
        for frame in itertools.islice(read_frames(sample), FRAMES):
            picture = field.copy()
            part = cv2.resize(frame.image, (width, height), interpolation=cv2.INTER_AREA)
            picture[y : y + height, x : x + width] = part
            large.write(frame.image, frame.time_s)
            small.write(picture, frame.time_s)
    known, seen = see(probe(near), cache=False), see(probe(far), cache=False)
    assert seen.found > 0.9
    scale = height / sample.height
    there = known.people.person(0).xy * scale + [x, y]
    off = np.linalg.norm(seen.people.person(0).xy - there, axis=2)
    tall = np.nanmedian(np.ptp(there[..., 1], axis=1))
    assert tall < 0.4 * 1080
    # A figure 300 px tall is read less well than one of 900.
    assert np.nanmedian(off) < 0.03 * tall
