"""`plumbline log test`: guided tests, and the number that a drill is followed by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.markup import escape

from plumbline.catalogue import find_drill, find_protocol, load_protocols, measurable_drill, metric_label
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError
from plumbline.language import _, say
from plumbline.log import TrainingLog, kind_of, outcome, parts_of, refuse_known, set_from_report


def print_tests() -> None:
    """Print every test, a line each."""
    console = new_console()
    for p in load_protocols().values():
        films = ", ".join(map(say, p.films)).lower()
        console.print(f"{p.id:20s}[bold]{escape(say(p.name))}[/]: {escape(films)}", soft_wrap=True)


def print_test(protocol_id: str) -> None:
    """Print how a test is done."""
    p, console = find_protocol(protocol_id), new_console()
    console.print(f"[bold]{escape(say(p.name))}[/]")
    console.print(escape(say(p.how)))
    for k, film in enumerate(p.films, 1):
        console.print(f"  {k}. {escape(say(film))}")
    drills, origin = ", ".join(p.drills) or _("any that is measured"), say(p.origin)
    words = _("Drill: {drills}. {origin}.", drills=drills, origin=origin[0].upper() + origin[1:])
    console.print(f"[dim]{escape(words)}[/]")


def log_films(log: TrainingLog, athlete: str, protocol_id: str, reports: list[Path], day: date) -> None:
    """Log a test's films, all of them or none, and print what it found."""
    from plumbline.report import read_report

    p, who, console = find_protocol(protocol_id), log.athlete(athlete), new_console()
    sets = parts_of(p, [set_from_report(read_report(r), str(r.resolve())) for r in reports])
    refuse_known(log.sessions(who), sets)
    log.add_sets(who, day, sets, kind_of(sets[0].drill))
    for line in outcome(p, sets, log.sessions(who), who.headline):
        console.print(escape(line))


def choose_headline(log: TrainingLog, athlete: str, drill_id: str, metric: str) -> str:
    """Keep the metric by which an athlete's drill is followed; says so.

    Raises
    ------
    SettingsError
        When the drill has no such metric.
    """
    drill, who = measurable_drill(drill_id), log.athlete(athlete)
    scores = [p.id for p in load_protocols().values() if p.metric and drill_id in p.drills]
    possible = [m for m in (*drill.metrics, *scores) if metric_label(m).headline or m in scores]
    if metric not in possible:
        raise SettingsError(
            "{name} has no headline number '{metric}': choose one of {names}.",
            name=drill.name,
            metric=metric,
            names=", ".join(possible),
        )
    log.save_athlete(who.model_copy(update={"headline": who.headline | {drill.id: metric}}))
    return _(
        "{name}: {drill} is followed by {metric}.",
        name=who.name,
        drill=say(find_drill(drill_id).name),
        metric=metric_label(metric).label.lower(),
    )
