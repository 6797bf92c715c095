"""How much a camera's pictures differ from each other, as a film's do on decoding."""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

from plumbline.decoding import Change


class PictureChange:
    """Compares each picture with the one before."""

    def __init__(self) -> None:
        self._change = Change()

    def of(self, image: NDArray[np.uint8]) -> float:
        """Change of an RGB picture `image` (h, w, 3), in levels of brightness; NaN for the first one."""
        return self._change.of(av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24"))
