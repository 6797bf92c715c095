"""What passes between Plumbline and its decoding child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray

# How a picture's bytes lie: (h, w, 3) in colours, or (3 h / 2, w) in YUV (I420, BT.601, limited range).
Order = Literal["rgb", "bgr", "yuv"]


FIELDS = ("", "auto", "tff", "bff")


def shape_of(width: int, height: int, order: Order) -> tuple[int, ...]:
    """Shape of a picture's array."""
    return (height * 3 // 2, width) if order == "yuv" else (height, width, 3)


@dataclass(frozen=True)
class Way:
    """How a film's pictures and their times are taken out of its file.

    Attributes
    ----------
    track : int
        The stream that is read, counted from 0 over all of the file's streams.
    step_s : float
        Stands in for a missing time stamp, s of the file.
    tracks : int
        Films that the file holds.
    fields : {"", "auto", "tff", "bff"}
        Each frame is two fields of different instants, the upper or the lower first, or as each frame says:
        two pictures are made of it. Empty for whole frames.
    grid : (float, float), optional
        Offset and step, s, of the even clock that rounded time stamps are put back on.
    clock : bool
        The file says when each picture is shown; a bare stream does not, and its pictures follow each other evenly.
    """

    track: int
    step_s: float
    tracks: int = 1
    fields: str = ""
    grid: tuple[float, float] | None = None
    clock: bool = True


def way_of(said: dict[str, Any]) -> Way:
    """A way as the other process has told it, with every value checked for its kind."""
    grid = said["grid"]
    return Way(
        int(said["track"]),
        float(said["step_s"]),
        int(said["tracks"]),
        FIELDS[FIELDS.index(said["fields"])],
        None if grid is None else (float(grid[0]), float(grid[1])),
        bool(said["clock"]),
    )


@dataclass(frozen=True)
class Facts:
    """What a film file says of itself, and its first frame.

    Attributes
    ----------
    width, height : int
        Size in square px, before rotation.
    rotation_deg : int
        How far the stored picture is turned clockwise to stand upright, 0/90/180/270.
    mirrored : bool
        Left and right of the stored picture are exchanged before it is turned.
    nominal_fps : float
        Rate noted in the file or, without a clock, in the stream; 0 where none is.
    tagged_fps : float, optional
        Capture rate that a phone noted.
    missing : int
        Pictures that the file announces and does not hold, as where it is cut off.
    way : Way
    times_s : (n,) float
        Presentation times of all pictures, sorted.
    """

    width: int
    height: int
    rotation_deg: int
    mirrored: bool
    nominal_fps: float
    tagged_fps: float | None
    missing: int
    way: Way
    times_s: FloatArray


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes
    ----------
    index : int
        Its place in the order shown, from 0.
    time_s : float
        s of the file since the first.
    image : (h, w, 3) or (h * 3 / 2, w) uint8
        As `shape_of` has it.
    change : float
        How far it differs from the one before, in levels of brightness (see `_change`); NaN for the first.
    """

    index: int
    time_s: float
    image: NDArray[np.uint8]
    change: float
