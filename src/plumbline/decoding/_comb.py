"""Whether a film's frames are each two fields of different instants, by what moves in them.

In whole frames the lines of both fields fit together. In interlaced ones each field of a frame lies half an
interval from the field of the other parity on both sides, and one and a half from the next one but one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import av
import numpy as np
from numpy.typing import NDArray

from plumbline.decoding._settings import DECODING

FloatArray = NDArray[np.float32]


def _lines(frame: av.VideoFrame) -> FloatArray:
    """Brightness of a frame (h, pieces), h even."""
    wide = max(frame.width // DECODING.comb_piece_px, 1)
    grey = frame.reformat(width=wide, height=frame.height, format="gray", interpolation="AREA").to_ndarray()
    return grey[: len(grey) // 2 * 2].astype(np.float32)


def _apart(upper: FloatArray, lower: FloatArray, upper_between: bool) -> FloatArray:
    """How far the lines of one field are from what lies between those of the other."""
    if upper_between:
        return np.abs(upper[1:] - (lower[:-1] + lower[1:]) / 2)
    return np.abs(lower[:-1] - (upper[:-1] + upper[1:]) / 2)


def _judged(last: FloatArray, now: FloatArray) -> str:
    """How a frame and the one before say that it was taken: "", "whole", "tff", "bff" ("" where nothing tells)."""
    if last.shape != now.shape:
        return ""
    (a_upper, a_lower), (b_upper, b_lower) = ((f[0::2], f[1::2]) for f in (last, now))
    change = ((np.abs(b_upper - a_upper) + np.abs(b_lower - a_lower)) / 2)[:-1].ravel()
    count = min(max(DECODING.comb_least_pieces, round(DECODING.comb_most_share * len(change))), len(change))
    most = np.argpartition(change, -count)[-count:]
    if not count or not change[most].mean() >= DECODING.comb_moves_levels:
        return ""
    within = (_apart(b_upper, b_lower, True).ravel()[most] + _apart(b_upper, b_lower, False).ravel()[most]).mean() / 2
    lower_to_upper = float(_apart(b_upper, a_lower, True).ravel()[most].mean()) + 1e-9
    upper_to_lower = float(_apart(a_upper, b_lower, False).ravel()[most].mean()) + 1e-9
    shorter = min(lower_to_upper, upper_to_lower)
    if within < DECODING.comb_fits_share * shorter:
        return "whole"
    if shorter > DECODING.comb_shorter_share * max(lower_to_upper, upper_to_lower):
        return ""
    return "tff" if lower_to_upper < upper_to_lower else "bff"


def field_order(frames: Iterable[av.VideoFrame]) -> str:
    """How a film's frames were taken: "whole", "tff", "bff" (which field is first), "" where nothing moves enough."""
    seen: Counter[str] = Counter()
    last: FloatArray | None = None
    for k, frame in enumerate(islice(frames, DECODING.comb_frames)):
        place, total = k % DECODING.comb_every_frames, seen.total()
        if total >= DECODING.comb_at_most or DECODING.comb_enough <= total == seen["whole"]:
            break
        if place == 0:
            last = _lines(frame)
        elif place == 1 and last is not None:
            said = _judged(last, _lines(frame))
            seen[said] += said != ""
    order = max(("tff", "bff"), key=seen.__getitem__)
    if seen.total() < DECODING.comb_least_judged:
        return ""
    return order if seen[order] >= DECODING.combed_share * seen.total() else "whole"
