"""Films and reports that are kept with the log, so that the first and the latest can be looked at together."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plumbline.errors import OutputError, SettingsError
from plumbline.files import FILM, part_of, write_text
from plumbline.log._entries import SetEntry

if TYPE_CHECKING:  # the log is opened without what makes reports
    from plumbline.report import Report


@dataclass(frozen=True)
class KeptClip:
    """A report that was kept.

    Attributes
    ----------
    report : Report
    film : Path or None
        Its annotated film, where there is one.
    """

    report: Report
    film: Path | None


def keep_clip(root: Path, entry: SetEntry, report: Report, film: Path | None) -> SetEntry:
    """Keep a set's report and film.

    Parameters
    ----------
    root : Path
        The folder below which each set has one.
    entry : SetEntry
    report : Report
    film : Path or None
        The annotated film, copied.

    Returns
    -------
    SetEntry
        The set with the report's place.

    Raises
    ------
    OutputError
        When they cannot be written; nothing is left then.
    """
    from plumbline.report import report_json

    folder = root / entry.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if film is not None:
            part = part_of(folder / FILM)
            shutil.copyfile(film, part)
            part.replace(folder / FILM)
        write_text(folder / "report.json", report_json(report))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutputError("the clip cannot be kept with the log: {strerror}.", strerror=error.strerror) from error
    return entry.model_copy(update={"report": str(folder / "report.json")})


def _report_at(path: Path) -> Report | None:
    """The report that lies there, None where there is none that can be read."""
    from plumbline.report import read_report

    with suppress(SettingsError):
        return read_report(path) if path.is_file() else None
    return None


def _is_of(report: Report, entry: SetEntry) -> bool:
    """Whether a report is of the set: by its film, by its numbers where a live session left no film."""
    if report.clip.sha256 or entry.film_sha256:
        return report.clip.sha256 == entry.film_sha256
    from plumbline.log._from_report import set_from_report

    with suppress(SettingsError):  # a report without reps is nobody's set
        return set_from_report(report, entry.report).metrics == entry.metrics
    return False


def written_over(entry: SetEntry) -> bool:
    """Whether another film's report lies where that of `entry` was, as in a folder used again and again."""
    report = _report_at(Path(entry.report))
    return report is not None and not _is_of(report, entry)


def kept_clip(entry: SetEntry) -> KeptClip | None:
    """The report and film of the set `entry`, None when they were not kept, are gone or were written over."""
    report = _report_at(Path(entry.report))
    if report is None or not _is_of(report, entry):
        return None
    film = Path(entry.report).with_name(FILM)
    return KeptClip(report, film if film.is_file() else None)
