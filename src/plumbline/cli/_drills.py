"""The drill catalogue in the terminal."""

from __future__ import annotations

from itertools import groupby

from rich.markup import escape

from plumbline.catalogue import Drill, find_drill, load_drills, load_rules, metric_label, protocols_of
from plumbline.cli._console import console as new_console
from plumbline.errors import SettingsError
from plumbline.language import _, say


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
            console.print(f"[bold]{escape(say(name))}[/]")
            for d in members:
                judged = "" if d.movement else "  [dim]({})[/]".format(_("by hand: not judged from film"))
                console.print(f"  {d.id:24s}{escape(say(d.name))}{judged}", soft_wrap=True)


def _rows(d: Drill) -> list[tuple[str, str]]:
    phase = {"early": _("early phase"), "middle": _("middle phase"), "late": _("late phase")}.get(d.phase)
    rows = [
        (_("Group"), f"{say(d.group)}, {phase}" if phase else say(d.group)),
        (_("Purpose"), say(d.purpose)),
        (_("How"), say(d.how)),
        (_("Dose"), say(d.dose)),
        (_("Say"), " · ".join(say(cue) for cue in d.cues)),
        (_("Before it"), ", ".join(d.needs) or _("nothing")),
        (_("Contacts"), _("{n:g} a rep", n=d.contacts) if d.contacts else _("not counted")),
    ]
    if d.movement is None:
        return [*rows, (_("Not judged"), say(d.not_judged))]
    faults = dict.fromkeys(say(r.label) for r in load_rules() if r.judges(d))
    rows += [
        (_("Film"), say(d.film)),
        (_("A rep"), say(d.movement.rep)),
        (_("Measured"), ", ".join(metric_label(m).label.lower() for m in d.metrics)),
        (_("Faults"), ", ".join(faults).lower() or _("none")),
        *((_("Test"), f"{metric_label(p.id).label}. {say(p.how)} ({say(p.origin)})") for p in protocols_of(d)),
    ]
    return [*rows, (_("Note"), say(d.note))] if d.note else rows


def print_drill(drill_id: str) -> None:
    """Print all that the catalogue says of one drill."""
    console = new_console()
    drill = find_drill(drill_id)
    console.print(f"[bold]{escape(say(drill.name))}[/]  [dim]{drill.id}[/]")
    for name, words in _rows(drill):
        console.print(f"  [bold]{name}[/]  {escape(words)}")
