"""Mirrored and moved frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.errors import opencv_libraries

with opencv_libraries():
    import cv2


def mirror(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture (h, w, 3) with left and right exchanged."""
    return np.asarray(cv2.flip(image, 1), np.uint8)


def moved(image: NDArray[np.uint8], dx: int, dy: int) -> NDArray[np.uint8]:
    """The picture (h, w, 3) moved right by `dx` and down by `dy` px; black where nothing comes from."""
    if dx == dy == 0:
        return image
    h, w = image.shape[:2]
    dx, dy = max(-w, min(dx, w)), max(-h, min(dy, h))
    out = np.zeros_like(image)
    out[max(dy, 0) : h + min(dy, 0), max(dx, 0) : w + min(dx, 0)] = image[
        max(-dy, 0) : h + min(-dy, 0), max(-dx, 0) : w + min(-dx, 0)
    ]
    return out
