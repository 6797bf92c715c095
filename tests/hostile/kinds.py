"""Films of the kinds that phones, camcorders and editors write, with a bar whose place at each instant is known.

The bar's middle stands at `where(t)` of the upright picture's width; a bright mark in the upper left
corner and a grey one in the upper right tell turned and mirrored pictures apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import av
import av.filter
import numpy as np

WIDTH, HEIGHT = 160, 96
BAR = 12


def where(t: float) -> float:
    """The bar's middle, as a share of the width: it swings, so that it also stands still for an instant."""
    return 0.5 + 0.3 * float(np.sin(2 * np.pi * t / 0.9))


def picture(t: float, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """The upright picture of an instant, grey (h, w)."""
    x = np.arange(width)
    across = np.clip(BAR / 2 * width / WIDTH + 0.5 - np.abs(x - where(t) * width), 0, 1)
    out = np.repeat((40 + 190 * across)[None], height, axis=0)
    out[: height // 4] = 40
    out[: height // 4, : width // 5] = 235
    out[: height // 4, -width // 5 :] = 130
    return out.astype(np.uint8)


def seen(image: np.ndarray) -> float:
    """Where the bar stands in an RGB picture, as a share of the width."""
    rows = image[image.shape[0] // 2 :].mean(axis=(0, 2)) - 45
    weight = np.clip(rows, 0, None)
    return float((weight * (np.arange(len(weight)) + 0.5)).sum() / weight.sum() / len(weight))


def write(
    path: Path,
    pictures: Iterable[np.ndarray],
    fps: Fraction | int,
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    pixel: Fraction | None = None,
    through: Callable[[av.VideoFrame], av.VideoFrame] = lambda frame: frame,
) -> Path:
    """Encode grey or RGB pictures at an even rate."""
    with av.open(str(path), "w") as out:
        stream = None
        for k, image in enumerate(pictures):
            if stream is None:
                # Macroblock trees read memory that differs from run to run, and with it the film.
                same = {"x264-params": "mbtree=0"} if codec == "libx264" else {}
                stream = out.add_stream(codec, rate=fps, options={"crf": "12", **same, **(options or {})})
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
                if pixel is not None:
                    stream.codec_context.sample_aspect_ratio = pixel
            kind = "gray" if image.ndim == 2 else "rgb24"
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format=kind).reformat(format=stream.pix_fmt)
            frame = through(frame)
            frame.pts, frame.time_base = k, 1 / Fraction(fps)
            out.mux(stream.encode(frame))
        assert stream is not None
        out.mux(stream.encode(None))
    return path


def times(fps: float, seconds: float = 3.0) -> np.ndarray:
    """Instants of a film."""
    return np.arange(round(seconds * fps)) / fps


def anamorphic(path: Path) -> Path:
    """Stored at three quarters of its width: each pixel is 4:3."""
    return write(path, (picture(t, WIDTH * 3 // 4) for t in times(30)), 30, pixel=Fraction(4, 3))


def interlaced(path: Path, top_first: bool = True, marked: str | None = "truly") -> Path:
    """25 frames, 50 instants a second; marked as they are, "tff", "bff", or not at all."""
    frames = [woven(picture(t), picture(t + 1 / 50), top_first) for t in times(25)]
    if marked is None:
        return write(path, frames, 25)
    order = ("tff" if top_first else "bff") if marked == "truly" else marked
    return write(path, frames, 25, options={"flags": "+ilme+ildct"}, through=flagged(order))


def woven(first: np.ndarray, second: np.ndarray, top_first: bool = True) -> np.ndarray:
    """A frame whose lines are in turn those of two instants."""
    frame, start = first.copy(), 1 if top_first else 0
    frame[start::2] = second[start::2]
    return frame


def cinema_in_fields(path: Path) -> Path:
    """24 pictures a second as 60 fields: each is shown for two fields and three in turn."""
    shown = [picture(np.floor(t * 24 + 1e-9) / 24) for t in times(60)]
    frames = (woven(*pair) for pair in zip(shown[::2], shown[1::2], strict=True))
    return write(path, frames, 30, options={"flags": "+ilme+ildct"}, through=flagged("tff"))


def whole_but_marked(path: Path) -> Path:
    """25 whole frames a second, each marked as two fields."""
    return write(path, map(picture, times(25)), 25, options={"flags": "+ilme+ildct"}, through=flagged("tff"))


def flagged(order: str, width: int = WIDTH, height: int = HEIGHT) -> Callable[[av.VideoFrame], av.VideoFrame]:
    """A filter that notes the order of fields in each frame, which the encoder goes by."""
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format="yuv420p", time_base=Fraction(1, 25))
    noted, sink = graph.add("setfield", order), graph.add("buffersink")
    source.link_to(noted)
    noted.link_to(sink)
    graph.configure()

    def through(frame: av.VideoFrame) -> av.VideoFrame:
        graph.vpush(frame)
        return graph.vpull()

    return through


def rounded(path: Path, fps: Fraction | int) -> Path:
    """A file that counts in milliseconds (by its ending)."""
    return write(path, (picture(t) for t in times(float(fps))), fps)


def repeated(path: Path, real: int, stored: int) -> Path:
    """Each stored picture shows the last instant of the real rate."""
    return write(path, (picture(np.floor(t * real + 1e-9) / real) for t in times(stored)), stored)


def plain(path: Path, fps: int) -> Path:
    """A film as it should be."""
    return write(path, (picture(t) for t in times(fps)), fps)


def two_films(path: Path) -> Path:
    """A preview first, the film second."""
    with av.open(str(path), "w") as out:
        lanes = []
        for w, h in ((WIDTH // 2, HEIGHT // 2), (WIDTH, HEIGHT)):
            stream = out.add_stream("libx264", rate=30)
            stream.width, stream.height, stream.pix_fmt = w, h, "yuv420p"
            lanes.append(stream)
        for k, t in enumerate(times(30)):
            for stream in lanes:
                image = picture(t, stream.width, stream.height)
                frame = av.VideoFrame.from_ndarray(image, format="gray").reformat(format="yuv420p")
                frame.pts, frame.time_base = k, Fraction(1, 30)
                out.mux(stream.encode(frame))
        for stream in lanes:
            out.mux(stream.encode(None))
    return path


def reshaped(path: Path) -> Path:
    """A raw stream whose picture changes from lying to standing half-way."""
    parts = []
    for size in ((WIDTH, HEIGHT), (HEIGHT, WIDTH)):
        part = write(path.with_name(f"{size[0]}.h264"), (picture(t, *size) for t in times(30, 1)), 30)
        parts.append(part.read_bytes())
        part.unlink()
    path.write_bytes(b"".join(parts))
    return path


def all_kinds(folder: Path) -> Iterable[Path]:
    """One film of each kind."""
    yield anamorphic(folder / "anamorphic.mp4")
    yield interlaced(folder / "top_first.ts")
    yield interlaced(folder / "bottom_first.mts", top_first=False)
    yield interlaced(folder / "not_marked.mp4", marked=None)
    yield interlaced(folder / "marked_wrong.ts", marked="bff")
    yield whole_but_marked(folder / "whole_but_marked.ts")
    yield rounded(folder / "rounded_60.mkv", 60)
    yield rounded(folder / "rounded_120.mkv", 120)
    yield repeated(folder / "stored_twice.mp4", 30, 60)
    yield repeated(folder / "cinema.mp4", 24, 30)
    yield cinema_in_fields(folder / "cinema_in_fields.ts")
    yield two_films(folder / "two_films.mkv")
    yield reshaped(folder / "reshaped.h264")
    yield plain(folder / "camcorder.m2ts", 50)
    yield plain(folder / "bare.h264", 60)
    yield write(folder / "no_clock.mjpeg", map(picture, times(30, 1)), 30, codec="mjpeg")
    yield write(folder / "one_frame.mp4", [picture(0)], 60)
    yield from edited(folder)


def edited(folder: Path) -> Iterable[Path]:
    """Films that were edited, and pictures that mislead: short ones, since what matters is that they are answered."""
    short = [picture(t) for t in times(30, 1.2)]
    dark = np.random.default_rng(1).integers(0, 8, (len(short), HEIGHT, WIDTH))
    yield write(folder / "motion_jpeg.avi", short, 30, codec="mjpeg")
    yield write(folder / "dark.mp4", (d.astype(np.uint8) + p // 12 for d, p in zip(dark, short, strict=True)), 30)
    yield write(folder / "letterbox.mp4", (np.pad(p, ((32, 32), (0, 0))) for p in short), 30)
    yield write(folder / "mirror_beside.mp4", (np.hstack([p, p[:, ::-1]]) for p in short), 30)
    yield write(folder / "in_step.mp4", (np.hstack([p, p]) for p in short), 30)
    yield write(folder / "in_a_corner.mp4", (np.pad(p, ((200, 20), (300, 20)), constant_values=90) for p in short), 30)
    yield write(folder / "still_first.mp4", [short[0]] * 45 + short, 30)
    yield write(folder / "title_first.mp4", [np.full_like(short[0], 16)] * 30 + short, 30)
    yield write(folder / "there_and_back.mp4", short + short[::-1], 30)
    yield write(folder / "two_takes.mp4", short + [p[:, ::-1] for p in short], 30)
    yield write(folder / "ramped.mp4", short[::4] + short + short[::4], 30)
