"""How far the background's points agree among themselves: each half of them tells the camera's path on its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera import CameraPath, Doubt
from plumbline.errors import opencv_libraries
from plumbline.video._settings import VIDEO

with opencv_libraries():
    import cv2

Points = NDArray[np.float32]


def chain(outer: FloatArray, inner: FloatArray) -> FloatArray:
    """The transform that applies `inner`, then `outer`; both (2, 3)."""
    return np.asarray(outer[:, :2] @ inner + np.column_stack([np.zeros((2, 2)), outer[:, 2]]))


def fit(before: Points, after: Points, to_full: FloatArray) -> tuple[FloatArray | None, float]:
    """Similarity (2, 3) in full-size px that most points (k, 1, 2) agree on, and their share; None where none is."""
    found, inliers = cv2.estimateAffinePartial2D(before, after, method=cv2.RANSAC, ransacReprojThreshold=VIDEO.agree_px)
    if found is None:
        return None, 0.0
    out = np.asarray(found, float)
    out[:, 2] *= to_full
    return out, float(inliers.mean())


class Halves:
    """Two camera paths, each from every second point; they part where what is followed is noise."""

    def __init__(self) -> None:
        self._keys = [np.eye(2, 3), np.eye(2, 3)]
        self._now = list(self._keys)
        self._rows: tuple[list[FloatArray], list[FloatArray]] = ([], [])

    def lay(self) -> None:
        """Go on from a new key frame."""
        self._keys = list(self._now)

    def begin_scene(self) -> None:
        """Begin anew."""
        self._keys = self._now = [np.eye(2, 3), np.eye(2, 3)]

    def follow(self, before: Points, after: Points, to_full: FloatArray) -> None:
        """Take points (k, 1, 2) of the key frame and of a later one."""
        for k, rows in enumerate(self._rows):
            found, _ = fit(np.ascontiguousarray(before[k::2]), np.ascontiguousarray(after[k::2]), to_full)
            if found is not None:
                self._now[k] = chain(self._keys[k], np.asarray(cv2.invertAffineTransform(found)))
            rows.append(self._now[k])

    def doubt(self, size: tuple[int, int]) -> Doubt:
        """How far the two paths are apart, root mean square."""
        if not self._rows[0]:
            return Doubt()
        one, other = (CameraPath(np.array(rows), np.ones(len(rows), bool), size) for rows in self._rows)
        shift = np.square(one.shift_px - other.shift_px).mean(axis=0).max()
        zoom, roll = np.square(one.zoom - other.zoom).mean(), np.square(one.turned_deg - other.turned_deg).mean()
        return Doubt(float(np.sqrt(shift)), float(np.sqrt(zoom)), float(np.sqrt(roll)))
