"""How the camera moved over a film."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera._settings import CAMERA


@dataclass(frozen=True)
class Doubt:
    """How far two paths are apart that were each followed from half of the points, root mean square.

    Attributes
    ----------
    shift_px : float
        Of the picture's middle, along x or y, whichever is worse.
    zoom : float
        Difference in size, a ratio.
    roll_deg : float
    """

    shift_px: float = 0.0
    zoom: float = 0.0
    roll_deg: float = 0.0


@dataclass(frozen=True)
class CameraPath:
    """The camera's movement over a film.

    Attributes
    ----------
    to_first : (n, 2, 3)
        Similarity that brings a point of frame i to where it lies in the first frame, px.
    known : (n,) bool
        Frames whose background could be followed back to the first; the others carry the
        last map that is known.
    size : (width, height)
        Of the picture in px.
    cuts : tuple of int
        Frames with which another scene begins; "first" is that scene's first frame from there on.
    doubt : Doubt
        How far the path may be from the true one.
    """

    to_first: FloatArray
    known: NDArray[np.bool_]
    size: tuple[int, int]
    cuts: tuple[int, ...] = ()
    doubt: Doubt = Doubt()

    @staticmethod
    def fixed(n: int, width: int, height: int) -> CameraPath:
        """A camera that does not move.

        Parameters
        ----------
        n : int
            Frames.
        width, height : int
            Of the picture in px.

        Returns
        -------
        CameraPath
        """
        return CameraPath(np.tile(np.eye(2, 3), (n, 1, 1)), np.ones(n, bool), (width, height))

    def at(self, frames: NDArray[np.int_]) -> CameraPath:
        """The movement over some of the frames: those of the numbers `frames` (k,)."""
        kept = (int(k) for k in np.searchsorted(frames, self.cuts))
        cuts = tuple(dict.fromkeys(k for k in kept if 0 < k < len(frames)))
        return replace(self, to_first=self.to_first[frames], known=self.known[frames], cuts=cuts)

    @property
    def shift_px(self) -> FloatArray:
        """How far the middle of the picture (n, 2) has moved, px."""
        middle = np.array([self.size[0] / 2, self.size[1] / 2])
        return np.asarray(self.to_first[:, :, :2] @ middle + self.to_first[:, :, 2] - middle)

    @property
    def zoom(self) -> FloatArray:
        """Size of things in frame i over their size in the first frame (n,)."""
        return np.asarray(1 / np.hypot(self.to_first[:, 0, 0], self.to_first[:, 1, 0]))

    @property
    def roll_deg(self) -> FloatArray:
        """How far frame i is turned counter-clockwise against the first (n,)."""
        if not self.moves:
            return np.zeros(len(self.to_first))
        return self.turned_deg

    @property
    def turned_deg(self) -> FloatArray:
        """How far frame i is turned as it was followed, whether or not the camera counts as moving (n,)."""
        return np.asarray(np.degrees(np.arctan2(self.to_first[:, 1, 0], self.to_first[:, 0, 0])))

    @property
    def moves(self) -> bool:
        """Whether the camera moved by more than following its picture leaves open."""
        if not self.known.any():
            return False
        shift = self.shift_px[self.known]
        spread = np.percentile(shift, 97, axis=0) - np.percentile(shift, 3, axis=0)
        zoomed = np.percentile(np.abs(self.zoom[self.known] - 1), 95)
        rolled = np.percentile(np.abs(self.turned_deg[self.known]), 95)
        times, doubt = CAMERA.doubt_times, self.doubt
        shifted = spread.max() > max(CAMERA.fixed_shift_share * max(self.size), times * doubt.shift_px)
        zooms = zoomed > max(CAMERA.fixed_zoom, times * doubt.zoom)
        return bool(shifted or zooms or rolled > max(CAMERA.fixed_roll_deg, times * doubt.roll_deg))

    @property
    def followed(self) -> float:
        """Share of frames whose background could be followed."""
        return float(self.known.mean()) if len(self.known) else 0.0
