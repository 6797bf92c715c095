"""`plumbline compare`: two reports, first against latest or left against right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from plumbline.catalogue import metric_label
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError
from plumbline.log import SetEntry, asymmetries, between, set_from_report
from plumbline.report import read_report


def print_comparison(first: Path, second: Path) -> None:
    """Print what two clips have in common, and which differences are larger than their error.

    Raises
    ------
    SettingsError
        When they are no reports, or of different drills.
    """
    a, b = (set_from_report(read_report(p)) for p in (first, second))
    if a.drill != b.drill:
        raise SettingsError(f"{first} shows {a.drill_name}, {second} {b.drill_name}: compare clips of one drill.")
    console = new_console()
    console.print(_differences(a, b))
    if {a.side, b.side} == {"left", "right"}:
        left, right = (a, b) if a.side == "left" else (b, a)
        clear = [x for x in asymmetries(left, right) if x.clear]
        for x in clear:
            weak = f": the {x.weaker} does worse" if x.weaker else ""
            label = escape(metric_label(x.metric).label)
            console.print(f"{label}: left less right {x.pct:+.0f} ± {x.sd_pct:.0f} %{weak}")
        if not clear:
            console.print("No difference between the legs beyond measurement error.")


def _differences(a: SetEntry, b: SetEntry) -> Table:
    sides = [e.side if e.side != "both" else name for e, name in ((a, "first"), (b, "second"))]
    table = Table("number", *sides, "change", "beyond error", title=a.drill_name)
    today = date.today()
    for t in between((today, a), (today, b)):
        label, (p, q) = metric_label(t.metric), t.points
        if label.headline:
            table.add_row(
                label.heading,
                label.with_sd(p.mean, p.sd),
                label.with_sd(q.mean, q.sd),
                label.number(t.change),
                "yes" if t.beyond_error else "no",
            )
    return table
