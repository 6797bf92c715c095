"""Another log's athletes, sessions and plans taken into this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from plumbline.errors import SettingsError
from plumbline.log._entries import AthleteEntry, PlanEntry, SessionEntry
from plumbline.log._rows import fill_athlete, fill_session
from plumbline.log._tables import AthleteRow, PlanRow, SessionRow
from plumbline.names import name_key


def take_in(
    work: Session,
    everybody: Sequence[tuple[AthleteEntry, list[SessionEntry]]],
    plans: Mapping[str, list[PlanEntry]],
    now: datetime,
) -> None:
    """What `TrainingLog.take_in` says, within its transaction, as of `now`."""
    named: dict[str, list[AthleteRow]] = {}
    for row in work.scalars(select(AthleteRow)):
        named.setdefault(name_key(row.name), []).append(row)
    for athlete, sessions in everybody:
        alike = named.setdefault(name_key(athlete.name), [])
        same = min(alike, key=lambda r: r.name != athlete.name.strip(), default=None)
        known = work.get(AthleteRow, athlete.id)
        if known is not None and same is not None and known is not same:
            raise SettingsError("there are two athletes '{name}': rename one of them first.", name=athlete.name)
        row = known or same or AthleteRow(id=athlete.id)
        work.add(row)
        if (row is not same or row is known) and _newer(athlete.changed, row.changed):
            fill_athlete(row, athlete, athlete.changed)
        if row not in alike:
            alike.append(row)
        for entry in sessions:
            kept = work.get(SessionRow, entry.id) or SessionRow(id=entry.id)
            if entry.changed is not None and not _newer(entry.changed, kept.changed):
                continue
            kept.athlete_id = row.id
            work.add(kept)
            fill_session(kept, entry, entry.changed or now)
        for place, plan in enumerate(plans.get(athlete.id, [])):
            # Of the day it was made where nothing else is known: no older plan takes a newer one's place.
            made = datetime.combine(plan.made, time.min) + timedelta(microseconds=place)
            here = work.get(PlanRow, plan.id)
            if here is None or _newer(plan.changed or made, here.changed):
                keep_plan(work, row.id, plan, plan.changed or made)


def keep_plan(work: Session, athlete_id: str, entry: PlanEntry, changed: datetime) -> None:
    """Keep a plan as changed at an instant, or replace the one with this id."""
    row = work.get(PlanRow, entry.id) or PlanRow(id=entry.id)
    row.athlete_id, row.made, row.kind, row.body = athlete_id, entry.made, entry.kind, dict(entry.body)
    row.changed = changed
    work.add(row)


def _newer(file: datetime | None, here: datetime | None) -> bool:
    """Whether what a file holds is at least as new as what is here; what does not say when is older."""
    return here is None or (file is not None and file >= here)
