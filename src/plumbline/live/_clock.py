"""The camera's clock, as far as it can be believed."""

from __future__ import annotations

from collections import deque

import numpy as np

from plumbline.live._settings import LIVE


class Clock:
    """When each frame was taken: by the steps of its own stamps while these keep time, else as it arrived."""

    def __init__(self) -> None:
        self._before: tuple[float | None, float] | None = None  # stamp and arrival of the last frame
        self._last, self._frames, self._believed = 0.0, 0, True
        self._agreed_s = self._usual_s = 0.0  # when stamps last agreed with the wall, and how late frames came then
        self._late: deque[float] = deque(maxlen=LIVE.clock_frames)

    def time_s(self, stamp_s: float | None, now_s: float) -> float:
        """Seconds on one clock that never stands still or goes back.

        Parameters
        ----------
        stamp_s : float or None
            The frame's own time, s; None or not finite where it has none.
        now_s : float
            When it arrived, s, on the machine's clock.

        Returns
        -------
        float
            In s.
        """
        stamp_s = stamp_s if stamp_s is not None and np.isfinite(stamp_s) else None
        if self._before is None:
            self._last = now_s
        else:
            before, then_s = self._before
            waited = max(now_s - then_s, 0.0)
            step = None if stamp_s is None or before is None else stamp_s - before
            if step is None or not self._believed or not 0 <= step <= waited + LIVE.clock_slack_s:
                step = waited
            self._last += max(step, LIVE.clock_least_step_s)
        self._before = stamp_s, now_s
        self._check(now_s)
        return self._last

    def _check(self, now_s: float) -> None:
        """Believe the stamps no more once they ran off the wall's clock in little time."""
        self._late.append(now_s - self._last)
        self._frames += 1
        least = min(self._late)
        full = len(self._late) == LIVE.clock_frames
        off = self._late[-1] - self._usual_s < -LIVE.clock_slack_s or (
            full and least - self._usual_s > LIVE.clock_slack_s
        )
        if self._frames <= LIVE.clock_frames or off:
            self._believed &= self._frames <= LIVE.clock_frames or now_s - self._agreed_s > LIVE.clock_drift_s
            self._agreed_s, self._usual_s = now_s, least
