"""The webcam's frames through a live session, on the stream's own thread: no Streamlit here."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from plumbline.app._replay import Replay
from plumbline.arrays import Image
from plumbline.draw import Board, live_picture
from plumbline.errors import PlumblineError
from plumbline.language import N_, _, say, speaking
from plumbline.live import Clock, LiveSession, LiveView, board
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.video import FilmWriter

log = logging.getLogger(__name__)

STUMBLED = N_("One picture could not be processed ({kind}); the camera keeps running, but reps may be missed.")

TOO_LONG = N_("The set is longer than what is kept of its landmarks: its last part is measured, without the film.")

# A picture waits no longer for the session; streamlit-webrtc gives a stream up after 10 s.
OPENING_S = 0.5


@dataclass
class Showing:
    """What the athlete wants to see, changed while the camera runs.

    `again_s`: the last rep is shown again, slowly, so long after it; `late_s`: the picture comes so late.
    """

    again_s: float | None = None
    late_s: float | None = None


@dataclass(frozen=True)
class LiveSet:
    """What a set leaves: its landmarks, its film where one was kept, what was asked, and the reps counted live.

    `trouble` says why its film could not be kept.
    """

    pose: PoseSequence
    film: Path | None
    request: Request
    counted: int
    missed: bool
    trouble: str = ""


class Webcam:
    """Takes frames from the browser, gives them back with figure, count and verdict.

    Parameters
    ----------
    open_session : callable
        Makes the live session; called at the first frame, on the stream's thread.
    open_film : callable, optional
        Names a file for a set's film as the camera saw it; no film is kept without it.
    language : str
        Of what is said and written into the picture.
    """

    def __init__(
        self,
        open_session: Callable[[], LiveSession],
        open_film: Callable[[], Path] | None = None,
        language: str = "",
    ) -> None:
        self._open, self._open_film, self._language = open_session, open_film, language
        self.id = secrets.token_hex(4)
        self.last_set: LiveSet | None = None
        self.session: LiveSession | None = None
        self.view: LiveView | None = None
        self.error = ""
        self.showing = Showing()
        self._replay = Replay()
        self._size = (0, 0)  # of the pictures that are worked on
        self._opening: Future[LiveSession] | None = None
        self._clock, self._lock = Clock(), threading.Lock()
        self._silent_since: float | None = time.perf_counter()  # None while a frame is worked on
        self._film: _Film | None = None
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
            with speaking(self._language):
                return self._drawn_on(frame, arrived)
        except Exception as error:
            log.exception("a picture of the camera could not be worked on")
            with speaking(self._language):
                self.error = say(STUMBLED, kind=type(error).__name__)
            return frame
        finally:
            self._silent_since = time.perf_counter()

    def _drawn_on(self, frame: av.VideoFrame, arrived: float) -> av.VideoFrame:
        image = self._picture(frame)
        now_s = self._clock.time_s(frame.time, arrived)
        with self._lock:
            if not self._ended:
                try:
                    self._take(image, now_s, arrived)
                    self.error = ""
                except PlumblineError as error:
                    self.error = error.said
            view = self.view
        if view is not None:
            image = self._shown(image, view, now_s)
        out = av.VideoFrame.from_ndarray(image, format="rgb24")
        out.pts, out.time_base = frame.pts, frame.time_base
        return out

    def _picture(self, frame: av.VideoFrame) -> Image:
        """The frame's picture (h, w, 3); in a set all have the size of the first, though pressed browsers send less."""
        size = (frame.width, frame.height)
        looking = self.view is None or self.view.phase == "looking"
        if looking or size[0] * self._size[1] != size[1] * self._size[0]:
            self._size = size
        alike = frame.reformat(*self._size, format="rgb24")
        return np.asarray(alike.to_ndarray(), np.uint8)

    def _shown(self, image: Image, view: LiveView, now_s: float) -> Image:
        """The picture with figure and words as it is wanted: now, late, or the last rep again."""
        wants, now = self.showing, live_picture(image, view.scene, board(view))
        if wants.late_s is not None:
            self._replay.keep(now_s, now)
            then = self._replay.at(now_s - wants.late_s)
            return now if then is None else then
        if wants.again_s is None:
            return now
        # Kept without words: those of a moment long past would read as if they were said now.
        self._replay.keep(now_s, live_picture(image, view.scene, Board()))
        last = self.session.counter.reps[-1] if self.session is not None and self.session.counter.reps else None
        if last is None or not view.count:
            return now
        begins = last.end_s + wants.again_s
        again = self._replay.of_rep(last.start_s, last.end_s, now_s - begins) if now_s >= begins else None
        said = Board(str(view.count), ((_("Slow replay: rep {n}", n=last.number), "plain"),))
        return now if again is None else live_picture(again, None, said)

    async def recv_queued(self, frames: list[av.VideoFrame]) -> list[av.VideoFrame]:
        """Of the frames that have come in meanwhile only the newest counts."""
        return [self.recv(frames[-1])]

    def _take(self, image: Image, time_s: float, arrived: float) -> None:
        if self.session is None:
            self.session = self._opened()
        if self.session is None:
            return
        before, self.view = self.view, self.session.look(image, time_s, arrived)
        again = self.view is before  # a picture given twice leaves no landmarks, and so no picture of the film
        if self._open_film is not None and self.view.phase in ("countdown", "counting") and not again:
            self._record(image, time_s, self.session.still_s)

    def _opened(self) -> LiveSession | None:
        """The session once it is open; the stream would die of a picture that waits for the pose model to load."""
        if self._opening is None:
            opener = ThreadPoolExecutor(1, thread_name_prefix="live opens")
            self._opening = opener.submit(self._open_speaking)
            opener.shutdown(wait=False)
        if not wait([self._opening], OPENING_S).done:
            return None
        opening, self._opening = self._opening, None
        return opening.result()

    def _open_speaking(self) -> LiveSession:
        with speaking(self._language):
            return self._open()

    def _record(self, image: Image, time_s: float, began_s: float) -> None:
        """Keep the frame; a countdown that begins again begins the film again."""
        height, width = image.shape[0] // 2 * 2, image.shape[1] // 2 * 2
        if self._film is not None and self._film.began_s != began_s:
            stale, self._film = self._film, None
            stale.drop()
        if self._film is None:
            assert self._open_film is not None
            self._film = _Film(self._open_film(), (width, height), began_s)
        self._film.write(image, time_s)

    def take_set(self) -> LiveSet | None:
        """What the set left so far, its film closed; None where nothing was counted."""
        with self._lock:
            return self._take_set()

    def _take_set(self) -> LiveSet | None:
        film, self._film = self._film, None
        path, trouble = None, ""
        if film is not None:
            try:
                path = film.close()
            except PlumblineError as error:  # the set is kept without it
                trouble = error.said
        pose = self.session.whole() if self.session is not None else None
        if self.session is None or pose is None:
            if path is not None:
                path.unlink(missing_ok=True)
            self.error = trouble or self.error
            return None
        if path is not None and not self.session.remembers_all:
            path.unlink(missing_ok=True)
            path, trouble = None, say(TOO_LONG)
        frames = min(film.frames, len(pose)) if film is not None and path is not None else len(pose)
        pose = pose.until(float(pose.time_s[frames - 1]))
        counted, missed = len(self.session.counter.reps), self.session.missed
        return LiveSet(pose, path, self.session.request, counted, missed, trouble)

    def next_set(self) -> None:
        """Look, count down and count from one again."""
        if self.session is not None:
            self.session.next_set()

    def on_ended(self) -> None:
        """The stream has ended: count the last rep, close the film, release the model."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            if self._opening is not None:
                self._opening.add_done_callback(_close_opened)
            if self.session is not None:
                self.session.close()
            self.last_set = self._take_set()


def _close_opened(opening: Future[LiveSession]) -> None:
    """A session that opened when nobody waited for it any more."""
    if opening.exception() is None:
        opening.result().close()


class _Film:
    """The film of a set, frame by frame as its landmarks."""

    def __init__(self, path: Path, size: tuple[int, int], began_s: float) -> None:
        self.path, self.began_s, self.frames = path, began_s, 0
        self._size, self._open = size, ExitStack()
        self._writer = self._open.enter_context(FilmWriter(path, *size, 30.0, preset="ultrafast"))

    def write(self, image: Image, time_s: float) -> None:
        width, height = self._size
        if image.shape[0] >= height and image.shape[1] >= width:
            self._writer.write(np.ascontiguousarray(image[:height, :width, ::-1]), time_s - self.began_s)
            self.frames += 1

    def close(self) -> Path:
        self._open.close()
        return self.path

    def drop(self) -> None:
        """Leave it out."""
        with suppress(PlumblineError):
            self.close().unlink(missing_ok=True)
