"""A live view in words: what is written into the picture and printed in a terminal."""

from __future__ import annotations

from plumbline.draw import Board
from plumbline.language import _, say
from plumbline.live._counter import LiveRep
from plumbline.live._view import LiveView

BOARD_LINES = 2


def findings(rep: LiveRep) -> list[tuple[str, str]]:
    """Findings of `rep` with their outcome, the worst first; "No faults" where there are none, if it was judged."""
    found = [(f"! {say(v.label)}", "fault") for v in rep.faults]
    found += [(f"? {say(v.label)}", "borderline") for v in rep.borderline]
    return found or [(_("No faults"), "ok") if rep.measured.verdicts else (_("Not judged"), "plain")]


def board(view: LiveView) -> Board:
    """What stands in the picture of `view`."""
    if view.phase == "done":
        told = [(f"! {label}: {', '.join(map(str, on))}", "fault") for label, on in view.faults]
        return Board(str(view.count), tuple([(_("Done"), "ok"), *told][:BOARD_LINES]))
    if view.phase != "counting":
        return Board(lines=((view.words or _("Get ready"), "plain"),))
    lines = findings(view.rep)[:BOARD_LINES] if view.rep else []
    note = _("reps may have been missed") if view.missed else ""
    if view.words and lines:
        note = view.words  # a verdict is shown for moments only, and is not hidden by what has to be mended
    elif view.words:
        lines = [(view.words, "plain")]
    return Board(str(view.count), tuple(lines), note)
