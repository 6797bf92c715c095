"""What was seen in a film."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.camera import CameraPath, Instants, Uprights
from plumbline.pose._people import People
from plumbline.pose._sequence import PoseSequence


@dataclass(frozen=True)
class Footage:
    """What was seen in a film: the people, the camera's movement, upright lines behind them.

    `film_sha256` is the film file's hash, empty where there is no file; `instants` tells the pictures that
    differ where the film holds pictures twice: nothing else here knows of the others. From the frame `turn` on
    the film runs backwards.
    """

    people: People
    camera: CameraPath
    uprights: Uprights | None = None
    film_sha256: str = ""
    instants: Instants | None = None
    turn: int | None = None

    @property
    def found(self) -> float:
        """Share of the pictures in which somebody was found."""
        return float(np.isfinite(self.people.xy[..., 0]).any(axis=(0, 2)).mean()) if self.people.time_s.size else 0.0

    @staticmethod
    def of_one(pose: PoseSequence) -> Footage:
        """One person before a camera that stood still."""
        seen = int(pose.found.any())
        xy, visibility = pose.xy[None][:seen], pose.visibility[None][:seen]
        people = People(pose.time_s, xy, visibility, pose.width, pose.height, pose.model)
        return Footage(people, CameraPath.fixed(len(pose), pose.width, pose.height))
