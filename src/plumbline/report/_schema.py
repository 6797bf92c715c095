"""The report as a schema: `plumbline/report/1`."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from plumbline.camera import Ramp
from plumbline.messages import worded

SCHEMA_ID: Literal["plumbline/report/1"] = "plumbline/report/1"
SideName = Literal["left", "right"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, populate_by_name=True)


class QuantityOut(_Model):
    """A value with its standard uncertainty; `common_sd` is the part that all reps of the clip share.

    Older reports lack it.
    """

    value: float
    sd: float = Field(ge=0)
    unit: str
    common_sd: float | None = Field(default=None, ge=0)


class RampOut(_Model):
    """Where the film is slowed, on its own clock, and how much."""

    start_s: float
    end_s: float
    factor: float


class ClipOut(_Model):
    """The film; `sha256` of its file, empty for a live session; `ramp` where it changes its speed.

    `time_scale`: real seconds per second of the film, outside of the ramp.
    """

    name: str
    sha256: str
    width: int
    height: int
    rotation_deg: int
    container_fps: float
    capture_fps: float = Field(gt=0)
    capture_fps_source: Literal["container", "tag", "given", "gravity", "live"]
    frames: int
    duration_s: float
    variable_frame_rate: bool
    ramp: RampOut | None = None
    time_scale: float | None = None

    def film_s(self, time_s: float) -> float:
        """Seconds of the film at an instant of the report."""
        if self.ramp is not None:
            return float(Ramp(**self.ramp.model_dump()).film_s(np.asarray(time_s)))
        if self.time_scale is None:  # older reports lack it
            return time_s * self.capture_fps / self.container_fps
        return time_s / self.time_scale


class PoseOut(_Model):
    """The pose model and how it fared."""

    model: str
    detected_fraction: float
    repaired_fraction: float
    cutoff_hz: float
    velocity_cutoff_hz: float
    people: int
    athlete: int
    offsets_removed: bool


class ScaleOut(_Model):
    """Metres per pixel."""

    value: float
    sd: float
    source: str


class TiltOut(_Model):
    """The camera's turn, counter-clockwise positive, and whether it was corrected for."""

    value: float
    sd: float
    unit: str
    source: str
    corrected: bool


class MovementOut(_Model):
    """How the camera moved, from the background: the picture's shift over the clip."""

    moves: bool
    followed_fraction: float
    shift_px: tuple[float, float]
    zoom: tuple[float, float]


class CameraOut(_Model):
    """The view."""

    view: Literal["side", "oblique", "front", "unknown"]
    facing: SideName
    near_side: SideName
    off_side_deg: float
    tilt_deg: TiltOut
    movement: MovementOut
    m_per_px: ScaleOut | None
    scales: list[ScaleOut]
    body_height_px: float | None


class DrillOut(_Model):
    """The drill, how sure its recognition is (1 when given), and whether that is enough to judge by it."""

    id: str
    name: str
    confidence: float
    judged: bool = True


class VerdictOut(_Model):
    """One fault's verdict."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    fault: str
    """The fault's name; several rules may share it."""
    label: str
    """What is wrong, in few words."""
    verdict: Literal["fault", "borderline", "ok"]
    """Beyond the limit by more than its uncertainty, by less, or within."""
    metric: str
    """What was judged."""
    value: float
    """In `unit`."""
    sd: float
    """Standard uncertainty, in `unit`."""
    unit: str
    """The metric's."""
    limit: float
    """The limit that is nearer to being missed, in `unit`."""
    message: str
    """What it means."""
    cue: str
    """What to say to the athlete."""


class EventsOut(_Model):
    """Events as they were found, before a correction by hand."""

    touchdown_s: float | None
    toe_off_s: float | None
    landing_s: float | None


class RepOut(_Model):
    """One repetition; events that do not exist are null."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    index: int
    """From 1."""
    stance: Literal["both", "left", "right"]
    """Foot or feet that bear; in recoveries and kicks the leg that works."""
    start_s: float
    """s on the film's real clock, as all times."""
    end_s: float
    """Where the rep is over."""
    touchdown_s: float | None
    """First instant at which a foot bears."""
    toe_off_s: float | None
    """Last instant at which a foot bears."""
    landing_s: float | None
    """The next touchdown after the rep's flight."""
    event_sd_s: float | None
    """The largest standard uncertainty of its events."""
    touchdown_sd_s: float | None = None
    """Standard uncertainty of each event; older reports lack it."""
    toe_off_sd_s: float | None = None
    """Of the toe-off."""
    landing_sd_s: float | None = None
    """Of the landing."""
    key_s: float | None = None
    """Where the posture is judged and the still is taken; older reports lack it."""
    source: Literal["found", "edited", "hand"]
    """As it was found, with events moved by hand, or added by hand."""
    automatic: EventsOut | None
    """The events before the rep was edited, else null."""
    metrics: dict[str, QuantityOut]
    """By name; what cannot be known is left out."""
    verdicts: list[VerdictOut]
    """One a fault that the rep was judged by."""

    @property
    def zero_s(self) -> float:
        """What two clips are laid on each other by: the touchdown, the landing where there is none, else the key."""
        events = (self.touchdown_s, self.landing_s, self.key_s, self.start_s)
        return next(s for s in events if s is not None)

    @property
    def seek_s(self) -> float:
        """Where a player is taken to for the rep: the instant of its still."""
        return self.zero_s if self.key_s is None else self.key_s


class SummaryMetricOut(_Model):
    """A metric over the reps: `sd` is how they scatter, `mean_sd` how sure their mean is."""

    mean: float
    sd: float
    ci95: tuple[float, float]
    n: int
    unit: str
    mean_sd: float | None = None


class FaultCountOut(_Model):
    """How often a fault was raised, and on which reps; `called` when the set as a whole has it."""

    count: int
    reps: list[int]
    called: bool = True


class SummaryOut(_Model):
    """The clip as a whole; `legs` holds each leg's reps by themselves where the legs take turns."""

    metrics: dict[str, SummaryMetricOut]
    legs: dict[str, dict[str, SummaryMetricOut]] = {}
    faults: dict[str, FaultCountOut]
    verdicts: list[VerdictOut]


class MessageOut(_Model):
    """Something said: the row of `data/messages.toml`, its values, and the English sentence.

    A value is a number, a word or a part of the sentence that has values of its own.
    """

    code: str
    values: dict[str, float | int | str | MessageOut] = {}
    message: str

    @property
    def said(self) -> str:
        """The sentence in the language that is spoken; in English where it was kept without values."""
        try:
            return worded(self.code, self.values)
        except KeyError:
            return self.message


class WarningOut(MessageOut):
    """What the user should know; `option` is what mends it on the command line."""

    option: str = ""


class Report(_Model):
    """Everything Plumbline says of a clip."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    schema_id: Literal["plumbline/report/1"] = Field(alias="schema")
    """Name and version of this format."""
    version: str
    """Of Plumbline."""
    clip: ClipOut
    """The film."""
    pose: PoseOut
    """The pose model and how it fared."""
    camera: CameraOut
    """The view, upright and scale."""
    drill: DrillOut | None
    """Null when the clip shows none that is known."""
    reps: list[RepOut]
    """In order of time."""
    deleted_reps: list[int]
    """Numbers of the reps that were deleted by hand."""
    standing: RepOut | None
    """Posture in quiet standing, null without any."""
    summary: SummaryOut
    """The clip as a whole."""
    withheld: dict[str, str]
    """Name of a metric that the clip cannot show to the reason in English."""
    reasons: dict[str, MessageOut] = {}
    """The same as codes and values."""
    warnings: list[WarningOut]
    """What the user should know beside the results."""
