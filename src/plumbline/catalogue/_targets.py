"""What an athlete of a level aims at, from `data/targets.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Target:
    """What a level aims at in a drill, and where it comes from.

    Attributes
    ----------
    id, metric, level : str
    value : float
        In the metric's own unit.
    origin : str
    """

    id: str
    metric: str
    level: str
    value: float
    origin: str


@lru_cache(maxsize=1)
def _rows() -> dict[str, Any]:
    return read_toml(DATA / "targets.toml")


def find_target(drill: str, metric: str, level: str) -> Target | None:
    """The target of a drill's metric at a level.

    Parameters
    ----------
    drill, metric, level : str

    Returns
    -------
    Target or None
        None where none is set.
    """
    for name, row in _rows().items():
        if drill in row["drills"] and row["metric"] == metric and level in row:
            return Target(name, metric, level, float(row[level]), row["origin"])
    return None
