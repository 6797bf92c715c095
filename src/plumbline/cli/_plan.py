"""`plumbline plan`."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.markup import escape

from plumbline.cli._console import console as new_console
from plumbline.cli._log import read_day
from plumbline.errors import SettingsError
from plumbline.files import make_folder, write_text
from plumbline.log import TrainingLog
from plumbline.plan import (
    WEEKDAYS,
    Plan,
    PlanRequest,
    adapted,
    block,
    block_original,
    plan_csv,
    plan_html,
    plan_ics,
    progressive,
)

KINDS: dict[str, Callable[[PlanRequest], Plan]] = {
    "progressive": progressive,
    "block": block,
    "block-original": block_original,
}


@dataclass(frozen=True)
class PlanJob:
    """The command's options as they were given."""

    start: str | None
    kind: str
    level: str
    race: str | None
    days: str
    hard: str
    weeks: int
    athlete: str | None
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
        raise SettingsError("'{value}' is no weekday: choose from {names}.", value=unknown[0], names=",".join(WEEKDAYS))
    return frozenset(known[w] for w in words)


def _make(job: PlanJob) -> Plan:
    if job.kind not in KINDS:
        raise SettingsError("there is no plan '{kind}': choose {names}.", kind=job.kind, names=" or ".join(KINDS))
    request = PlanRequest(
        start=read_day(job.start),
        level=job.level,
        race=read_day(job.race) if job.race else None,
        days=read_weekdays(job.days),
        hard_days=read_weekdays(job.hard),
        weeks=job.weeks,
    )
    made = KINDS[job.kind](request)
    if job.athlete is None:
        return made
    with TrainingLog(job.store) as log:
        return adapted(made, request, log.sessions(log.athlete(job.athlete)), date.today()).plan


def run_plan(job: PlanJob) -> None:
    """Make a plan, print it, and write it where asked."""
    made, console = _make(job), new_console()
    if job.out is not None:  # before anything is printed: who reads it may stop to
        _write(made, job.out, job.athlete or "")
    console.print(f"[bold]{escape(made.title)}[/]")
    for s in made.sessions:
        contacts = f" · {s.contacts} contacts" if s.contacts else ""
        console.print(f"[bold]{s.day:%a %d %b %Y}[/]  week {s.week} · {escape(s.title)}{contacts}")
        if s.reason:
            console.print(f"  [yellow]scaled back to {s.share:.0%}[/]: {escape(s.reason)}")
        if s.drills:
            console.print("  " + escape("; ".join(f"{d.name} {d.dose}" for d in s.drills)))
    for note in made.notes:
        console.print(f"[dim]{escape(note)}[/]")
    if job.out is not None:
        console.print(f"Written to {escape(str(job.out))}: plan.ics, plan.csv, plan.html")


def _write(made: Plan, out: Path, athlete: str) -> None:
    make_folder(out)
    calendar = out / "plan.ics"
    earlier = calendar.read_bytes() if calendar.is_file() else None
    write_text(calendar, plan_ics(made, athlete, earlier).decode())
    write_text(out / "plan.csv", plan_csv(made))
    write_text(out / "plan.html", plan_html(made))
