"""Everything that leaves Plumbline for one clip, as files by name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plumbline.analysis import Analysis
from plumbline.draw import stills
from plumbline.files import whole_or_none
from plumbline.report import Report, frames_csv, report_html, report_json, reps_csv
from plumbline.report.letterhead import Letterhead
from plumbline.tables import Decimal, with_decimal

MAX_STILLS = 80
# What `documents` yields.
DOCUMENTS = ("report.json", "reps.csv", "frames.csv", "report.html")


def key_times(analysis: Analysis) -> list[float]:
    """The first reps' key instants, s."""
    return [m.rep.key_s for m in analysis.reps][:MAX_STILLS]


def key_stills(analysis: Analysis) -> list[bytes]:
    """JPEG pictures of the first reps' key instants, the line drawn."""
    return stills(analysis, key_times(analysis))


def documents(
    analysis: Analysis,
    report: Report,
    pictures: list[bytes],
    head: Letterhead | None = None,
    decimal: Decimal = "point",
) -> Iterator[tuple[str, Iterable[str]]]:
    """The names and texts, in parts, of a report's files, one after the other: those of a long film are large."""
    json_name, reps_name, frames_name, page_name = DOCUMENTS
    yield json_name, [report_json(report)]
    yield reps_name, with_decimal([reps_csv(report)], decimal)
    yield frames_name, with_decimal([frames_csv(analysis)], decimal)
    yield page_name, report_html(report, analysis, pictures, head)


# Plain names for what is handed on: a coach opens "report.pdf", not "report.json".
ZIP_NAMES = {
    "report.json": "data/everything.json",
    "reps.csv": "one row per rep.csv",
    "frames.csv": "data/one row per frame.csv",
    "report.html": "report.html",
}


@dataclass(frozen=True)
class Results:
    """What a zip holds of one clip.

    Attributes
    ----------
    folder : str
        In the zip: "" for its top, else a name that ends in "/".
    analysis : Analysis
    report : Report
    pictures : list of bytes
        The reps' stills, JPEG.
    film : Path or None
        The annotated one.
    """

    folder: str
    analysis: Analysis
    report: Report
    pictures: list[bytes]
    film: Path | None


def write_bundle(
    path: Path, clips: Iterable[Results], head: Letterhead | None = None, decimal: Decimal = "point"
) -> None:
    """Write one zip with each clip's documents, PDF, stills and film; whole or not at all.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    from plumbline.report.pdf import report_pdf

    with whole_or_none(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
        for clip in clips:
            for name, parts in documents(clip.analysis, clip.report, clip.pictures, head, decimal):
                bundle.writestr(f"{clip.folder}{ZIP_NAMES[name]}", "".join(parts))
            paper = report_pdf(clip.report, clip.analysis, clip.pictures, head)
            bundle.writestr(f"{clip.folder}report.pdf", paper)
            for m, picture in zip(clip.analysis.reps, clip.pictures, strict=False):
                bundle.writestr(f"{clip.folder}stills/rep {m.rep.index:02d}.jpg", picture, zipfile.ZIP_STORED)
            if clip.film is not None:
                bundle.write(clip.film, f"{clip.folder}film.mp4", zipfile.ZIP_STORED)
