"""How this process uses the machine's memory and cores."""

from __future__ import annotations

import ctypes
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module

# Parameters of glibc's mallopt(3).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# What SciPy loads when measuring first asks for it, in 2 s.
SLOW_TO_LOAD = ("scipy.linalg", "scipy.special", "scipy.interpolate", "scipy.signal")
KEEP_BYTES, LARGEST_BYTES = 64 << 20, 32 << 20


def settle() -> None:
    """Settle in on the machine; call it before NumPy is loaded.

    NumPy's linear algebra keeps to one thread: matrices here are small, and the other threads
    would wait for the next one by spinning, beside the pose model. Freed memory is kept. Whoever comes by
    another door has the same from the first film on: see `keep_freed_memory` and `keep_to_one_thread`.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it complains of a home folder that is missing
    keep_freed_memory()


@cache
def keep_to_one_thread() -> None:
    """Keep linear algebra to one thread from now on, whatever door one came in by: see `settle`.

    It is the whole process's setting and stays: put back by the first of two that measure beside each
    other, it would be gone under the second.
    """
    import scipy.linalg  # noqa: F401  (brings a library of its own, which must be there to be found)
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().limit(limits=1, user_api="blas")


def load_slow_libraries() -> None:
    """Load what measuring asks for and takes long to load; later calls return at once."""
    for name in SLOW_TO_LOAD:
        import_module(name)


@contextmanager
def loading_beside() -> Iterator[None]:
    """Load the same in a thread, beside work that leaves a core free; it is there at the end."""
    thread = threading.Thread(target=load_slow_libraries, name="loading")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def cores() -> int:
    """How many of the machine's cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def pose_threads() -> int:
    """How many threads share the pose model's work on a frame.

    They wait for each other by spinning: on two cores they take from the decoder what they gain.
    """
    return 2 if cores() >= 4 else 1


def give_back_memory() -> None:
    """Give freed memory back after all, at the end of a step that took much: with glibc, half of what it had."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def keep_freed_memory() -> None:
    """Let the memory of one picture serve the next, where the system's library is glibc.

    By default it gives a block of a picture's size back to the system and asks for it anew,
    which costs a page fault for each 4 KiB: on some machines more than scaling the picture. All
    threads share one heap: with one for each, what a pose model leaves behind is of no use to the next.
    """
    with suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, LARGEST_BYTES)
        mallopt(M_TRIM_THRESHOLD, KEEP_BYTES)
        mallopt(M_ARENA_MAX, 1)
