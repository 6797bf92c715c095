"""The webcam's frames through a live session, on the stream's own thread: no Streamlit here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from plumbline.draw import draw_live
from plumbline.errors import PlumblineError
from plumbline.live import LiveSession, LiveView
from plumbline.video import FilmWriter

Image = NDArray[np.uint8]

# A camera's clock that runs off the wall's by more than this is not believed.
CLOCK_SLACK_S = 0.5


class Clock:
    """When each frame was taken: by its own stamp while that keeps time, else as it arrived."""

    def __init__(self) -> None:
        self._origin: tuple[float, float] | None = None
        self._last = -np.inf

    def time_s(self, stamp_s: float | None, now_s: float) -> float:
        """Seconds on one clock that never stands still or goes back."""
        if stamp_s is None or not np.isfinite(stamp_s):
            out = now_s
        else:
            if self._origin is None:
                self._origin = (stamp_s, now_s)
            out = self._origin[1] + stamp_s - self._origin[0]
            if abs(out - now_s) > CLOCK_SLACK_S:
                self._origin = (stamp_s, now_s)
                out = now_s
        self._last = max(out, self._last + 1e-4)
        return self._last


class Webcam:
    """Takes frames from the browser, gives them back with the figure drawn.

    Parameters
    ----------
    open_session : callable
        Makes the live session; called at the first frame, on the stream's thread.
    recording : Path, optional
        Where to keep the film as the camera saw it.
    """

    def __init__(self, open_session: Callable[[], LiveSession], recording: Path | None = None) -> None:
        self._open, self.recording = open_session, recording
        self.session: LiveSession | None = None
        self.view: LiveView | None = None
        self.error = ""
        self._clock, self._lock = Clock(), threading.Lock()
        self._silent_since: float | None = time.perf_counter()  # None while a frame is worked on
        self._film: FilmWriter | None = None
        self._film_size, self._film_start = (0, 0), 0.0
        self._ended = False

    @property
    def silent_s(self) -> float:
        """How long no frame has come."""
        since = self._silent_since
        return 0.0 if since is None or self._ended else time.perf_counter() - since

    def recv(self, frame: av.VideoFrame) -> av.VideoFrame:
        """Process one frame; whatever goes wrong, the picture goes on."""
        arrived = time.perf_counter()
        self._silent_since = None
        try:
            return self._drawn_on(frame, arrived)
        finally:
            self._silent_since = time.perf_counter()

    def _drawn_on(self, frame: av.VideoFrame, arrived: float) -> av.VideoFrame:
        image: Image = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
        with self._lock:
            if not self._ended and not self.error:
                try:
                    self._take(image, self._clock.time_s(frame.time, arrived), arrived)
                except PlumblineError as error:
                    self.error = str(error)
            view = self.view
        if view is not None and view.scene is not None:
            image = draw_live(image, view.scene)
        out = av.VideoFrame.from_ndarray(image, format="rgb24")
        out.pts, out.time_base = frame.pts, frame.time_base
        return out

    async def recv_queued(self, frames: list[av.VideoFrame]) -> list[av.VideoFrame]:
        """Of the frames that have come in meanwhile only the newest counts."""
        return [self.recv(frames[-1])]

    def _take(self, image: Image, time_s: float, arrived: float) -> None:
        if self.session is None:
            self.session = self._open()
        self.view = self.session.look(image, time_s, arrived)
        if self.recording is not None and self.view.phase != "looking":
            self._record(image, time_s)

    def _record(self, image: Image, time_s: float) -> None:
        height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
        if self._film is None:
            assert self.recording is not None
            self._film_size, self._film_start = (width, height), time_s
            self._film = FilmWriter(self.recording, width, height, 30.0, preset="ultrafast").__enter__()
        if (width, height) == self._film_size:
            self._film.write(np.ascontiguousarray(image[:height, :width, ::-1]), time_s - self._film_start)

    def on_ended(self) -> None:
        """The stream has ended: close the film and release the model."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            try:
                if self._film is not None:
                    self._film.__exit__(None, None, None)
            except PlumblineError as error:
                self.error = str(error)
            finally:
                if self.session is not None:
                    self.session.close()
