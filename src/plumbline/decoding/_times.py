"""Time stamps that a file rounds, put back on the even clock they came from."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.decoding._settings import DECODING


def grid_of(times_s: FloatArray, tick_s: float) -> tuple[float, float] | None:
    """Offset and step, s, of the even clock that stamps were rounded from; None where they fit none.

    Matroska, WebM and Flash count in milliseconds: 60 frames a second stand there as 17, 17 and 16 ms.
    Frames may be missing. The clock is believed when every stamp lies within one tick of it.

    Parameters
    ----------
    times_s : (n,)
        Strictly increasing.
    tick_s : float
        The unit that the file counts in.
    """
    if tick_s < DECODING.coarse_tick_s or len(times_s) < DECODING.min_stamps:
        return None
    steps = np.diff(times_s)
    usual = float(np.percentile(steps, 50, method="lower"))  # one of the file, also where they are of two kinds
    apart = max(DECODING.usual_step_ticks * tick_s, DECODING.usual_step_share * usual)
    near = steps[np.abs(steps - usual) <= apart]
    step = float(near.mean())
    if step <= 2 * tick_s:
        return None
    count = np.concatenate([[0], np.cumsum(np.maximum(np.round(steps / step), 1))])
    step, offset = np.polyfit(count, times_s, 1)
    off = times_s - offset - count * step
    if np.ptp(off) > DECODING.even_clock_ticks * tick_s:
        return None
    return float(offset), float(step)
