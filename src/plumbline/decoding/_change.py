"""How much a picture differs from the one before: what tells a picture stored twice from a new one."""

from __future__ import annotations

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from plumbline.decoding._settings import DECODING


class Change:
    """Compares each frame with the one before; the same whatever size the pictures are read at."""

    def __init__(self) -> None:
        self._small = VideoReformatter()
        self._last: NDArray[np.int16] | None = None

    def of(self, frame: av.VideoFrame) -> float:
        """How much `frame` differs from the one before.

        Parameters
        ----------
        frame : av.VideoFrame

        Returns
        -------
        float
            Mean change of brightness in the squares that change most, levels of 256; NaN for the first frame.
        """
        scale = DECODING.compared_edge_px / max(frame.width, frame.height)
        edge = DECODING.compared_square_px
        wide, tall = (max(1, round(n * scale / edge)) * edge for n in (frame.width, frame.height))
        now = self._small.reformat(frame, wide, tall, format="gray", interpolation="AREA").to_ndarray().astype(np.int16)
        last, self._last = self._last, now
        if last is None or last.shape != now.shape:
            return float("nan")
        squares = np.abs(now - last).reshape(tall // edge, edge, -1, edge).mean(axis=(1, 3)).ravel()
        count = max(2, round(DECODING.compared_most_share * len(squares)))
        return float(np.sort(squares)[-count:].mean())
