"""What the user asks of a clip, and the limits in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from plumbline.body import HEAVIEST_KG, LIGHTEST_KG, SHORTEST_M, TALLEST_M
from plumbline.catalogue import Drill, Rule, load_rules, measurable_drill, read_limits
from plumbline.edits import Edits
from plumbline.errors import SettingsError
from plumbline.measuring import Measuring, load_measuring
from plumbline.metrics import MarkedDistance
from plumbline.pose import CHOICES, Side, read_choice


@dataclass(frozen=True)
class Limits:
    """The rules and choices in force.

    Attributes
    ----------
    rules : tuple of Rule
    measuring : Measuring
    """

    rules: tuple[Rule, ...]
    measuring: Measuring

    @staticmethod
    def load(path: Path | None = None) -> Limits:
        """Read Plumbline's tables, single rows overridden by a coach's file at `path`.

        Raises
        ------
        SettingsError
            When the file cannot be read, or a row is not usable.
        """
        faults, measuring = read_limits(path)
        return Limits(load_rules(faults), load_measuring(measuring))


@dataclass(frozen=True)
class Request:
    """What the user says of a clip and wants of it.

    Attributes
    ----------
    drill : str
        "auto" or the id of a drill.
    height_m, mass_kg : float, optional
        The athlete's stature and mass.
    who : str
        Which of several people is the athlete, see `People.choose`.
    near_side : {"left", "right"}, optional
        The side that is nearer the camera, where the clip's own reading is wrong.
    marked : MarkedDistance, optional
        A known distance in the picture.
    unbias : bool
        Take off the pose model's known offsets.
    edits : Edits, optional
        Corrections by hand; their drill, side and athlete come before the ones above.

    Raises
    ------
    SettingsError
        When stature or mass is not possible, there is no such drill or one camera cannot judge it, or `who` is
        not understood.
    """

    drill: str = "auto"
    height_m: float | None = None
    mass_kg: float | None = None
    who: str = "auto"
    near_side: Side | None = None
    marked: MarkedDistance | None = None
    unbias: bool = True
    edits: Edits | None = None

    def __post_init__(self) -> None:
        for name in ("height_m", "mass_kg"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float, type(None))):
                raise SettingsError("{name} is a number, not {value}.", name=name, value=repr(value))
        for name in ("drill", "who"):
            if not isinstance(getattr(self, name), str):
                raise SettingsError("{name} is text, not {value}.", name=name, value=repr(getattr(self, name)))
        if self.height_m is not None and not SHORTEST_M <= self.height_m <= TALLEST_M:
            raise SettingsError(
                "a height of {height_m:g} m is not possible: give metres, {least:g} to {most:g}.",
                height_m=self.height_m,
                least=SHORTEST_M,
                most=TALLEST_M,
            )
        if self.mass_kg is not None and not LIGHTEST_KG <= self.mass_kg <= HEAVIEST_KG:
            raise SettingsError(
                "a body weight of {mass_kg:g} kg is not possible: give kilograms, {least:g} to {most:g}.",
                mass_kg=self.mass_kg,
                least=LIGHTEST_KG,
                most=HEAVIEST_KG,
            )
        if self.drill != "auto":
            measurable_drill(self.drill)
        if self.who not in CHOICES:
            read_choice(self.who)

    @property
    def wanted(self) -> Drill | None:
        """The drill asked for, None where it is to be recognised."""
        return None if self.drill == "auto" else measurable_drill(self.drill)

    def edited(self) -> Request:
        """The request with the edits' own choices in force."""
        e = self.edits
        if e is None:
            return self
        return replace(
            self,
            drill=e.drill or self.drill,
            who=e.athlete or self.who,
            near_side=e.near_side or self.near_side,
        )
