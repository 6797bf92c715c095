"""The annotated film, and stills of single frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.clip import ClipInfo
from plumbline.draw._cut import Cut
from plumbline.draw._overlay import annotate, canvas_size, draw_figure, draw_figure_in_film, header_rows
from plumbline.draw._scene import Scenes, build_scenes
from plumbline.draw._style import Image, cv2
from plumbline.errors import PlumblineError, SettingsError
from plumbline.machine import give_back_memory
from plumbline.pose import LEG, Glimpse
from plumbline.video import FilmWriter, fit_within, read_frames, to_bgr, yuv_size

FILM_LONG_EDGE = 1280
# As good as x264's "superfast" at 23 in half its time, in files about 1.7 times as large.
PRESET, QUALITY = "ultrafast", 25


class Stills:
    """JPEG pictures of a few frames, cut to the athlete, with the line drawn.

    Parameters
    ----------
    scenes : Scenes
    times_s : list of float
        The first frame at or after each is taken.
    height_px : int
    """

    def __init__(self, scenes: Scenes, times_s: list[float], height_px: int = 420) -> None:
        t = scenes.analysis.tracks.time_s
        self._wanted = [min(int(np.searchsorted(t, x)), len(t) - 1) for x in times_s]
        self._scenes, self._height_px = scenes, height_px
        self._taken: dict[int, bytes] = {}

    @property
    def frames(self) -> set[int]:
        """The frames to look at."""
        return set(self._wanted)

    @property
    def pictures(self) -> list[bytes]:
        """What was taken, in the order of the times; a grey one stands for a frame that cannot be read."""
        if not self._taken:
            return []
        grey = _jpeg(np.full((self._height_px, self._height_px * 3 // 4, 3), 128, np.uint8), self._height_px)
        return [self._taken.get(i, grey) for i in self._wanted]

    def look(self, i: int, picture: Image) -> None:
        """Take frame i (YUV, of any size, not drawn on) if it is one of them."""
        if i in self.frames:
            self.take(i, to_bgr(picture))

    def take(self, i: int, image: Image) -> None:
        """Take frame i, whose picture (BGR, of any size, not drawn on) is drawn on."""
        analysis = self._scenes.analysis
        scale = _scale((image.shape[1], image.shape[0]), analysis.clip)
        draw_figure(image, replace(self._scenes.frame(i), contact=True), scale)
        pose = analysis.tracks.pose
        seen = pose.in_picture(pose.raw[i], i) * scale
        self._taken[i] = _jpeg(_crop(image, seen), self._height_px)


def _scale(size: tuple[int, int], clip: ClipInfo) -> FloatArray:
    """Px of a picture of this width and height per px of the full-size one (2,)."""
    return np.array(size) / [clip.width, clip.height]


def _picture(glimpse: Glimpse) -> Image:
    """The whole picture (h, w, 3), BGR, black around what was kept of it."""
    part = cv2.imdecode(np.frombuffer(glimpse.jpeg, np.uint8), cv2.IMREAD_COLOR)
    width, height = glimpse.whole
    whole = np.zeros((height, width, 3), np.uint8)
    place = whole[glimpse.top : glimpse.top + part.shape[0], glimpse.left : glimpse.left + part.shape[1]]
    place[:] = part[: place.shape[0], : place.shape[1]]
    return whole


def stills(analysis: Analysis, times_s: list[float]) -> list[bytes]:
    """Pictures of the first frames at or after the given times; see `Stills`.

    Of the footage's glimpses where they were kept; the film is decoded for others only.

    Parameters
    ----------
    analysis : Analysis
        Of a film that is still there.
    times_s : list of float
        Real times.

    Returns
    -------
    list of bytes
        JPEG, in the order of the times.
    """
    wanted = Stills(build_scenes(analysis), times_s)
    kept = analysis.footage.glimpses
    for i in wanted.frames & kept.keys():
        wanted.take(i, _picture(kept[i]))
    times = {i: float(analysis.tracks.time_s[i]) for i in wanted.frames - kept.keys()}
    if times:
        for frame in read_frames(analysis.clip, order="yuv", long_edge=FILM_LONG_EDGE, only=times):
            wanted.look(frame.index, frame.image)
        give_back_memory()  # the pictures are gone; the report's texts take their place
    return wanted.pictures


def write_film(
    analysis: Analysis,
    path: Path,
    *,
    long_edge: int | None = FILM_LONG_EDGE,
    cut: Cut | None = None,
    stills_s: list[float] | None = None,
    on_frame: Callable[[int], None] | None = None,
) -> list[bytes]:
    """Write the annotated film (H.264, yuv420p), on the source's own clock unless slowed.

    Parameters
    ----------
    analysis : Analysis
    path : Path
        Ends in `.mp4`.
    long_edge : int or None
        Longer edge of the picture in px; None keeps the source's.
    cut : Cut, optional
        What of the film, and in which shape; all of it by default.
    stills_s : list of float, optional
        Instants of which stills are taken on the way, as `stills` does.
    on_frame : callable, optional
        Called with the number of frames done.

    Returns
    -------
    list of bytes
        The stills.

    Raises
    ------
    SettingsError
        When the cut asks for reps that the clip does not hold.
    """
    clip, scenes, cut = analysis.clip, build_scenes(analysis), cut or Cut()
    wanted = Stills(scenes, stills_s or [])
    start_s, end_s = cut.span(analysis)
    begin_s = float(clip.film_s(start_s))
    window = cut.window(analysis, *fit_within(clip.width, clip.height, long_edge))
    logo = read_logo(cut.logo) if cut.logo is not None else None
    with FilmWriter(path, *canvas_size(*window.size), clip.container_fps, crf=QUALITY, preset=PRESET) as film:
        for frame in read_frames(clip, long_edge=long_edge, order="yuv"):
            if frame.index >= len(scenes) or frame.time_s > end_s:
                break
            if on_frame is not None:
                on_frame(frame.index + 1)
            if frame.time_s < start_s:
                continue
            wanted.look(frame.index, frame.image)
            shown_s = float(clip.film_s(frame.time_s) - begin_s) * cut.slower
            if cut.figure:
                scale = _scale(yuv_size(frame.image), clip)
                draw_figure_in_film(frame.image, scenes.frame(frame.index), scale)
            shown = annotate(window.of(frame.image, frame.index), scenes, frame.index, cut.line, logo)
            film.write(shown, shown_s)
    give_back_memory()  # the encoder is closed; the report's texts take its place
    return wanted.pictures


def place_in_film(analysis: Analysis, time_s: float) -> dict[str, float] | None:
    """Where the athlete is in the annotated film.

    Parameters
    ----------
    analysis : Analysis
    time_s : float
        Real time.

    Returns
    -------
    dict or None
        Near ankle's `x` and `y` and the body's `height`, as shares of the film's width and height, and its
        `aspect` ratio; None where the ankle is not seen.
    """
    tracks = analysis.tracks
    i = min(int(np.searchsorted(tracks.time_s, time_s)), len(tracks.time_s) - 1)
    ankle = tracks.pose.in_picture(tracks.pose.xy[i, [LEG[tracks.camera.near_side][2]]], i)[0]
    width, height = fit_within(analysis.clip.width, analysis.clip.height, FILM_LONG_EDGE)
    wide, tall = canvas_size(width, height)
    scale = width / analysis.clip.width
    x, y = ankle * scale
    if not (np.isfinite(ankle).all() and np.isfinite(tracks.pose.body_height_px)):
        return None
    top = header_rows(width, height)
    body = tracks.pose.body_height_px * scale
    return {"x": float(x / wide), "y": float((y + top) / tall), "height": float(body / tall), "aspect": wide / tall}


def read_logo(data: bytes) -> Image:
    """A picture file's content `data` as (h, w, 4) uint8: BGR and coverage.

    Raises
    ------
    SettingsError
        When it is no picture that can be read.
    """
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if found is not None and found.dtype == np.uint16:
        found = (found // 257).astype(np.uint8)
    if found is None or found.dtype != np.uint8:
        raise SettingsError("the logo is not a picture that can be read: give a PNG or JPEG.")
    if found.ndim == 2:
        found = cv2.cvtColor(found, cv2.COLOR_GRAY2BGR)
    return np.asarray(found if found.shape[2] == 4 else cv2.cvtColor(found, cv2.COLOR_BGR2BGRA), np.uint8)


def _crop(image: Image, points: FloatArray) -> Image:
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
