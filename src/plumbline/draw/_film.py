"""The annotated film, and stills of single frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.draw._cut import Cut
from plumbline.draw._overlay import annotate, canvas_size, closing_card, draw_figure
from plumbline.draw._scene import build_scenes
from plumbline.draw._style import Image, cv2
from plumbline.errors import PlumblineError
from plumbline.video import FilmWriter, fit_within, read_frames

FILM_LONG_EDGE = 1280
CARD_S = 3.0


def write_film(
    analysis: Analysis,
    path: Path,
    *,
    long_edge: int | None = FILM_LONG_EDGE,
    cut: Cut | None = None,
    on_frame: Callable[[int], None] | None = None,
) -> None:
    """Write the annotated film (H.264, yuv420p), on the source's own clock unless slowed.

    Parameters
    ----------
    analysis : Analysis
    path : Path
        Ends in `.mp4`.
    long_edge : int or None
        Largest size in px; None keeps the source's.
    cut : Cut, optional
        What of the film, and in which shape; all of it by default.
    on_frame : callable, optional
        Called with the number of frames done.

    Raises
    ------
    SettingsError
        When the cut asks for reps that the clip does not hold.
    """
    clip, scenes, cut = analysis.clip, build_scenes(analysis), cut or Cut()
    start_s, end_s = cut.span(analysis)
    width, height = fit_within(clip.width, clip.height, long_edge)
    scale = np.array([width / clip.width, height / clip.height])
    window = cut.window(analysis, width, height)
    shown: Image | None = None
    shown_s = 0.0
    with FilmWriter(path, *canvas_size(*window.size), clip.container_fps) as film:
        for frame in read_frames(clip, long_edge=long_edge, order="bgr"):
            if frame.index >= len(scenes) or frame.time_s > end_s:
                break
            if on_frame is not None:
                on_frame(frame.index + 1)
            if frame.time_s < start_s:
                continue
            shown_s = (frame.time_s - start_s) / clip.time_scale * cut.slower
            picture = np.ascontiguousarray(frame.image)
            if cut.figure:
                draw_figure(picture, scenes.frame(frame.index), scale)
            shown = annotate(window.of(picture, frame.index), scenes, frame.index, cut.line)
            film.write(shown, shown_s)
        if shown is not None and cut.reps is None:
            step = 1 / clip.container_fps
            card = closing_card(shown, scenes)
            for k in range(1, max(2, round(CARD_S / step)) + 1):
                film.write(card, shown_s + k * step)


def stills(analysis: Analysis, times_s: list[float], height_px: int = 420) -> list[bytes]:
    """JPEG pictures of the first frames at or after the given times, with the line drawn.

    Each picture is cut to the athlete. Decodes the film once.
    """
    t = analysis.tracks.time_s
    wanted = [min(int(np.searchsorted(t, x)), len(t) - 1) for x in times_s]
    scenes = build_scenes(analysis)
    out: dict[int, bytes] = {}
    if not wanted:
        return []
    clip = analysis.clip
    for frame in read_frames(clip, order="bgr", long_edge=FILM_LONG_EDGE, only=set(wanted)):
        image = np.ascontiguousarray(frame.image)
        scale = np.array([image.shape[1] / clip.width, image.shape[0] / clip.height])
        draw_figure(image, replace(scenes.frame(frame.index), contact=True), scale)
        pose = analysis.tracks.pose
        seen = pose.in_picture(pose.raw[frame.index], frame.index) * scale
        out[frame.index] = _jpeg(_crop(image, seen), height_px)
        if frame.index >= max(wanted):
            break
    return [out[i] for i in wanted if i in out]


def _crop(image: Image, points: NDArray[np.float64]) -> Image:
    """The athlete with some room around, in a 3:4 picture."""
    h, w = image.shape[:2]
    seen = points[np.isfinite(points).all(axis=1)]
    if len(seen) == 0:
        return image
    low, high = seen.min(axis=0), seen.max(axis=0)
    tall = min(1.25 * float(high[1] - low[1]) + 20, h)
    wide = min(max(0.75 * tall, 1.2 * float(high[0] - low[0])), w)
    cx, cy = (low + high) / 2
    x0 = round(float(np.clip(cx - wide / 2, 0, w - wide)))
    y0 = round(float(np.clip(cy - tall / 2, 0, h - tall)))
    return image[y0 : y0 + max(round(tall), 2), x0 : x0 + max(round(wide), 2)]


def _jpeg(image: Image, height_px: int) -> bytes:
    width = max(2, round(image.shape[1] * height_px / image.shape[0]))
    small = cv2.resize(image, (width, height_px), interpolation=cv2.INTER_AREA)
    ok, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 82])
    if not ok:
        raise PlumblineError("a still picture could not be encoded.")
    return bytes(data)
