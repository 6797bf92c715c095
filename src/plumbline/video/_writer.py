"""Writes an H.264 film that browsers and phones play."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from numpy.typing import NDArray

from plumbline.errors import OutputError
from plumbline.files import part_of
from plumbline.video._settings import VIDEO

TIME_BASE = Fraction(1, 90_000)


class FilmWriter:
    """H.264, yuv420p, index at the front; written beside and renamed on success.

    Use as a context manager: leaving it by an exception removes what was written and
    leaves an earlier film of the same name untouched.

    Parameters
    ----------
    path : Path
        Ends in `.mp4`.
    width, height : int
        Even sizes in px.
    fps : float
        Nominal rate, for the encoder's rate control; frames carry their own times.
    crf : int
        Quality, lower is better.
    preset : str
        x264 preset.

    Raises
    ------
    OutputError
        On entering, writing or leaving, when the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        fps: float,
        *,
        crf: int = 23,
        preset: str = "superfast",
    ) -> None:
        self.path = path
        self._part = part_of(path)
        self._size = (width, height)
        self._rate = Fraction(max(fps, 1.0)).limit_denominator(1000)
        self._options = {"crf": str(crf), "preset": preset}
        self._container: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._last_pts = -1
        self._encoder = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> FilmWriter:
        try:
            self._container = av.open(str(self._part), "w", format="mp4", options={"movflags": "+faststart"})
        except (av.error.FFmpegError, OSError) as error:
            raise OutputError(
                "{path} cannot be written: {error}.", path=self.path, error=error.strerror or error
            ) from error
        stream = self._container.add_stream("libx264", rate=self._rate, options=self._options)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        # Said in the file: players take an untagged film for BT.601 or BT.709 by its size.
        stream.codec_context.colorspace = Colorspace.ITU601
        stream.codec_context.color_range = ColorRange.MPEG
        self._stream = stream
        return self

    def write(self, image: NDArray[np.uint8], time_s: float) -> None:
        """Append a frame.

        Frames are encoded meanwhile; an error shows at one of the next frames, or at the end.

        Parameters
        ----------
        image : (h, w, 3) or (h * 3 / 2, w) uint8
            BGR or YUV; may not be drawn on any more.
        time_s : float
            Shown from then on.
        """
        self._last_pts = max(round(time_s / TIME_BASE), self._last_pts + 1)
        self._waiting.append(self._encoder.submit(self._encode, image, self._last_pts))
        self._wait(VIDEO.encoder_waiting)

    def _encode(self, image: NDArray[np.uint8], pts: int) -> None:
        assert self._container is not None and self._stream is not None
        frame = av.VideoFrame.from_ndarray(image, format="bgr24" if image.ndim == 3 else "yuv420p")
        frame.pts, frame.time_base = pts, TIME_BASE
        self._container.mux(self._stream.encode(frame))

    def _wait(self, left: int) -> None:
        """Wait until so many frames are left to encode."""
        try:
            while len(self._waiting) > left:
                self._waiting.popleft().result()
        except av.error.FFmpegError as error:
            raise OutputError(
                "{path} cannot be written: {error}.", path=self.path, error=error.strerror or error
            ) from error

    def _unwritten(self, error: OSError) -> OutputError:
        return OutputError("{path} cannot be written: {error}.", path=self.path, error=error.strerror or error)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._container is not None and self._stream is not None
        try:
            try:
                self._wait(0 if kind is None else len(self._waiting))
            finally:
                self._encoder.shutdown(cancel_futures=True)
            if kind is None:
                self._container.mux(self._stream.encode(None))
            self._container.close()
            if kind is None:
                self._part.replace(self.path)
        except (av.error.FFmpegError, OSError) as failure:
            raise OutputError(
                "{path} cannot be written: {failure}.", path=self.path, failure=failure.strerror or failure
            ) from failure
        finally:
            with suppress(av.error.FFmpegError, OSError):
                self._container.close()
            self._part.unlink(missing_ok=True)
