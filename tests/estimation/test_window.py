"""Somebody too small to be found in the whole picture."""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np

from plumbline.estimation import see
from plumbline.estimation._eye import Window
from plumbline.video import FilmWriter, probe, read_frames

SAMPLES = Path(__file__).parents[2] / "sample_videos"
FRAMES = 24


def test_a_window_takes_its_part_and_puts_landmarks_back() -> None:
    picture = np.arange(40 * 80).reshape(40, 80, 1).astype(np.uint8)
    window = Window(0.25, 0.5, 0.75, 1.0)
    assert window.of(picture).shape == (20, 40, 1)
    assert window.of(picture)[0, 0] == picture[20, 20]
    # The middle of the window, at half of its width and height, is at 0.5 and 0.75 of the picture.
    assert window.back(np.array([[[0.5, 0.5, 0.9]]])).tolist() == [[[0.5, 0.75, 0.9]]]
    assert window.share == 0.5


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
