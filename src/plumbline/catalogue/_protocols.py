"""Guided tests from `data/protocols.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from plumbline.catalogue._drills import Drill, load_drills
from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Protocol:
    """One guided test.

    Attributes
    ----------
    id : str
        Also the score's name among the metrics.
    name : str
    films : tuple of str
        What each film shows.
    how : str
        How it is done.
    origin : str
        Where it comes from.
    drills : tuple of str
        Those it may be done with; any without.
    sides : tuple of {"left", "right"}
        Which leg works in each film.
    metric : str
        What the score is made of; empty where there is none.
    reps : int
        How many values of a set count, from the first.
    best : int
        The score is the mean of so many of the best of them.
    """

    id: str
    name: str
    films: tuple[str, ...]
    how: str
    origin: str
    drills: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    metric: str = ""
    reps: int = 0
    best: int = 0

    @property
    def choices(self) -> tuple[str, ...]:
        """Ids of the drills it may be done with."""
        return self.drills or tuple(d.id for d in load_drills().values() if d.movement is not None)


def _protocol(name: str, row: dict[str, Any]) -> Protocol:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Protocol(id=name, **values)


@lru_cache(maxsize=1)
def load_protocols() -> dict[str, Protocol]:
    """All guided tests by id."""
    return {name: _protocol(name, row) for name, row in read_toml(DATA / "protocols.toml").items()}


def find_protocol(protocol_id: str) -> Protocol:
    """The guided test of the id `protocol_id`.

    Raises
    ------
    SettingsError
        When there is none of that id.
    """
    found = load_protocols().get(protocol_id)
    if found is None:
        raise SettingsError(
            "there is no test '{protocol_id}': choose {names}.",
            protocol_id=protocol_id,
            names=", ".join(load_protocols()),
        )
    return found


def protocols_of(drill: Drill | None) -> list[Protocol]:
    """The tests with a score that a set of `drill` may be; none where it is not known."""
    scored = [p for p in load_protocols().values() if p.metric]
    return [p for p in scored if drill is not None and not drill.names.isdisjoint(p.drills)]
