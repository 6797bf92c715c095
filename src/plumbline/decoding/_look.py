"""What a film file says of itself, and its first frames. Runs in the child process."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.sidedata.sidedata import Type
from av.video.stream import VideoStream

from plumbline.arrays import FloatArray
from plumbline.decoding._comb import field_order
from plumbline.decoding._facts import Facts, Way
from plumbline.decoding._open import decoded, films_of, open_film
from plumbline.decoding._settings import DECODING
from plumbline.decoding._times import grid_of
from plumbline.errors import ClipError

# Tags in which phones note the rate at which a slow-motion film was captured.
# Apple's own slow-motion originals keep real time stamps and need none.
CAPTURE_FPS_TAGS = (
    "com.android.capture.fps",
    "com.apple.quicktime.capture.fps",
    "com.apple.quicktime.capture-fps",
)
# Bare streams: pictures without a clock, whatever times the demuxer makes up for them.
BARE = {"h264", "hevc", "mpegvideo", "mjpeg", "mpjpeg"}
# Codecs whose films are whole unless it is said.
WHOLE = ("hevc", "vp8", "vp9", "av1", "gif", "theora", "png", "rawvideo")


def look_into(path: Path) -> Facts:
    """Read what a file says of itself, choose its main film, and decode its first frames.

    Raises
    ------
    ClipError
        When it is not a film that can be decoded.
    """
    with open_film(path) as container:
        films = films_of(container, path)
        packets = _packets(container, films, path)
        times = {index: p.times for index, p in packets.items()}
        stream = _main(films, times)
        track, stamps = stream.index, times[stream.index]
        tagged = _tagged_fps(container, stream)
        clock = not BARE.intersection(container.format.name.split(","))
        if clock:
            nominal = float(stream.average_rate or stream.guessed_rate or 0)
        else:
            nominal = float(stream.codec_context.framerate or 0)
            nominal = nominal if 1 <= nominal <= DECODING.fastest_bare_fps else 0.0
            stamps = np.arange(packets[track].count) / (nominal or DECODING.made_up_fps)
        tick_s = float(stream.time_base or 0)
        pixel = _pixel_shape(stream)
        tracks = sum(len(times[s.index]) > 1 for s in films)
        told = stream.frames if "mp4" in container.format.name.split(",") else 0  # others estimate it
    fps = 1 / float(np.median(np.diff(stamps))) if len(stamps) > 1 else nominal
    first, fields = _first_frames(path, track, fps <= DECODING.fastest_fields_fps)
    turn, mirrored = _turn(first)
    grid = grid_of(stamps, tick_s)
    if grid is not None:
        stamps = grid[0] + np.round((stamps - grid[0]) / grid[1]) * grid[1]
    if fields and len(stamps) > 1:
        steps = np.diff(stamps)
        stamps = np.sort(np.concatenate([stamps, stamps + np.append(steps, steps[-1]) / 2]))
        nominal, grid = 2 * nominal, (grid[0], grid[1] / 2) if grid else None
    step_s = float(np.median(np.diff(stamps))) if len(stamps) > 1 else 1 / (nominal or 30)
    held = packets[track]
    # Without a clock no packet has a time; of two fields, each a packet, one has it for both.
    missing = max(told - held.count, 0) + held.behind + (held.untimed if clock and not fields else 0)
    way = Way(track, step_s, max(tracks, 1), fields, grid, clock)
    return Facts(
        max(1, round(first.width * pixel)), first.height, turn, mirrored, nominal, tagged, missing, way, stamps
    )


def _main(films: list[VideoStream], times: dict[int, FloatArray]) -> VideoStream:
    """The film that is meant: the largest picture of those about as long as the longest; the first of equals.

    Depth, gain and enhancement tracks are smaller than the film that they belong to.
    """
    longest = max(len(times[s.index]) for s in films)
    whole = [s for s in films if 2 * len(times[s.index]) >= longest]
    return max(whole, key=lambda s: s.width * s.height)


@dataclass
class _Packets:
    """The packets of one film in a file.

    Attributes
    ----------
    tick_s : float
        Of its clock.
    stamps : list of float
        Their times, s.
    count : int
    behind : int
        How many belong to a film that is joined to the end of this one, where the clock starts over.
    cut_off : int
        How many an edit cut off at the start: they are decoded, but not shown.
    latest_s : float
    before_s : float
        The latest before that.
    """

    tick_s: float
    stamps: list[float] = field(default_factory=list)
    count: int = 0
    behind: int = 0
    cut_off: int = 0
    latest_s: float = -math.inf
    before_s: float = -math.inf

    def take(self, packet: av.Packet[Any]) -> None:
        """Count one more."""
        if not packet.size:
            return
        self.count += 1
        if packet.dts is not None:
            now_s = packet.dts * self.tick_s
            if self.latest_s - DECODING.clock_back_s > now_s > self.before_s > -math.inf:
                self._forget_leap()
            back_s = self.latest_s - now_s
            if back_s > DECODING.clock_back_s or (self.behind and back_s >= 0):
                self.behind += 1
                return
            if back_s < 0:
                self.before_s, self.latest_s = self.latest_s, now_s
        stamp = packet.pts if packet.pts is not None else packet.dts
        if packet.is_discard:
            self.cut_off += 1
        elif stamp is not None:
            self.stamps.append(stamp * self.tick_s)

    def _forget_leap(self) -> None:
        """Take back the time of the packet before, which leapt ahead of a clock that goes on as it was."""
        self.stamps = [t for t in self.stamps if t < self.latest_s]
        self.latest_s = self.before_s

    @property
    def times(self) -> FloatArray:
        """Their times, s, sorted."""
        return np.unique(np.array(self.stamps, float))

    @property
    def untimed(self) -> int:
        """How many have no time of their own: none at all, or that of another one."""
        return self.count - self.behind - self.cut_off - len(self.times)


def _packets(container: InputContainer, films: list[VideoStream], path: Path) -> dict[int, _Packets]:
    """The packets of each film, by the stream's index."""
    out = {s.index: _Packets(float(s.time_base or 0) or 1 / 90000) for s in films}
    try:
        for packet in container.demux(films):
            of_film = out[packet.stream.index]
            of_film.take(packet)
            if of_film.count > DECODING.max_frames:
                raise ClipError(
                    "{path} has more than {most:,} frames: cut it to the drill.",
                    path=path,
                    most=DECODING.max_frames,
                )
    except av.error.FFmpegError:
        pass  # a cut-off file: what could be read counts
    return out


def _first_frames(path: Path, track: int, slow: bool) -> tuple[av.VideoFrame, str]:
    """The first frame that decodes, and whether frames are two fields (`Way.fields`).

    What frames say of themselves is often wrong: where enough moves, the pictures decide.

    Raises
    ------
    ClipError
        When none decodes.
    """
    with open_film(path) as container:
        stream = container.streams[track]
        assert isinstance(stream, VideoStream)
        stream.thread_type = "AUTO"
        frames = _whole_frames(container, stream)
        start = list(islice(frames, DECODING.first_frames))
        if not start:
            raise ClipError(
                "{path} cannot be decoded: it holds no frames, is damaged, or its codec is not supported. Export it "
                "again as H.264 MP4.",
                path=path,
            )
        said = any(frame.interlaced_frame for frame in start)
        if not said and (not slow or stream.codec_context.name in WHOLE):
            return start[0], ""
        found = field_order(chain(start, frames))
    if not found:
        return start[0], "auto" if said else ""
    return start[0], "" if found == "whole" else found


def _whole_frames(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """Frames as far as the file can be decoded."""
    with suppress(av.error.FFmpegError, ValueError):
        yield from decoded(container.demux(stream))


def _turn(frame: av.VideoFrame) -> tuple[int, bool]:
    """How far a frame is turned clockwise, and whether it is mirrored before, by its display matrix.

    The matrix (a, b, c, d) takes a stored point to x = a·p + c·q, y = b·p + d·q, in units of 1/65536;
    a negative determinant mirrors. Matrices that are neither turn nor mirror count as none.
    """
    matrix = frame.side_data.get(Type.DISPLAYMATRIX)  # type: ignore[call-overload]
    if matrix is None:
        return 0, False
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(matrix))
    if not (a or b) or not (c or d):
        return 0, False
    mirrored = a * d - b * c < 0
    turn = math.degrees(math.atan2(-b, -a) if mirrored else math.atan2(b, a))
    return round(turn / 90) * 90 % 360, mirrored


def _pixel_shape(stream: VideoStream) -> float:
    """Width of a pixel over its height, 1 where nothing sensible is said."""
    shape = stream.sample_aspect_ratio or Fraction(1)
    return float(shape) if 1 / DECODING.longest_pixel <= shape <= DECODING.longest_pixel else 1.0


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
