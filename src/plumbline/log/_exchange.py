"""The whole log as a file, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from plumbline.errors import SettingsError, first_problem
from plumbline.files import read_document
from plumbline.log._entries import AthleteEntry, PlanEntry, SessionEntry, SetEntry, _Entry, is_day_of_training
from plumbline.log._imported import Imported
from plumbline.log._store import TrainingLog
from plumbline.tables import safe_cell

SCHEMA: Literal["plumbline/log/1"] = "plumbline/log/1"
COLUMNS = (
    *("athlete", "day", "kind", "effort", "discomfort", "drill", "side", "reps", "contacts", "source", "film"),
    *("faults", "protocol", "metric", "mean", "sd", "common_sd", "rep_sd", "n", "unit"),
)


class _AthleteFile(_Entry):
    athlete: AthleteEntry
    sessions: tuple[SessionEntry, ...] = ()
    plans: tuple[PlanEntry, ...] = ()


class LogFile(_Entry):
    """All of a log: `plumbline/log/1`."""

    schema_id: Literal["plumbline/log/1"] = Field(alias="schema")
    athletes: tuple[_AthleteFile, ...] = ()

    model_config = _Entry.model_config | {"populate_by_name": True}


def export_json(log: TrainingLog) -> str:
    """Everything in `log`, as JSON."""
    everybody = tuple(
        _AthleteFile(athlete=a, sessions=tuple(log.sessions(a)), plans=tuple(log.plans(a))) for a in log.athletes()
    )
    return LogFile(schema=SCHEMA, athletes=everybody).model_dump_json(indent=1, by_alias=True) + "\n"


def import_json(log: TrainingLog, path: Path, *, with_places: bool = True) -> Imported:
    """Take a file's athletes, sessions and plans in; those with a known id are replaced, nothing is doubled.

    Parameters
    ----------
    log : TrainingLog
    path : Path
    with_places : bool
        Believe the file where reports and films lie on this machine. Not where several coaches
        share it: a file could name what another one keeps, to look at it or to have it deleted.

    Returns
    -------
    Imported

    Raises
    ------
    SettingsError
        When the file cannot be read or is none of ours; the log is as it was.
    """
    try:
        whole = LogFile.model_validate_json(read_document(path))
    except ValidationError as error:
        raise SettingsError(
            "{path} is not a log that Plumbline exported: {first_problem}.",
            path=path,
            first_problem=first_problem(error),
        ) from error
    days = (s.day for a in whole.athletes for s in a.sessions)
    if (odd := next((day for day in days if not is_day_of_training(day)), None)) is not None:
        raise SettingsError("{path} has a session on {day}, which cannot be a training day.", path=path, day=odd)
    own = {s.id: s for athlete in log.athletes() for s in log.all_sets(athlete)}
    keep = (lambda s: s) if with_places else (lambda s: _with_own_places(s, own))
    plans = {a.athlete.id: list(a.plans) for a in whole.athletes}
    log.take_in([(a.athlete, [keep(s) for s in a.sessions]) for a in whole.athletes], plans)
    return Imported(len(whole.athletes), sum(len(a.sessions) for a in whole.athletes))


def _with_own_places(session: SessionEntry, own: dict[str, SetEntry]) -> SessionEntry:
    """Places that the log itself knows, and no others."""
    sets = []
    for s in session.sets:
        report, film = (own[s.id].report, own[s.id].film_sha256) if s.id in own else ("", "")
        sets.append(s.model_copy(update={"report": report, "film_sha256": film}))
    return session.model_copy(update={"sets": sets})


def export_csv(log: TrainingLog) -> str:
    """A row a metric of a set of `log`, for a spreadsheet; sets without metrics and sessions without sets have one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(v) for v in row] for row in _table(log))
    return out.getvalue()


def export_parquet(log: TrainingLog) -> bytes:
    """The same table of `log` with types, for data frames: a Parquet file's content."""
    import pandas as pd

    out = io.BytesIO()
    pd.DataFrame(_table(log), columns=list(COLUMNS)).to_parquet(out, index=False)
    return out.getvalue()


def _table(log: TrainingLog) -> Iterator[list[Any]]:
    """Rows in the order of `COLUMNS`; None where there is no metric."""
    for athlete in log.athletes():
        for session in log.sessions(athlete):
            hurt = "; ".join(f"{d.where} {d.score}" for d in session.discomfort)
            head = [athlete.name, session.day.isoformat(), session.kind, session.effort, hurt]
            if not session.sets:
                yield [*head, *[None] * (len(COLUMNS) - len(head))]
            for s in session.sets:
                faults = "; ".join(f"{f.label} {f.count}" for f in s.faults.values())
                row = [*head, s.drill, s.side, s.reps, s.contacts, s.source, s.film, faults, s.protocol]
                for name, m in s.metrics.items():
                    yield [*row, name, m.mean, m.sd, m.common_sd, m.rep_sd, m.n, m.unit]
                if not s.metrics:
                    yield [*row, *[None] * 7]
