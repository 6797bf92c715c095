"""Clips being measured and measured: each in a thread, a folder and a place of its own.

Nothing here knows of the browser. A clip is found again by its token, which nobody can guess.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from plumbline.app._clip import CancelledError, ClipJob, Progress, error_line
from plumbline.app._libraries import load_libraries
from plumbline.clip import ClipInfo
from plumbline.errors import PlumblineError
from plumbline.language import N_, current, speaking
from plumbline.pose import Footage
from plumbline.request import Request

KEEP_S = 6 * 3600.0
KEEP_CLIPS = 24
UNSEEN_S = 600.0
WORKERS = 2
SWEEP_EVERY_S = 600.0
# Of a film's name without its ending: file systems take 255.
NAME_BYTES = 160
ENDING = re.compile(r"\.[^\W_]{1,8}")
# Names that Windows keeps for devices, whatever their ending.
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


class Store:
    """All clips of this server, each in a folder below `root`.

    Folders that an earlier server left behind are removed at the start, those of clips that
    nobody looked at for hours as time goes by.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._jobs: dict[str, ClipJob] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="clip")
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True, exist_ok=True)
        threading.Thread(target=self._sweep_on, name="sweep", daemon=True).start()

    def add(
        self,
        name: str,
        save: Callable[[Path], object],
        request: Request,
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
        limits : Path, optional
            The coach's limits.
        owner : str
            The coach who alone may see it; empty where nobody signs in.
        """
        job = self._begin(name, request, owner, save)
        with self._lock:
            self._jobs[job.token] = job
        self._pool.submit(self._run, job, request, limits)
        return job

    def adopt(
        self,
        name: str,
        seen: tuple[ClipInfo, Footage],
        request: Request,
        limits: Path | None = None,
        owner: str = "",
        film: Path | None = None,
    ) -> ClipJob:
        """Take in the landmarks that a live session leaves, with its film where one was kept."""
        job = self._begin(name, request, owner, (film.replace) if film else (lambda _: None))
        clip, job.footage = seen
        job.clip, job.filmed = replace(clip, path=job.source), film is not None
        with self._lock:
            self._jobs[job.token] = job
        try:
            job.remeasure(request, limits)
        except PlumblineError as error:
            job.error, job.state = error_line(error, job), "failed"
        else:
            assert job.report is not None
            job.found_live = len(job.report.reps)
            self._pool.submit(self._draw, job)
        return job

    def _begin(self, name: str, request: Request, owner: str, save: Callable[[Path], object]) -> ClipJob:
        """A clip with its film, in a folder and with a token of its own."""
        self._make_room(owner)
        token = secrets.token_hex(12)  # part of keys in which Streamlit allows no two underscores
        job = ClipJob(token, self.root / token, safe_name(name), request, owner)
        try:
            job.folder.mkdir()
            job.source.parent.mkdir()
            save(job.source)
        except OSError as error:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise PlumblineError(
                "{name} cannot be kept: {strerror}. Make room on the disk.", name=name, strerror=error.strerror
            ) from error
        return job

    def get(self, token: str | None, owner: str = "") -> ClipJob | None:
        """An owner's clip by its token, None when they have none such (any more)."""
        with self._lock:
            job = self._jobs.get(token or "")
        if job is None or job.owner != owner:
            return None
        job.seen_at = time.monotonic()
        return job

    def of(self, owner: str = "") -> list[ClipJob]:
        """All clips of an owner, the newest last."""
        with self._lock:
            return [job for job in self._jobs.values() if job.owner == owner]

    @property
    def waiting(self) -> int:
        """Clips that are not measured yet."""
        with self._lock:
            return sum(job.state == "working" for job in self._jobs.values())

    def recount(self, job: ClipJob, request: Request, limits: Path | None, capture_fps: float | None) -> None:
        """Begin again with another capture rate; what was measured stands until that is done."""
        job.state, job.error, job.language = "working", "", current()
        job.go_on()
        self._pool.submit(self._run, job, request, limits, capture_fps)

    def redraw(self, job: ClipJob) -> None:
        """Begin to write the film again, after a correction."""
        job.language = current()
        job.go_on()
        self._pool.submit(self._draw, job)

    def forget(self, token: str) -> None:
        """Drop a clip with everything made of it."""
        with self._lock:
            job = self._jobs.pop(token, None)
        if job is not None:
            job.cancel()
            shutil.rmtree(job.folder, ignore_errors=True)

    def _run(self, job: ClipJob, request: Request, limits: Path | None, capture_fps: float | None = None) -> None:
        if job.cancelled:
            return
        with speaking(job.language):
            self._measure(job, request, limits, capture_fps)

    def _measure(self, job: ClipJob, request: Request, limits: Path | None, capture_fps: float | None) -> None:
        before, work = job.report, job.work
        try:
            job.progress = Progress(N_("Loading the pose model"))
            load_libraries()
            job.measure(request, limits, capture_fps)
        except CancelledError:
            if job.work is work:  # nothing else has been begun since
                job.state = "cancelled" if before is None else "measured"
        except Exception as error:
            if job.work is work:
                job.error, job.state = error_line(error, job), "failed" if before is None else "measured"
        finally:
            self._tidy(job)
        if job.state == "measured" and self._kept(job):  # of what stands, also where it was not measured anew
            job.go_on()
            self._draw(job)

    def _draw(self, job: ClipJob) -> None:
        """Write the film; what was measured stands even where that fails."""
        with speaking(job.language):
            try:
                job.draw()
            except CancelledError:
                return
            except Exception as error:
                job.film_error = error_line(error, job)
            finally:
                self._tidy(job)

    def _tidy(self, job: ClipJob) -> None:
        """Delete what was still being written as a clip was forgotten."""
        if not self._kept(job):
            shutil.rmtree(job.folder, ignore_errors=True)

    def _kept(self, job: ClipJob) -> bool:
        with self._lock:
            return job.token in self._jobs

    def _sweep_on(self) -> None:
        while True:
            time.sleep(SWEEP_EVERY_S)
            self.sweep()

    def sweep(self) -> None:
        """Let go of what nobody looked at for hours."""
        with suppress(OSError):
            for film in self.root.glob("live_*"):  # of sessions whose page was closed
                if time.time() - film.stat().st_mtime > KEEP_S:
                    film.unlink(missing_ok=True)
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            if time.monotonic() - job.seen_at > KEEP_S:
                self.forget(job.token)

    def _make_room(self, owner: str) -> None:
        """Let go of an owner's measured clips beyond so many, the longest unseen first; none that is looked at."""
        with self._lock:
            own = [job for job in self._jobs.values() if job.owner == owner and job.state != "working"]
        own.sort(key=lambda job: job.seen_at)
        for job in own[: max(len(own) - KEEP_CLIPS + 1, 0)]:
            if time.monotonic() - job.seen_at > UNSEEN_S:
                self.forget(job.token)


def safe_name(name: str) -> str:
    """A file name that stays in its folder, with the ending it had."""
    last = Path(name.replace("\\", "/")).name
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    ending = Path(kept).suffix
    if not ENDING.fullmatch(ending):  # a dot in a name that has no ending
        ending = ""
    stem = kept.removesuffix(ending).encode()[:NAME_BYTES].decode(errors="ignore").rstrip(". ")
    reserved = stem.upper().partition(".")[0].strip() in RESERVED
    return f"{'_' * reserved}{stem or 'clip'}{ending}"
