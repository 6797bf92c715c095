"""Single frames cut to the feet, as filmed: for eyes that decide when a foot touches or leaves the floor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.draw._film import _jpeg, _scale
from plumbline.pose import LEG, SIDES
from plumbline.video import read_frames, to_bgr, yuv_size

# The cut-out's size, as a share of body height, and its height in px.
SHARE, HEIGHT_PX = 0.30, 300
LONG_EDGE = 1920


def feet(analysis: Analysis, frames: Sequence[int]) -> dict[int, bytes]:
    """JPEG pictures of frames, all cut at one place: where the feet are in the middle one.

    Parameters
    ----------
    analysis : Analysis
    frames : sequence of int
        Numbers of neighbouring frames; those outside the clip are left out.

    Returns
    -------
    dict of bytes
        By number of the frame.
    """
    pose = analysis.tracks.pose
    wanted = [i for i in frames if 0 <= i < len(analysis.pose)]
    if not wanted:
        return {}
    middle = wanted[len(wanted) // 2]
    points = pose.in_picture(pose.raw[middle], middle)[[k for side in SIDES for k in LEG[side][2:]]]
    seen = points[np.isfinite(points).all(axis=1)]
    out = {}
    times = {i: float(analysis.tracks.time_s[i]) for i in wanted}
    for frame in read_frames(analysis.clip, order="yuv", long_edge=LONG_EDGE, only=times):
        if frame.index not in times:
            continue
        image = to_bgr(frame.image)
        if len(seen):
            scale = _scale(yuv_size(frame.image), analysis.clip)
            x0, y0, x1, y1 = _box(seen * scale, SHARE * pose.body_height_px * float(scale[1]), image.shape)
            image = image[y0:y1, x0:x1]
        out[frame.index] = _jpeg(image, HEIGHT_PX)
    return out


def _box(points: FloatArray, side: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a square about points (n, 2), inside a picture."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = max(side, 1.25 * float((high - low).max()), 16.0)
    size = np.array([min(side, shape[1]), min(side, shape[0])])
    corner = np.clip((low + high) / 2 - size / 2, 0, np.array([shape[1], shape[0]]) - size)
    left, top = np.round(corner).astype(int)
    right, bottom = np.round(corner + size).astype(int)
    return int(left), int(top), int(right), int(bottom)
