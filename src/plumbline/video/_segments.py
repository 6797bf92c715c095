"""Straight edges of a picture, for the upright ones among them."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray, Image
from plumbline.errors import opencv_libraries
from plumbline.video._settings import VIDEO

with opencv_libraries():
    import cv2


def segments(image: Image, boxes: FloatArray) -> FloatArray:
    """Straight edges outside the people, by OpenCV's line segment detector.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    boxes : (k, 4)
        People to leave out: left, top, right, bottom as shares of the picture's width and height.

    Returns
    -------
    (j, 4)
        Ends x0, y0, x1, y1 as shares of the picture's height.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    h, w = grey.shape
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    if found is None:
        return np.zeros((0, 4))
    lines = found.reshape(-1, 4).astype(float)
    middle = (lines[:, :2] + lines[:, 2:]) / 2 / [w, h]
    outside = np.ones(len(lines), bool)
    for left, top, right, bottom in boxes:
        pad = VIDEO.lines_pad_share * (bottom - top)
        across = (middle[:, 0] > left - pad) & (middle[:, 0] < right + pad)
        outside &= ~(across & (middle[:, 1] > top - pad) & (middle[:, 1] < bottom + pad))
    return np.asarray(lines[outside] / h)
