"""Frames as they happen: from a camera, or from a film at its own pace. The newest wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from plumbline.errors import ClipError, opencv_libraries
from plumbline.video._probe import probe
from plumbline.video._reader import Frame, read_frames
from plumbline.video._settings import VIDEO

with opencv_libraries():
    import cv2


def watch_live(source: str, long_edge: int = 960) -> Iterator[Frame]:
    """Frames of a camera by its number, or of a film replayed in real time.

    Parameters
    ----------
    source : str
        "0" for the first camera, or the path of a film.
    long_edge : int
        A film is scaled down to this.

    Yields
    ------
    Frame
        RGB. Frames for which the caller was too slow are left out.

    Raises
    ------
    ClipError
        When there is no such camera or film.
    """
    if source.isdecimal():
        return _camera(int(source))
    return _replay(Path(source), long_edge)


def _replay(path: Path, long_edge: int) -> Iterator[Frame]:
    start = None
    for frame in read_frames(probe(path), long_edge=long_edge):
        now = time.perf_counter()
        start = now - frame.time_s if start is None else start
        early = frame.time_s - (now - start)
        if early < -VIDEO.late_s:
            continue
        if early > 0:
            time.sleep(early)
        yield frame


class _Grabber:
    """Reads a camera in a thread and keeps only the newest frame."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture, self._fresh = capture, threading.Condition()
        self._frame: Frame | None = None
        self._count, self.stopped = 0, False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self.stopped:
            ok, image = self._capture.read()
            with self._fresh:
                if ok:
                    rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)
                    self._frame = Frame(self._count, time.perf_counter(), rgb)
                    self._count += 1
                else:
                    self.stopped = True
                self._fresh.notify()

    def next(self) -> Frame | None:
        """The newest frame that was not given out; None when the camera has stopped."""
        with self._fresh:
            if not self._fresh.wait_for(lambda: self._frame is not None or self.stopped, VIDEO.no_frame_s):
                return None
            frame, self._frame = self._frame, None
            return frame

    def close(self) -> None:
        self.stopped = True
        self._thread.join(timeout=2)
        self._capture.release()


def _camera(index: int) -> Iterator[Frame]:
    cv2.setLogLevel(0)  # it says in lines of its own what is said below
    capture = cv2.VideoCapture(index) if index <= VIDEO.last_camera else None
    if capture is None or not capture.isOpened():
        raise ClipError("there is no camera {index}: connect one, allow its use, or try --camera 1.", index=index)
    grabber = _Grabber(capture)
    begun = False
    try:
        while (frame := grabber.next()) is not None:
            begun = True
            yield frame
    finally:
        grabber.close()
    if begun:
        raise ClipError("camera {index} gives no more pictures: is it still connected?", index=index)
    raise ClipError("camera {index} gives no picture: is another program using it?", index=index)
