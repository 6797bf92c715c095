"""One athlete before a camera: causal, on the same rules and formulas as a film."""

from plumbline.live._calls import Call, Calls, sum_up
from plumbline.live._clock import Clock
from plumbline.live._company import Company
from plumbline.live._counter import LiveRep, RepCounter, live_clip
from plumbline.live._memory import Memory
from plumbline.live._pace import Pace, Watch
from plumbline.live._phases import SetSettings
from plumbline.live._session import LiveSession
from plumbline.live._stance import Readiness, bearing, readiness
from plumbline.live._start import start_words
from plumbline.live._view import PHASES, LiveView
from plumbline.live._words import board, findings

__all__ = [
    "PHASES",
    "Call",
    "Calls",
    "Clock",
    "Company",
    "LiveRep",
    "LiveSession",
    "LiveView",
    "Memory",
    "Pace",
    "Readiness",
    "RepCounter",
    "SetSettings",
    "Watch",
    "bearing",
    "board",
    "findings",
    "live_clip",
    "readiness",
    "start_words",
    "sum_up",
]
