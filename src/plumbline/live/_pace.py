"""How fast a session runs, and whether it keeps up."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from plumbline.live._settings import LIVE

PACE_FRAMES, RATE_FRAMES = 600, 90


@dataclass(frozen=True)
class Pace:
    """How fast it runs; NaN before there is enough to tell.

    Attributes
    ----------
    fps : float
        Frames per second over the last seconds.
    delay_p50_ms : float
        From frame to overlay: the median.
    delay_p95_ms : float
        95th percentile.
    delay_p99_ms : float
        99th percentile.
    """

    fps: float
    delay_p50_ms: float
    delay_p95_ms: float
    delay_p99_ms: float


class Watch:
    """Times of the last frames."""

    def __init__(self) -> None:
        self._delays_ms: deque[float] = deque(maxlen=PACE_FRAMES)
        self._times_s: deque[float] = deque(maxlen=RATE_FRAMES)

    def add(self, time_s: float, delay_ms: float) -> None:
        """Note a frame.

        Parameters
        ----------
        time_s : float
            When it was taken.
        delay_ms : float
            From its arrival to its overlay.
        """
        self._times_s.append(time_s)
        self._delays_ms.append(delay_ms)

    @property
    def last_s(self) -> float:
        """Time of the newest frame, 0 before the first."""
        return self._times_s[-1] if self._times_s else 0.0

    @property
    def pace(self) -> Pace:
        """How fast it runs."""
        t, delays = list(self._times_s), list(self._delays_ms)
        fps = (len(t) - 1) / (t[-1] - t[0]) if len(t) > 1 and t[-1] > t[0] else float("nan")
        p50, p95, p99 = np.percentile(delays, [50, 95, 99]) if delays else [float("nan")] * 3
        return Pace(fps, float(p50), float(p95), float(p99))

    @property
    def has_time(self) -> bool:
        """Whether the work on a picture takes less than half of the time between two: too few come, then."""
        pace = self.pace
        return bool(pace.delay_p50_ms * pace.fps < LIVE.busy_share * 1000)

    def too_slow(self, since_s: float) -> bool:
        """Whether pictures since the instant `since_s` come too seldom, or a gap is too long, to see every rep."""
        t = np.array([x for x in self._times_s if x >= since_s])
        if len(t) < 2:
            return False
        long = bool((np.diff(t) > LIVE.longest_gap_s).any())
        return long or (t[-1] - t[0] > 1 and (len(t) - 1) / (t[-1] - t[0]) < LIVE.min_fps)
