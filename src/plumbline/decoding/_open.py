"""A film file opened, and its main film chosen. Runs in the child process."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from plumbline.decoding._settings import DECODING
from plumbline.errors import ClipError

STILL_FORMATS = ("image2", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "gif_pipe")
# What cameras and phones write, and pictures, to say that they are some. Play lists are left
# out: they make the decoder open other files.
FORMATS = (
    *("mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "flv"),
    *("asf", "ogg", "mxf", "dv", "h264", "hevc", "m4v", "mjpeg", "mpjpeg", "ivf", "gif", "yuv4mpegpipe"),
    *("mp3", "wav", "aac", "flac"),
    *STILL_FORMATS,
)

# Pictures that belong to a film but are none: covers, previews, layers that add to another stream.
NO_FILM = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image | Disposition.dependent


def open_film(path: Path) -> InputContainer:
    """Open a film for reading; no other file and no address is opened for it.

    Raises
    ------
    ClipError
        When the file is missing, unreadable, empty or not a film.
    """
    try:
        if stat.S_ISFIFO(path.stat().st_mode):
            raise ClipError("{path} is a pipe: give the path of one video file.", path=path)
        with path.open("rb") as handle:
            head = handle.read(1)
    except FileNotFoundError:
        raise ClipError("{path} does not exist: check the path.", path=path) from None
    except IsADirectoryError:
        raise ClipError("{path} is a folder: give the path of one video file.", path=path) from None
    except ValueError as error:
        raise ClipError("{path} is not a valid file name.", path=path) from error
    except OSError as error:
        raise ClipError("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from error
    if not head:
        raise ClipError("{path} is empty (0 bytes): copy the film again from the phone.", path=path)
    alone = {"protocol_whitelist": "file", "format_whitelist": ",".join(FORMATS)}
    try:
        container = av.open(f"file:{path.absolute()}", options=alone)
    except (av.error.FFmpegError, ValueError) as error:
        raise ClipError(
            "{path} is not a film that can be opened, or it is cut off: export it again as MP4, or copy it again from "
            "the phone.",
            path=path,
        ) from error
    if len(container.streams) > DECODING.max_streams:
        container.close()
        raise ClipError(
            "{path} holds more than {most} streams: export the film itself as MP4.",
            path=path,
            most=DECODING.max_streams,
        )
    return container


def films_of(container: InputContainer, path: Path) -> list[VideoStream]:
    """The streams that are films; covers, previews and layers that add to another stream are passed over.

    Raises
    ------
    ClipError
        When there is none, the file is a still picture, or its pictures are too large.
    """
    if any(name in STILL_FORMATS for name in container.format.name.split(",")):
        raise ClipError("{path} is a picture, not a film: record a video of the drill.", path=path)
    films = [
        s
        for s in container.streams.video
        if not s.disposition & NO_FILM and s.codec_context is not None and s.width and s.height
    ]
    if not films:
        raise ClipError("{path} holds no video, only other streams: choose the film itself.", path=path)
    for stream in films:
        allow(stream.width, stream.height, path)
    return films


def decoded(packets: Iterable[av.Packet[VideoStream]]) -> Iterator[av.VideoFrame]:
    """The frames of packets; what is damaged is passed over, unless nothing at all can be decoded."""
    failed: av.error.FFmpegError | None = None
    some = False
    for packet in packets:
        try:
            frames = packet.decode()
        except av.error.FFmpegError as error:
            failed = error
            continue
        some = some or bool(frames)
        yield from frames
    if failed is not None and not some:
        raise failed


def allow(width: int, height: int, path: Path) -> None:
    """Refuse pictures larger than any camera's."""
    if width * height > DECODING.max_pixels:
        raise ClipError(
            "{path} has pictures of {width} × {height} px, more than is possible: export it in 4K.",
            path=path,
            width=width,
            height=height,
        )
