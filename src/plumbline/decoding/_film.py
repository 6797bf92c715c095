"""A film file opened, looked into and decoded. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from plumbline.decoding._facts import Facts, Order, Picture
from plumbline.errors import ClipError

# Tags in which phones note the rate at which a slow-motion film was captured.
# Apple's own slow-motion originals keep real time stamps and need none.
CAPTURE_FPS_TAGS = (
    "com.android.capture.fps",
    "com.apple.quicktime.capture.fps",
    "com.apple.quicktime.capture-fps",
)
STILL_FORMATS = ("image2", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "gif_pipe")
# What cameras and phones write, and pictures, to say that they are some. Play lists are left
# out: they make the decoder open other files.
FORMATS = (
    *("mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "flv"),
    *("asf", "ogg", "mxf", "dv", "h264", "hevc", "m4v", "mjpeg", "mpjpeg", "ivf", "gif", "yuv4mpegpipe"),
    *("mp3", "wav", "aac", "flac"),
    *STILL_FORMATS,
)
# Larger than any camera's picture, in px; longer than any set: an hour at 60 frames per second.
MAX_PIXELS, MAX_PACKETS, MAX_STREAMS = 8192 * 8192, 216_000, 64

# Where every packet has its time, so that its frame can be told before it is decoded.
TIMED = {"mov", "mp4", "matroska", "webm"}
# Times of a frame in two passes over a film are closer than this, those of two frames further apart.
SAME_S = 1e-5


def open_film(path: Path) -> InputContainer:
    """Open a film for reading; no other file and no address is opened for it.

    Raises
    ------
    ClipError
        When the file is missing, unreadable, empty or not a film.
    """
    try:
        with path.open("rb") as handle:
            head = handle.read(1)
    except FileNotFoundError:
        raise ClipError(f"{path} does not exist: check the path.") from None
    except IsADirectoryError:
        raise ClipError(f"{path} is a folder: give the path of one video file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is none that a file can have"
        raise ClipError(f"{path} cannot be read: {reason}.") from error
    if not head:
        raise ClipError(f"{path} is empty (0 bytes): copy the film again from the phone.")
    alone = {"protocol_whitelist": "file", "format_whitelist": ",".join(FORMATS)}
    try:
        container = av.open(f"file:{path.absolute()}", options=alone)
    except (av.error.FFmpegError, ValueError) as error:
        raise ClipError(
            f"{path} is not a film that can be opened, or it is cut off: "
            "export it again as MP4, or copy it again from the phone."
        ) from error
    if len(container.streams) > MAX_STREAMS:
        container.close()
        raise ClipError(f"{path} holds more than {MAX_STREAMS} streams: export the film itself as MP4.")
    return container


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the first real video stream (cover pictures are passed over).

    Raises
    ------
    ClipError
        When there is none, the file is a still picture, or its pictures are too large.
    """
    if any(name in STILL_FORMATS for name in container.format.name.split(",")):
        raise ClipError(f"{path} is a picture, not a film: record a video of the drill.")
    for stream in container.streams.video:
        attached = stream.disposition & av.stream.Disposition.attached_pic
        if not attached and stream.codec_context is not None and stream.width and stream.height:
            _allow(stream.width, stream.height, path)
            return stream
    raise ClipError(f"{path} holds no video, only other streams: choose the film itself.")


def _allow(width: int, height: int, path: Path) -> None:
    if width * height > MAX_PIXELS:
        raise ClipError(f"{path} has pictures of {width} × {height} px, more than is possible: export it in 4K.")


def look_into(path: Path) -> Facts:
    """Read what a file says of itself, and decode its first frame.

    Raises
    ------
    ClipError
        When it is not a film that can be decoded.
    """
    with open_film(path) as container:
        stream = video_stream(container, path)
        tagged = _tagged_fps(container, stream)
        nominal = float(stream.average_rate or stream.guessed_rate or 0)
        times = _packet_times(container, stream, path)
    return Facts(*_first_frame(path), nominal, tagged, times)


def _packet_times(container: InputContainer, stream: VideoStream, path: Path) -> NDArray[np.float64]:
    times: list[float] = []
    base = float(stream.time_base or 0) or 1 / 90000
    try:
        for packet in container.demux(stream):
            stamp = packet.pts if packet.pts is not None else packet.dts
            if stamp is not None and packet.size:
                times.append(stamp * base)
            if len(times) > MAX_PACKETS:
                raise ClipError(f"{path} has more than {MAX_PACKETS:,} frames: cut it to the drill.")
    except av.error.FFmpegError:
        pass  # a cut-off file: what could be read counts
    return np.unique(np.array(times, float))


def _first_frame(path: Path) -> tuple[int, int, int]:
    """Stored width, height and rotation of the first frame that decodes."""
    with open_film(path) as container:
        stream = video_stream(container, path)
        try:
            for frame in container.decode(stream):
                return frame.width, frame.height, round(-frame.rotation / 90) * 90 % 360
        except (av.error.FFmpegError, ValueError, MemoryError) as error:
            raise ClipError(
                f"{path} cannot be decoded: the file is damaged or its codec is not supported. "
                "Export it again as H.264 MP4."
            ) from error
    raise ClipError(f"{path} holds no frames: the recording is empty or cut off.")


def _tagged_fps(container: InputContainer, stream: VideoStream) -> float | None:
    """Capture rate noted by the phone, if any."""
    for tags in (stream.metadata, container.metadata):
        for key in CAPTURE_FPS_TAGS:
            try:
                value = float(tags.get(key, "nan"))
            except ValueError:
                continue
            if np.isfinite(value) and value > 0:
                return value
    return None


class _Wanted:
    """The frames that are asked for, by their times; `begin_s` is the file's time of the first frame."""

    def __init__(self, frames: dict[int, float]) -> None:
        self._indices = sorted(frames, key=frames.__getitem__)
        self._times = np.array([frames[i] for i in self._indices], float)
        self.begin_s: float | None = None

    def index(self, time_s: float) -> int | None:
        """Which of them has this time."""
        place = int(np.searchsorted(self._times, time_s - SAME_S))
        here = place < len(self._times) and self._times[place] <= time_s + SAME_S
        return self._indices[place] if here else None

    def over(self, time_s: float) -> bool:
        """Whether none of them comes after this time."""
        return len(self._times) == 0 or time_s + SAME_S >= self._times[-1]

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


def _frames(container: InputContainer, stream: VideoStream, wanted: _Wanted | None) -> Iterator[av.VideoFrame]:
    """All frames but idle ones that no other refers to: in films of x264 about half, and half the time."""
    exact = stream.codec_context.name == "h264" and not TIMED.isdisjoint(container.format.name.split(","))
    for packet in container.demux(stream):
        if wanted is not None and exact:
            stream.codec_context.skip_frame = "NONREF" if wanted.idle(packet) else "DEFAULT"
        yield from packet.decode()


def _in_order(frames: Iterable[av.VideoFrame], step_s: float) -> Iterator[tuple[av.VideoFrame, float]]:
    """Frames with their times in the file, s; those that do not come after the one before are passed over."""
    last = -np.inf
    for frame in frames:
        stamp = last + step_s if frame.pts is None else float(frame.pts * (frame.time_base or 0))
        if not np.isfinite(stamp):
            stamp = 0.0
        if stamp > last:
            last = stamp
            yield frame, stamp


def decode(
    path: Path, width: int, height: int, order: Order, step_s: float, only: dict[int, float] | None
) -> Iterator[Picture | None]:
    """Decode a film frame by frame, as stored; memory does not grow with its length.

    Parameters
    ----------
    path : Path
    width, height : int
        Size that every picture is brought to.
    order : {"rgb", "bgr", "yuv"}
    step_s : float
        Stands in for a missing time stamp.
    only : dict of int to float, optional
        Frames to yield and their times, as an earlier pass over the whole film gave them. Others are decoded
        where these need them, and come as None.

    Raises
    ------
    ClipError
        When not a single frame can be decoded.
    """
    scaler = _Scaler(width, height, order)
    wanted = None if only is None else _Wanted(only)
    first, count = 0.0, 0
    with open_film(path) as container:
        stream = video_stream(container, path)
        stream.thread_type = "AUTO"
        try:
            for frame, stamp in _in_order(_frames(container, stream, wanted), step_s):
                first = first if count else stamp
                if wanted is not None:
                    wanted.begin_s = first
                index = count if wanted is None else wanted.index(stamp - first)
                count += 1
                if index is None:
                    yield None
                    continue
                _allow(frame.width, frame.height, path)
                yield Picture(index, stamp - first, scaler.picture(frame))
                if wanted is not None and wanted.over(stamp - first):
                    return
        except (av.error.FFmpegError, ValueError, MemoryError) as error:
            if count == 0:
                raise ClipError(
                    f"{path} cannot be decoded: the file is damaged. Copy it again from the phone."
                ) from error
    if count == 0:
        raise ClipError(f"{path} holds no frames: the recording is empty or cut off.")
