"""What passes between Plumbline and its decoding child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

# How a picture's bytes lie: (h, w, 3) in colours, or (3 h / 2, w) in YUV (I420, BT.601, limited range).
Order = Literal["rgb", "bgr", "yuv"]


def shape_of(width: int, height: int, order: Order) -> tuple[int, ...]:
    """Shape of a picture's array."""
    return (height * 3 // 2, width) if order == "yuv" else (height, width, 3)


@dataclass(frozen=True)
class Facts:
    """What a film file says of itself, and its first frame.

    Attributes
    ----------
    width, height : int
        Stored size in px, before rotation.
    rotation_deg : int
        How far the stored picture is turned to stand upright, 0/90/180/270.
    nominal_fps : float
        Rate noted in the file, 0 where none is.
    tagged_fps : float, optional
        Capture rate that a phone noted.
    times_s : (n,) float
        Presentation times of all packets, sorted.
    """

    width: int
    height: int
    rotation_deg: int
    nominal_fps: float
    tagged_fps: float | None
    times_s: NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """One decoded frame: its place in decoding order, s of the file since the first, uint8 as `shape_of` has it."""

    index: int
    time_s: float
    image: NDArray[np.uint8]
