"""The drill catalogue in the terminal."""

from __future__ import annotations

from itertools import groupby

from rich.markup import escape

from plumbline.catalogue import Drill, find_drill, load_drills, load_rules, metric_label, protocols_of
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError


def print_drills(group: str | None) -> None:
    """Print the catalogue, a line a drill, by group."""
    console = new_console()
    drills = list(load_drills().values())
    groups = list(dict.fromkeys(d.group for d in drills))
    if group is not None and group not in groups:
        raise SettingsError("there is no group '{group}': choose one of {names}.", group=group, names=", ".join(groups))
    ordered = sorted(drills, key=lambda d: groups.index(d.group))
    for name, members in groupby(ordered, key=lambda d: d.group):
        if group in (None, name):
            console.print(f"[bold]{escape(name)}[/]")
            for d in members:
                judged = "" if d.movement else "  [dim](by hand: not judged from film)[/]"
                console.print(f"  {d.id:24s}{escape(d.name)}{judged}", soft_wrap=True)


def _rows(d: Drill) -> list[tuple[str, str]]:
    rows = [
        ("Group", f"{d.group}, {d.phase} phase" if d.phase != "any" else d.group),
        ("Purpose", d.purpose),
        ("How", d.how),
        ("Dose", d.dose),
        ("Say", " · ".join(d.cues)),
        ("Before it", ", ".join(d.needs) or "nothing"),
        ("Contacts", f"{d.contacts:g} a rep" if d.contacts else "not counted"),
    ]
    if d.movement is None:
        return [*rows, ("Not judged", d.not_judged)]
    faults = dict.fromkeys(r.label for r in load_rules() if not d.names.isdisjoint(r.drills))
    rows += [
        ("Film", d.film),
        ("A rep", d.movement.rep),
        ("Measured", ", ".join(metric_label(m).label.lower() for m in d.metrics)),
        ("Faults", ", ".join(faults).lower() or "none"),
        *(("Test", f"{metric_label(p.id).label}. {p.how} ({p.origin})") for p in protocols_of(d)),
    ]
    return [*rows, ("Note", d.note)] if d.note else rows


def print_drill(drill_id: str) -> None:
    """Print all that the catalogue says of one drill."""
    console = new_console()
    drill = find_drill(drill_id)
    console.print(f"[bold]{escape(drill.name)}[/]  [dim]{drill.id}[/]")
    for name, words in _rows(drill):
        console.print(f"  [bold]{name}[/]  {escape(words)}")
