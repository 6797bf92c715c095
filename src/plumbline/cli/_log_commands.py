"""`plumbline log`: what can be said; `_log` does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from plumbline.cli._options import DecimalOption, LimitsOption, StoreOption
from plumbline.errors import SettingsError
from plumbline.language import _, ngettext

if TYPE_CHECKING:
    from plumbline.log import TrainingLog

log_app = typer.Typer(help="The training log: athletes, sessions, sets, progress.", no_args_is_help=True)

AthleteOption = Annotated[str, typer.Option("--athlete", help="The athlete's name in the log.")]
DayOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--day", help="The day, as 2026-03-31; today by default."),
]


def _opened(store: str | None, make: bool = False) -> TrainingLog:
    """The log, made where it is to be written first; its libraries are loaded only now."""
    from plumbline.log import TrainingLog

    return TrainingLog(store, make)


@log_app.command("athlete")
def log_athlete(
    name: Annotated[str, typer.Argument(help="The athlete's name.")],
    height_m: Annotated[Optional[float], typer.Option(help="Height in metres.")] = None,  # noqa: UP045
    mass_kg: Annotated[Optional[float], typer.Option(help="Body weight in kilograms.")] = None,  # noqa: UP045
    level: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="beginner, intermediate or advanced."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Add an athlete, or change their details."""
    from plumbline.cli._log import save_athlete

    with _opened(store, make=True) as log:
        save_athlete(log, name, height_m, mass_kg, level)
        names = ", ".join(a.name for a in log.athletes())
        typer.echo(_("In the log at {place}: {names}", place=log.place, names=names))


@log_app.command("add")
def log_add(
    athlete: AthleteOption,
    report: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(help="A report.json, to log a measured film."),
    ] = None,
    drill: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="A drill's id, to log by hand."),
    ] = None,
    reps: Annotated[Optional[int], typer.Option(min=1, help="Reps, by hand.")] = None,  # noqa: UP045
    side: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="both, left or right, by hand; both by default."),
    ] = None,
    day: DayOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the report in the place of what its film was logged as that day.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Log a measured film, or a set by hand."""
    from plumbline.cli._log import add_by_hand, add_report, read_day

    by_hand = [given for given in (drill, reps, side) if given is not None]
    if (report is not None and by_hand) or (report is None and (drill is None or reps is None)):
        raise SettingsError("give either a report.json, or --drill, --reps and --side to log by hand.")
    with _opened(store) as log:
        if report is not None:
            entry = add_report(log, athlete, report, read_day(day), replace=replace)
        else:
            entry = add_by_hand(log, athlete, str(drill), int(reps or 0), side or "both", read_day(day))
    reps_said = ngettext("{n} rep", "{n} reps", entry.reps)
    contacts = ngettext("{n} contact", "{n} contacts", entry.contacts)
    typer.echo(_("Logged {drill}: {reps}, {contacts}.", drill=entry.drill_name, reps=reps_said, contacts=contacts))


@log_app.command("note")
def log_note(
    athlete: AthleteOption,
    day: DayOption = None,
    effort: Annotated[Optional[float], typer.Option(help="Perceived effort, 0 to 10 (CR-10).")] = None,  # noqa: UP045
    discomfort: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="PLACE:SCORE from 0 to 10, such as 'left calf:3'; may be given again."),
    ] = None,
    notes: Annotated[Optional[str], typer.Option(help="Free text.")] = None,  # noqa: UP045
    store: StoreOption = None,
) -> None:
    """Write effort, discomfort and notes into the day's jump session."""
    from plumbline.cli._log import SessionNote, note_session, read_day, read_discomfort

    hurt = read_discomfort(discomfort) if discomfort else None
    with _opened(store) as log:
        count = note_session(log, athlete, read_day(day), SessionNote(effort, hurt, notes))
    typer.echo(ngettext("Written into {n} session.", "Written into {n} sessions.", count))


@log_app.command("show")
def log_show(athlete: AthleteOption, store: StoreOption = None) -> None:
    """Print an athlete's sessions."""
    from plumbline.cli._log import print_sessions

    with _opened(store) as log:
        print_sessions(log, athlete)


@log_app.command("progress")
def log_progress(athlete: AthleteOption, store: StoreOption = None) -> None:
    """Print trends, left against right, weekly contacts, and when to film again."""
    from plumbline.cli._log import print_progress

    with _opened(store) as log:
        print_progress(log, athlete)


@log_app.command("week")
def log_week(
    athlete: AthleteOption,
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")] = Path("week.pdf"),
    day: DayOption = None,
    limits: LimitsOption = None,
    store: StoreOption = None,
) -> None:
    """Write the athlete's week as a PDF: what was done, what changed, what to work on."""
    from plumbline.cli._log import read_day, write_week

    with _opened(store) as log:
        write_week(log, athlete, read_day(day), out, limits)
    typer.echo(_("Written {file}", file=out))


@log_app.command("delete")
def log_delete(
    athlete: AthleteOption,
    session: Annotated[str, typer.Argument(help="The beginning of the session's id, as log show prints it.")],
    store: StoreOption = None,
) -> None:
    """Delete a session; log undo brings it back."""
    from plumbline.cli._log import find_session

    with _opened(store) as log:
        found = find_session(log, athlete, session)
        log.delete_session(found.id)
    typer.echo(_("Deleted the session of {day}: plumbline log undo brings it back.", day=found.day))


@log_app.command("undo")
def log_undo(store: StoreOption = None) -> None:
    """Bring back the session that was deleted last."""
    with _opened(store) as log:
        back = log.undo_delete()
        whose = log.whose(back.id) if back else ""
    if back is None:
        typer.echo(_("There is nothing to bring back."))
    else:
        typer.echo(_("{name}'s session of {day} is back.", name=whose, day=back.day))


@log_app.command("export")
def log_export(
    file: Annotated[Path, typer.Argument(help="A .json file (everything), or a table: .csv or .parquet.")],
    csv_decimal: DecimalOption = "point",
    store: StoreOption = None,
) -> None:
    """Write the whole log to a file."""
    from plumbline.cli._log import write_export
    from plumbline.tables import read_decimal

    decimal = read_decimal(csv_decimal)

    with _opened(store) as log:
        write_export(log, file, decimal)
    typer.echo(_("Written {file}", file=file))


@log_app.command("import")
def log_import(
    file: Annotated[
        Path,
        typer.Argument(help="A .json file that log export wrote, or a .csv file: a roster, or another tool's jumps."),
    ],
    drill: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The drill that a table of jumps is of."),
    ] = None,
    athlete: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Whose jumps they are, for a table without names."),
    ] = None,
    day: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Their day, for a table without days; today by default."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Import an exported log, a roster or a table of jumps: existing entries are updated, none is doubled."""
    from plumbline.cli._log import read_day
    from plumbline.log import TableDefaults, import_json, import_table

    defaults = TableDefaults(drill, athlete, read_day(day))
    with _opened(store, make=True) as log:
        table = file.suffix.lower() == ".csv"
        came = import_table(log, file, defaults) if table else import_json(log, file)
    typer.echo(_("Imported: {athletes} athletes, {sessions} sessions.", athletes=came.athletes, sessions=came.sessions))
    if came.left_out:
        typer.echo(came.left_out_said, err=True)


@log_app.command("backup")
def log_backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    store: StoreOption = None,
) -> None:
    """Copy the log's file while it may be in use."""
    with _opened(store) as log:
        typer.echo(_("Written {file}", file=log.backup(file)))


@log_app.command("test")
def log_test(
    test: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="A test's id, such as same_day_repeat; without one they are listed."),
    ] = None,
    reports: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(help="The report.json of each of its films, in order; without any it says how it is done."),
    ] = None,
    athlete: Annotated[Optional[str], typer.Option(help="The athlete's name in the log.")] = None,  # noqa: UP045
    day: DayOption = None,
    store: StoreOption = None,
) -> None:
    """A guided test: how it is done, and its films logged with their score."""
    from plumbline.cli._log_test import log_films, print_test, print_tests

    if test is None:
        print_tests()
    elif not reports:
        print_test(test)
    elif athlete is None:
        raise SettingsError("say whose test it is: --athlete NAME.")
    else:
        from plumbline.cli._log import read_day

        with _opened(store) as log:
            log_films(log, athlete, test, reports, read_day(day))


@log_app.command("headline")
def log_headline(
    athlete: AthleteOption,
    drill: Annotated[str, typer.Argument(help="A drill's id.")],
    metric: Annotated[str, typer.Argument(help="The metric that the drill is followed by, such as contact_time_s.")],
    store: StoreOption = None,
) -> None:
    """Choose the headline number of an athlete's drill; it is tested first."""
    from plumbline.cli._log_test import choose_headline

    with _opened(store) as log:
        typer.echo(choose_headline(log, athlete, drill, metric))
