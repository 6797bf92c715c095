"""The choices of a live session, from `data/live.toml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from plumbline.catalogue import Drill
from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Choices:
    """Values of `data/live.toml`; units stand in the names."""

    look_s: float
    still_pct_bh: float
    min_fps: float
    longest_gap_s: float
    gone_s: float
    dark_below: float
    company_height_share: float
    company_every_s: float
    bystander_s: float
    moving_pct_bh: float
    shown_s: float


@lru_cache(maxsize=1)
def choices() -> Choices:
    """The values in force."""
    rows = read_toml(DATA / "live.toml")
    return Choices(**{f.name: float(rows[f.name]["value"]) for f in fields(Choices)})


def start_words(drill: Drill | None) -> str:
    """What to do as counting begins, in the drill's own word."""
    segment = drill.segment if drill is not None else ""
    return str(read_toml(DATA / "live.toml")["start"].get(segment, "Go"))
