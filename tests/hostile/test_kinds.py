"""Films of odd kinds give the picture and the instants that were filmed."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from plumbline.camera import Repeats, find_instants
from plumbline.clip import ClipInfo
from plumbline.errors import ClipError
from plumbline.pipeline import analyze
from plumbline.video import FILM_TYPES, PictureChange, probe, read_frames, to_bgr
from tests.hostile import kinds
from tests.hostile.corpus import patched


def places(clip: ClipInfo) -> tuple[np.ndarray, np.ndarray]:
    """When each picture was taken by the film, and where the bar stands in it."""
    rows = [(f.time_s, kinds.seen(f.image)) for f in read_frames(clip)]
    return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])


def distinct(clip: ClipInfo) -> ClipInfo:
    rows = [(f.time_s, f.change) for f in read_frames(clip, long_edge=64)]
    time_s, change = np.array(rows).T
    return clip.of_distinct(find_instants(time_s, change))


def off_ms(clip: ClipInfo) -> float:
    """RMS of how far in time the bar's places are from where it was at the stated instants, by its usual speed."""
    time_s, x = places(clip)
    wrong = x - np.array([kinds.where(t) for t in time_s])
    speed = 0.3 * 2 * np.pi / 0.9 / np.sqrt(2)
    return float(1000 * np.sqrt(np.mean(wrong**2)) / speed)


# What reading the bar off an encoded picture leaves open; the next field or frame is 17 ms and more away.
READING_MS = 4.0


def test_clean_film(tmp_path: Path) -> None:
    assert off_ms(probe(kinds.plain(tmp_path / "a.mp4", 60))) < READING_MS


def test_pixels_are_squared(tmp_path: Path) -> None:
    clip = probe(kinds.anamorphic(tmp_path / "a.mp4"))
    assert (clip.width, clip.height) == (kinds.WIDTH, kinds.HEIGHT)
    image = next(iter(read_frames(clip))).image
    assert image.shape == (kinds.HEIGHT, kinds.WIDTH, 3)
    assert (image[kinds.HEIGHT * 3 // 4, :, 0] > 130).sum() == pytest.approx(kinds.BAR, abs=2)
    assert off_ms(clip) < READING_MS


@pytest.mark.parametrize("marked", ["truly", None, "bff", "tff"])
@pytest.mark.parametrize("top_first", [True, False])
def test_interlaced_film_has_its_instants(tmp_path: Path, top_first: bool, marked: str | None) -> None:
    clip = probe(kinds.interlaced(tmp_path / "a.ts", top_first, marked))
    assert clip.container_fps == pytest.approx(50, rel=1e-4)
    time_s, _ = places(clip)
    assert np.diff(time_s) == pytest.approx(np.full(len(time_s) - 1, 0.02), abs=1e-6)
    assert len(time_s) == pytest.approx(150, abs=2)
    assert off_ms(clip) < READING_MS


def test_whole_frames_marked_as_fields_stay_whole(tmp_path: Path) -> None:
    clip = probe(kinds.whole_but_marked(tmp_path / "a.ts"))
    assert clip.container_fps == pytest.approx(25, rel=1e-4)
    assert off_ms(clip) < READING_MS


def test_without_movement_the_mark_is_believed(tmp_path: Path) -> None:
    still = [kinds.picture(0.1)] * 30
    marked = kinds.write(tmp_path / "a.ts", still, 25, through=kinds.flagged("tff"), options={"flags": "+ilme+ildct"})
    assert probe(marked).container_fps == pytest.approx(50, rel=1e-4)
    assert probe(kinds.write(tmp_path / "b.ts", still, 25)).container_fps == pytest.approx(25, rel=1e-4)


@pytest.mark.parametrize("fps", [60, 120, 240, Fraction(60000, 1001), 30])
def test_rounded_clocks_are_put_back(tmp_path: Path, fps: Fraction | int) -> None:
    path = kinds.rounded(tmp_path / "a.mkv", fps)
    clip = probe(path)
    assert clip.container_fps == pytest.approx(float(fps), rel=2e-4)
    time_s = np.array([f.time_s for f in read_frames(clip, long_edge=32)])
    assert time_s == pytest.approx(np.arange(len(time_s)) / float(fps), abs=3e-4)
    slow = probe(path, capture_fps=240)
    assert slow.time_scale == pytest.approx(float(fps) / 240, rel=2e-4)
    some = {i: float(time_s[i]) for i in (3, 20, 41)}
    assert [f.index for f in read_frames(clip, only=some)] == [3, 20, 41]


def test_a_clock_that_really_varies_is_left_alone(tmp_path: Path) -> None:
    from plumbline.decoding._times import grid_of

    wild = np.round(np.cumsum(np.random.default_rng(2).uniform(0.014, 0.021, 200)), 3)
    assert grid_of(wild, 1e-3) is None
    gaps = np.delete(np.round(np.arange(200) / 60, 3), [5, 40, 41, 90])
    offset, step = grid_of(gaps, 1e-3)
    assert step == pytest.approx(1 / 60, rel=1e-4)
    assert offset == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("steps_ms", [(16, 50), (33, 66)])
def test_a_clock_of_two_kinds_of_steps_is_no_even_one(steps_ms: tuple[int, int]) -> None:
    """As many of both: between them lies none, and only a finer clock fits both."""
    from plumbline.decoding._times import grid_of

    steps = np.tile(np.array(steps_ms) / 1000, 20)
    found = grid_of(np.concatenate([[0.0], np.cumsum(steps)]), 1e-3)
    times = np.concatenate([[0.0], np.cumsum(steps)])
    assert found is None or np.abs((times - found[0]) / found[1] % 1 - 0.5).min() > 0.4


@pytest.mark.parametrize("real", [20, 24, 25])
@pytest.mark.parametrize("begins", [0.0, 0.013, 0.027])
def test_a_film_may_begin_within_a_repeated_picture(real: int, begins: float) -> None:
    """The first picture is the one before the film, cut off: the even clock holds from there on."""
    t = np.arange(300) / 60
    place = np.floor((t + begins) * real + 1e-9)
    speed = 8 + 4 * np.sin(2 * np.pi * 1.1 * t)
    change = np.where(np.diff(place, prepend=np.nan) > 0, speed, 0.1)
    change[0] = np.nan
    found = find_instants(t, change)
    assert found is not None
    assert np.diff(found.time_s) == pytest.approx(np.full(len(found) - 1, 1 / real), rel=1e-3)


def test_a_damaged_packet_does_not_end_the_film(tmp_path: Path) -> None:
    path = kinds.plain(tmp_path / "a.mp4", 60)
    data = bytearray(path.read_bytes())
    whole = len(list(read_frames(probe(path), long_edge=32)))
    middle = len(data) * 2 // 5
    data[middle : middle + 8] = bytes(8)
    path.write_bytes(data)
    assert len(list(read_frames(probe(path), long_edge=32))) > 0.9 * whole


@pytest.mark.parametrize(("real", "stored"), [(30, 60), (24, 30), (20, 60), (25, 50), (24, 60), (25, 60), (25, 30)])
def test_pictures_stored_again_are_left_out(tmp_path: Path, real: int, stored: int) -> None:
    clip = distinct(probe(kinds.repeated(tmp_path / "a.mp4", real, stored)))
    assert clip.instants is not None
    time_s, _ = places(clip)
    assert len(time_s) == 3 * real
    assert np.diff(time_s) == pytest.approx(np.full(len(time_s) - 1, 1 / real), rel=0.005)
    assert off_ms(clip) < READING_MS
    asked = {k: float(clip.instants.time_s[k]) for k in (4, 9)}
    assert [(f.index, f.time_s) for f in read_frames(clip, only=asked)] == list(asked.items())


def test_cinema_film_in_fields_has_its_24_instants(tmp_path: Path) -> None:
    clip = distinct(probe(kinds.cinema_in_fields(tmp_path / "a.ts")))
    time_s, _ = places(clip)
    assert 1 / np.diff(time_s).mean() == pytest.approx(24, rel=0.005)
    assert np.ptp(np.diff(time_s)) < 1e-6
    # Of a field's picture every second line is made up, and the first few fields are told as whole.
    assert off_ms(clip) < 2 * READING_MS


def test_a_rhythm_that_breaks_off_keeps_the_times_of_the_file(tmp_path: Path) -> None:
    """A screen recording that falls behind: 30 a second at first, 20 later."""
    shown = [np.floor(t * 30 + 1e-9) / 30 for t in kinds.times(60, 1.5)]
    shown += [1.5 + np.floor(t * 20 + 1e-9) / 20 for t in kinds.times(60, 1.5)]
    clip = distinct(probe(kinds.write(tmp_path / "a.mp4", map(kinds.picture, shown), 60)))
    assert clip.instants is not None
    assert off_ms(clip) < 2 * READING_MS
    assert len(clip.instants) == pytest.approx(75, abs=6)


@pytest.mark.parametrize("fps", [25, 30, 50, 60, 120])
def test_a_body_that_turns_is_no_picture_stored_again(tmp_path: Path, fps: int) -> None:
    assert distinct(probe(kinds.plain(tmp_path / "a.mp4", fps))).instants is None


def test_single_pictures_are_those_of_the_whole_film(tmp_path: Path) -> None:
    """Stills and cuts of the drawn film ask for some pictures only."""
    for path in (
        kinds.anamorphic(tmp_path / "a.mp4"),
        kinds.interlaced(tmp_path / "b.ts"),
        kinds.interlaced(tmp_path / "c.mts", top_first=False, marked=None),
        kinds.cinema_in_fields(tmp_path / "d.ts"),
        kinds.rounded(tmp_path / "e.mkv", 60),
        kinds.plain(tmp_path / "f.h264", 60),
        kinds.two_films(tmp_path / "g.mkv"),
    ):
        clip = probe(path)
        whole = {f.index: f for f in read_frames(clip)}
        some = {i: whole[i].time_s for i in (3, 20, 41, 68)}
        got = {f.index: f for f in read_frames(clip, only=some)}
        assert sorted(got) == sorted(some), path.name
        for i, f in got.items():
            assert f.time_s == pytest.approx(whole[i].time_s, abs=1e-5)
            assert (f.image == whole[i].image).all(), (path.name, i)


MATRICES = {
    "0": (1, 0, 0, 1),
    "90": (0, 1, -1, 0),
    "180": (-1, 0, 0, -1),
    "270": (0, -1, 1, 0),
    "flip_h": (-1, 0, 0, 1),
    "flip_v": (1, 0, 0, -1),
    "transposed": (0, 1, 1, 0),
    "transverse": (0, -1, -1, 0),
}


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("order", ["rgb", "yuv"])
def test_all_eight_orientations(tmp_path: Path, name: str, order: str) -> None:
    a, b, c, d = MATRICES[name]
    path = kinds.plain(tmp_path / "a.mp4", 30)
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    path.write_bytes(patched(path.read_bytes(), b"tkhd", 8 + 40, matrix))
    clip = probe(path)
    image = next(iter(read_frames(clip, order=order))).image  # type: ignore[arg-type]
    image = to_bgr(image) if order == "yuv" else image
    assert image.shape[:2] == (clip.height, clip.width)

    def corner(p: int, q: int) -> float:
        """Brightness where the matrix takes a stored corner (p, q = ±1 from the middle)."""
        x, y = a * p + c * q, b * p + d * q
        return float(image[4 if y < 0 else -5, 4 if x < 0 else -5].mean())

    assert corner(-1, -1) == pytest.approx(235, abs=12)
    assert corner(1, -1) == pytest.approx(130, abs=12)


def test_the_larger_film_is_chosen_and_named(tmp_path: Path) -> None:
    path = kinds.two_films(tmp_path / "a.mkv")
    clip = probe(path)
    assert (clip.width, clip.height) == (kinds.WIDTH, kinds.HEIGHT)
    assert clip.way is not None
    assert (clip.way.track, clip.way.tracks) == (1, 2)
    assert off_ms(clip) < READING_MS
    assert "several_films" in {w.code for w in analyze(path, cache=False).warnings}


def test_a_picture_that_changes_its_shape_is_said(tmp_path: Path) -> None:
    clip = probe(kinds.reshaped(tmp_path / "a.h264"))
    with pytest.raises(ClipError, match="changes the shape"):
        list(read_frames(clip))


def test_a_bare_stream_follows_the_rate_that_it_names(tmp_path: Path) -> None:
    path = kinds.plain(tmp_path / "a.h264", 50)
    clip = probe(path)
    assert (clip.container_fps, clip.frames) == (pytest.approx(50), 150)
    assert off_ms(clip) < READING_MS
    assert "no_clock" in {w.code for w in analyze(path, cache=False).warnings}
    assert off_ms(probe(path, capture_fps=50)) < READING_MS


def test_pictures_without_any_clock_are_not_guessed_at(tmp_path: Path) -> None:
    path = kinds.write(tmp_path / "a.mjpeg", map(kinds.picture, kinds.times(50)), 50, codec="mjpeg")
    with pytest.raises(ClipError, match="--capture-fps"):
        probe(path)
    assert off_ms(probe(path, capture_fps=50)) < READING_MS


def test_one_frame_is_no_traceback(tmp_path: Path) -> None:
    found = analyze(kinds.write(tmp_path / "a.mp4", [kinds.picture(0)], 60), cache=False)
    assert not found.reps
    assert found.warnings


@pytest.mark.parametrize("kind", ["mts", "m2ts", "ts", "3gp", "wmv", "mpg", "mov", "mkv"])
def test_types_of_films(kind: str) -> None:
    assert kind in FILM_TYPES


@pytest.mark.parametrize(("real", "stored"), [(30, 60), (20, 60), (15, 30), (60, 60), (30, 30)])
def test_pictures_given_again_are_told_as_they_come(real: int, stored: int) -> None:
    repeats, change = Repeats(), PictureChange()
    shown = np.floor(kinds.times(stored) * real + 1e-9) / real
    told = [k for k, t in enumerate(shown) if repeats.again(change.of(np.repeat(kinds.picture(t)[..., None], 3, 2)))]
    again = [k for k in range(len(shown)) if k % (stored // real)]
    # At a turning point a new picture may be the last one, to a part of its usual way.
    usual = 0.3 * 2 * np.pi / 0.9 / real
    for k in set(told) - set(again):
        assert abs(kinds.where(shown[k]) - kinds.where(shown[k - 1])) < 0.3 * usual
    assert len(set(told) & set(again)) >= 0.7 * len(again)
