"""One clip from film to files, with progress."""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from plumbline.analysis import Analysis
from plumbline.cli._console import console as new_console
from plumbline.cli._progress import progress
from plumbline.cli._tables import print_report
from plumbline.estimation import sha256_of
from plumbline.files import FILM, all_or_none, check_out, make_folder, write_text
from plumbline.language import _
from plumbline.machine import give_back_memory
from plumbline.pipeline import analyze
from plumbline.report import Report, build_report
from plumbline.request import Request
from plumbline.tables import Decimal
from plumbline.video import probe


@dataclass(frozen=True)
class Job:
    """What to do with a clip; without a folder `out` it gets one of its name."""

    clip: Path
    out: Path | None
    request: Request
    capture_fps: float | None = None
    cache: bool = True
    film: bool = True
    film_size: int | None = 1280
    limits: Path | None = None
    model: str | None = None
    decimal: Decimal = "point"
    edits: Path | None = None

    @property
    def stills_with_film(self) -> bool:
        """Whether the film is drawn, and large enough that its pictures make stills."""
        from plumbline.draw import FILM_LONG_EDGE

        return self.film and (self.film_size is None or self.film_size >= FILM_LONG_EDGE)


def folder_for(clip: Path) -> Path:
    """A folder named after a film; numbered where one of that name holds another film's results."""
    name = clip.stem.strip(". ") or "film"
    for k in itertools.count(1):
        folder = Path("plumbline-out", name if k == 1 else f"{name}-{k}")
        held = _film_in(folder)
        if not held or held == sha256_of(clip):
            return folder
    raise AssertionError


def _film_in(folder: Path) -> str:
    """Hash of the film whose results a folder holds; empty where it holds none that can be read."""
    try:
        return str(json.loads((folder / "report.json").read_bytes())["clip"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def changed_by() -> list[str]:
    """Names of the files that a job writes, or removes where it draws no film."""
    from plumbline.results import DOCUMENTS

    return [*DOCUMENTS, FILM]


def write_results(analysis: Analysis, report: Report, job: Job, out: Path, console: Console) -> list[Path]:
    """Write every file of a report; all appear together, or none of them."""
    from plumbline.draw import write_film
    from plumbline.results import documents, key_stills, key_times

    pictures: list[bytes] = []
    had_report = (out / "report.json").is_file()
    with all_or_none(out) as part:
        if job.film:
            times = key_times(analysis) if job.stills_with_film else None
            with progress(console, _("Drawing"), len(analysis.pose)) as move:
                pictures = write_film(analysis, part / FILM, long_edge=job.film_size, stills_s=times, on_frame=move)
        for name, texts in documents(analysis, report, pictures or key_stills(analysis), decimal=job.decimal):
            write_text(part / name, texts)
        written = [out / file.name for file in part.iterdir()]
    if not job.film and had_report:  # an earlier run's film would pass for this report's
        with suppress(OSError):
            (out / FILM).unlink(missing_ok=True)
    give_back_memory()  # a long film's table of reps is printed next
    return [out / name for name in changed_by() if out / name in written]


def run_job(job: Job) -> Report:
    """Analyse a clip, write its results, print the table of reps."""
    console = new_console(stderr=True)
    info = probe(job.clip, job.capture_fps)  # first: where no folder is named, the film names it
    out = job.out or folder_for(job.clip)
    check_out(out, changed_by(), [job.clip, *(p for p in (job.limits, job.edits) if p)])
    with progress(console, _("Measuring"), info.frames) as move:
        analysis = analyze(
            job.clip,
            job.request,
            capture_fps=job.capture_fps,
            limits=job.limits,
            model=job.model,
            cache=job.cache,
            on_frame=move,
            glimpses=not job.stills_with_film,
        )
    report = build_report(analysis)
    make_folder(out)
    written = write_results(analysis, report, job, out, console)
    print_report(report, written)
    return report
