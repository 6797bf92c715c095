"""The heavy libraries, loaded once, by one thread, before anybody uses them."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from functools import cache
from threading import Lock

from plumbline.estimation import load_mediapipe
from plumbline.machine import load_slow_libraries

_turn = Lock()


class SteadyPath(list[str]):
    """A list of folders that is gone through as it was, whatever is put in or taken out meanwhile.

    Streamlit puts a path in front for each run of a page and takes it out again. An import in
    another thread then passes over a folder, does not find its module, and some libraries never
    load after that.
    """

    def __iter__(self) -> Iterator[str]:
        """Go through a copy."""
        return iter(self[:])


def steady_imports() -> None:
    """Let threads import while pages run."""
    if not isinstance(sys.path, SteadyPath):
        sys.path = SteadyPath(sys.path)


def load_libraries() -> None:
    """Load what every clip needs; later calls return at once, calls meanwhile wait.

    Threads that import the same package by different modules of it wait for each other for ever.
    """
    with _turn:
        _load()


@cache
def _load() -> None:
    load_slow_libraries()
    load_mediapipe()
    importlib.import_module("plumbline.app._measured")  # with the page of results, all that it shows
    # Streamlit collects garbage after every run of a page, with all threads standing still.
    # With the pose model's library in the rounds that takes 170 ms, several times a second
    # while a page shows progress: live frames were dropped by the half.
    gc.collect()
    gc.freeze()
