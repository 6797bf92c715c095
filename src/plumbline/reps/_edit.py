"""Corrections by hand, applied to reps and the contacts they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from plumbline.contact import Contact, Contacts
from plumbline.errors import SettingsError
from plumbline.quantity import together, without
from plumbline.reps._learn import HandSet, Lesson, learn
from plumbline.reps._rep import Rep

EVENTS = ("touchdown_s", "toe_off_s", "landing_s")


@dataclass(frozen=True)
class Move:
    """An event of a rep moved to another instant.

    Attributes
    ----------
    rep : int
        The rep's number, from 1.
    event : {"touchdown_s", "toe_off_s", "landing_s"}
    shift_s : float
        Later positive.
    """

    rep: int
    event: str
    shift_s: float


@dataclass(frozen=True)
class Correction:
    """What a person changed: events moved, reps deleted and added.

    Attributes
    ----------
    moves : tuple of Move
    deleted : frozenset of int
    added : tuple of Rep
    sd_s : float
        Standard uncertainty of an instant read by eye.
    teaches : bool
        Whether the other reps are moved by what the moved events have in common.
    """

    moves: tuple[Move, ...] = ()
    deleted: frozenset[int] = frozenset()
    added: tuple[Rep, ...] = ()
    sd_s: float = 0.0
    teaches: bool = True


@dataclass(frozen=True)
class Corrected:
    """Reps and contacts with the corrections in force, and what they taught of each kind of event.

    Attributes
    ----------
    reps : tuple of Rep
        In order of time.
    contacts : Contacts
    lessons : dict of Lesson
        By "touchdown" (landings count among them) and "toe_off".
    """

    reps: tuple[Rep, ...]
    contacts: Contacts
    lessons: dict[str, Lesson]


@dataclass(frozen=True)
class _Place:
    """Where an instant goes; `own_s` None keeps the event's own uncertainty."""

    at_s: float
    common_s: float = 0.0
    own_s: float | None = None

    def of(self, name: str, sd_s: float, common_s: float) -> dict[str, float]:
        """The changed fields of an event."""
        own = without(sd_s, common_s) if self.own_s is None else self.own_s
        return {f"{name}_sd_s": together(own, self.common_s), f"{name}_common_s": self.common_s}


def _moved(rep: Rep, places: dict[float, _Place]) -> Rep:
    """A rep with each instant at its new place."""
    change: dict[str, Any] = {}
    for name in (*EVENTS, "start_s", "end_s", "key_s"):
        place = places.get(getattr(rep, name))
        if place is None:
            continue
        change[name] = place.at_s
        if name in EVENTS:
            event = name[:-2]
            change |= place.of(event, getattr(rep, f"{event}_sd_s"), getattr(rep, f"{event}_common_s"))
            if place.own_s is not None and name != "landing_s":
                change["covariance_s2"] = 0.0
    return replace(rep, **change) if change else rep


def _move_contacts(contacts: Contacts, places: dict[float, _Place]) -> Contacts:
    items = []
    for c in contacts.items:
        change: dict[str, Any] = {}
        for event in ("touchdown", "toe_off"):
            place = places.get(getattr(c, f"{event}_s"))
            if place is not None:
                change[f"{event}_s"] = place.at_s
                change |= place.of(event, getattr(c, f"{event}_sd_s"), getattr(c, f"{event}_common_s"))
                if place.own_s is not None:
                    change["covariance_s2"] = 0.0
        items.append(replace(c, **change))
    return replace(contacts, items=tuple(items))


def _with_added(contacts: Contacts, added: tuple[Rep, ...]) -> Contacts:
    """The contacts with those of added reps, where none is known at that place."""
    items = list(contacts.items)
    for r in added:
        if not any(c.touchdown_s < r.toe_off_s and c.toe_off_s > r.touchdown_s for c in items):
            sds = (r.touchdown_sd_s, r.toe_off_sd_s)
            items.append(Contact(r.touchdown_s, r.toe_off_s, *sds, r.covariance_s2, r.stance))
    order = sorted(items, key=lambda c: c.touchdown_s if np.isfinite(c.touchdown_s) else c.toe_off_s)
    return replace(contacts, items=tuple(order))


def _check(rep: Rep, film_end_s: float) -> None:
    seen = [getattr(rep, e) for e in EVENTS if np.isfinite(getattr(rep, e))]
    if any(b <= a for a, b in pairwise(seen)):
        raise SettingsError(
            "the edits put the events of rep {index} out of order: touchdown, toe-off, landing.", index=rep.index
        )
    if seen and not 0 <= seen[0] <= seen[-1] <= film_end_s:
        raise SettingsError(
            "the edits put rep {index} outside the film, which lasts {film_end_s:.2f} s.",
            index=rep.index,
            film_end_s=film_end_s,
        )


def _check_apart(reps: list[Rep], added: tuple[Rep, ...]) -> None:
    """Refuse an added rep that lies over one that is there: it would be counted twice."""
    for new in added:
        for rep in reps:
            until = rep.toe_off_s if np.isfinite(rep.toe_off_s) else rep.end_s
            if new.touchdown_s < until and rep.start_s < new.toe_off_s:
                raise SettingsError(
                    "the rep added at {at_s:.2f} s lies over rep {index}: move that one, or delete it first.",
                    at_s=new.touchdown_s,
                    index=rep.index,
                )


def _targets(known: dict[int, Rep], moves: tuple[Move, ...]) -> dict[float, float]:
    """New instant by old one; an instant that two reps share may be moved once."""
    out: dict[float, float] = {}
    for move in moves:
        old = getattr(known[move.rep], move.event)
        if not np.isfinite(old):
            raise SettingsError(
                "the edits move the {value} of rep {rep}, which has none.", value=move.event[:-2], rep=move.rep
            )
        new = old + move.shift_s
        if out.setdefault(old, new) != new:
            raise SettingsError(
                "the edits move one instant twice, by different amounts: {value} of rep {rep} is an event of its "
                "neighbour too.",
                value=move.event[:-2],
                rep=move.rep,
            )
    return out


def _kinds(reps: tuple[Rep, ...]) -> dict[str, dict[float, HandSet]]:
    """Every instant of each kind of event (a landing is a touchdown), with its uncertainties and no shift."""
    out: dict[str, dict[float, HandSet]] = {"touchdown": {}, "toe_off": {}}
    for r in reps:
        for event in ("touchdown", "toe_off", "landing"):
            at, sd, shared = (getattr(r, f"{event}{part}_s") for part in ("", "_sd", "_common"))
            if np.isfinite(at):
                own = without(sd, shared)
                out["toe_off" if event == "toe_off" else "touchdown"][at] = HandSet(0.0, own, shared)
    return out


def _lessons(reps: tuple[Rep, ...], targets: dict[float, float], sd_s: float) -> dict[str, Lesson]:
    """What the moved events teach of each kind."""
    out = {}
    for kind, events in _kinds(reps).items():
        moved = [replace(e, shift_s=targets[at] - at) for at, e in events.items() if at in targets]
        lesson = learn(moved, sd_s)
        if lesson is not None:
            out[kind] = lesson
    return out


def _places(
    reps: tuple[Rep, ...], targets: dict[float, float], lessons: dict[str, Lesson], sd_s: float
) -> dict[float, _Place]:
    """New places: of the events that were moved, and of those that the lessons move."""
    places: dict[float, _Place] = {}
    for kind, lesson in lessons.items():
        places |= {at: _Place(at + lesson.shift_s, lesson.common_s) for at in _kinds(reps)[kind]}
    return places | {old: _Place(new, 0.0, sd_s) for old, new in targets.items()}


def correct(reps: tuple[Rep, ...], contacts: Contacts, correction: Correction, film_end_s: float) -> Corrected:
    """Apply corrections; a rep keeps its number, added ones get new numbers.

    An instant that two reps share (a landing is the next rep's touchdown) moves in both. What the
    moved events have in common moves the others too, see `Lesson`.

    Parameters
    ----------
    reps : tuple of Rep
        As they were found.
    contacts : Contacts
    correction : Correction
    film_end_s : float
        When the film ends: no event may lie behind it.

    Returns
    -------
    Corrected

    Raises
    ------
    SettingsError
        When a rep does not exist, has no such event, lies outside the film, or its events
        would change order.
    """
    known = {r.index: r for r in reps}
    for number in (*(m.rep for m in correction.moves), *correction.deleted):
        if number not in known:
            raise SettingsError(
                "the edits name rep {number}: this clip has reps {value}.", number=number, value=sorted(known) or "none"
            )
    targets = _targets(known, correction.moves)
    lessons = _lessons(reps, targets, correction.sd_s) if correction.teaches else {}
    places = _places(reps, targets, lessons, correction.sd_s)
    kept = [_moved(r, places) for r in reps if r.index not in correction.deleted]
    _check_apart(kept, correction.added)
    top = max(known, default=0)
    kept += [replace(r, index=top + 1 + k) for k, r in enumerate(correction.added)]
    for rep in kept:
        _check(rep, film_end_s)
    moved = _with_added(_move_contacts(contacts, places), correction.added)
    return Corrected(tuple(sorted(kept, key=lambda r: r.start_s)), moved, lessons)
