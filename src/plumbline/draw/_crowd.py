"""A picture of everybody in a film, with where each one is: to pick the athlete in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.analysis import Analysis
from plumbline.draw._film import FILM_LONG_EDGE, _jpeg
from plumbline.video import read_frames, to_bgr

HEIGHT_PX = 540


@dataclass(frozen=True)
class Crowd:
    """One frame.

    Attributes
    ----------
    picture : bytes
        JPEG.
    boxes : dict
        Number of a person, from 1, to left, top, width and height as shares of the picture.
    """

    picture: bytes
    boxes: dict[int, tuple[float, float, float, float]]


def crowd_of(analysis: Analysis) -> Crowd:
    """The frame of `analysis` that shows most people."""
    people = analysis.footage.people
    seen = np.isfinite(people.xy[..., 0]).any(axis=2)
    frame = int(np.argmax(seen.sum(axis=0)))
    size = np.array([people.width, people.height])
    boxes = {}
    for k in np.flatnonzero(seen[:, frame]):
        points = people.xy[k, frame] / size
        low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
        low, high = np.clip(low - 0.02, 0, 1), np.clip(high + 0.02, 0, 1)
        boxes[int(k) + 1] = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    wanted = {frame: float(analysis.tracks.time_s[frame])}
    for picture in read_frames(analysis.clip, order="yuv", long_edge=FILM_LONG_EDGE, only=wanted):
        if picture.index == frame:
            return Crowd(_jpeg(to_bgr(picture.image), HEIGHT_PX), boxes)
    return Crowd(b"", {})
