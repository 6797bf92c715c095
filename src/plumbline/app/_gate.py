"""How many films may be given to a server, so that nobody fills it or takes it from the others."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from plumbline.errors import PlumblineError

HOUR_S = 3600.0


@dataclass
class Gate:
    """Lets films in, or says why not.

    Attributes
    ----------
    most_waiting : int
        Films that may wait for their turn.
    per_hour : int
        Films that one visitor may give in an hour.
    spare_bytes : int
        What has to stay free on the disk.
    clock : callable
        Seconds.
    """

    most_waiting: int = 24
    per_hour: int = 60
    spare_bytes: int = 2 << 30
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque), init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def admit(self, visitor: str, size: int, waiting: int, free_bytes: int) -> None:
        """Count a film in.

        Parameters
        ----------
        visitor : str
        size : int
            Bytes of the film.
        waiting : int
            Films that wait already.
        free_bytes : int
            Free room on the disk.

        Raises
        ------
        PlumblineError
            When it is one too many, or too large for the disk.
        """
        if waiting >= self.most_waiting:
            raise PlumblineError(
                "{waiting} films are waiting already: try again when some are measured.", waiting=waiting
            )
        if size + self.spare_bytes > free_bytes:
            raise PlumblineError("this machine's disk is nearly full: the film is not kept. Make room on it.")
        now = self.clock()
        with self._lock:
            for name in [name for name, times in self._seen.items() if now - times[-1] > HOUR_S]:
                del self._seen[name]
            times = self._seen[visitor]
            while times and now - times[0] > HOUR_S:
                times.popleft()
            if len(times) >= self.per_hour:
                minutes = max(round((times[0] + HOUR_S - now) / 60), 1)
                raise PlumblineError(
                    "at most {per_hour} films an hour: try again in {minutes} min.",
                    per_hour=self.per_hour,
                    minutes=minutes,
                )
            times.append(now)
