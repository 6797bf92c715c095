"""The edits file: what a person corrects in a clip's analysis (`plumbline/edits/1`)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from plumbline.errors import SettingsError, first_problem
from plumbline.files import read_document
from plumbline.reps import REPS, Correction, Move, Rep


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, populate_by_name=True)


class Shift(_Model):
    """How far an event is moved, later positive: by frames or by ms."""

    frames: float | None = None
    ms: float | None = None

    @model_validator(mode="after")
    def _one(self) -> Shift:
        if (self.frames is None) == (self.ms is None):
            raise ValueError("give either frames or ms")
        return self

    def seconds(self, frame_s: float) -> float:
        """The shift in s."""
        return self.frames * frame_s if self.frames is not None else (self.ms or 0.0) / 1000


class RepEdit(_Model):
    """Changes of one rep, by its number in the report."""

    rep: int = Field(ge=1)
    delete: bool = False
    touchdown: Shift | None = None
    toe_off: Shift | None = None
    landing: Shift | None = None


class AddedRep(_Model):
    """A rep that was not found; times in s of the film, as in the report."""

    touchdown_s: float
    toe_off_s: float
    landing_s: float
    stance: Literal["both", "left", "right"] = "both"

    @model_validator(mode="after")
    def _of_a_body(self) -> AddedRep:
        contact_s, flight_s = self.toe_off_s - self.touchdown_s, self.landing_s - self.toe_off_s
        if 0 < contact_s < REPS.added_contact_s or flight_s > REPS.added_flight_s:
            bounds = REPS.added_contact_s, REPS.added_flight_s
            raise ValueError("a contact lasts {:g} s at least, a flight {:g} s at most".format(*bounds))
        return self


class Edits(_Model):
    """Everything a person may correct; `teach` lets events set by hand move the other reps' too."""

    schema_id: Literal["plumbline/edits/1"] = Field(alias="schema")
    drill: str | None = None
    near_side: Literal["left", "right"] | None = None
    athlete: str | None = None
    teach: bool = True
    reps: list[RepEdit] = []
    added: list[AddedRep] = Field(default=[], max_length=1000)

    @model_validator(mode="after")
    def _apart(self) -> Edits:
        spans = sorted((a.touchdown_s, a.landing_s) for a in self.added)
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValueError("two added reps lie over each other")
        return self

    def correction(self, frame_s: float, sd_frames: float) -> Correction:
        """The corrections of reps, for a film whose frames lie `frame_s` apart."""
        moves = [
            Move(r.rep, f"{name}_s", shift.seconds(frame_s))
            for r in self.reps
            if not r.delete  # what is not there teaches nothing
            for name in ("touchdown", "toe_off", "landing")
            if (shift := getattr(r, name)) is not None
        ]
        sd = sd_frames * frame_s
        added = [
            Rep(
                index=0,
                stance=a.stance,
                start_s=a.touchdown_s,
                end_s=a.landing_s,
                key_s=a.touchdown_s,
                touchdown_s=a.touchdown_s,
                toe_off_s=a.toe_off_s,
                landing_s=a.landing_s,
                touchdown_sd_s=sd,
                toe_off_sd_s=sd,
                landing_sd_s=sd,
            )
            for a in self.added
        ]
        return Correction(tuple(moves), frozenset(r.rep for r in self.reps if r.delete), tuple(added), sd, self.teach)


def read_edits(path: Path) -> Edits:
    """Read an edits file.

    Raises
    ------
    SettingsError
        When it is missing or not one; the message names the place.
    """
    try:
        return Edits.model_validate_json(read_document(path))
    except ValidationError as error:
        raise SettingsError(
            "{path} is not a usable edits file: {first_problem}.", path=path, first_problem=first_problem(error)
        ) from error
