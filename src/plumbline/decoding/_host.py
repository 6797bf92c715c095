"""The parent's side: children that decode, kept for the next film, given up when they fail."""

from __future__ import annotations

import atexit
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from typing import Any, cast

import numpy as np

from plumbline.decoding._facts import Facts, Order, Picture, Way, shape_of, way_of
from plumbline.decoding._settings import DECODING
from plumbline.decoding._slots import Slots
from plumbline.decoding._wire import BrokenError, receive, send, widen
from plumbline.errors import ClipError
from plumbline.language import N_

START = "from plumbline.decoding._child import main; main()"


class _Child:
    """One decoding process."""

    def __init__(self) -> None:
        self.slots = Slots.create()
        shared = (self.slots.handle,) if self.slots else ()
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, *map(str, shared)],
            pass_fds=shared,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # Each thread of the numbers' library would reserve memory that counts against the limit.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        self._to, self._of = cast(FileIO, self._process.stdin), cast(FileIO, self._process.stdout)
        widen(self._of)
        self._until: float | None = None
        self.hung = False
        threading.Thread(target=self._watch, name="decoder watch", daemon=True).start()

    def _watch(self) -> None:
        """Kill the child when an answer is overdue."""
        while self._process.poll() is None:
            until = self._until
            if until is not None and time.monotonic() > until:
                self.hung = True
                self._process.kill()
            time.sleep(0.5)

    def ask(self, message: dict[str, Any]) -> None:
        """Send a request."""
        try:
            send(self._to, message)
        except OSError as error:
            raise BrokenError("nobody listens") from error

    def answer(self, within_s: float) -> tuple[dict[str, Any], bytearray]:
        """Wait for an answer."""
        self._until = time.monotonic() + within_s
        try:
            return receive(self._of)
        finally:
            self._until = None

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for pipe in (self._to, self._of):
            with suppress(OSError):
                pipe.close()
        self._process.wait()
        if self.slots:
            self.slots.close()


_spare: list[_Child] = []
_lock = threading.Lock()


def prepare() -> None:
    """Start a child for the first film, while the rest of Plumbline still loads."""
    child = _Child()
    with _lock:
        _spare.append(child)


@atexit.register
def _end_spare() -> None:
    while _spare:
        _spare.pop().kill()


@contextmanager
def _borrowed(path: Path) -> Iterator[_Child]:
    """A child to ask; kept for the next film when all went well, ended otherwise.

    Raises
    ------
    ClipError
        When the child dies or hangs.
    """
    with _lock:
        child = _spare.pop() if _spare else None
    if child is not None and not child.alive:
        child.kill()
        child = None
    child = child or _Child()
    whole = False
    try:
        yield child
        whole = True
    except ClipError:
        whole = True
        raise
    except BrokenError as error:
        what = N_("hangs the decoder") if child.hung else N_("brings the decoder down")
        raise ClipError(
            "{path} {what}: the file is damaged. Export it again as H.264 MP4.", path=path, what=what
        ) from error
    finally:
        with _lock:
            keep = whole and len(_spare) < DECODING.spare_children
            if keep:
                _spare.append(child)
        if not keep:
            child.kill()


def _error(text: object, values: object) -> ClipError:
    """What the child says is wrong; it has read a stranger's film, so that its words are not trusted either."""
    known = values if isinstance(values, dict) else {}
    error = ClipError(str(text), **{str(k): v for k, v in known.items() if isinstance(v, (str, int, float))})
    try:
        str(error)
    except (LookupError, ValueError, AttributeError):
        return ClipError(str(text).replace("{", "(").replace("}", ")"))
    return error


def _raise_if_refused(head: dict[str, Any]) -> dict[str, Any]:
    if "error" in head:
        raise _error(head["error"], head.get("values"))
    return head


def facts_of(path: Path) -> Facts:
    """What the film file at `path` says of itself.

    Raises
    ------
    ClipError
        When it is not a film that can be decoded.
    """
    with _borrowed(path) as child:
        child.ask({"do": "facts", "path": str(path)})
        head, body = child.answer(DECODING.facts_wait_s)
        f = _raise_if_refused(head)
        tagged = None if f["tagged_fps"] is None else float(f["tagged_fps"])
        size = int(f["width"]), int(f["height"]), int(f["rotation_deg"])
        rate, times = float(f["nominal_fps"]), np.frombuffer(body, np.float64)
        return Facts(*size, bool(f["mirrored"]), rate, tagged, int(f["missing"]), way_of(f["way"]), times)


def pictures_of(
    path: Path,
    width: int,
    height: int,
    *,
    order: Order,
    way: Way,
    only: Mapping[int, float] | None = None,
) -> Generator[Picture, None, None]:
    """Frames of a film as stored, brought to a size; a few are decoded ahead.

    Parameters
    ----------
    path : Path
    width, height : int
        Of the stored picture, before rotation, px.
    order : "rgb", "bgr" or "yuv"
    way : Way
        From `facts_of`.
    only : mapping of int to float, optional
        Frames to yield, and their times as an earlier pass gave them, s of the file.

    Yields
    ------
    Picture

    Raises
    ------
    ClipError
        When no frame can be decoded, or the decoder dies or hangs on the file.
    """
    shape = shape_of(width, height, order)
    each = int(np.prod(shape))
    ahead = max(1, min(DECODING.ahead_frames, DECODING.ahead_bytes // each))
    wish: dict[str, Any] = {"width": width, "height": height, "order": order, "way": asdict(way), "ahead": ahead}
    with _borrowed(path) as child:
        slots = child.slots if child.slots and child.slots.grow(ahead, each) else None
        wish |= {"shared": slots is not None, "only": None if only is None else list(only.items())}
        child.ask({"do": "frames", "path": str(path), **wish})
        for place in itertools.cycle(range(ahead)):
            head, body = child.answer(DECODING.frame_wait_s)
            while "going" in _raise_if_refused(head):
                head, body = child.answer(DECODING.frame_wait_s)
            if head.get("end"):
                return
            if slots:
                image = slots.picture(place, shape).copy()
            elif len(body) == each:
                image = np.frombuffer(body, np.uint8).reshape(shape)
            else:
                raise BrokenError("a picture of another size")
            child.ask({"do": "more"})
            try:
                yield Picture(int(head["index"]), float(head["time_s"]), image, float(head["change"]))
            except GeneratorExit:  # the caller has seen enough, and the child can serve the next
                child.ask({"do": "stop"})
                while not _raise_if_refused(child.answer(DECODING.frame_wait_s)[0]).get("end"):
                    pass
                return
