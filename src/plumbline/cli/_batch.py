"""Many clips from the command line, with progress."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from plumbline.batch import Cluster, Outcome, Wish, collect, find_clips, run_batch
from plumbline.errors import ClipError, OutputError
from plumbline.request import Limits, Request


@dataclass(frozen=True)
class BatchJob:
    """Which clips, what is wanted of each, and where they are measured."""

    places: list[Path]
    out: Path
    wish: Wish
    cluster: Cluster


def run_batch_job(job: BatchJob) -> int:
    """Measure all clips, gather the results, say what became of them; status 1 when some failed."""
    Limits.load(job.wish.limits)  # a wrong option is said once, not of every clip
    Request(drill=job.wish.drill)
    clips = list(find_clips(job.places))
    if not clips:
        raise ClipError(f"no films in {', '.join(map(str, job.places))}: give a folder with .mp4 or .mov files.")
    try:
        job.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {job.out} cannot be made: {error.strerror}.") from error
    outcomes = _watched(job, clips)
    totals = collect(job.out, outcomes)
    count = Counter(o.status for o in outcomes)
    sys.stdout.write(
        f"{count['measured']} clips measured, {count['known']} known from before, {count['failed']} failed; "
        f"{totals.reps} reps.\nWritten {job.out / 'overview.html'} and {job.out / 'reps.parquet'}\n"
    )
    return 1 if count["failed"] else 0


def _watched(job: BatchJob, clips: list[Path]) -> list[Outcome]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("clips"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    outcomes: list[Outcome] = []
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Measuring", total=len(clips))
        for outcome in run_batch(clips, job.out, job.wish, job.cluster):
            outcomes.append(outcome)
            bar.advance(task)
            if outcome.status == "failed":
                console.print(
                    f"failed: {' '.join(outcome.error.split())}", markup=False, highlight=False, soft_wrap=True
                )
    return outcomes
