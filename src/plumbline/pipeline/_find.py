"""The drill and its reps, before and after corrections by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from plumbline.analysis import MeasuredRep
from plumbline.catalogue import Drill, find_drill
from plumbline.contact import Contacts
from plumbline.edits import Edits
from plumbline.measuring import Measuring
from plumbline.pipeline._parts import joined_contacts, joined_reps
from plumbline.pipeline._setting import Setting
from plumbline.reps import REPS, SEGMENTERS, Lesson, Recognised, Rep, correct, recognise
from plumbline.request import Request


@dataclass(frozen=True)
class Found:
    """The drill, its reps before and after corrections by hand, and the contacts in force."""

    drill: Drill | None
    confidence: float
    automatic: tuple[Rep, ...]
    reps: tuple[Rep, ...]
    contacts: Contacts
    seen: Recognised | None = None
    lessons: dict[str, Lesson] = field(default_factory=dict)


def find_reps(parts: list[Setting], request: Request, values: Measuring, refused: bool) -> Found:
    """The drill and its reps: recognised in the whole film, cut in each part of it that has a rate of its own."""
    whole, wanted = parts[0], request.wanted
    drill, confidence = wanted, 1.0
    reps: tuple[Rep, ...] = ()
    contacts = whole.contacts
    seen: Recognised | None = None
    if refused:
        return Found(drill, 1.0 if drill else 0.0, (), (), contacts)
    if wanted is None:
        seen = recognise(whole.tracks, whole.contacts)
        drill = find_drill(seen.drill_id) if seen.drill_id else None
        drill = drill if drill is not None and drill.movement is not None else None  # a name alone is no drill
        confidence, reps = (seen.confidence, seen.reps) if drill else (0.0, ())
    else:
        enough = len(whole.tracks.time_s) >= REPS.min_frames
        reps = tuple(SEGMENTERS[wanted.segment](whole.tracks, whole.contacts)) if enough else ()
    frame_s = 1 / whole.tracks.pose.fps
    if drill is not None:
        for part in parts[1:]:
            fine = tuple(SEGMENTERS[drill.segment](part.tracks, part.contacts))
            reps, contacts = joined_reps(reps, fine, part, frame_s), joined_contacts(contacts, part.contacts)
    if request.edits is None:
        return Found(drill, confidence, reps, reps, contacts, seen)
    correction = request.edits.correction(frame_s, values.edited_sd_frames)
    edited = correct(reps, contacts, correction, float(whole.tracks.time_s[-1]) + frame_s)
    return Found(drill, confidence, reps, edited.reps, edited.contacts, seen, edited.lessons)


def with_automatic(
    measured: tuple[MeasuredRep, ...], automatic: tuple[Rep, ...], edits: Edits | None
) -> tuple[MeasuredRep, ...]:
    """Note beside each rep that the edits name what was found without them.

    A neighbour that shares an instant with it changes too, but is not what was edited.
    """
    named = {r.rep for r in edits.reps} if edits is not None else set()
    before = {r.index: r for r in automatic if r.index in named}
    return tuple(
        m if before.get(m.rep.index) in (m.rep, None) else replace(m, automatic=before[m.rep.index]) for m in measured
    )
