"""Many clips from the command line, with progress."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plumbline.batch import Cluster, Outcome, Wish, collect, find_clips, left_out, run_batch
from plumbline.cli._console import console as new_console
from plumbline.cli._progress import progress
from plumbline.errors import ClipError, readable
from plumbline.estimation import bundle_path
from plumbline.files import check_out, make_folder
from plumbline.language import _
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
    bundle_path(job.wish.model)
    check_out(job.out, (), ())
    for place in job.places:
        with suppress(OSError):  # a name that is none is said below
            if place.exists() and not (place.is_dir() or place.is_file()):
                raise ClipError("{path} is not a file: give films, or folders of them.", path=place)
    clips = list(find_clips(job.places, job.out))
    for film in left_out(job.places, job.out):
        words = _("left out: {film} is of a type that is not read; give it by itself to try.", film=readable(str(film)))
        sys.stderr.write(words + "\n")
    if not clips:
        raise ClipError(
            "no films in {names}: give a folder with .mp4 or .mov files.", names=", ".join(map(str, job.places))
        )
    make_folder(job.out)
    outcomes = _watched(job, clips)
    totals = collect(job.out, outcomes)
    count = Counter(o.status for o in outcomes)
    counts = {k: count[k] for k in ("measured", "known", "failed")}
    counts["reps"] = totals.reps
    words = _("{measured} clips measured, {known} known from before, {failed} failed; {reps} reps.", **counts)
    written = _("Written {page} and {table}", page=job.out / "overview.html", table=job.out / "reps.parquet")
    sys.stdout.write(f"{words}\n{written}\n")
    return 1 if count["failed"] else 0


def _watched(job: BatchJob, clips: list[Path]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    console = new_console(stderr=True)
    with progress(console, "Measuring", len(clips), "clips a second") as move:
        for outcome in run_batch(clips, job.out, job.wish, job.cluster):
            outcomes.append(outcome)
            move(len(outcomes))
            if outcome.status == "failed":
                words = _("failed: {error}", error=" ".join(outcome.error.split()))
                console.print(words, markup=False, highlight=False, soft_wrap=True)
    return outcomes
