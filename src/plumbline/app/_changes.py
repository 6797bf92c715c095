"""What was corrected by hand, as single changes that can be made and taken back one by one."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.analysis import Analysis
from plumbline.edits import Edits, RepEdit, Shift
from plumbline.language import N_, _, ngettext, say

EVENTS = ("touchdown", "toe_off", "landing")
WORDS = {"touchdown": N_("touchdown"), "toe_off": N_("toe-off"), "landing": N_("landing")}


@dataclass(frozen=True)
class Change:
    """One correction.

    Attributes
    ----------
    what : str
        "touchdown", "toe_off", "landing", "delete" or "add".
    number : int
        Of the rep; of an added one its place among the added.
    words : str
        For the user.
    """

    what: str
    number: int
    words: str

    @property
    def key(self) -> str:
        """A name for a button."""
        return f"{self.what}-{self.number}"


def _top(analysis: Analysis) -> int:
    """The largest number of a rep that was found."""
    return max((r.index for r in analysis.automatic), default=0)


def added_place(analysis: Analysis, place: int) -> int:
    """The number in the report of an added rep."""
    return _top(analysis) + 1 + place


def _moved(shift: Shift) -> str:
    if shift.frames is None:
        ms = shift.ms or 0
        return _("{ms:g} ms later", ms=ms) if ms > 0 else _("{ms:g} ms earlier", ms=-ms)
    if not shift.frames:
        return _("right as found")
    frames = round(shift.frames, 1)  # with what other reps have taught it is no whole number
    if frames > 0:
        return ngettext("{n:g} frame later", "{n:g} frames later", frames)
    return ngettext("{n:g} frame earlier", "{n:g} frames earlier", -frames)


def changes(edits: Edits, analysis: Analysis) -> list[Change]:
    """All corrections, one by one."""
    out = []
    for row in edits.reps:
        if row.delete:
            out.append(Change("delete", row.rep, _("rep {n} deleted", n=row.rep)))
        for event in EVENTS:
            shift = getattr(row, event)
            if shift is not None:
                how = {"n": row.rep, "event": say(WORDS[event]), "moved": _moved(shift)}
                out.append(Change(event, row.rep, _("rep {n}, {event} {moved}", **how)))
    for k in range(len(edits.added)):
        out.append(Change("add", k, _("rep {n} added", n=added_place(analysis, k))))
    return out


def _row(edits: Edits, rep: int) -> RepEdit:
    row = next((r for r in edits.reps if r.rep == rep), None)
    if row is None:
        row = RepEdit(rep=rep)
        edits.reps.append(row)
    return row


def _owner(edits: Edits, analysis: Analysis, rep: int, event: str) -> tuple[int, str]:
    """Whose change an instant belongs to: a landing is the next rep's touchdown, and may be moved there already."""
    found = {r.index: r for r in analysis.automatic}
    at = getattr(found[rep], f"{event}_s")
    for row in edits.reps:
        for other in EVENTS:
            if row.rep in found and getattr(row, other) is not None and getattr(found[row.rep], f"{other}_s") == at:
                return row.rep, other
    return rep, event


def nudged(edits: Edits, analysis: Analysis, rep: int, event: str, frames: float) -> Edits:
    """With one event moved by so many frames more; 0 says that it is right where it is."""
    out = edits.model_copy(deep=True)
    place = rep - added_place(analysis, 0)
    if place >= 0:
        row = out.added[place]
        setattr(row, f"{event}_s", getattr(row, f"{event}_s") + frames / analysis.tracks.pose.fps)
        return out
    rep, event = _owner(out, analysis, rep, event)
    found = _row(out, rep)
    before = getattr(found, event)
    moved = (before.frames or 0.0 if before else taught_frames(analysis, event)) + frames
    setattr(found, event, Shift(frames=round(moved, 3)))
    return out


def taught_frames(analysis: Analysis, event: str) -> float:
    """How far an event that nobody touched was moved by what others taught, in frames."""
    lesson = analysis.lessons.get("toe_off" if event == "toe_off" else "touchdown")
    return lesson.shift_s * analysis.tracks.pose.fps if lesson else 0.0


def deleted(edits: Edits, analysis: Analysis, rep: int) -> Edits:
    """Without a rep; an added one is simply taken back."""
    out = edits.model_copy(deep=True)
    place = rep - added_place(analysis, 0)
    if place >= 0:
        del out.added[place]
    else:
        _row(out, rep).delete = True
    return out


def undeleted(edits: Edits) -> Edits:
    """The corrections but for the reps that they delete."""
    out = edits.model_copy(deep=True)
    for row in out.reps:
        row.delete = False
    return _tidy(out)


def without(edits: Edits, change: Change) -> Edits:
    """The corrections but for one."""
    out = edits.model_copy(deep=True)
    if change.what == "add":
        del out.added[change.number]
        return out
    row = _row(out, change.number)
    if change.what == "delete":
        row.delete = False
    else:
        setattr(row, change.what, None)
    return _tidy(out)


def _tidy(edits: Edits) -> Edits:
    """Without rows that change nothing."""
    edits.reps = [r for r in edits.reps if r.delete or any(getattr(r, e) is not None for e in EVENTS)]
    return edits
