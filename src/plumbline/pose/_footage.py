"""What was seen in a film."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from plumbline.camera import CameraPath, Instants, Uprights
from plumbline.pose._people import People
from plumbline.pose._sequence import PoseSequence


@dataclass(frozen=True)
class Glimpse:
    """The part of a film's picture that shows its athlete.

    Attributes
    ----------
    jpeg : bytes
    left, top : int
        Its corner, px of the whole picture at the size that the part is kept at.
    whole : tuple of int
        Width and height of that picture, px.
    """

    jpeg: bytes
    left: int
    top: int
    whole: tuple[int, int]


@dataclass(frozen=True)
class Footage:
    """What was seen in a film: the people, the camera's movement, upright lines behind them.

    Attributes
    ----------
    people : People
    camera : CameraPath
    uprights : Uprights or None
        None where no straight edges tell what is upright.
    film_sha256 : str
        The film file's hash, empty where there is no file.
    instants : Instants or None
        Tells the pictures that differ where the film holds pictures twice: nothing else here knows of the others.
    turn : int or None
        Frame from which on the film runs backwards.
    light : float
        What a tenth of all that is around the people, or of the picture where nobody is found, is brighter than,
        levels of 256; NaN where that is not known.
    unread : int
        Frames of the film that could not be decoded.
    glimpses : dict of int to Glimpse
        By frame; those that were kept on the way, for stills. Whoever needs the memory clears them.
    """

    people: People
    camera: CameraPath
    uprights: Uprights | None = None
    film_sha256: str = ""
    instants: Instants | None = None
    turn: int | None = None
    light: float = float("nan")
    unread: int = 0
    glimpses: dict[int, Glimpse] = field(default_factory=dict)

    @property
    def found(self) -> float:
        """Share of the pictures, 0 to 1, in which somebody was found."""
        return float(np.isfinite(self.people.xy[..., 0]).any(axis=(0, 2)).mean()) if self.people.time_s.size else 0.0

    @staticmethod
    def of_one(pose: PoseSequence) -> Footage:
        """The one person of `pose`, before a camera that stood still."""
        seen = int(pose.found.any())
        xy, visibility = pose.xy[None][:seen], pose.visibility[None][:seen]
        people = People(pose.time_s, xy, visibility, pose.width, pose.height, pose.model)
        return Footage(people, CameraPath.fixed(len(pose), pose.width, pose.height))
