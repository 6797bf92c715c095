"""One clip from film to files, with progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from plumbline.analysis import Analysis
from plumbline.cli._tables import print_report
from plumbline.errors import OutputError
from plumbline.pipeline import analyze
from plumbline.report import Report, build_report, write_text
from plumbline.request import Request
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


@contextmanager
def progress(console: Console, words: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar with frames per second and time left; yields the function that moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=total, speed="")

        def move(done: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, speed=f"{speed:.0f} fps" if speed else "")

        yield move


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {out} cannot be made: {error.strerror}.") from error


def write_results(analysis: Analysis, report: Report, job: Job, console: Console) -> list[Path]:
    """Write every file of a report; each appears whole or not at all."""
    from plumbline.draw import write_film
    from plumbline.results import documents, key_stills

    out = job.out
    texts = documents(analysis, report, key_stills(analysis))
    written = []
    if job.film:
        film = out / "annotated.mp4"
        with progress(console, "Drawing", len(analysis.pose)) as move:
            write_film(analysis, film, long_edge=job.film_size, on_frame=move)
        written.append(film)
    for name, content in texts.items():
        write_text(out / name, content)
        written.append(out / name)
    return written


def run_job(job: Job) -> Report:
    """Analyse a clip, write its results, print the table of reps."""
    console = Console(stderr=True)
    info = probe(job.clip, job.capture_fps)
    with progress(console, "Measuring", info.frames) as move:
        analysis = analyze(
            job.clip,
            job.request,
            capture_fps=job.capture_fps,
            limits=job.limits,
            model=job.model,
            cache=job.cache,
            on_frame=move,
        )
    report = build_report(analysis)
    _make_folder(job.out)
    written = write_results(analysis, report, job, console)
    print_report(report, written)
    return report
