"""`plumbline compare`: two reports, first against latest or left against right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plumbline.catalogue import metric_label
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError
from plumbline.language import _, say
from plumbline.log import SessionEntry, SetEntry, TrainingLog, asymmetries, between, page_of, set_from_report, worth_pct
from plumbline.report import read_report


@dataclass(frozen=True)
class AthleteHistory:
    """What is logged of the athlete of both clips, nothing where nobody is named."""

    sessions: Sequence[SessionEntry] = ()
    headline: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(athlete: str | None, store: str | None) -> AthleteHistory:
        """An athlete of the log by name."""
        if athlete is None:
            return AthleteHistory()
        with TrainingLog(store, make=False) as log:
            who = log.athlete(athlete)
            return AthleteHistory(log.sessions(who), who.headline)


def print_comparison(first: Path, second: Path, whose: AthleteHistory, *, same_day: bool) -> None:
    """Print what two clips have in common, and which differences are larger than chance makes them.

    Parameters
    ----------
    first, second : Path
        Reports.
    whose : AthleteHistory
    same_day : bool
        Whether both were filmed on one day; daily form is no part of chance then.

    Raises
    ------
    SettingsError
        When they are no reports, or of different drills.
    """
    a, b = (set_from_report(read_report(p)) for p in (first, second))
    if a.drill != b.drill:
        raise SettingsError(
            "{first} shows {drill_name}, {second} {drill_name2}: compare clips of one drill.",
            first=first,
            drill_name=a.drill_name,
            second=second,
            drill_name2=b.drill_name,
        )
    console = new_console()
    _print_differences(console, a, b, whose, 0 if same_day else 1)
    if {a.side, b.side} == {"left", "right"}:
        left, right = (a, b) if a.side == "left" else (b, a)
        clear = [x for x in asymmetries([left], [right], whose.sessions) if x.clear]
        for x in clear:
            weaker = {"left": _("the left does worse"), "right": _("the right does worse")}.get(x.weaker)
            weak = f": {weaker}" if weaker else ""
            label = escape(metric_label(x.metric).label)
            found = _("left minus right {pct:+.0f} ± {half:.0f} %", pct=x.pct, half=x.half_width)
            console.print(f"{label}: {found}{weak}")
        if not clear:
            console.print(_("No difference between the legs that is clearly above {worth:g} %.", worth=worth_pct()))


def _print_differences(console: Console, a: SetEntry, b: SetEntry, whose: AthleteHistory, days: int) -> None:
    sides = [say(e.side) if e.side != "both" else name for e, name in ((a, _("first")), (b, _("second")))]
    table = Table(_("number"), *sides, _("change"), _("beyond chance"), title=say(a.drill_name))
    today = date.today()  # only whether the days differ counts
    page = page_of(between((today - timedelta(days=days), a), (today, b), whose.sessions), whose.headline)
    for t in page:
        label, (p, q) = metric_label(t.metric), t.points
        if label.headline:
            table.add_row(
                label.heading + " *" * t.headline,
                label.with_sd(p.mean, p.sd),
                label.with_sd(q.mean, q.sd),
                label.number(t.change),
                _("yes") if t.beyond_error else _("no"),
            )
    console.print(table)
    for t in (t for t in page if t.headline and days):
        label = metric_label(t.metric)
        words = _("* {metric} is tested first. Chance: {chance}.", metric=label.short, chance=t.variation.said(label))
        console.print(f"[dim]{escape(words)}[/]")
