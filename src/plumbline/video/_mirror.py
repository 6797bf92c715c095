"""Mirrored frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.errors import opencv_libraries

with opencv_libraries():
    import cv2


def mirror(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture `image` (h, w, 3) with left and right exchanged (h, w, 3)."""
    return np.asarray(cv2.flip(image, 1), np.uint8)
