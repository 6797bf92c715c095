"""One clip from upload to results, with how far it is.

Nothing here knows of the browser.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path

from plumbline.analysis import Analysis
from plumbline.clip import ClipInfo
from plumbline.draw import Crowd, Cut, crowd_of, feet, place_in_film, write_film
from plumbline.edits import Edits
from plumbline.errors import PlumblineError
from plumbline.estimation import see
from plumbline.language import N_, _, current, say
from plumbline.pipeline import measure_footage
from plumbline.pose import Footage
from plumbline.report import Report, build_report
from plumbline.request import Limits, Request
from plumbline.results import key_stills
from plumbline.video import probe

UNEXPECTED = N_(
    "Something went wrong that Plumbline did not foresee ({kind}). Try another clip, and keep this one to report it."
)

log = logging.getLogger(__name__)

# Frames read at once on either side of the one looked at.
FEET_FRAMES = 6


class CancelledError(Exception):
    """The user stopped the job."""


@dataclass
class Progress:
    """How far a step is."""

    words: str = N_("Waiting for another clip to finish")
    done: int = 0
    total: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def share(self) -> float:
        """Part done, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def fps(self) -> float:
        """Frames per second so far."""
        return self.done / max(time.monotonic() - self.started, 1e-3)

    @property
    def left_s(self) -> float:
        """Time left at this speed."""
        return (self.total - self.done) / self.fps if self.done else float("inf")


class ClipJob:
    """One clip from upload to results; methods may be called from any thread."""

    def __init__(self, token: str, folder: Path, name: str, request: Request, owner: str = "") -> None:
        self.token, self.folder, self.name = token, folder, name
        self.request, self.owner = request, owner
        self.capture_fps: float | None = None  # as was given; None as the file says
        self.language = current()  # of its film and of what goes wrong
        self.came_at = datetime.now(timezone.utc)
        self.state = "working"  # then "measured", or "failed", or "cancelled"
        self.error = ""
        self.progress = Progress()
        self.clip: ClipInfo | None = None
        self.footage: Footage | None = None
        self.analysis: Analysis | None = None
        self.report: Report | None = None
        self.filmed = True
        self.counted_live: int | None = None  # of a live set: how many reps were counted, and whether all were seen
        self.missed_live = False
        self.found_live = 0  # and how many were found afterwards, before any correction
        self.pictures: list[bytes] = []
        self.version = 0
        self._feet: dict[int, bytes] = {}
        self._crowd: Crowd | None = None
        self.film_shown: Path | None = None  # the newest film there is, which may show an earlier state
        self.film_error = ""
        self.film_progress = Progress()
        self._begun = self._filmed = self._pictured = 0
        self.seen_at = time.monotonic()
        self._stop = threading.Event()
        self._lock = threading.RLock()

    @property
    def source(self) -> Path:
        """The film as it was given; apart from what is made of it, whatever its name."""
        return self.folder / "given" / self.name

    @property
    def film(self) -> Path | None:
        """The annotated film of what is measured now, None until it is drawn."""
        return self.film_shown if self._filmed == self.version else None

    @property
    def pictured(self) -> bool:
        """Whether the stills show what is measured now."""
        return self._pictured == self.version

    @property
    def edits(self) -> Edits:
        """Corrections by hand so far."""
        return self.request.edits or Edits(schema="plumbline/edits/1")

    def cancel(self) -> None:
        """Stop at the next frame; what was measured before stands."""
        self._stop.set()
        if self.state == "working":
            self.state = "cancelled" if self.report is None else "measured"

    def go_on(self) -> None:
        """Take up work again after it was stopped; what was stopped stays so."""
        if self._stop.is_set():
            self._stop = threading.Event()

    @property
    def work(self) -> threading.Event:
        """What is being done now; set when it is to stop."""
        return self._stop

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped."""
        return self._stop.is_set()

    def _move(self, progress: Progress) -> Callable[[int], None]:
        stop = self._stop

        def move(done: int) -> None:
            progress.done = done
            if stop.is_set():
                raise CancelledError

        return move

    def measure(self, request: Request, limits: Path | None, capture_fps: float | None = None) -> None:
        """Probe the film, run the pose model, measure; `capture_fps` is as the file says unless given."""
        stop = self._stop
        self.progress = Progress(N_("Opening the film"))
        clip = probe(self.source, capture_fps)
        self.progress = Progress(N_("Finding the athlete"), 0, clip.frames)
        footage = see(clip, on_frame=self._move(self.progress), glimpses=True)
        self.progress = Progress(N_("Finding reps and faults"))
        analysis = measure_footage(footage, clip, request, Limits.load(limits))
        with self._lock:
            if stop.is_set():
                raise CancelledError
            self.clip, self.footage, self.capture_fps = clip, footage, capture_fps
            self._take(request, analysis)

    def remeasure(self, request: Request, limits: Path | None) -> None:
        """Measure again from the landmarks: other edits, drill, stature or limits.

        Raises
        ------
        PlumblineError
            When the request cannot be met, or the clip is just being measured; what was measured before stays.
        """
        with self._lock:
            if self.state == "working" and self.report is not None:
                raise PlumblineError("this clip is being measured: wait until that is done, then correct it.")
            assert self.clip is not None and self.footage is not None
            self._take(request, measure_footage(self.footage, self.clip, request, Limits.load(limits)))

    def _take(self, request: Request, analysis: Analysis) -> None:
        """Hold what was measured."""
        report = build_report(analysis)
        if request.edited().who != self.request.edited().who:
            self._feet = {}  # they were another person's
        self.request, self.analysis, self.report = request, analysis, report
        self.version += 1
        self.state = "measured"

    def draw(self) -> None:
        """Make stills and annotated film of what is measured now; an older one that is under way gives up."""
        with self._lock:
            analysis, version = self.analysis, self.version
            if analysis is None or not self.filmed or self._begun == version:
                return
            self._begun, self.film_error = version, ""
        pictures = key_stills(analysis)
        with self._lock:
            if version != self.version:
                return
            self.pictures, self._pictured = pictures, version
        self.film_progress = Progress(N_("Drawing the film"), 0, len(analysis.pose))
        count = self._move(self.film_progress)

        def move(done: int) -> None:
            if version != self.version:
                raise CancelledError
            count(done)

        path = self.folder / f"annotated_{version}.mp4"
        try:
            write_film(analysis, path, on_frame=move)
        except CancelledError:
            with self._lock:
                if self._begun == version:  # to be begun again
                    self._begun = 0
            raise
        with self._lock:
            if version == self.version:
                for old in self.folder.glob("annotated_*.mp4"):
                    if old != path:
                        old.unlink(missing_ok=True)
                self.film_shown, self._filmed = path, version
                analysis.footage.glimpses.clear()  # many clips stay open, and the stills are there

    def feet(self, frame: int) -> dict[int, bytes]:
        """Pictures of a frame's feet and of those around it, by number; kept until others are asked for."""
        assert self.analysis is not None
        around = {k for k in (frame - 1, frame, frame + 1) if 0 <= k < len(self.analysis.pose)}
        if not around <= self._feet.keys():
            self._feet = feet(self.analysis, range(frame - FEET_FRAMES, frame + FEET_FRAMES + 1))
        return self._feet

    def crowd(self) -> Crowd:
        """A picture of everybody in the film."""
        assert self.analysis is not None
        if self._crowd is None:
            self._crowd = crowd_of(self.analysis)
        return self._crowd

    def pose_at(self, time_s: float) -> dict[str, float] | None:
        """Where the athlete stands in the annotated film: near ankle x, y and body height, as shares of its size."""
        return place_in_film(self.analysis, time_s) if self.analysis is not None else None

    def cut(self, cut: Cut, long_edge: int | None) -> Path:
        """Write a film of a part or shape of the clip, for taking away."""
        assert self.analysis is not None
        path = self.folder / f"film_{secrets.token_hex(4)}.mp4"
        write_film(self.analysis, path, cut=cut, long_edge=long_edge)
        return path


def error_line(error: Exception, job: ClipJob) -> str:
    """An error in one line, with the name the user knows instead of the path on this machine."""
    if not isinstance(error, PlumblineError):
        log.error("a clip met what nobody foresaw", exc_info=error)
        return say(UNEXPECTED, kind=type(error).__name__)
    return error.said.replace(str(job.source), job.name).replace(str(job.folder), _("Plumbline's folder"))


def with_edits(request: Request, edits: Edits) -> Request:
    """The request with other corrections; none when there is nothing left to correct."""
    empty = edits == Edits(schema="plumbline/edits/1")
    return replace(request, edits=None if empty else edits)
