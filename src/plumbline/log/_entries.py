"""What the log holds, as values: checked when made, the same in a file, a form and the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from plumbline.body import HEAVIEST_KG, LIGHTEST_KG, SHORTEST_M, TALLEST_M
from plumbline.catalogue import load_drills
from plumbline.language import N_, _, ngettext, say


def _one_line(words: str) -> str:
    """Words in one line, without signs that steer a terminal."""
    line = "".join(c for c in " ".join(words.split()) if c.isprintable())
    if not line:
        raise ValueError("there is nothing to read in it")
    return line


# One line, whatever was pasted.
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_one_line),
]


def _in_utc(at: datetime) -> datetime:
    """A time of any zone as the log has it: in UTC, without naming it."""
    return at if at.tzinfo is None else at.astimezone(timezone.utc).replace(tzinfo=None)


def now_in_utc() -> datetime:
    """The present instant as the log has it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


Written = Annotated[datetime, AfterValidator(_in_utc)]
Notes = Annotated[str, StringConstraints(max_length=4000)]
Side = Literal["both", "left", "right"]
Level = Literal["beginner", "intermediate", "advanced"]
Kind = Literal["jumps", "running", "strength", "balance", "other"]
KINDS = (N_("jumps"), N_("running"), N_("strength"), N_("balance"), N_("other"))
# The protocol of sets that were filmed one after the other to learn the athlete's own typical error.
REPEAT = "same_day_repeat"


# No metric is larger in its unit.
LARGEST = 1e9

# Days that a log may hold: a plan may be noted ahead.
EARLIEST, AHEAD = date(1970, 1, 1), timedelta(days=366)


def is_day_of_training(day: date) -> bool:
    """Whether a `day` may stand in a log."""
    return EARLIEST <= day <= date.today() + AHEAD


def new_id() -> str:
    """A name that no other log has, so that logs can be joined."""
    return uuid4().hex


def drill_name(drill_id: str) -> str:
    """The catalogue's name of the drill `drill_id`, the id where it is not there any more."""
    found = load_drills().get(drill_id)
    return say(found.name) if found else drill_id


def set_said(drill_id: str, side: str) -> str:
    """A drill with its leg, where it is of one.

    Parameters
    ----------
    drill_id : str
    side : "both", "left" or "right"

    Returns
    -------
    str
    """
    name = drill_name(drill_id)
    return name if side == "both" else f"{name}, {say(side)}"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class AthleteEntry(_Entry):
    """One athlete.

    Attributes
    ----------
    id : str
        32 hexadecimal digits.
    name : str
    height_m, mass_kg : float or None
        Stature and mass.
    level : {"beginner", "intermediate", "advanced"}
    notes : str
    headline : dict of str
        Drill to the metric by which the coach follows it.
    changed : datetime or None
        When it was written last, in UTC, as the log has it.
    """

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    name: Words
    height_m: float | None = Field(default=None, ge=SHORTEST_M, le=TALLEST_M)
    mass_kg: float | None = Field(default=None, ge=LIGHTEST_KG, le=HEAVIEST_KG)
    level: Level = "beginner"
    notes: Notes = ""
    headline: dict[str, str] = Field(default_factory=dict)
    changed: Written | None = None


class PlanEntry(_Entry):
    """An athlete's plan.

    Attributes
    ----------
    id : str
        32 hexadecimal digits.
    made : date
    kind : str
        The plan's title.
    body : dict
        What `plumbline.plan` wrote.
    changed : datetime or None
        When it was written last, in UTC, as the log has it.
    """

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    made: date
    kind: Words
    body: dict[str, JsonValue]
    changed: Written | None = None


class MetricEntry(_Entry):
    """A metric over a set.

    Attributes
    ----------
    mean : float
        In `unit`.
    sd : float
        Standard uncertainty of the mean, same unit: the root of `common_sd`² + `rep_sd`² / n.
    n : int
        Reps.
    unit : str
    common_sd : float or None
        What all reps share (body, shoe, light, view), same unit. None where it is not known; all of `sd` then
        counts as common.
    rep_sd : float or None
        What is a rep's own, same unit; None where it is not known.
    """

    mean: float = Field(ge=-LARGEST, le=LARGEST)
    sd: float = Field(ge=0, le=LARGEST)
    n: int = Field(ge=1, le=10_000)
    unit: Annotated[str, StringConstraints(max_length=20)]
    common_sd: float | None = Field(default=None, ge=0)
    rep_sd: float | None = Field(default=None, ge=0)

    @property
    def shared_sd(self) -> float:
        """The part of `sd` that more reps do not make smaller, in `unit`."""
        return self.sd if self.common_sd is None else min(self.common_sd, self.sd)

    @property
    def reps_sd(self) -> float:
        """The part of `sd` that comes from single reps and falls with the root of their number, in `unit`."""
        return float(max(self.sd**2 - self.shared_sd**2, 0.0) ** 0.5)


class FaultCount(_Entry):
    """How often a fault was raised in a set.

    Attributes
    ----------
    label : str
    count : int
        Reps.
    """

    label: Words
    count: int = Field(ge=0)


class SetEntry(_Entry):
    """One set of a drill.

    Attributes
    ----------
    id : str
        32 hexadecimal digits.
    drill : str
        Its id.
    side : {"both", "left", "right"}
        The leg that worked.
    reps : int
    contacts : int
        The detected ones where a film was measured, else from the reps.
    source : {"film", "hand", "plan"}
        "plan" stands for what was done as planned and not filmed: a film logged later takes its place.
    film : str
        The file's name, empty without a film.
    film_sha256 : str
        Its hash, empty without a film.
    report : str
        Where the report lies, empty where none was kept.
    notes : str
    protocol : str
        The guided test that it is part of, empty for training.
    metrics : dict of MetricEntry
        By name.
    faults : dict of FaultCount
        By the fault's name.
    """

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    drill: str
    side: Side = "both"
    reps: int = Field(ge=0, le=10_000)
    contacts: int = Field(default=0, ge=0, le=20_000)
    source: Literal["film", "hand", "plan"] = "hand"
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

    @property
    def said(self) -> str:
        """The drill's name, with the leg where it is of one."""
        return set_said(self.drill, self.side)

    @property
    def faults_said(self) -> str:
        """Each fault that was raised, the most frequent first, with on how many of the reps."""
        found = sorted((f for f in self.faults.values() if f.count), key=lambda f: -f.count)
        return ", ".join(_("{fault} ({n} of {of})", fault=say(f.label), n=f.count, of=self.reps) for f in found)


class Discomfort(_Entry):
    """Where it hurt, and how much.

    Attributes
    ----------
    where : str
    score : int
        0 not at all, 10 as bad as can be.
    """

    where: Words
    score: int = Field(ge=0, le=10)


class SessionEntry(_Entry):
    """One day's training of one athlete.

    Attributes
    ----------
    id : str
        32 hexadecimal digits.
    day : date
    kind : {"jumps", "running", "strength", "balance", "other"}
    effort : float or None
        Borg's CR-10 scale, a score from 0 to 10.
    minutes : float or None
        How long it took, minutes.
    notes : str
    discomfort : tuple of Discomfort
    sets : tuple of SetEntry
        In their order.
    changed : datetime or None
        When it was saved last; None before.
    """

    id: str = Field(default_factory=new_id, pattern=r"^[0-9a-f]{32}$")
    day: date
    kind: Kind = "jumps"
    effort: float | None = Field(default=None, ge=0, le=10)
    minutes: float | None = Field(default=None, ge=0, le=1440)
    notes: Notes = ""
    discomfort: tuple[Discomfort, ...] = ()
    sets: tuple[SetEntry, ...] = ()
    changed: Written | None = None

    @property
    def contacts(self) -> int:
        """Contacts of the whole session."""
        return sum(s.contacts for s in self.sets)

    @property
    def said(self) -> str:
        """Kind, contacts, effort and discomfort, without the day."""
        parts = [say(self.kind)]
        parts += [ngettext("{n} contact", "{n} contacts", self.contacts)] if self.contacts else []
        parts += [_("effort {effort:g}", effort=self.effort)] if self.effort is not None else []
        parts += [f"{d.where} {d.score}/10" for d in self.discomfort]
        return " · ".join(parts)
