"""A film decoded. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from plumbline.decoding._change import Change
from plumbline.decoding._facts import Order, Picture, Way
from plumbline.decoding._fields import fields
from plumbline.decoding._open import allow, decoded, open_film
from plumbline.decoding._settings import DECODING
from plumbline.errors import ClipError

# Where every packet has its time, so that its frame can be told before it is decoded.
TIMED = {"mov", "mp4", "matroska", "webm"}


class _Wanted:
    """The frames that are asked for, by their times; `begin_s` is the file's time of the first frame."""

    def __init__(self, frames: dict[int, float]) -> None:
        self._indices = sorted(frames, key=frames.__getitem__)
        self._times = np.array([frames[i] for i in self._indices], float)
        self.begin_s: float | None = None

    def index(self, time_s: float) -> int | None:
        """Which of them has this time."""
        place = int(np.searchsorted(self._times, time_s - DECODING.same_time_s))
        here = place < len(self._times) and self._times[place] <= time_s + DECODING.same_time_s
        return self._indices[place] if here else None

    def over(self, time_s: float) -> bool:
        """Whether none of them comes after this time."""
        return len(self._times) == 0 or time_s + DECODING.same_time_s >= self._times[-1]

    def idle(self, packet: av.Packet[VideoStream]) -> bool:
        """Whether nobody asks for a packet's frame; not known before the first frame's time is."""
        if self.begin_s is None or packet.pts is None:
            return False
        return self.index(float(packet.pts * packet.time_base) - self.begin_s) is None


class _Scaler:
    """Brings frames to one size and order of colours.

    Scaling as it was filmed (YUV) and turning the small picture into colours costs a third of
    doing both at once.
    """

    def __init__(self, width: int, height: int, order: Order) -> None:
        self._size, self._order = (width, height), order
        self._scale, self._colour = VideoReformatter(), VideoReformatter()

    def picture(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        """The frame's picture, shaped as `shape_of` has it."""
        if self._order == "yuv":
            small = self._scale.reformat(
                frame,
                *self._size,
                format="yuv420p",
                interpolation="AREA",
                dst_colorspace=Colorspace.ITU601,
                dst_color_range=ColorRange.MPEG,
            )
            return small.to_ndarray().astype(np.uint8, copy=False)
        # The "j" formats use the full range of values, and must keep it until they are in colours.
        filmed = "yuvj420p" if frame.format.name.startswith("yuvj") else "yuv420p"
        small = self._scale.reformat(frame, *self._size, format=filmed, interpolation="AREA")
        small = self._colour.reformat(small, format=f"{self._order}24", interpolation="POINT")
        return small.to_ndarray().astype(np.uint8, copy=False)


def _frames(
    container: InputContainer, stream: VideoStream, way: Way, wanted: _Wanted | None
) -> Iterator[av.VideoFrame]:
    """All frames but idle ones that no other refers to: in films of x264 about half, and half the time."""
    whole = _decoded(container, stream, None if way.fields or way.grid else wanted)
    return fields(whole, stream, way.fields) if way.fields else whole


def _decoded(container: InputContainer, stream: VideoStream, wanted: _Wanted | None) -> Iterator[av.VideoFrame]:
    exact = stream.codec_context.name == "h264" and not TIMED.isdisjoint(container.format.name.split(","))

    def packets() -> Iterator[av.Packet[VideoStream]]:
        for packet in container.demux(stream):
            if wanted is not None and exact:
                stream.codec_context.skip_frame = "NONREF" if wanted.idle(packet) else "DEFAULT"
            yield packet

    return decoded(packets())


def _in_order(frames: Iterable[av.VideoFrame], way: Way) -> Iterator[tuple[av.VideoFrame, float]]:
    """Frames with their times in the file, s, each after the one before.

    One that is not is passed over; so is one whose time leaps ahead of that of the next.
    """
    last, held = -np.inf, None
    for frame, stamp in _stamped(frames, way):
        if held is None or last < stamp < held[1]:
            held = frame, stamp
        elif stamp > held[1]:
            yield held
            last, held = held[1], (frame, stamp)
    if held is not None:
        yield held


def _stamped(frames: Iterable[av.VideoFrame], way: Way) -> Iterator[tuple[av.VideoFrame, float]]:
    """Frames with the times that the file gives them, s."""
    last = -np.inf
    for frame in frames:
        stamp = last + way.step_s
        if way.clock and frame.pts is not None:
            stamp = float(frame.pts * (frame.time_base or 0))
        if not np.isfinite(stamp):
            stamp = 0.0
        if way.grid is not None:
            offset, step = way.grid
            stamp = offset + round((stamp - offset) / step) * step
        last = stamp
        yield frame, stamp


def _check_shape(frame: av.VideoFrame, first: float, stamp_s: float, path: Path) -> float:
    """Width over height of the first frame, as stored.

    Raises
    ------
    ClipError
        When this one is of another shape, or too large.
    """
    allow(frame.width, frame.height, path)
    now = frame.width / frame.height
    if first and abs(now / first - 1) > DECODING.other_shape_share:
        raise ClipError(
            "{path} changes the shape of its picture {stamp_s:.1f} s after the start: cut the film there and give "
            "each part on its own.",
            path=path,
            stamp_s=stamp_s,
        )
    return first or now


def decode(
    path: Path, width: int, height: int, order: Order, way: Way, only: dict[int, float] | None
) -> Iterator[Picture | None]:
    """Decode a film picture by picture, as stored; memory does not grow with its length.

    Parameters
    ----------
    path : Path
    width, height : int
        Size that every picture is brought to.
    order : "rgb", "bgr" or "yuv"
    way : Way
        From the file's facts.
    only : dict of int to float, optional
        Pictures to yield and their times, as an earlier pass over the whole film gave them. Others are decoded
        where these need them, and come as None.

    Raises
    ------
    ClipError
        When not a single frame can be decoded, or the picture changes its shape.
    """
    scaler, change = _Scaler(width, height, order), Change()
    wanted = None if only is None else _Wanted(only)
    first, shape, count = 0.0, 0.0, 0
    with open_film(path) as container:
        stream = container.streams[way.track]
        assert isinstance(stream, VideoStream)
        stream.thread_type = "AUTO"
        try:
            for frame, stamp in _in_order(_frames(container, stream, way, wanted), way):
                first = first if count else stamp
                if wanted is not None:
                    wanted.begin_s = first
                index = count if wanted is None else wanted.index(stamp - first)
                count += 1
                if index is None:
                    yield None
                    continue
                shape = _check_shape(frame, shape, stamp - first, path)
                changed = change.of(frame) if wanted is None else float("nan")
                yield Picture(index, stamp - first, scaler.picture(frame), changed)
                if wanted is not None and wanted.over(stamp - first):
                    return
        except (av.error.FFmpegError, ValueError) as error:
            if count == 0:
                raise ClipError(
                    "{path} cannot be decoded: the file is damaged. Copy it again from the phone.", path=path
                ) from error
    if count == 0:
        raise ClipError("{path} holds no frames: the recording is empty or cut off.", path=path)
