"""Field tests from `data/protocols.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plumbline.catalogue._drills import Drill
from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Protocol:
    """One field test: the mean of the `best` of the first `reps` values of `metric` in a set of `drill`.

    `id` is the score's own name among the metrics, `how` says how it is done.
    """

    id: str
    drill: str
    metric: str
    reps: int
    best: int
    how: str
    origin: str


@lru_cache(maxsize=1)
def load_protocols() -> dict[str, Protocol]:
    """All field tests by the name of their score."""
    return {name: Protocol(id=name, **row) for name, row in read_toml(DATA / "protocols.toml").items()}


def protocols_of(drill: Drill | None) -> list[Protocol]:
    """The field tests that a set of a drill may be."""
    return [p for p in load_protocols().values() if drill is not None and p.drill in drill.names]
