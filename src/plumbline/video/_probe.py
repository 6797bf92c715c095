"""What a film is: size, rotation, frame times, and how fast it was really captured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from plumbline.errors import ClipError

# Tags in which phones note the rate at which a slow-motion film was captured.
# Apple's own slow-motion originals keep real time stamps and need none.
CAPTURE_FPS_TAGS = (
    "com.android.capture.fps",
    "com.apple.quicktime.capture.fps",
    "com.apple.quicktime.capture-fps",
)
# A tag this close to the container's rate means "not slow motion".
SAME_RATE = 0.10
# Frame intervals further than this from their median make the rate "variable".
VFR_TOLERANCE = 0.25
VFR_SHARE = 0.01
STILL_FORMATS = ("image2", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "gif_pipe")


@dataclass(frozen=True)
class ClipInfo:
    """A film's properties, after rotation.

    Attributes
    ----------
    path : Path
    width, height : int
        Size of the upright picture in px.
    rotation_deg : int
        How far the stored picture is turned to stand upright, 0/90/180/270.
    container_fps : float
        Median frame rate by the file's own time stamps.
    capture_fps : float
        Rate at which the camera took the frames.
    time_scale : float
        Real seconds per second of the file: below 1 for slow motion.
    frames : int
    duration_s : float
        Real time from the first to the end of the last frame.
    variable_frame_rate : bool
    capture_fps_source : {"container", "tag", "given", "gravity", "live"}
        "gravity": found from how fast the athlete falls; "live": a camera's own clock.
    """

    path: Path
    width: int
    height: int
    rotation_deg: int
    container_fps: float
    capture_fps: float
    time_scale: float
    frames: int
    duration_s: float
    variable_frame_rate: bool
    capture_fps_source: str

    def slowed(self, factor: float) -> ClipInfo:
        """The same film, known to be slowed by a further factor."""
        return replace(
            self,
            capture_fps=self.capture_fps * factor,
            time_scale=self.time_scale / factor,
            duration_s=self.duration_s / factor,
            capture_fps_source="gravity",
        )


def open_container(path: Path) -> InputContainer:
    """Open a film for reading.

    Raises
    ------
    ClipError
        When the file is missing, unreadable, empty or not a film.
    """
    if path.is_dir():
        raise ClipError(f"{path} is a folder: give the path of one video file.")
    try:
        with path.open("rb") as handle:
            head = handle.read(1)
    except FileNotFoundError:
        raise ClipError(f"{path} does not exist: check the path.") from None
    except OSError as error:
        raise ClipError(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise ClipError(f"{path} is empty (0 bytes): copy the film again from the phone.")
    try:
        container = av.open(str(path))
    except (av.error.FFmpegError, ValueError) as error:
        raise ClipError(
            f"{path} is not a film that can be opened, or it is cut off: "
            "export it again as MP4, or copy it again from the phone."
        ) from error
    return container


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the first real video stream (cover pictures are passed over).

    Raises
    ------
    ClipError
        When there is none, or the file is a still picture.
    """
    if any(name in STILL_FORMATS for name in container.format.name.split(",")):
        raise ClipError(f"{path} is a picture, not a film: record a video of the drill.")
    for stream in container.streams.video:
        attached = stream.disposition & av.stream.Disposition.attached_pic
        if not attached and stream.codec_context is not None and stream.width and stream.height:
            return stream
    raise ClipError(f"{path} holds no video, only other streams: choose the film itself.")


def _packet_times(container: InputContainer, stream: VideoStream) -> NDArray[np.float64]:
    """Presentation times (n,) in s of all packets, sorted, without decoding."""
    times: list[float] = []
    base = float(stream.time_base or 0) or 1 / 90000
    try:
        for packet in container.demux(stream):
            stamp = packet.pts if packet.pts is not None else packet.dts
            if stamp is not None and packet.size:
                times.append(stamp * base)
    except av.error.FFmpegError:
        pass  # a cut-off file: what could be read counts
    return np.unique(np.array(times, float))


def _first_frame(path: Path) -> tuple[int, int, int]:
    """Stored width, height and rotation of the first frame that decodes."""
    with open_container(path) as container:
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


def probe(path: str | Path, capture_fps: float | None = None) -> ClipInfo:
    """Read a film's properties without decoding it.

    Parameters
    ----------
    path : str or Path
    capture_fps : float, optional
        Rate at which the film was really captured, if the file does not say so:
        time is rescaled by it.

    Returns
    -------
    ClipInfo

    Raises
    ------
    ClipError
        When the file is not a film that can be decoded.
    """
    path = Path(path)
    if capture_fps is not None and not (np.isfinite(capture_fps) and 1 <= capture_fps <= 10_000):
        raise ClipError(f"A capture rate of {capture_fps:g} fps is not possible: give 1 to 10000.")
    with open_container(path) as container:
        stream = video_stream(container, path)
        tagged = _tagged_fps(container, stream)
        nominal = float(stream.average_rate or stream.guessed_rate or 0)
        times = _packet_times(container, stream)
    width, height, rotation = _first_frame(path)
    if rotation in (90, 270):
        width, height = height, width
    steps = np.diff(times)
    step = float(np.median(steps)) if len(steps) else (1 / nominal if nominal > 0 else 1 / 30)
    fps = 1 / step
    variable = bool(len(steps)) and float(np.mean(np.abs(steps / step - 1) > VFR_TOLERANCE)) > VFR_SHARE
    source, captured = "container", fps
    if capture_fps is not None:
        source, captured = "given", float(capture_fps)
    elif tagged is not None and abs(tagged / fps - 1) > SAME_RATE:
        source, captured = "tag", tagged
    scale = fps / captured if source != "container" else 1.0
    span = float(times[-1] - times[0]) + step if len(times) else step
    return ClipInfo(
        path=path,
        width=width,
        height=height,
        rotation_deg=rotation,
        container_fps=fps,
        capture_fps=captured,
        time_scale=scale,
        frames=max(len(times), 1),
        duration_s=span * scale,
        variable_frame_rate=variable,
        capture_fps_source=source,
    )
