"""Whether a film's frames are each two fields of different instants, by what moves in them.

In whole frames the lines of both fields fit together. In interlaced ones each field of a frame lies half an
interval from the field of the other parity on both sides, and one and a half from the next one but one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import av
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

# Lines are compared in pieces of so many px; those that change most count, where they change by so many levels.
PIECE, MOST, LEAST_PIECES, MOVES = 8, 0.02, 8, 6.0
# Both fields of a frame fit together when they differ by less than this share of what fields of neighbouring
# frames differ by; they are two instants when one of the two ways to the next frame is so much shorter than the
# other. Of 33 films of people taken whole, frames that look so by chance are under a tenth; of interlaced ones 97 %.
FITS, SHORTER = 0.35, 0.62
# Every so many frames are looked at; of a film whose frames all fit so many are enough, of others so many more;
# after so many frames without movement the file's own word is taken.
EVERY, ENOUGH, AT_MOST, FRAMES, LEAST_JUDGED = 3, 12, 36, 300, 6
# Cinema film for television has two combed frames in five.
COMBED_SHARE = 0.3


def _lines(frame: av.VideoFrame) -> FloatArray:
    """Brightness of a frame (h, w / PIECE), h even."""
    wide = max(frame.width // PIECE, 1)
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
    count = min(max(LEAST_PIECES, round(MOST * len(change))), len(change))
    most = np.argpartition(change, -count)[-count:]
    if not count or not change[most].mean() >= MOVES:
        return ""
    within = (_apart(b_upper, b_lower, True).ravel()[most] + _apart(b_upper, b_lower, False).ravel()[most]).mean() / 2
    lower_to_upper = float(_apart(b_upper, a_lower, True).ravel()[most].mean()) + 1e-6
    upper_to_lower = float(_apart(a_upper, b_lower, False).ravel()[most].mean()) + 1e-6
    shorter = min(lower_to_upper, upper_to_lower)
    if within < FITS * shorter:
        return "whole"
    if shorter > SHORTER * max(lower_to_upper, upper_to_lower):
        return ""
    return "tff" if lower_to_upper < upper_to_lower else "bff"


def field_order(frames: Iterable[av.VideoFrame]) -> str:
    """How a film's frames were taken: "whole", "tff", "bff" (which field is first), "" where nothing moves enough."""
    seen: Counter[str] = Counter()
    last: FloatArray | None = None
    for k, frame in enumerate(frames):
        place, total = k % EVERY, seen.total()
        if k >= FRAMES or total >= AT_MOST or ENOUGH <= total == seen["whole"]:
            break
        if place == 0:
            last = _lines(frame)
        elif place == 1 and last is not None:
            said = _judged(last, _lines(frame))
            seen[said] += said != ""
    order = max(("tff", "bff"), key=seen.__getitem__)
    if seen.total() < LEAST_JUDGED:
        return ""
    return order if seen[order] >= COMBED_SHARE * seen.total() else "whole"
