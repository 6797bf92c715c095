"""The heavy libraries, loaded once, by one thread, before anybody uses them."""

from __future__ import annotations

import gc
import importlib
from functools import cache
from threading import Lock

HEAVY = ("mediapipe", "scipy.signal", "plotly.graph_objects", "matplotlib.figure", "fpdf", "aiortc")

_turn = Lock()


def load_libraries() -> None:
    """Load what every clip needs; later calls return at once, calls meanwhile wait.

    Threads that import the same package by different doors end in a deadlock of its modules.
    """
    with _turn:
        _load()


@cache
def _load() -> None:
    for name in HEAVY:
        importlib.import_module(name)
    # Streamlit collects garbage after every run of a page, with all threads standing still.
    # With the pose model's library in the rounds that takes 170 ms, several times a second
    # while a page shows progress: live frames were dropped by the half.
    gc.collect()
    gc.freeze()
