"""A film stored turned, mirrored or squeezed is the same film: to the pose model, in stills, in the drawn film."""

from __future__ import annotations

import struct
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from plumbline.analysis import Analysis
from plumbline.draw import stills, write_film
from plumbline.pipeline import analyze
from plumbline.resources import sample_clip
from plumbline.video import probe, read_frames
from tests.hostile import kinds
from tests.hostile.corpus import patched
from tests.hostile.test_kinds import MATRICES

FPS, FRAMES, SHOWN_S = 30, 24, 0.5


@cache
def upright() -> list[np.ndarray]:
    """An athlete who stands, 180 px wide, 240 px tall."""
    clip = probe(sample_clip("standing.mp4"))
    return [f.image for f in islice(read_frames(clip, long_edge=240), FRAMES)]


def stored(image: np.ndarray, matrix: tuple[int, int, int, int]) -> np.ndarray:
    """The picture that a display matrix makes upright: stored (p, q) is shown at (a·p + c·q, b·p + d·q)."""
    a, b, c, d = matrix
    if a:
        return image[:: d or 1, ::a]
    return image[::b, ::c].transpose(1, 0, 2)


def looked_at(film: Path, folder: Path) -> tuple[Analysis, np.ndarray, np.ndarray]:
    """What is measured, a still, and a picture of the drawn film."""
    found = analyze(film, cache=False)
    (still,) = stills(found, [SHOWN_S])
    drawn = folder / "drawn.mp4"
    write_film(found, drawn)
    shown = next(f.image for f in read_frames(probe(drawn), order="bgr") if f.time_s >= SHOWN_S - 1e-6)
    return found, cv2.imdecode(np.frombuffer(still, np.uint8), cv2.IMREAD_COLOR), shown


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, np.ndarray, np.ndarray]:
    folder = tmp_path_factory.mktemp("clean")
    return looked_at(kinds.write(folder / "a.mp4", upright(), FPS), folder)


def same(film: Path, folder: Path, clean: tuple[Analysis, np.ndarray, np.ndarray]) -> None:
    """Landmarks lie within 1.5 px (0.7 % of body height) of the clean film's, and pictures look the same."""
    found, *pictures = looked_at(film, folder)
    expected, *of_clean = clean
    apart = np.linalg.norm(found.tracks.pose.raw - expected.tracks.pose.raw, axis=2)
    seen = expected.footage.people.person(0).visibility.mean(axis=0) > 0.9
    assert np.median(apart[:, seen]) < 1.5
    for picture, other in zip(pictures, of_clean, strict=True):
        # A still is cut out around the athlete: by a pixel or two more or less.
        assert picture.shape[:2] == pytest.approx(other.shape[:2], abs=4)
        same_size = cv2.resize(picture, other.shape[1::-1])
        # Turned by a half or mirrored, the same comparison gives more than 15 levels.
        assert np.abs(same_size.astype(float) - other).mean() < 7


@pytest.mark.parametrize("name", MATRICES)
def test_orientation(tmp_path: Path, name: str, clean: tuple[Analysis, np.ndarray, np.ndarray]) -> None:
    a, b, c, d = MATRICES[name]
    film = kinds.write(tmp_path / "a.mp4", (stored(i, MATRICES[name]) for i in upright()), FPS)
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    film.write_bytes(patched(film.read_bytes(), b"tkhd", 8 + 40, matrix))
    same(film, tmp_path, clean)


@pytest.mark.parametrize("wide", [135, 240])
def test_pixels_that_are_not_square(tmp_path: Path, wide: int, clean: tuple[Analysis, np.ndarray, np.ndarray]) -> None:
    wide = wide // 2 * 2
    squeezed = (cv2.resize(i, (wide, 240), interpolation=cv2.INTER_AREA) for i in upright())
    same(kinds.write(tmp_path / "a.mp4", squeezed, FPS, pixel=Fraction(180, wide)), tmp_path, clean)


def test_the_comparison_can_fail(clean: tuple[Analysis, np.ndarray, np.ndarray]) -> None:
    _, still, shown = clean
    for picture in (still, shown):
        for other in (picture[::-1], picture[:, ::-1], picture[::-1, ::-1]):
            assert np.abs(picture.astype(float) - other).mean() > 15
