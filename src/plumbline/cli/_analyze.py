"""One clip from film to files, with progress."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from plumbline.analysis import Analysis
from plumbline.cli._console import console as new_console
from plumbline.cli._progress import progress
from plumbline.cli._tables import print_report
from plumbline.files import FILM, check_out, make_folder, write_text
from plumbline.machine import give_back_memory
from plumbline.pipeline import analyze
from plumbline.report import Report, build_report
from plumbline.request import Request
from plumbline.tables import Decimal
from plumbline.video import probe


@dataclass(frozen=True)
class Job:
    """What to do with a clip."""

    clip: Path
    out: Path
    request: Request
    capture_fps: float | None = None
    cache: bool = True
    film: bool = True
    film_size: int | None = 1280
    limits: Path | None = None
    model: str | None = None
    decimal: Decimal = "point"

    @property
    def stills_with_film(self) -> bool:
        """Whether the film is drawn, and large enough that its pictures make stills."""
        from plumbline.draw import FILM_LONG_EDGE

        return self.film and (self.film_size is None or self.film_size >= FILM_LONG_EDGE)


def changed_by() -> list[str]:
    """Names of the files that a job writes, or removes where it draws no film."""
    from plumbline.results import DOCUMENTS

    return [*DOCUMENTS, FILM]


def write_results(analysis: Analysis, report: Report, job: Job, console: Console) -> list[Path]:
    """Write every file of a report; each appears whole or not at all."""
    from plumbline.draw import write_film
    from plumbline.results import documents, key_stills, key_times

    written: list[Path] = []
    pictures: list[bytes] = []
    if job.film:
        film = job.out / FILM
        times = key_times(analysis) if job.stills_with_film else None
        with progress(console, "Drawing", len(analysis.pose)) as move:
            pictures = write_film(analysis, film, long_edge=job.film_size, stills_s=times, on_frame=move)
        written.append(film)
    elif (job.out / "report.json").is_file():  # an earlier run's film would pass for this report's
        with suppress(OSError):
            (job.out / FILM).unlink(missing_ok=True)
    for name, parts in documents(analysis, report, pictures or key_stills(analysis), decimal=job.decimal):
        write_text(job.out / name, parts)
        written.append(job.out / name)
    give_back_memory()  # a long film's table of reps is printed next
    return written


def run_job(job: Job) -> Report:
    """Analyse a clip, write its results, print the table of reps."""
    console = new_console(stderr=True)
    info = probe(job.clip, job.capture_fps)  # first: where no folder is named, the film names it
    check_out(job.out, changed_by(), [job.clip, *([job.limits] if job.limits else [])])
    with progress(console, "Measuring", info.frames) as move:
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
    make_folder(job.out)
    written = write_results(analysis, report, job, console)
    print_report(report, written)
    return report
