"""The landmarks of one person over a film."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.pose.landmarks import N_LANDMARKS, TORSO


def read_only(array: FloatArray) -> FloatArray:
    """A float64 copy (...) of `array` (...), in its unit, that cannot be written to."""
    out = np.array(array, dtype=np.float64)
    out.setflags(write=False)
    return out


def middle_of(xy: FloatArray) -> FloatArray:
    """Middle of the torso.

    Parameters
    ----------
    xy : (..., 33, 2)
        Landmarks, px.

    Returns
    -------
    (..., 2)
        In px too.
    """
    return np.asarray(xy[..., TORSO, :].mean(axis=-2))


def heights_of(xy: FloatArray) -> FloatArray:
    """Extent (...) of landmarks (..., 33, 2 or more) from top to bottom."""
    return np.asarray(xy[..., 1].max(axis=-1) - xy[..., 1].min(axis=-1))


@dataclass(frozen=True)
class PoseSequence:
    """Landmarks of one person, frame by frame; NaN where no person was found.

    Which leg is nearer the camera is not known yet: that is geometry's to decide.

    Attributes
    ----------
    time_s : (n,) float
        Presentation times, strictly increasing.
    xy : (n, 33, 2) float
        Landmarks in px of the upright full-size picture, x right, y down.
    visibility : (n, 33) float
        The model's own visibility, 0 to 1.
    width, height : int
        Size of the picture in px.
    model : str
        Name of the pose model.

    Raises
    ------
    ValueError
        When shapes do not agree, times do not increase strictly, or a coordinate or the picture's size is impossible.
    """

    time_s: FloatArray
    xy: FloatArray
    visibility: FloatArray
    width: int
    height: int
    model: str = "unknown"

    def __post_init__(self) -> None:
        for name in ("time_s", "xy", "visibility"):
            object.__setattr__(self, name, np.asarray(getattr(self, name)))
        n = len(self.time_s)
        if self.xy.shape != (n, N_LANDMARKS, 2) or self.visibility.shape != (n, N_LANDMARKS):
            raise ValueError(
                f"shapes do not agree: time {self.time_s.shape}, xy {self.xy.shape}, visibility {self.visibility.shape}"
            )
        if not np.isfinite(self.time_s).all() or (n > 1 and not np.all(np.diff(self.time_s) > 0)):
            raise ValueError("time_s must increase strictly, without gaps of NaN")
        if np.isinf(self.xy).any():
            raise ValueError("xy is NaN where no person was found, not infinite")
        if not (self.width > 0 and self.height > 0):
            raise ValueError(f"the picture's size is {self.width} x {self.height} px")
        for name in ("time_s", "xy", "visibility"):
            object.__setattr__(self, name, read_only(getattr(self, name)))

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def found(self) -> NDArray[np.bool_]:
        """Frames (n,) in which a person was found."""
        return np.isfinite(self.xy[:, :, 0]).any(axis=1)

    @property
    def fps(self) -> float:
        """Median frame rate, NaN below two frames."""
        return float(1 / np.median(np.diff(self.time_s))) if len(self) > 1 else float("nan")

    @property
    def middle(self) -> FloatArray:
        """Middle of the torso (n, 2), px."""
        return middle_of(self.xy)

    @property
    def size_px(self) -> float:
        """Median height of the landmarks in the picture, NaN without any."""
        return float(np.median(heights_of(self.xy[self.found]))) if self.found.any() else float("nan")

    def until(self, end_s: float) -> PoseSequence:
        """The frames up to the instant `end_s`."""
        k = self.time_s <= end_s
        return PoseSequence(self.time_s[k], self.xy[k], self.visibility[k], self.width, self.height, self.model)

    def at(self, frames: NDArray[np.int_]) -> PoseSequence:
        """Some of the frames, by themselves: those of the numbers `frames` (k,)."""
        xy, visibility = self.xy[frames], self.visibility[frames]
        return PoseSequence(self.time_s[frames], xy, visibility, self.width, self.height, self.model)

    def only(self, frames: NDArray[np.bool_]) -> PoseSequence:
        """Nobody seen but in some `frames` (n,) bool; all keep their numbers."""
        xy = np.where(frames[:, None, None], self.xy, np.nan)
        visibility = np.where(frames[:, None], self.visibility, 0.0)
        return PoseSequence(self.time_s, xy, visibility, self.width, self.height, self.model)

    def from_zero(self) -> PoseSequence:
        """The same on a clock that begins with the first frame."""
        start = self.time_s[0] if len(self) else 0.0
        return PoseSequence(self.time_s - start, self.xy, self.visibility, self.width, self.height, self.model)
