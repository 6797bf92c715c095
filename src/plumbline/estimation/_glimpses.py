"""Pictures of the athlete kept while the pose model works, so that stills need no second decoding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.errors import opencv_libraries
from plumbline.estimation._settings import ESTIMATION
from plumbline.pose import Glimpse

with opencv_libraries():
    import cv2


class Glimpses:
    """Keeps those of a film of limited length; of a longer one nothing, so that memory does not grow with it."""

    def __init__(self) -> None:
        self._kept: dict[int, Glimpse] = {}
        self._over = False

    def look(self, frame: int, image: NDArray[np.uint8], boxes: FloatArray) -> None:
        """Keep what a frame's picture shows of its one person.

        Parameters
        ----------
        frame : int
        image : (h, w, 3) uint8
            RGB.
        boxes : (k, 4)
            People: left, top, right, bottom as shares of the picture's width and height.
        """
        if self._over or len(boxes) != 1:
            return
        if len(self._kept) == ESTIMATION.most_glimpses:
            self._kept, self._over = {}, True
            return
        glimpse = _glimpse(image, boxes[0])
        if glimpse is not None:
            self._kept[frame] = glimpse

    def of(self, frames: NDArray[np.int_] | None) -> dict[int, Glimpse]:
        """What was kept, numbered by its place among `frames`; by the film's own where that is None."""
        if frames is None:
            return self._kept
        return {k: self._kept[i] for k, i in enumerate(frames.tolist()) if i in self._kept}


def _glimpse(image: NDArray[np.uint8], box: FloatArray) -> Glimpse | None:
    """The person in `box` with room around; None for one so small that a still would show it coarser than the film."""
    h, w = image.shape[:2]
    low, high = box[:2] * [w, h], box[2:] * [w, h]
    tall = high[1] - low[1]
    room = tall * np.array([ESTIMATION.glimpse_beside_share, ESTIMATION.glimpse_above_share])
    (x0, y0), (x1, y1) = np.clip([low - room, high + room], 0, [w, h]).round().astype(int)
    if y1 - y0 < ESTIMATION.glimpse_least_px or x1 <= x0:
        return None
    scale = min(ESTIMATION.glimpse_height_px / (y1 - y0), 1.0)
    size = max(round((x1 - x0) * scale), 1), round((y1 - y0) * scale)
    part = cv2.resize(image[y0:y1, x0:x1], size, interpolation=cv2.INTER_LINEAR)  # AREA costs six times as much
    part = cv2.cvtColor(part, cv2.COLOR_RGB2BGR)
    ok, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, ESTIMATION.glimpse_quality])
    whole = round(w * scale), round(h * scale)
    return Glimpse(bytes(data), round(x0 * scale), round(y0 * scale), whole) if ok else None
