"""Everything a batch measured, in one Parquet table and one page."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from plumbline.batch._measure import Outcome
from plumbline.errors import OutputError, SettingsError
from plumbline.files import part_of, write_text
from plumbline.language import _, say
from plumbline.metrics import ACROSS_REPS, METRICS
from plumbline.pages import page_template
from plumbline.report import EVENT_COLUMNS, Report, read_report

TABLE, PAGE = "reps.parquet", "overview.html"
# Reports in memory at a time, and clips the page lists.
AT_ONCE, LISTED = 500, 2000


@dataclass
class Line:
    """A clip on the page."""

    clip: str
    link: str
    drill: str
    reps: int
    faults: str
    warnings: int


@dataclass
class Totals:
    """What the page says of the whole; `folder` is the one that all clips lie in or below."""

    folder: str = ""
    clips: int = 0
    reps: int = 0
    empty: int = 0
    lines: list[Line] = field(default_factory=list)
    drills: Counter[str] = field(default_factory=Counter)
    reps_of: Counter[str] = field(default_factory=Counter)
    faulty: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def within(self, clip: str) -> str:
        """A clip's path within the folder."""
        return os.path.relpath(clip, self.folder) if self.folder else clip

    def add(self, outcome: Outcome, report: Report) -> None:
        """Count one clip."""
        drill = say(report.drill.name) if report.drill else _("no drill detected")
        self.clips += 1
        self.reps += len(report.reps)
        self.empty += not report.reps
        self.drills[drill] += 1
        self.reps_of[drill] += len(report.reps)
        labels = Counter(say(v.label) for rep in report.reps for v in rep.verdicts if v.verdict == "fault")
        self.faulty[drill].update(labels)
        if len(self.lines) < LISTED:
            faults = ", ".join(f"{label} ({n})" for label, n in labels.most_common(3))
            link = f"{outcome.folder}/report.html"
            self.lines.append(
                Line(self.within(outcome.clip), link, drill, len(report.reps), faults, len(report.warnings))
            )


def collect(out: Path, outcomes: Sequence[Outcome]) -> Totals:
    """Write `reps.parquet` and `overview.html` of a batch into its folder, each whole or not at all.

    The table has a row a rep, with the same columns whatever was measured: clip, events,
    every metric of the catalogue with its sd (empty where it was not measured), faults. A film
    that lies in several places is one clip.

    Parameters
    ----------
    out : Path
        The batch's folder.
    outcomes : sequence of Outcome
        Of this run, "known" ones included.

    Returns
    -------
    Totals

    Raises
    ------
    OutputError
        When the folder cannot be written to.
    """
    once = {o.folder: o for o in reversed(outcomes) if o.status != "failed"}
    failed = sorted((o for o in outcomes if o.status == "failed"), key=lambda o: o.clip)
    totals = Totals()
    with suppress(ValueError):  # without clips, or on two drives, there is no such folder
        totals.folder = os.path.commonpath([str(Path(o.clip).parent) for o in outcomes])
    _write_table(out, sorted(once.values(), key=lambda o: o.clip), totals)
    template = page_template("overview.html.j2")
    copies = sum(o.status != "failed" for o in outcomes) - len(once)
    write_text(out / PAGE, template.render(t=totals, failed=failed, copies=copies, listed=LISTED, table=TABLE))
    return totals


def _write_table(out: Path, outcomes: Iterable[Outcome], totals: Totals) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, number = pa.string(), pa.float64()
    columns = [("clip", text), ("sha256", text), ("drill", text), ("rep", pa.int32()), ("stance", text)]
    columns += [(name, number) for name in EVENT_COLUMNS]
    columns += [(column, number) for name in (*METRICS, *ACROSS_REPS) for column in (name, f"{name}_sd")]
    columns += [("faults", text), ("borderline", text), ("report", text)]
    schema = pa.schema(columns)
    part = part_of(out / TABLE)
    try:
        with pq.ParquetWriter(part, schema) as writer:
            for some in _chunks(outcomes):
                rows: list[dict[str, Any]] = []
                for outcome in some:
                    report = _report(out, outcome)
                    if report is not None:
                        totals.add(outcome, report)
                        rows += _rows(outcome, report)
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        part.replace(out / TABLE)
    except OSError as error:
        raise OutputError(
            "{value} cannot be written: {strerror}.", value=out / TABLE, strerror=error.strerror
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _chunks(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    rest = iter(outcomes)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _report(out: Path, outcome: Outcome) -> Report | None:
    """A clip's report, None where somebody took it away meanwhile."""
    try:
        return read_report(out / outcome.folder / "report.json")
    except SettingsError:
        return None


def _rows(outcome: Outcome, report: Report) -> Iterator[dict[str, Any]]:
    drill = report.drill.id if report.drill else None
    for rep in report.reps:
        row: dict[str, Any] = {"clip": outcome.clip, "sha256": outcome.sha256, "drill": drill}
        row |= {"rep": rep.index, "stance": rep.stance, "report": f"{outcome.folder}/report.json"}
        row |= {name: getattr(rep, name) for name in EVENT_COLUMNS}
        for name, quantity in rep.metrics.items():
            row |= {name: quantity.value, f"{name}_sd": quantity.sd}
        for kind, column in (("fault", "faults"), ("borderline", "borderline")):
            row[column] = " ".join(v.fault for v in rep.verdicts if v.verdict == kind)
        yield row
