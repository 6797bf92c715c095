"""The drill table: what a rep is and which metrics a drill reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Drill:
    """One drill of `data/drills.toml`."""

    id: str
    name: str
    segment: str
    view: str
    moments: tuple[str, ...]
    metrics: tuple[str, ...]


@lru_cache(maxsize=1)
def load_drills() -> dict[str, Drill]:
    """All drills by id."""
    table = read_toml(DATA / "drills.toml")
    out = {}
    for key, row in table.items():
        metrics = row.get("metrics") or table[row["like"]]["metrics"]
        out[key] = Drill(
            id=key,
            name=row["name"],
            segment=row["segment"],
            view=row["view"],
            moments=tuple(row["moments"]),
            metrics=(*metrics, *row.get("extra_metrics", [])),
        )
    return out


def find_drill(drill_id: str) -> Drill:
    """Look a drill up.

    Raises
    ------
    SettingsError
        When there is none of that name.
    """
    drills = load_drills()
    if drill_id not in drills:
        raise SettingsError(f"there is no drill '{drill_id}': choose auto or one of {', '.join(drills)}.")
    return drills[drill_id]
