"""The drill catalogue: what each drill is for, and the movement it is measured as."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml, require

FLYING_SEGMENTS = ("hops", "jumps", "landings")


@dataclass(frozen=True)
class Movement:
    """A kind of movement that can be cut into reps and measured.

    Attributes
    ----------
    id, name : str
    segment : str
        How it is cut, see `SEGMENTERS`.
    view : {"side", "front"}
    rep : str
        What a rep is.
    film : str
        How to film it.
    metrics : tuple of str
    model_sd : dict
        Metric name to the pose model's standard uncertainty in this movement, on top of what
        the metric states of itself.
    within : dict
        Metric name to the least and the most that this movement allows, narrower than what a body can do.
    """

    id: str
    name: str
    segment: str
    view: str
    rep: str
    film: str
    metrics: tuple[str, ...]
    model_sd: dict[str, float]
    within: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Drill:
    """One drill of the catalogue.

    Attributes
    ----------
    id, name, group : str
    source : str
        Which part of the programme it belongs to.
    phase : {"early", "middle", "late", "any"}
    purpose : str
        What it is for.
    how : str
        How it is done.
    dose : str
        How much of it.
    cues : tuple of str
    needs : tuple of str
        Drills that come before it.
    contacts : float or None
        Landings a rep, a count; None where a rep has none.
    movement : Movement or None
        What it is measured as; None where one camera cannot judge it.
    not_judged : str
        Why it cannot.
    film : str
        How to film it.
    note : str
        What else is to be known.
    """

    id: str
    name: str
    group: str
    source: str
    phase: str
    purpose: str
    how: str
    dose: str
    cues: tuple[str, ...]
    needs: tuple[str, ...]
    contacts: float | None
    movement: Movement | None
    not_judged: str
    film: str
    note: str

    @property
    def measured(self) -> Movement:
        """The movement; only for drills that can be judged."""
        assert self.movement is not None, f"{self.id} has no movement"
        return self.movement

    @property
    def segment(self) -> str:
        """How a clip of it is cut into reps."""
        return self.measured.segment

    @property
    def metrics(self) -> tuple[str, ...]:
        """What is reported of each rep; nothing where it cannot be judged."""
        return self.movement.metrics if self.movement else ()

    @property
    def has_flights(self) -> bool:
        """Whether its reps are timed by the feet leaving the floor and landing."""
        return self.segment in FLYING_SEGMENTS

    @property
    def names(self) -> frozenset[str]:
        """Names by which a fault row may mean this drill: its own and its movement's."""
        return frozenset({self.id, self.movement.id} if self.movement else {self.id})


# What every drill says of itself.
TEXTS = ("name", "group", "source", "phase", "purpose", "how", "dose")


def _movement(key: str, table: dict[str, Any]) -> Movement:
    row = table[key]
    base = table[row["like"]] if "like" in row else {}
    whole = {**base, **row}
    metrics = (*whole["metrics"], *row.get("extra_metrics", []))
    texts = {name: whole[name] for name in ("name", "segment", "view", "rep", "film")}
    within = {name: (float(low), float(high)) for name, (low, high) in row.get("within", {}).items()}
    return Movement(id=key, metrics=metrics, model_sd=row.get("model_sd", {}), within=within, **texts)


@lru_cache(maxsize=1)
def load_movements() -> dict[str, Movement]:
    """All movements by id."""
    table = read_toml(DATA / "drills.toml")["movement"]
    return {key: _movement(key, table) for key in table}


@lru_cache(maxsize=1)
def load_drills() -> dict[str, Drill]:
    """The whole catalogue by id."""
    movements = load_movements()
    out = {}
    for key, row in read_toml(DATA / "drills.toml")["drill"].items():
        movement = movements[row["movement"]] if "movement" in row else None
        require(row, f"drills.toml, [drill.{key}]", *TEXTS, "cues")
        texts = {name: row[name] for name in TEXTS}
        out[key] = Drill(
            id=key,
            cues=tuple(row["cues"]),
            needs=tuple(row.get("needs", ())),
            contacts=row.get("contacts"),
            movement=movement,
            not_judged=row.get("not_judged", ""),
            film=row.get("film", movement.film if movement else ""),
            note=row.get("note", ""),
            **texts,
        )
    return out


def find_drill(drill_id: str) -> Drill:
    """Look the drill of the id `drill_id` up in the catalogue.

    Raises
    ------
    SettingsError
        When there is none of that id.
    """
    drills = load_drills()
    if drill_id not in drills:
        close = get_close_matches(drill_id, drills, 3)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        raise SettingsError(
            "there is no drill '{drill_id}': {hint}plumbline drills lists them all.", drill_id=drill_id, hint=hint
        )
    return drills[drill_id]


def measurable_drill(drill_id: str) -> Drill:
    """Look up the drill of the id `drill_id`, which is to be measured.

    Raises
    ------
    SettingsError
        When there is none of that id, or one camera cannot judge it.
    """
    drill = find_drill(drill_id)
    if drill.movement is None:
        raise SettingsError(
            "'{drill_id}' cannot be measured: {not_judged}", drill_id=drill_id, not_judged=drill.not_judged
        )
    return drill
