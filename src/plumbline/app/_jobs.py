"""Clips being measured and measured: each in a thread, a folder and a place of its own.

Nothing here knows of the browser. A clip is found again by its token, which nobody can guess.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from plumbline.analysis import Analysis
from plumbline.app._libraries import load_libraries
from plumbline.draw import Cut, write_film
from plumbline.edits import Edits
from plumbline.errors import PlumblineError
from plumbline.pipeline import measure_footage
from plumbline.pose import Footage, see
from plumbline.report import Report, build_report
from plumbline.request import Limits, Request
from plumbline.results import key_stills
from plumbline.video import ClipInfo, probe

KEEP_S = 6 * 3600.0
KEEP_CLIPS = 24
WORKERS = 2
UNEXPECTED = (
    "Something went wrong that Plumbline did not foresee ({}). Try another clip, and keep this one to report it."
)


class CancelledError(Exception):
    """The user stopped the job."""


@dataclass
class Progress:
    """How far a step is."""

    words: str = "Waiting for its turn"
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

    def __init__(
        self, token: str, folder: Path, name: str, request: Request, capture_fps: float | None, owner: str = ""
    ) -> None:
        self.owner = owner
        self.token, self.folder, self.name = token, folder, name
        self.request, self.capture_fps = request, capture_fps
        self.state = "working"  # then "measured", or "failed", or "cancelled"
        self.error = ""
        self.progress = Progress()
        self.clip: ClipInfo | None = None
        self.footage: Footage | None = None
        self.analysis: Analysis | None = None
        self.report: Report | None = None
        self.filmed = True
        self.pictures: list[bytes] = []
        self.version = 0
        self.film: Path | None = None
        self.film_error = ""
        self.film_progress = Progress()
        self._begun = 0
        self.seen_at = time.monotonic()
        self._stop = threading.Event()
        self._lock = threading.RLock()

    @property
    def source(self) -> Path:
        """The film as it was given."""
        return self.folder / self.name

    @property
    def edits(self) -> Edits:
        """Corrections by hand so far."""
        return self.request.edits or Edits(schema="plumbline/edits/1")

    def cancel(self) -> None:
        """Stop at the next frame."""
        self._stop.set()
        if self.state == "working":
            self.state = "cancelled"

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped."""
        return self._stop.is_set()

    def _move(self, progress: Progress) -> Callable[[int], None]:
        def move(done: int) -> None:
            progress.done = done
            if self._stop.is_set():
                raise CancelledError

        return move

    def measure(self, limits: Path | None) -> None:
        """Probe the film, run the pose model, measure."""
        self.clip = probe(self.source, self.capture_fps)
        self.progress = Progress("Measuring", 0, self.clip.frames)
        self.footage = see(self.clip, on_frame=self._move(self.progress))
        self.remeasure(self.request, limits)

    def remeasure(self, request: Request, limits: Path | None) -> None:
        """Measure anew from the landmarks: other edits, drill, stature or limits.

        Raises
        ------
        PlumblineError
            When the request cannot be met; what was measured before stays.
        """
        with self._lock:
            assert self.clip is not None and self.footage is not None
            analysis = measure_footage(self.footage, self.clip, request, Limits.load(limits))
            report = build_report(analysis)
            self.pictures = key_stills(analysis) if self.filmed else []
            self.request, self.analysis, self.report = request, analysis, report
            self.film = None
            self.version += 1
            self.state = "measured"

    def draw(self) -> None:
        """Write the annotated film of what is measured now; an older one that is under way gives up."""
        with self._lock:
            analysis, version = self.analysis, self.version
            if analysis is None or not self.filmed or self._begun == version:
                return
            self._begun, self.film_error = version, ""
        self.film_progress = Progress("Drawing the film", 0, len(analysis.pose))
        count = self._move(self.film_progress)

        def move(done: int) -> None:
            if version != self.version:
                raise CancelledError
            count(done)

        path = self.folder / f"annotated_{version}.mp4"
        write_film(analysis, path, on_frame=move)
        with self._lock:
            if version == self.version:
                for old in self.folder.glob("annotated_*.mp4"):
                    if old != path:
                        old.unlink(missing_ok=True)
                self.film = path

    def cut(self, cut: Cut, long_edge: int | None) -> Path:
        """Write a film of a part or shape of the clip, for taking away."""
        assert self.analysis is not None
        path = self.folder / f"film_{secrets.token_hex(4)}.mp4"
        write_film(self.analysis, path, cut=cut, long_edge=long_edge)
        return path


class Store:
    """All clips of this server, each in a folder below `root`.

    Folders that an earlier server left behind are removed at the start, those of clips that
    nobody looked at for hours as new ones come.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._jobs: dict[str, ClipJob] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="clip")
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True, exist_ok=True)

    def add(
        self,
        name: str,
        save: Callable[[Path], object],
        request: Request,
        capture_fps: float | None = None,
        limits: Path | None = None,
        owner: str = "",
    ) -> ClipJob:
        """Take a film in and begin to measure it.

        Parameters
        ----------
        name : str
            What the user calls it; only its last part is used.
        save : callable
            Writes the film to the path it is given.
        request : Request
        capture_fps : float, optional
        limits : Path, optional
            The coach's limits.
        owner : str
            The coach who alone may see it; empty where nobody signs in.
        """
        self._sweep(owner)
        token = secrets.token_urlsafe(12)
        folder = self.root / token
        folder.mkdir()
        job = ClipJob(token, folder, safe_name(name), request, capture_fps, owner)
        try:
            save(job.source)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise PlumblineError(f"{name} cannot be kept: {error.strerror}. Make room on the disk.") from error
        with self._lock:
            self._jobs[token] = job
        self._pool.submit(self._run, job, limits)
        return job

    def adopt(
        self,
        name: str,
        clip: ClipInfo,
        footage: Footage,
        request: Request,
        limits: Path | None = None,
        owner: str = "",
    ) -> ClipJob:
        """Take in landmarks without a film, as a live session leaves them."""
        self._sweep(owner)
        token = secrets.token_urlsafe(12)
        folder = self.root / token
        folder.mkdir()
        job = ClipJob(token, folder, name, request, None, owner)
        job.clip, job.footage, job.filmed = clip, footage, False
        with self._lock:
            self._jobs[token] = job
        try:
            job.remeasure(request, limits)
        except PlumblineError as error:
            job.error, job.state = told(error, job), "failed"
        return job

    def get(self, token: str | None, owner: str = "") -> ClipJob | None:
        """An owner's clip by its token, None when he has none such (any more)."""
        with self._lock:
            job = self._jobs.get(token or "")
        if job is None or job.owner != owner:
            return None
        job.seen_at = time.monotonic()
        return job

    @property
    def waiting(self) -> int:
        """Clips that are not measured yet."""
        with self._lock:
            return sum(job.state == "working" for job in self._jobs.values())

    def recount(self, job: ClipJob, limits: Path | None, capture_fps: float | None) -> None:
        """Begin anew with another capture rate; the kept landmarks make it quick."""
        job.capture_fps, job.state, job.film = capture_fps, "working", None
        self._pool.submit(self._run, job, limits)

    def redraw(self, job: ClipJob) -> None:
        """Begin to write the film anew, after a correction."""
        self._pool.submit(self._draw, job)

    def forget(self, token: str) -> None:
        """Drop a clip with everything made of it."""
        with self._lock:
            job = self._jobs.pop(token, None)
        if job is not None:
            job.cancel()
            shutil.rmtree(job.folder, ignore_errors=True)

    def _run(self, job: ClipJob, limits: Path | None) -> None:
        if job.cancelled:
            return
        try:
            load_libraries()
            job.measure(limits)
        except CancelledError:
            job.state = "cancelled"
        except Exception as error:
            job.error, job.state = told(error, job), "failed"
        else:
            self._draw(job)
        finally:
            self._tidy(job)

    def _draw(self, job: ClipJob) -> None:
        """Write the film; what was measured stands even where that fails."""
        try:
            job.draw()
        except CancelledError:
            return
        except Exception as error:
            job.film_error = told(error, job)
        finally:
            self._tidy(job)

    def _tidy(self, job: ClipJob) -> None:
        """Delete what was still being written as a clip was forgotten."""
        with self._lock:
            kept = job.token in self._jobs
        if not kept:
            shutil.rmtree(job.folder, ignore_errors=True)

    def _sweep(self, owner: str) -> None:
        """Let go of what nobody looked at for hours, and of an owner's measured clips beyond so many."""
        for film in self.root.glob("live_*"):  # of sessions whose page was closed
            if time.time() - film.stat().st_mtime > KEEP_S:
                film.unlink(missing_ok=True)
        with self._lock:
            jobs = sorted(self._jobs.values(), key=lambda j: j.seen_at)
        own = [job for job in jobs if job.owner == owner and job.state != "working"]
        beyond = own[: max(len(own) - KEEP_CLIPS + 1, 0)]
        now = time.monotonic()
        for job in jobs:
            if now - job.seen_at > KEEP_S or job in beyond:
                self.forget(job.token)


def safe_name(name: str) -> str:
    """A file name that stays in its folder, with the ending it had."""
    last = Path(name.replace("\\", "/")).name
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    return f"{stem[:80] or 'clip'}{dot}{ending[:8]}"


def told(error: Exception, job: ClipJob) -> str:
    """An error in one line, with the name the user knows instead of the path on this machine."""
    if not isinstance(error, PlumblineError):
        return UNEXPECTED.format(type(error).__name__)
    return str(error).replace(str(job.source), job.name).replace(str(job.folder), "Plumbline's folder")


def with_edits(request: Request, edits: Edits) -> Request:
    """The request with other corrections; none when there is nothing left to correct."""
    empty = edits == Edits(schema="plumbline/edits/1")
    return replace(request, edits=None if empty else edits)
