"""Everything Plumbline holds of an athlete, deleted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plumbline.estimation import forget_footage
from plumbline.files import FILM, OUTCOME, delete
from plumbline.log import AthleteEntry, TrainingLog, written_over

# What is written of a clip; a folder may hold other things, which stay.
WRITTEN = ("report.json", "report.html", "report.pdf", "reps.csv", "frames.csv", FILM, OUTCOME)


@dataclass(frozen=True)
class Forgotten:
    """How much was deleted: sets of the log, result files, kept landmarks."""

    sets: int
    files: int
    landmarks: int


def forget(log: TrainingLog, athlete: AthleteEntry) -> Forgotten:
    """Delete an athlete's log, the results of the films it names, and their landmarks, for good.

    Films that Plumbline was given stay where they are: they are the user's own. A film of several
    athletes loses its landmarks for all of them; results that another athlete's log names stay, and those of
    another film that were written over a logged one's. Tables that a batch gathered of many films stay until
    that batch is run again.

    Parameters
    ----------
    log : TrainingLog
    athlete : AthleteEntry
    """
    sets = log.all_sets(athlete)
    others = {s.report for a in log.athletes() if a.id != athlete.id for s in log.all_sets(a)}
    files = sum(_delete_results(Path(s.report)) for s in sets if s.report not in {"", *others} and not written_over(s))
    landmarks = sum(forget_footage(film) for film in {s.film_sha256 for s in sets})
    log.forget_athlete(athlete)  # last, so that a second try finds what a first one left
    return Forgotten(len(sets), files, landmarks)


def _delete_results(report: Path) -> int:
    """Delete a report and what was written with it; the folder too once it is empty."""
    if report.name != "report.json":
        return 0
    found = [report.with_name(name) for name in WRITTEN if report.with_name(name).is_file()]
    for file in found:
        delete(file)
    with suppress(OSError):  # not empty, or not there
        report.parent.rmdir()
    return len(found)
