"""A plan as the log keeps it, and back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from plumbline.errors import OutputError, SettingsError, first_problem
from plumbline.log import AthleteEntry, PlanEntry, TrainingLog
from plumbline.plan._adapt import Adapted, adapted, days_done, due
from plumbline.plan._export import plan_ics
from plumbline.plan._plan import Plan, PlannedSession, PlanRequest, Words


@dataclass(frozen=True)
class KeptPlan:
    """A plan with what it was made for.

    Attributes
    ----------
    request : PlanRequest
    plan : Plan
    changes : tuple of (date, tuple of Message)
        Each change since, with its day and reasons.
    """

    request: PlanRequest
    plan: Plan
    changes: tuple[tuple[date, tuple[Words, ...]], ...] = ()


_KEPT = TypeAdapter(KeptPlan)


def calendar_of(plans: list[KeptPlan], athlete: str) -> bytes:
    """The calendar of an athlete's last plan: sessions keep their identity from plan to plan, others are cancelled.

    Parameters
    ----------
    plans : list of KeptPlan
        In the order in which they were kept.
    athlete : str
        The name.

    Returns
    -------
    bytes
        An iCalendar file's content, empty without a plan.
    """
    out: bytes | None = None
    for kept in plans:
        out = plan_ics(kept.plan, athlete, out, len(kept.changes))
    return out or b""


def follow(log: TrainingLog, athlete: AthleteEntry, entry: PlanEntry, today: date) -> Adapted:
    """A kept plan as the log leaves it today; where that changes it, the change is kept with its reasons.

    Parameters
    ----------
    log : TrainingLog
    athlete : AthleteEntry
    entry : PlanEntry
    today : date

    Returns
    -------
    Adapted

    Raises
    ------
    SettingsError
        When it was written by another version and cannot be read.
    """
    kept = from_entry(entry)
    now = adapted(kept.plan, kept.request, log.sessions(athlete), today)
    if now.why and now.plan != kept.plan:
        changed = KeptPlan(kept.request, now.plan, (*kept.changes, (today, now.why)))
        with suppress(OutputError):  # a log that can only be read still says what is due
            log.save_plan(athlete, to_entry(changed, entry.made, entry.id))
    return now


def next_session(
    log: TrainingLog, athlete: AthleteEntry, today: date, *, followed: bool = False
) -> PlannedSession | None:
    """What is next in the athlete's plan; None without a plan that can be read.

    Parameters
    ----------
    log : TrainingLog
    athlete : AthleteEntry
    today : date
    followed : bool
        As the log leaves the plan today, see `follow`; otherwise as it is kept.

    Returns
    -------
    PlannedSession or None
    """
    entry = log.plan(athlete)
    if entry is None:
        return None
    try:
        if followed:
            now = follow(log, athlete, entry, today)
            return due(now.plan, today, now.done)
        plan = from_entry(entry).plan
    except SettingsError:
        return None
    return due(plan, today, days_done(plan, log.sessions(athlete), today))


def to_entry(kept: KeptPlan, made: date, entry_id: str | None = None) -> PlanEntry:
    """A plan for the log.

    Parameters
    ----------
    kept : KeptPlan
    made : date
    entry_id : str, optional
        Of the entry that it replaces; a new one by default.

    Returns
    -------
    PlanEntry
    """
    more = {} if entry_id is None else {"id": entry_id}
    body = _KEPT.dump_python(kept, mode="json")
    return PlanEntry.model_validate({"made": made, "kind": kept.plan.title.message, "body": body, **more})


def from_entry(entry: PlanEntry) -> KeptPlan:
    """The plan in the log's `entry`.

    Raises
    ------
    SettingsError
        When it was written by another version and cannot be read.
    """
    try:
        return _KEPT.validate_python(entry.body)
    except ValidationError as error:
        raise SettingsError(
            "the plan of {made} cannot be read: {first_problem}. Delete it and make a new one.",
            made=entry.made,
            first_problem=first_problem(error),
        ) from error
