"""Reading and writing real encoded films."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from plumbline.errors import ClipError
from plumbline.video import FilmWriter, fit_within, probe, read_frames, to_bgr, yuv_blank, yuv_part, yuv_put, yuv_size

CODECS = [
    ("libx264", "yuv420p", "mp4"),
    ("libx264", "yuv420p10le", "mp4"),
    ("libx265", "yuv420p10le", "mp4"),
    ("libx265", "yuv420p", "mov"),
    ("libvpx-vp9", "yuv420p", "webm"),
    ("libsvtav1", "yuv420p", "mkv"),
    ("mpeg4", "yuv420p", "avi"),
    ("mjpeg", "yuvj420p", "mov"),
]


def picture(i: int, width: int = 96, height: int = 64) -> np.ndarray:
    """A picture that is bright in the upper left corner and says its number in its level."""
    image = np.full((height, width, 3), 40 + 4 * i, np.uint8)
    image[: height // 4, : width // 4] = 250
    return image


def write(path: Path, codec: str = "libx264", pix_fmt: str = "yuv420p", times: list[float] | None = None, **tags):
    """Encode pictures at given times."""
    times = times if times is not None else [i / 30 for i in range(12)]
    options = {"movflags": "use_metadata_tags"} if path.suffix in (".mp4", ".mov") else {}
    rotation = tags.pop("rotation", None)
    with av.open(str(path), "w", options=options) as container:
        container.metadata.update({k.replace("__", "."): v for k, v in tags.items()})
        stream = container.add_stream(codec, rate=30)
        stream.width, stream.height, stream.pix_fmt = 96, 64, pix_fmt
        if codec in ("libx264", "libx265"):
            stream.codec_context.time_base = Fraction(1, 90_000)
        if rotation is not None:
            stream.set_display_rotation(rotation)
        for i, t in enumerate(times):
            frame = av.VideoFrame.from_ndarray(picture(i), format="rgb24").reformat(format=pix_fmt)
            base = stream.codec_context.time_base if codec in ("libx264", "libx265") else Fraction(1, 30)
            frame.time_base, frame.pts = base, round(t / base)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("codec", "pix_fmt", "ending"), CODECS, ids=[f"{c[0]}-{c[1]}" for c in CODECS])
def test_every_codec_comes_back(tmp_path: Path, codec: str, pix_fmt: str, ending: str) -> None:
    clip = probe(write(tmp_path / f"a.{ending}", codec, pix_fmt))
    frames = list(read_frames(clip))
    assert len(frames) == 12
    assert (clip.width, clip.height) == (96, 64)
    assert clip.container_fps == pytest.approx(30, rel=0.02)
    assert np.diff([f.time_s for f in frames]) == pytest.approx(1 / 30, abs=0.002)
    levels = [float(f.image[40, 60].mean()) for f in frames]
    assert levels == pytest.approx([40 + 4 * i for i in range(12)], abs=8), "pictures come in order"


@pytest.mark.parametrize(("codec", "pix_fmt", "ending"), [*CODECS, ("libx264", "yuv420p", "ts")])
def test_asked_for_frames_are_those_of_the_whole_film(tmp_path: Path, codec: str, pix_fmt: str, ending: str) -> None:
    rng = np.random.default_rng(8)
    times = np.arange(60) / 30 if codec != "libx264" else np.cumsum(rng.uniform(0.01, 0.05, 60))
    clip = probe(write(tmp_path / f"a.{ending}", codec, pix_fmt, times=[float(t) for t in times]), capture_fps=50)
    whole = {f.index: f for f in read_frames(clip)}
    asked = {int(i): whole[int(i)].time_s for i in rng.choice(list(whole), 9, replace=False)}
    frames = list(read_frames(clip, only=asked))
    assert [f.index for f in frames] == sorted(asked)
    for frame in frames:
        assert frame.time_s == whole[frame.index].time_s
        assert np.array_equal(frame.image, whole[frame.index].image)


def test_times_are_presentation_times(tmp_path: Path) -> None:
    times = [0.0, 0.033, 0.066, 0.2, 0.233, 0.4]
    clip = probe(write(tmp_path / "vfr.mp4", times=times))
    assert clip.variable_frame_rate
    assert [f.time_s for f in read_frames(clip)] == pytest.approx(times, abs=1e-4)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_film_is_turned_upright(tmp_path: Path, degrees: int) -> None:
    clip = probe(write(tmp_path / "turned.mp4", rotation=degrees))
    image = next(iter(read_frames(clip))).image
    assert image.shape[:2] == (clip.height, clip.width) == ((96, 64) if degrees % 180 else (64, 96))
    h, w = clip.height, clip.width
    corners = {"top left": image[4, 4], "top right": image[4, w - 5]}
    corners |= {"bottom left": image[h - 5, 4], "bottom right": image[h - 5, w - 5]}
    brightest = max(corners, key=lambda k: corners[k].mean())
    # A display matrix turns counter-clockwise by its angle.
    assert brightest == {0: "top left", 90: "bottom left", 180: "bottom right", 270: "top right"}[degrees]


@pytest.mark.parametrize(
    ("tags", "given", "fps", "source"),
    [
        ({}, None, 30, "container"),
        ({"com__android__capture__fps": "240.0"}, None, 240, "tag"),
        ({"com__android__capture__fps": "30.0"}, None, 30, "container"),
        ({"com__android__capture__fps": "junk"}, None, 30, "container"),
        ({"com__android__capture__fps": "240.0"}, 120.0, 120, "given"),
    ],
)
def test_slow_motion_is_rescaled(tmp_path: Path, tags, given, fps, source) -> None:
    clip = probe(write(tmp_path / "slow.mp4", **tags), given)
    assert (clip.capture_fps_source, clip.capture_fps) == (source, pytest.approx(fps, rel=0.01))
    times = [f.time_s for f in read_frames(clip)]
    assert times[-1] == pytest.approx(11 / fps, rel=0.01)


def test_scaled_on_decode(tmp_path: Path) -> None:
    clip = probe(write(tmp_path / "a.mp4"))
    assert next(iter(read_frames(clip, long_edge=48))).image.shape == (32, 48, 3)
    assert fit_within(1080, 1920, 960) == (540, 960)
    assert fit_within(300, 200, 960) == (300, 200)


def test_cut_off_film_gives_what_there_is(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.mkv", times=[i / 30 for i in range(40)])
    part = tmp_path / "part.mkv"
    part.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.6)])
    assert 0 < len(list(read_frames(probe(part)))) < 40


def test_of_films_joined_end_to_end_the_first_is_read_and_the_rest_counted(tmp_path: Path) -> None:
    times = [i / 30 for i in range(60)]
    one = write(tmp_path / "one.ts", times=times)
    other = write(tmp_path / "other.ts", times=times[:45])
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() + other.read_bytes())
    clip = probe(joined)
    assert (clip.frames, clip.missing) == (60, 45)
    assert len(list(read_frames(clip))) == 60
    assert (probe(one).frames, probe(one).missing) == (60, 0)


def test_a_time_that_leaps_ahead_costs_one_frame(tmp_path: Path) -> None:
    times = [i / 30 for i in range(60)]
    times[20] += 50_000
    film = write(tmp_path / "leap.avi", "mjpeg", "yuvj420p", times[:20] + times[21:])
    assert probe(film).frames == 59
    frames = list(read_frames(probe(leapt(write(tmp_path / "one.ts", times=[i / 30 for i in range(60)]), 20))))
    assert len(frames) == 59
    assert frames[-1].time_s == pytest.approx(59 / 30, abs=1e-3)
    assert np.diff([f.time_s for f in frames]).max() == pytest.approx(2 / 30, abs=1e-3)


def leapt(film: Path, packet: int) -> Path:
    """A transport stream with the highest bit set in the times of one packet (ISO 13818-1, 2.4.3.7): 26 hours."""
    data, at = bytearray(film.read_bytes()), -1
    for _ in range(packet + 1):
        at = data.index(b"\x00\x00\x01\xe0", at + 1)
    data[at + 9] |= 0x08
    if data[at + 7] & 0x40:
        data[at + 14] |= 0x08
    film.write_bytes(data)
    return film


def test_a_clock_that_no_camera_has_is_said(tmp_path: Path) -> None:
    film = write(tmp_path / "slow.mkv", times=[5.0 * i for i in range(6)])
    with pytest.raises(ClipError, match=r"0\.2 pictures a second"):
        probe(film)
    assert probe(film, 30).capture_fps == 30


def test_writer_makes_a_film_that_browsers_play(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    times = [0.0, 0.02, 0.1, 0.15]
    with FilmWriter(path, 96, 64, 30) as film:
        for i, t in enumerate(times):
            film.write(picture(i), t)
        assert not path.exists(), "half-written film under its final name"
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "index must stand before the pictures"
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert [f.time_s for f in read_frames(probe(path))] == pytest.approx(times, abs=1e-4)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(96, 64), (98, 66)])
def test_yuv_pictures_are_those_in_colours(tmp_path: Path, degrees: int, size: tuple[int, int]) -> None:
    clip = probe(write(tmp_path / "turned.mp4", rotation=degrees))
    edge = max(size)
    for filmed, coloured in zip(
        read_frames(clip, order="yuv", long_edge=edge), read_frames(clip, order="bgr", long_edge=edge), strict=True
    ):
        assert yuv_size(filmed.image) == coloured.image.shape[1::-1]
        assert np.abs(to_bgr(filmed.image).astype(int) - coloured.image).mean() < 2


@pytest.mark.parametrize(("pix_fmt", "space", "span"), [("yuv420p", 5, 1), ("yuvj420p", 5, 2), ("yuv420p", 1, 1)])
def test_colours_survive_whatever_the_film_says_of_them(tmp_path: Path, pix_fmt: str, space: int, span: int) -> None:
    """BT.601 and BT.709, limited and full range: the YUV picture, and the film made of it, look like the BGR one."""
    path = tmp_path / "flat.mp4"
    colours = [(40, 40, 40), (235, 235, 235), (30, 60, 200), (60, 170, 40)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 96, 64, pix_fmt
        stream.codec_context.colorspace, stream.codec_context.color_range = space, span
        for k, colour in enumerate(colours):
            image = av.VideoFrame.from_ndarray(np.full((64, 96, 3), colour, np.uint8), format="bgr24")
            frame = image.reformat(format=pix_fmt, dst_colorspace=space, dst_color_range=span)
            frame.pts = k
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with FilmWriter(tmp_path / "again.mp4", 96, 64, 30) as film:
        for k, frame in enumerate(read_frames(probe(path), order="yuv")):
            assert np.abs(to_bgr(frame.image)[30, 40].astype(int) - colours[k]).max() <= 6
            film.write(frame.image, frame.time_s)
    for k, frame in enumerate(read_frames(probe(tmp_path / "again.mp4"), order="bgr")):
        assert np.abs(frame.image[30, 40].astype(int) - colours[k]).max() <= 8


def test_parts_of_a_picture_come_and_go() -> None:
    rng = np.random.default_rng(5)
    picture = rng.integers(0, 255, (66 * 3 // 2, 98), dtype=np.uint8)
    box = (10, 6, 52, 66)
    part = yuv_part(picture, box)
    assert yuv_size(part) == (42, 60)
    blank = yuv_blank(98, 66, (0, 0, 0))
    yuv_put(blank, part, 10, 6)
    assert (yuv_part(blank, box) == part).all()
    yuv_put(blank, yuv_part(picture, (0, 0, 98, 66)), 0, 0)
    assert (blank == picture).all()


def test_interrupted_writer_leaves_the_old_film(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), FilmWriter(path, 96, 64, 30) as film:
        film.write(picture(0), 0.0)
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.mp4"]


@pytest.mark.parametrize("fps", [0, -1, float("nan"), float("inf"), 1e9])
def test_impossible_capture_rate(tmp_path: Path, fps: float) -> None:
    with pytest.raises(ClipError, match="capture rate"):
        probe(write(tmp_path / "a.mp4"), fps)
