"""Frames of a film, upright, scaled on decode, each with its presentation time."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray

from plumbline.errors import ClipError
from plumbline.video._probe import ClipInfo, open_container, video_stream

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Frame:
    """One frame: its place in decoding order, its real time in s, its picture."""

    index: int
    time_s: float
    image: Image


def fit_within(width: int, height: int, long_edge: int | None) -> tuple[int, int]:
    """Even size with the same shape whose longer edge is at most `long_edge` px."""
    scale = 1.0 if long_edge is None else min(1.0, long_edge / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _upright(image: Image, rotation_deg: int) -> Image:
    if rotation_deg == 0:
        return image
    return np.ascontiguousarray(np.rot90(image, k=-rotation_deg // 90))


def _picture(frame: av.VideoFrame, width: int, height: int, order: Literal["rgb", "bgr"]) -> Image:
    """A frame scaled and in colours.

    Scaling as it was filmed (YUV) and turning the small picture into colours costs a third of
    doing both at once.
    """
    # The "j" formats use the full range of values, and must keep it.
    filmed = "yuvj420p" if frame.format.name.startswith("yuvj") else "yuv420p"
    small = frame.reformat(width, height, format=filmed, interpolation="AREA")
    return small.reformat(format=f"{order}24", interpolation="POINT").to_ndarray().astype(np.uint8, copy=False)


def read_frames(
    clip: ClipInfo,
    *,
    long_edge: int | None = None,
    order: Literal["rgb", "bgr"] = "rgb",
    only: Container[int] | None = None,
) -> Iterator[Frame]:
    """Decode a film frame by frame; memory does not grow with its length.

    Frames whose time stamp does not lie after the previous one are passed over; a
    missing stamp is replaced by one frame interval. A file that breaks off in the
    middle yields what can be decoded.

    Parameters
    ----------
    clip : ClipInfo
        From `probe`; its `time_scale` turns file time into real time.
    long_edge : int, optional
        Scale down on decode so that the longer edge has at most this many px.
    order : {"rgb", "bgr"}
    only : container of int, optional
        Frames to yield; the others are decoded, which later ones need, and nothing more.

    Yields
    ------
    Frame
        `time_s` starts at 0 with the first frame.

    Raises
    ------
    ClipError
        When not a single frame can be decoded.
    """
    step = 1 / clip.container_fps
    turned = clip.rotation_deg in (90, 270)
    width, height = fit_within(clip.width, clip.height, long_edge)
    if turned:
        width, height = height, width
    first: float | None = None
    last, index = -np.inf, 0
    with open_container(clip.path) as container:
        stream = video_stream(container, clip.path)
        stream.thread_type = "AUTO"
        try:
            for frame in container.decode(stream):
                stamp = last + step if frame.pts is None else float(frame.pts * (frame.time_base or 0))
                if not np.isfinite(stamp):
                    stamp = 0.0
                if first is None:
                    first = stamp
                if stamp <= last:
                    continue
                last = stamp
                if only is None or index in only:
                    image = _upright(_picture(frame, width, height, order), clip.rotation_deg)
                    yield Frame(index, (stamp - first) * clip.time_scale, image)
                index += 1
        except (av.error.FFmpegError, ValueError, MemoryError) as error:
            if index == 0:
                raise ClipError(
                    f"{clip.path} cannot be decoded: the file is damaged. Copy it again from the phone."
                ) from error
    if index == 0:
        raise ClipError(f"{clip.path} holds no frames: the recording is empty or cut off.")
