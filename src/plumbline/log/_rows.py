"""Between entries and rows."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from plumbline.log._entries import AthleteEntry, Discomfort, FaultCount, MetricEntry, PlanEntry, SessionEntry, SetEntry
from plumbline.log._tables import AthleteRow, FaultRow, MetricRow, PlanRow, SessionRow, SetRow

RowT = TypeVar("RowT", MetricRow, FaultRow)


def athlete_entry(row: AthleteRow) -> AthleteEntry:
    """An athlete's row as a value."""
    return AthleteEntry(
        id=row.id,
        name=row.name,
        height_m=row.height_m,
        mass_kg=row.mass_kg,
        level=row.level,  # type: ignore[arg-type]
        notes=row.notes,
        headline=dict(row.headline or {}),
        changed=row.changed,
    )


def fill_athlete(row: AthleteRow, entry: AthleteEntry, now: datetime | None) -> None:
    """Write a value into an athlete's row, as of `now`."""
    row.changed = now
    row.name, row.level, row.notes = entry.name, entry.level, entry.notes
    row.height_m, row.mass_kg, row.headline = entry.height_m, entry.mass_kg, entry.headline


def _set_entry(row: SetRow) -> SetEntry:
    return SetEntry(
        id=row.id,
        drill=row.drill,
        side=row.side,  # type: ignore[arg-type]
        reps=row.reps,
        contacts=row.contacts,
        source=row.source,  # type: ignore[arg-type]
        film=row.film,
        film_sha256=row.film_sha256,
        report=row.report,
        notes=row.notes,
        protocol=row.protocol,
        metrics={m.name: _metric_entry(m) for m in row.metrics},
        faults={f.fault: FaultCount(label=f.label, count=f.count) for f in row.faults},
    )


def _metric_entry(m: MetricRow) -> MetricEntry:
    return MetricEntry(mean=m.mean, sd=m.sd, n=m.n, unit=m.unit, common_sd=m.common_sd, rep_sd=m.rep_sd)


def plan_entry(row: PlanRow) -> PlanEntry:
    """A plan's row as a value."""
    known = {"id": row.id, "made": row.made, "kind": row.kind, "body": row.body, "changed": row.changed}
    return PlanEntry.model_validate(known)


def set_row(entry: SetEntry, place: int) -> SetRow:
    """A row for a set at its place in the session."""
    plain = entry.model_dump(exclude={"metrics", "faults"})
    return SetRow(
        **plain,
        place=place,
        metrics=[MetricRow(name=k, **v.model_dump()) for k, v in entry.metrics.items()],
        faults=[FaultRow(fault=k, **v.model_dump()) for k, v in entry.faults.items()],
    )


def session_entry(row: SessionRow) -> SessionEntry:
    """A session's row as a value."""
    return SessionEntry(
        id=row.id,
        day=row.day,
        kind=row.kind,  # type: ignore[arg-type]
        effort=row.effort,
        minutes=row.minutes,
        notes=row.notes,
        discomfort=tuple(Discomfort.model_validate(d) for d in row.discomfort),
        sets=tuple(_set_entry(s) for s in row.sets),
        changed=row.changed,
    )


def fill_session(row: SessionRow, entry: SessionEntry, now: datetime) -> None:
    """Write a value into a session's row: sets that are gone are deleted, others kept or replaced."""
    row.day, row.kind, row.effort = entry.day, entry.kind, entry.effort
    row.minutes, row.notes, row.changed, row.deleted = entry.minutes, entry.notes, now, None
    row.discomfort = [d.model_dump() for d in entry.discomfort]
    before = {s.id: s for s in row.sets}
    row.sets = [_kept(before[s.id], s, i) if s.id in before else set_row(s, i) for i, s in enumerate(entry.sets)]


def _kept(row: SetRow, entry: SetEntry, place: int) -> SetRow:
    """A set that stays, with its numbers brought up to date."""
    for name, value in entry.model_dump(exclude={"id", "metrics", "faults"}).items():
        setattr(row, name, value)
    row.place = place
    metrics = {m.name: m for m in row.metrics}
    row.metrics = [_updated(metrics.get(k) or MetricRow(name=k), v.model_dump()) for k, v in entry.metrics.items()]
    faults = {f.fault: f for f in row.faults}
    row.faults = [_updated(faults.get(k) or FaultRow(fault=k), v.model_dump()) for k, v in entry.faults.items()]
    return row


def _updated(row: RowT, values: dict[str, object]) -> RowT:
    for name, value in values.items():
        setattr(row, name, value)
    return row
