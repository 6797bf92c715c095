"""One athlete before a camera: causal, on the same rules and formulas as a film."""

from plumbline.live._counter import LiveRep, RepCounter, live_clip
from plumbline.live._memory import Memory
from plumbline.live._session import PHASES, LiveSession, LiveView, Pace
from plumbline.live._stance import Readiness, bearing, readiness

__all__ = [
    "PHASES",
    "LiveRep",
    "LiveSession",
    "LiveView",
    "Memory",
    "Pace",
    "Readiness",
    "RepCounter",
    "bearing",
    "live_clip",
    "readiness",
]
