"""`plumbline plan`."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from plumbline.catalogue import find_drill
from plumbline.cli._console import console as new_console
from plumbline.cli._log import read_day
from plumbline.errors import SettingsError
from plumbline.files import check_out, make_folder, write_text
from plumbline.language import _, day, ngettext, say
from plumbline.log import AthleteEntry, TrainingLog, drill_name
from plumbline.plan import (
    WEEKDAYS,
    Adapted,
    KeptPlan,
    Plan,
    PlannedSession,
    PlanRequest,
    adapted,
    block,
    block_original,
    due,
    earlier_calendar,
    eased_said,
    follow,
    made_for,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
    rest_of,
    to_entry,
)

KINDS: dict[str, Callable[[PlanRequest], Plan]] = {
    "progressive": progressive,
    "block": block,
    "block-original": block_original,
}

CALENDAR = "plan.ics"
FILES = (CALENDAR, "plan.csv", "plan.html")


@dataclass(frozen=True)
class PlanJob:
    """The command's options as they were given."""

    start: str | None
    kind: str
    level: str | None
    race: str | None
    days: str
    hard: str
    easy: str
    strength: str
    weeks: int | None
    athlete: str | None
    save: bool
    out: Path | None
    store: str | None


def read_weekdays(given: str) -> frozenset[int]:
    """Weekdays such as "mon,wed".

    Raises
    ------
    SettingsError
        When one is none.
    """
    words = [word.strip().lower() for word in given.split(",") if word.strip()]
    known = {name: k for k, name in enumerate(WEEKDAYS)} | {n.lower(): k for k, n in enumerate(day_name)}
    unknown = [w for w in words if w not in known]
    if unknown:
        raise SettingsError(
            "'{value}' is not a weekday: choose from {names}.", value=unknown[0], names=",".join(WEEKDAYS)
        )
    return frozenset(known[w] for w in words)


def _request(job: PlanJob, usual: str = "beginner") -> PlanRequest:
    if job.kind not in KINDS:
        raise SettingsError("there is no plan '{kind}': choose {names}.", kind=job.kind, names=" or ".join(KINDS))
    if job.weeks is not None and job.kind != "progressive":
        raise SettingsError("a block has 12 sessions in 4 weeks: leave --weeks out, or choose --kind progressive.")
    return PlanRequest(
        start=read_day(job.start),
        level=job.level or usual,
        race=read_day(job.race) if job.race else None,
        days=read_weekdays(job.days),
        hard_days=read_weekdays(job.hard),
        weeks=8 if job.weeks is None else job.weeks,
        easy_days=read_weekdays(job.easy),
        strength_days=read_weekdays(job.strength),
    )


def _make(job: PlanJob) -> tuple[Plan, str]:
    """The plan, as an athlete's log leaves it, kept there where asked; and whose it is, as the log writes the name."""
    if job.save and job.athlete is None:
        raise SettingsError("say whose plan it is: --athlete NAME.")
    if job.athlete is None:
        request = _request(job)
        return KINDS[job.kind](request), ""
    _request(job)  # what cannot be asked is said before a log is opened
    with TrainingLog(job.store, make=False) as log:
        who = log.athlete(job.athlete)
        request, logged = _request(job, who.level), log.sessions(who)
        made = made_for(KINDS[job.kind], request, logged)
        if job.save:
            log.save_plan(who, to_entry(KeptPlan(request, made), date.today()))
        return adapted(made, request, logged, date.today()).plan, who.name


def _followed(log: TrainingLog, athlete: str) -> tuple[AthleteEntry, Adapted]:
    """An athlete's kept plan as the log leaves it today.

    Raises
    ------
    SettingsError
        When none is kept.
    """
    who = log.athlete(athlete)
    entry = log.plan(who)
    if entry is None:
        raise SettingsError("no plan is saved for {name}: plumbline plan --athlete '{name}' --save.", name=who.name)
    return who, follow(log, who, entry, date.today())


def log_as_planned(athlete: str, on: str, store: str | None) -> None:
    """Log what the log lacks of the planned session of a day.

    Raises
    ------
    SettingsError
        When the plan has no jumps on that day, or it is still to come.
    """
    when = date.today() if on == "today" else read_day(on)
    with TrainingLog(store, make=False) as log:
        who, now = _followed(log, athlete)
        planned = [s for s in now.plan.sessions if s.day == when and s.contacts]
        if not planned or when > date.today():
            raise SettingsError("the plan has no jumps to log on {day}.", day=when)
        if sets := rest_of(planned[0], log.sessions(who, when)):
            log.add_sets(who, when, sets)
        console = new_console()
        for entry in sets:
            counted = ngettext("{n} contact", "{n} contacts", entry.contacts)
            console.print(_("Logged: {words}", words=escape(f"{drill_name(entry.drill)}, {counted}")))
        if not sets:
            console.print(_("The log holds all of it already."))


def print_due(athlete: str, store: str | None) -> None:
    """Print the next session of an athlete's kept plan, why it changed, and how each drill is done and filmed.

    Raises
    ------
    SettingsError
        When no plan is kept.
    """
    console, today = new_console(), date.today()
    with TrainingLog(store, make=False) as log:
        _athlete, now = _followed(log, athlete)
    for why in now.why:
        console.print(f"[yellow]{escape(why.said)}[/]")
    session = due(now.plan, today, now.done)
    if session is None:
        console.print(_("This plan is finished. Film the drills again and make the next one."))
        return
    _print_session(console, session)
    for d in session.drills:
        drill = find_drill(d.drill)
        console.print(f"  [bold]{escape(d.name)}[/] {escape(d.said)}: {escape(say(drill.how))}")
        film = _("Film: {film}", film=say(drill.film)) if drill.movement else say(drill.not_judged)
        console.print(f"    [dim]{escape(film)}[/]")


def run_plan(job: PlanJob) -> None:
    """Make a plan, print it, and write it where asked."""
    earlier = None
    if job.out is not None:  # before a plan is saved
        check_out(job.out, FILES, ())
        earlier = earlier_calendar(job.out / CALENDAR)
    (made, athlete), console = _make(job), new_console()
    if job.out is not None:  # before anything is printed: who reads it may stop to
        make_folder(job.out)
        contents = plan_ics(made, athlete, earlier).decode(), plan_csv(made), plan_html(made, athlete)
        for name, content in zip(FILES, contents, strict=True):
            write_text(job.out / name, content)
    console.print(f"[bold]{escape(made.title.said)}[/]")
    for s in made.sessions:
        _print_session(console, s)
        if s.drills:
            console.print("  " + escape("; ".join(f"{d.name} {d.said}" for d in s.drills)))
    for note in made.notes:
        console.print(f"[dim]{escape(note.said)}[/]")
    if job.out is not None:
        console.print(_("Written to {folder}: {names}", folder=escape(str(job.out)), names=", ".join(FILES)))


def _print_session(console: Console, s: PlannedSession) -> None:
    parts = [_("week {n}", n=s.week), escape(s.title.said)]
    parts += [ngettext("{n} contact", "{n} contacts", s.contacts)] if s.contacts else []
    console.print(f"[bold]{day(s.day, 'yMMMEd')}[/]  {' · '.join(parts)}")
    if s.reason is not None:
        console.print(f"  [yellow]{escape(eased_said(s))}[/]")
