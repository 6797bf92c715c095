"""What the log holds, as values: checked when made, the same in a file, a form and the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from plumbline.catalogue import load_drills
from plumbline.language import say

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Notes = Annotated[str, StringConstraints(max_length=4000)]
Side = Literal["both", "left", "right"]
Level = Literal["beginner", "intermediate", "advanced"]
Kind = Literal["jumps", "running", "strength", "balance", "other"]
# The protocol of sets that were filmed one after the other to learn the athlete's own typical error.
REPEAT = "same_day_repeat"


def new_id() -> str:
    """A name that no other log has, so that logs can be joined."""
    return uuid4().hex


def drill_name(drill_id: str) -> str:
    """The catalogue's name of a drill, its id where it is not there any more."""
    found = load_drills().get(drill_id)
    return say(found.name) if found else drill_id


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class AthleteEntry(_Entry):
    """One athlete; `headline` names the metric by which the coach follows a drill."""

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    name: Words
    height_m: float | None = Field(default=None, ge=0.8, le=2.5)
    mass_kg: float | None = Field(default=None, ge=15, le=300)
    level: Level = "beginner"
    notes: Notes = ""
    headline: dict[str, str] = Field(default_factory=dict)


class PlanEntry(_Entry):
    """An athlete's plan: `body` is what `plumbline.plan` wrote."""

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    made: date
    kind: Words
    body: dict[str, JsonValue]


class MetricEntry(_Entry):
    """A metric over a set: mean, standard uncertainty of the mean, how many reps.

    `common_sd` is the part that all reps share (body, shoe, light, view), `rep_sd` what is a rep's own:
    `sd` is the root of common² + rep² / n. None where they are not known; all of `sd` then counts as common.
    """

    mean: float
    sd: float = Field(ge=0)
    n: int = Field(ge=1)
    unit: Annotated[str, StringConstraints(max_length=20)]
    common_sd: float | None = Field(default=None, ge=0)
    rep_sd: float | None = Field(default=None, ge=0)

    @property
    def shared_sd(self) -> float:
        """The part of `sd` that more reps do not make smaller."""
        return self.sd if self.common_sd is None else min(self.common_sd, self.sd)

    @property
    def reps_sd(self) -> float:
        """The part of `sd` that comes from single reps and falls with the root of their number."""
        return float(max(self.sd**2 - self.shared_sd**2, 0.0) ** 0.5)


class FaultCount(_Entry):
    """How often a fault was raised in a set."""

    label: Words
    count: int = Field(ge=0)


class SetEntry(_Entry):
    """One set of a drill.

    `contacts` come from the detected contacts where a film was measured, else from the reps.
    `protocol` names the guided test that it is part of, "" for training.
    """

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    drill: str
    side: Side = "both"
    reps: int = Field(ge=0, le=10_000)
    contacts: int = Field(default=0, ge=0, le=20_000)
    source: Literal["film", "hand"] = "hand"
    film: Annotated[str, StringConstraints(max_length=255)] = ""
    film_sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    report: Annotated[str, StringConstraints(max_length=1024)] = ""
    notes: Notes = ""
    protocol: Annotated[str, StringConstraints(max_length=40)] = ""
    metrics: dict[str, MetricEntry] = Field(default_factory=dict)
    faults: dict[str, FaultCount] = Field(default_factory=dict)

    @property
    def drill_name(self) -> str:
        """The catalogue's name of the drill, its id where it is not there any more."""
        return drill_name(self.drill)


class Discomfort(_Entry):
    """Where it hurt, and how much: 0 not at all, 10 as bad as can be."""

    where: Words
    score: int = Field(ge=0, le=10)


class SessionEntry(_Entry):
    """One day's training of one athlete; `effort` on Borg's CR-10 scale."""

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    day: date
    kind: Kind = "jumps"
    effort: float | None = Field(default=None, ge=0, le=10)
    minutes: float | None = Field(default=None, ge=0, le=1440)
    notes: Notes = ""
    discomfort: tuple[Discomfort, ...] = ()
    sets: tuple[SetEntry, ...] = ()
    changed: datetime | None = None

    @property
    def contacts(self) -> int:
        """Contacts of the whole session."""
        return sum(s.contacts for s in self.sets)

    @property
    def worst_discomfort(self) -> int:
        """The highest discomfort, 0 without any."""
        return max((d.score for d in self.discomfort), default=0)
