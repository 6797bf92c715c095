"""Corrections by hand, applied to reps and the contacts they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from plumbline.contact import Contact, Contacts
from plumbline.errors import SettingsError
from plumbline.reps._rep import Rep

EVENTS = ("touchdown_s", "toe_off_s", "landing_s")


@dataclass(frozen=True)
class Move:
    """An event of a rep moved to another instant."""

    rep: int
    event: str
    shift_s: float


@dataclass(frozen=True)
class Correction:
    """What a person changed: events moved, reps deleted and added; `sd_s` is his reading's."""

    moves: tuple[Move, ...] = ()
    deleted: frozenset[int] = frozenset()
    added: tuple[Rep, ...] = ()
    sd_s: float = 0.0


def _moved(rep: Rep, old_s: float, new_s: float, sd_s: float) -> Rep:
    """Every instant of a rep that was `old_s`, at its new place."""
    change: dict[str, Any] = {
        name: new_s for name in (*EVENTS, "start_s", "end_s", "key_s") if getattr(rep, name) == old_s
    }
    for event in EVENTS:
        if event in change:
            change[f"{event[:-2]}_sd_s"] = sd_s
    if "touchdown_s" in change or "toe_off_s" in change:
        change["covariance_s2"] = 0.0
    return replace(rep, **change) if change else rep


def _move_contacts(contacts: Contacts, old_s: float, new_s: float, sd_s: float) -> Contacts:
    items = []
    for c in contacts.items:
        change: dict[str, Any] = {}
        for event in ("touchdown", "toe_off"):
            if getattr(c, f"{event}_s") == old_s:
                change |= {f"{event}_s": new_s, f"{event}_sd_s": sd_s, "covariance_s2": 0.0}
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
        raise SettingsError(f"the edits put the events of rep {rep.index} out of order: touchdown, toe-off, landing.")
    if seen and not 0 <= seen[0] <= seen[-1] <= film_end_s:
        raise SettingsError(f"the edits put rep {rep.index} outside the film, which lasts {film_end_s:.2f} s.")


def _targets(known: dict[int, Rep], moves: tuple[Move, ...]) -> dict[float, float]:
    """New instant by old one; an instant that two reps share may be moved once."""
    out: dict[float, float] = {}
    for move in moves:
        old = getattr(known[move.rep], move.event)
        if not np.isfinite(old):
            raise SettingsError(f"the edits move the {move.event[:-2]} of rep {move.rep}, which has none.")
        new = old + move.shift_s
        if out.setdefault(old, new) != new:
            raise SettingsError(
                f"the edits move one instant twice, by different amounts: {move.event[:-2]} of rep {move.rep} "
                "is an event of its neighbour too."
            )
    return out


def correct(
    reps: tuple[Rep, ...], contacts: Contacts, correction: Correction, film_end_s: float
) -> tuple[tuple[Rep, ...], Contacts]:
    """Apply corrections; a rep keeps its number, added ones get new numbers.

    An instant that two reps share (a landing is the next rep's touchdown) moves in both.

    Raises
    ------
    SettingsError
        When a rep does not exist, has no such event, lies outside the film, or its events
        would change order.
    """
    known = {r.index: r for r in reps}
    for number in (*(m.rep for m in correction.moves), *correction.deleted):
        if number not in known:
            raise SettingsError(f"the edits name rep {number}: this clip has reps {sorted(known) or 'none'}.")
    out = list(reps)
    for old, new in _targets(known, correction.moves).items():
        out = [_moved(r, old, new, correction.sd_s) for r in out]
        contacts = _move_contacts(contacts, old, new, correction.sd_s)
    kept = [r for r in out if r.index not in correction.deleted]
    top = max(known, default=0)
    kept += [replace(r, index=top + 1 + k) for k, r in enumerate(correction.added)]
    for rep in kept:
        _check(rep, film_end_s)
    return tuple(sorted(kept, key=lambda r: r.start_s)), _with_added(contacts, correction.added)
