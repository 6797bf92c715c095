"""The log in a database: athletes, sessions and sets read and written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from plumbline.errors import PlumblineError, SettingsError
from plumbline.log._entries import AthleteEntry, PlanEntry, SessionEntry, SetEntry, now_in_utc
from plumbline.log._joined import keep_plan, take_in
from plumbline.log._opened import OpenedLog
from plumbline.log._rows import athlete_entry, fill_athlete, fill_session, plan_entry, session_entry, set_row
from plumbline.log._tables import AthleteRow, PlanRow, SessionRow, SetRow
from plumbline.names import name_key


class TrainingLog(OpenedLog):
    """The training log; a context manager.

    Parameters
    ----------
    url : str, optional
        Path of an SQLite file, or a database URL such as `postgresql://user@host/name`.

    Raises
    ------
    SettingsError
        When the database cannot be opened.
    """

    # Athletes

    def athletes(self) -> list[AthleteEntry]:
        """Everybody, by name."""
        with self._reads() as work:
            rows = work.scalars(select(AthleteRow).order_by(AthleteRow.name))
            return [athlete_entry(r) for r in rows]

    def athlete(self, name: str) -> AthleteEntry:
        """One athlete by `name`, as `names.name_key` compares them.

        Raises
        ------
        SettingsError
            When there is nobody of that name.
        """
        with self._reads() as work:
            return athlete_entry(_athlete_named(work, name))

    def save_athlete(self, entry: AthleteEntry) -> None:
        """Add the athlete `entry`, or change the one with its id.

        Raises
        ------
        SettingsError
            When somebody else has this name.
        """
        with self._writes() as work:
            row = work.get(AthleteRow, entry.id)
            if any(other.id != entry.id for other in _same_named(work, entry.name)):
                raise SettingsError(
                    "there already is an athlete '{name}': tell them apart by a second name or a year of birth.",
                    name=entry.name,
                )
            if row is None:
                row = AthleteRow(id=entry.id)
                work.add(row)
            fill_athlete(row, entry, now_in_utc())

    # Sessions

    def sessions(self, athlete: AthleteEntry, since: date | None = None) -> list[SessionEntry]:
        """Sessions of an athlete in order of days.

        Parameters
        ----------
        athlete : AthleteEntry
        since : date, optional
            The first day; all by default.

        Returns
        -------
        list of SessionEntry
        """
        with self._reads() as work:
            query = (
                select(SessionRow)
                .where(SessionRow.athlete_id == athlete.id, SessionRow.deleted.is_(None))
                .options(
                    selectinload(SessionRow.sets).selectinload(SetRow.metrics),
                    selectinload(SessionRow.sets).selectinload(SetRow.faults),
                )
                .order_by(SessionRow.day, SessionRow.changed)
            )
            if since is not None:
                query = query.where(SessionRow.day >= since)
            return [session_entry(r) for r in work.scalars(query)]

    def save_session(self, athlete: AthleteEntry, entry: SessionEntry) -> None:
        """Add a session, or replace the one with this id as it was read.

        Parameters
        ----------
        athlete : AthleteEntry
        entry : SessionEntry
            As it was read, with what is to be changed.

        Raises
        ------
        PlumblineError
            When somebody else changed it since it was read; nothing is written then.
        """
        with self._writes() as work:
            row = work.get(SessionRow, entry.id, with_for_update=True)
            if row is None:
                row = SessionRow(id=entry.id, athlete_id=athlete.id)
                work.add(row)
            elif row.deleted is not None:
                raise PlumblineError("this session was deleted meanwhile: bring it back first.")
            elif entry.changed is not None and row.changed != entry.changed:
                raise PlumblineError("somebody else changed this session meanwhile: look at it again.")
            fill_session(row, entry, now_in_utc())

    def add_set(self, athlete: AthleteEntry, day: date, entry: SetEntry, kind: str = "jumps") -> str:
        """Add a set to the athlete's session of that day and kind, as `add_sets`.

        Parameters
        ----------
        athlete : AthleteEntry
        day : date
        entry : SetEntry
        kind : "jumps", "running", "strength", "balance" or "other"

        Returns
        -------
        str
            The session's id.
        """
        return self.add_sets(athlete, day, [entry], kind)

    def add_sets(self, athlete: AthleteEntry, day: date, entries: Sequence[SetEntry], kind: str = "jumps") -> str:
        """Add sets to the athlete's session of that day and kind, beginning one if there is none; all or none.

        Parameters
        ----------
        athlete : AthleteEntry
        day : date
        entries : sequence of SetEntry
        kind : "jumps", "running", "strength", "balance" or "other"

        Returns
        -------
        str
            The session's id.
        """
        with self._writes() as work:
            _lock_athlete(work, athlete.id)
            row = work.scalars(
                select(SessionRow)
                .where(
                    SessionRow.athlete_id == athlete.id,
                    SessionRow.day == day,
                    SessionRow.kind == kind,
                    SessionRow.deleted.is_(None),
                )
                .order_by(SessionRow.id)
            ).first()
            if row is None:
                row = SessionRow(id=SessionEntry(day=day).id, athlete_id=athlete.id)
                fill_session(row, SessionEntry(id=row.id, day=day, kind=kind), now_in_utc())  # type: ignore[arg-type]
                work.add(row)
            place = 1 + max((s.place for s in row.sets), default=-1)
            row.sets.extend(set_row(entry, place + k) for k, entry in enumerate(entries))
            row.changed = now_in_utc()
            return row.id

    def delete_session(self, session_id: str, seen: datetime | None = None) -> None:
        """Take a session out; `undo_delete` brings it back.

        Parameters
        ----------
        session_id : str
        seen : datetime, optional
            When it was changed last, as it was read: what somebody added since is not taken out unseen.

        Raises
        ------
        SettingsError
            When there is no such session.
        PlumblineError
            When somebody else changed it since it was read.
        """
        with self._writes() as work:
            row = work.get(SessionRow, session_id, with_for_update=True)
            if row is None or row.deleted is not None:
                raise SettingsError("there is no session {session_id}.", session_id=session_id)
            if seen is not None and row.changed != seen:
                raise PlumblineError("somebody else changed this session meanwhile: look at it again.")
            row.deleted = now_in_utc()

    def whose(self, session_id: str) -> str:
        """The name of the athlete of the session `session_id`; empty where there is no such session."""
        with self._reads() as work:
            row = work.get(SessionRow, session_id)
            owner = work.get(AthleteRow, row.athlete_id) if row else None
            return owner.name if owner else ""

    def undo_delete(self, session_id: str | None = None) -> SessionEntry | None:
        """Bring the deleted session `session_id` back, or the one deleted last; None when there is none."""
        with self._writes() as work:
            query = select(SessionRow).where(SessionRow.deleted.is_not(None)).order_by(SessionRow.deleted.desc())
            if session_id is not None:
                query = query.where(SessionRow.id == session_id)
            row = work.scalars(query).first()
            if row is None:
                return None
            row.deleted = None
            return session_entry(row)

    def all_sets(self, athlete: AthleteEntry) -> list[SetEntry]:
        """Every set of `athlete`, also of sessions that were deleted and could be brought back."""
        with self._reads() as work:
            row = work.get(AthleteRow, athlete.id)
            return [s for session in row.sessions for s in session_entry(session).sets] if row else []

    def forget_athlete(self, athlete: AthleteEntry) -> None:
        """Delete `athlete` with everything logged of them, for good."""
        with self._writes() as work:
            row = work.get(AthleteRow, athlete.id)
            if row is not None:
                work.delete(row)

    def take_in(
        self,
        everybody: list[tuple[AthleteEntry, list[SessionEntry]]],
        plans: dict[str, list[PlanEntry]] | None = None,
    ) -> None:
        """Add or replace athletes, sessions and (by the athlete's id) plans, all of them or none.

        An athlete of a name that is here already is taken to be the same, and stays as they are here. So does what
        was changed here since, be it an athlete, a session or a plan: an older copy does not undo newer work.

        Parameters
        ----------
        everybody : list of (AthleteEntry, list of SessionEntry)
        plans : dict of list of PlanEntry, optional
            By the athlete's id.

        Raises
        ------
        SettingsError
            When a known athlete would take somebody else's name.
        """
        with self._writes() as work:
            take_in(work, everybody, plans or {}, now_in_utc())

    # Plans

    def plan(self, athlete: AthleteEntry) -> PlanEntry | None:
        """The plan of `athlete` that was kept last; None without one."""
        with self._reads() as work:
            query = select(PlanRow).where(PlanRow.athlete_id == athlete.id).order_by(PlanRow.changed.desc())
            row = work.scalars(query).first()
            return plan_entry(row) if row else None

    def plans(self, athlete: AthleteEntry) -> list[PlanEntry]:
        """All plans of `athlete` that were kept, the last one last."""
        with self._reads() as work:
            query = select(PlanRow).where(PlanRow.athlete_id == athlete.id).order_by(PlanRow.changed)
            return [plan_entry(row) for row in work.scalars(query)]

    def save_plan(self, athlete: AthleteEntry, entry: PlanEntry) -> None:
        """Keep a plan, or replace the one with this id.

        Parameters
        ----------
        athlete : AthleteEntry
        entry : PlanEntry
        """
        with self._writes() as work:
            keep_plan(work, athlete.id, entry, now_in_utc())

    def delete_plan(self, plan_id: str) -> None:
        """Delete the plan of the id `plan_id`; the one kept before it, if any, is the athlete's again."""
        with self._writes() as work:
            row = work.get(PlanRow, plan_id)
            if row is not None:
                work.delete(row)


def _athlete_named(work: Session, name: str) -> AthleteRow:
    found = _same_named(work, name)
    if not found:
        raise SettingsError(
            "there is no athlete '{name}' in the log: plumbline log athlete '{name}' adds one.", name=name
        )
    return found[0]


def _same_named(work: Session, name: str) -> list[AthleteRow]:
    """Athletes of a name, whoever writes it exactly so first. Databases fold only ASCII, or by their locale."""
    rows = [r for r in work.scalars(select(AthleteRow)) if name_key(r.name) == name_key(name)]
    return sorted(rows, key=lambda r: r.name != name.strip())


def _lock_athlete(work: Session, athlete_id: str) -> None:
    """Two writers of one athlete take turns, so that they do not begin the same day twice."""
    if work.scalar(select(AthleteRow.id).where(AthleteRow.id == athlete_id).with_for_update()) is None:
        raise SettingsError("this athlete is not in the log (any more).")
