"""`plumbline log`: the training log from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from rich.markup import escape
from rich.table import Table

from plumbline.catalogue import metric_label
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError, first_problem
from plumbline.files import prepare_file, write_bytes, write_text
from plumbline.language import _, ngettext
from plumbline.language import day as day_said
from plumbline.log import (
    AthleteEntry,
    Discomfort,
    SessionEntry,
    SetEntry,
    TrainingLog,
    drill_name,
    export_csv,
    export_json,
    export_parquet,
    film_again_said,
    is_day_of_training,
    is_followed,
    kind_of,
    leg_pairs,
    log_film,
    page_of,
    pooled,
    reassess_on,
    set_by_hand,
    set_from_report,
    set_said,
    target_said,
    trends,
    week_of,
    week_pdf,
    weekly_contacts,
    worth_pct,
)
from plumbline.names import name_key
from plumbline.tables import Decimal, with_decimal

# Letters of a session's id that name it.
SHORT_ID = 4


def read_discomfort(words: list[str]) -> tuple[Discomfort, ...]:
    """Discomfort as PLACE:SCORE.

    Raises
    ------
    SettingsError
        When it is not of that form.
    """
    out = []
    for given in words:
        where, _colon, score = given.rpartition(":")
        try:
            out.append(Discomfort(where=where, score=int(score)))
        except ValueError as error:
            raise SettingsError(
                "'{given}' is not a discomfort entry: write PLACE:SCORE, such as 'left calf:3', 0 to 10.", given=given
            ) from error
    return tuple(out)


def read_day(given: str | None) -> date:
    """A day as YYYY-MM-DD, today by default.

    Raises
    ------
    SettingsError
        When it is none.
    """
    try:
        day = date.fromisoformat(given) if given else date.today()
    except ValueError as error:
        raise SettingsError("'{given}' is not a date: write it as 2026-03-31.", given=given) from error
    if not is_day_of_training(day):
        raise SettingsError("{day} cannot be a day of training: check the year.", day=day)
    return day


def save_athlete(log: TrainingLog, name: str, height_m: float | None, mass_kg: float | None, level: str | None) -> None:
    """Add an athlete, or change what is given of a known one."""
    known = next((a for a in log.athletes() if name_key(a.name) == name_key(name)), None)
    given = {"height_m": height_m, "mass_kg": mass_kg, "level": level}
    change = {k: v for k, v in given.items() if v is not None}
    try:
        base = known.model_dump() if known else {"name": name}
        log.save_athlete(AthleteEntry.model_validate(base | change))
    except ValidationError as error:
        raise SettingsError("{first_problem}.", first_problem=first_problem(error)) from error


def add_report(log: TrainingLog, athlete: str, path: Path, day: date, *, replace: bool = False) -> SetEntry:
    """Log a measured film, or put it in the place of what it was logged as before."""
    from plumbline.report import read_report

    entry = set_from_report(read_report(path), str(path.resolve()))
    who = log.athlete(athlete)
    other = log_film(log, who, day, entry, replace=replace)
    if other is not None:
        new_console(stderr=True).print(_("The same film is logged on {day}, too.", day=other))
    return entry


def add_by_hand(log: TrainingLog, athlete: str, drill_id: str, reps: int, side: str, day: date) -> SetEntry:
    """Log a set that was not filmed."""
    try:
        entry = set_by_hand(drill_id, reps, side)
    except ValidationError as error:
        raise SettingsError("{first_problem}.", first_problem=first_problem(error)) from error
    log.add_set(log.athlete(athlete), day, entry, kind_of(drill_id))
    return entry


@dataclass(frozen=True)
class SessionNote:
    """What is said of a whole session; None leaves a part as it is."""

    effort: float | None = None
    discomfort: tuple[Discomfort, ...] | None = None
    notes: str | None = None


def note_session(log: TrainingLog, athlete: str, day: date, note: SessionNote) -> int:
    """Write effort, discomfort and notes into the day's jump sessions, or else into all of it; how many there are."""
    if note == SessionNote() or note == SessionNote(notes=""):
        raise SettingsError("say what to note: --effort, --discomfort or --notes.")
    who = log.athlete(athlete)
    of_day = [s for s in log.sessions(who, since=day) if s.day == day]
    # How hard the jumps were is theirs: a run of the day has an effort of its own.
    found = [s for s in of_day if s.kind == "jumps"] or of_day or [SessionEntry(day=day, kind="other")]
    change = {k: v for k, v in vars(note).items() if v is not None}
    try:
        for session in found:
            log.save_session(who, SessionEntry.model_validate(session.model_dump() | change))
    except ValidationError as error:
        raise SettingsError("{first_problem}.", first_problem=first_problem(error)) from error
    return len(found)


def print_sessions(log: TrainingLog, athlete: str) -> None:
    """Print an athlete's sessions, the latest last."""
    console = new_console()
    sessions = log.sessions(log.athlete(athlete))
    if not sessions:
        console.print(_("Nothing logged yet."))
    for s in sessions:
        console.print(f"[bold]{s.day} · {escape(s.said)}[/]  [dim]{s.id[:8]}[/]")
        for x in s.sets:
            reps = ngettext("{n} rep", "{n} reps", x.reps)
            faults = f"  [dim]{escape(x.faults_said)}[/]" if x.faults_said else ""
            console.print(f"  {escape(x.said)}: {reps}{faults}")
        if s.notes:
            console.print(f"  {escape(s.notes)}")


def find_session(log: TrainingLog, athlete: str, beginning: str) -> SessionEntry:
    """A session by the beginning of its id.

    Raises
    ------
    SettingsError
        When none or several begin so.
    """
    if len(beginning) < SHORT_ID:
        raise SettingsError("give {n} letters of the session's id at least: plumbline log show lists them.", n=SHORT_ID)
    found = [s for s in log.sessions(log.athlete(athlete)) if s.id.startswith(beginning.lower())]
    if len(found) != 1:
        raise SettingsError(
            "{n} sessions begin with '{beginning}': plumbline log show lists them.", n=len(found), beginning=beginning
        )
    return found[0]


def write_export(log: TrainingLog, path: Path, decimal: Decimal) -> None:
    """Write the log as JSON or, by the file's ending, as CSV or Parquet."""
    kind = path.suffix.lower()
    if kind not in (".json", ".csv", ".parquet"):
        raise SettingsError("the log is written as .json, .csv or .parquet, not as '{name}'.", name=path.name)
    prepare_file(path, [])
    if kind == ".parquet":
        write_bytes(path, export_parquet(log))
    else:
        write_text(path, with_decimal([export_csv(log)], decimal) if kind == ".csv" else export_json(log))


def write_week(log: TrainingLog, athlete: str, day: date, path: Path, limits: Path | None) -> None:
    """Write the week that a day lies in as a PDF, with the coach's own limits."""
    from plumbline.plan import next_session, weekly_cap
    from plumbline.request import Limits

    who, own = log.athlete(athlete), Limits.load(limits)
    prepare_file(path, [limits] if limits else [], (".pdf",))
    week = week_of(log.sessions(who), day, weekly_cap(who.level), who.headline, own)
    coming = next_session(log, who, date.today(), followed=True)
    planned = "" if coming is None else f"{day_said(coming.day, 'MMMEd')}: {coming.title.said}"
    write_bytes(path, week_pdf(who, week, planned))


def print_progress(log: TrainingLog, athlete: str) -> None:
    """Print trends, left against right, load and when to film again."""
    console = new_console()
    who = log.athlete(athlete)
    sessions = log.sessions(who)
    heads = (_("drill"), _("metric"), _("first"), _("latest"), _("change"), _("beyond chance"), _("best"))
    table = Table(*heads)
    shown = [t for t in trends(sessions) if len(t.points) > 1 and is_followed(t.metric)]
    page = page_of(shown, who.headline)
    for t in page:
        label = metric_label(t.metric)
        first, last, best = t.points[0], t.points[-1], t.best
        table.add_row(
            set_said(t.drill, t.side),
            f"{label.heading}{' *' if t.headline else ''}",
            label.with_sd(first.mean, first.sd),
            label.with_sd(last.mean, last.sd),
            label.number(t.change),
            f"{_('yes') if t.beyond_error else _('no')} (± {label.number(t.smallest_change)})",
            "" if best is None else _("{value} on {day}", value=label.number(best.mean), day=best.day),
        )
    console.print(table if table.row_count else _("Two measured sets of a drill are needed for a trend."))
    for t in (t for t in page if t.headline):
        label = metric_label(t.metric)
        words = _(
            "{drill}, {metric} (* headline). Chance: {chance}.",
            drill=drill_name(t.drill),
            metric=label.short,
            chance=t.variation.said(label),
        )
        console.print(f"[dim]{escape(words)}[/]")
    for t in page:
        if target := target_said(t, who.level):
            console.print(escape(f"{drill_name(t.drill)}, {metric_label(t.metric).short}. {target}"))
    for drill in leg_pairs(sessions):
        found = pooled(sessions, drill)
        if not found:
            continue
        words = "; ".join(a.said for a in found if a.clear)
        days = max(a.days for a in found)
        over = _("over {n} days", n=days) if days > 1 else _("on one day")
        said = words or _("no difference that is clearly above {worth:g} %", worth=worth_pct())
        console.print(f"[bold]{_('Left against right')}[/], {escape(f'{drill_name(drill)}, {over}: {said}')}")
    for monday, contacts in weekly_contacts(sessions).items():
        count = ngettext("{n} contact", "{n} contacts", contacts)
        console.print(_("week of {day}: {contacts}", day=monday, contacts=count))
    again = reassess_on(sessions)
    if again is not None:
        console.print(film_again_said(again))
