"""The decoding child: answers requests on its standard input until that is closed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.decoding._facts import shape_of, way_of
from plumbline.decoding._settings import DECODING
from plumbline.decoding._slots import Slots
from plumbline.decoding._wire import BrokenError, receive, send, widen
from plumbline.errors import ClipError
from plumbline.machine import give_back_memory, keep_freed_memory


def _fence() -> None:
    """Give up what a decoder has no use for: endless memory, writing files, the first place on the processor."""
    with suppress(AttributeError, OSError):
        os.nice(DECODING.child_nice)  # the pose model is what everyone waits for
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (DECODING.child_bytes, DECODING.child_bytes))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_with_parent() -> None:
    """End when the parent died without closing the pipe, even in the midst of decoding."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(DECODING.orphan_s)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class _Stopped(Exception):  # noqa: N818
    """The parent wants no more frames."""


def _answer(request: dict[str, Any], pipe: FileIO, asked: FileIO, slots: Slots | None) -> None:
    from plumbline.decoding._film import decode
    from plumbline.decoding._look import look_into

    path = Path(request["path"])
    if request["do"] == "facts":
        f = look_into(path)
        head = {
            "width": f.width,
            "height": f.height,
            "rotation_deg": f.rotation_deg,
            "mirrored": f.mirrored,
            "nominal_fps": f.nominal_fps,
            "tagged_fps": f.tagged_fps,
            "missing": f.missing,
            "way": asdict(f.way),
        }
        send(pipe, head, f.times_s.tobytes())
        return
    only = None if request["only"] is None else {int(i): float(t) for i, t in request["only"]}
    ahead = credit = int(request["ahead"])
    size, order = (request["width"], request["height"]), request["order"]
    slots = slots if request["shared"] else None
    if slots:
        slots.look(ahead, int(np.prod(shape_of(*size, order))))
    place = 0
    spoke = time.monotonic()
    for picture in decode(path, *size, order, way_of(request["way"]), only):
        if picture is None:
            if time.monotonic() - spoke > DECODING.sign_s:
                send(pipe, {"going": True})
                spoke = time.monotonic()
            continue
        while credit == 0:
            if receive(asked)[0].get("do") != "more":
                raise _Stopped
            credit += 1
        credit -= 1
        head = {"index": picture.index, "time_s": picture.time_s, "change": picture.change}
        if slots:
            slots.picture(place, picture.image.shape)[:] = picture.image
            place = (place + 1) % ahead
            send(pipe, head)
        else:
            send(pipe, head, np.ascontiguousarray(picture.image).data.cast("B"))
    send(pipe, {"end": True})


def main() -> None:
    """Serve the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear; it closes the pipe
    asked = FileIO(os.dup(0), "rb")
    pipe = FileIO(os.dup(1), "wb")
    # Libraries that print must not print into the messages.
    sink = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(sink, standard)
    widen(pipe)
    slots = Slots(int(sys.argv[1])) if len(sys.argv) > 1 else None
    _fence()
    _leave_with_parent()
    keep_freed_memory()
    import plumbline.decoding._film
    import plumbline.decoding._look  # noqa: F401  (loaded while the parent still works on its own)

    with suppress(BrokenError, OSError):
        while True:
            request, _ = receive(asked)
            if request["do"] not in ("facts", "frames"):
                continue  # "more" or "stop" of a film that had ended
            try:
                _answer(request, pipe, asked, slots)
            except _Stopped:
                send(pipe, {"end": True})
            except ClipError as error:
                send(pipe, {"error": error.text, "values": error.values})
            except MemoryError:
                large = ClipError(
                    "{path} needs more memory than a film may take: export it in 4K.", path=request["path"]
                )
                send(pipe, {"error": large.text, "values": large.values})
            give_back_memory()  # the next film may be long in coming
    sys.exit(0)
