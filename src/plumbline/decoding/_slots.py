"""Memory that both processes see, so that pictures need not pass through a pipe."""

from __future__ import annotations

import mmap
import os

import numpy as np
from numpy.typing import NDArray


class Slots:
    """Room for a few pictures, in a file that is nowhere but in memory.

    Parameters
    ----------
    handle : int
        Of that file, from `Slots.create` in the parent, inherited by the child.
    """

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._room: mmap.mmap | None = None
        self._each = 0

    @staticmethod
    def create() -> Slots | None:
        """New room, None where the system has no such files (all but Linux)."""
        if not hasattr(os, "memfd_create"):
            return None
        import fcntl

        handle = os.memfd_create("plumbline-pictures", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        # A child taken over by a hostile film could otherwise pull the memory from under its parent.
        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
        return Slots(handle)

    def grow(self, count: int, each: int) -> bool:
        """Make room for `count` pictures of `each` bytes before the child looks; False where there is none."""
        try:
            if os.fstat(self.handle).st_size < count * each:
                os.ftruncate(self.handle, count * each)
            self.look(count, each)
        except (OSError, ValueError):  # no memory, or less than a file of this process may hold
            return False
        return True

    def look(self, count: int, each: int) -> None:
        """See the room for `count` pictures of `each` bytes that the parent has made."""
        if self._room is None or len(self._room) < count * each:
            self._room = mmap.mmap(self.handle, count * each)
        self._each = each

    def picture(self, place: int, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        """The picture (uint8) at a place, in the shared memory itself."""
        assert self._room is not None
        return np.frombuffer(self._room, np.uint8, int(np.prod(shape)), place * self._each).reshape(shape)

    def close(self) -> None:
        """Let go of the file; memory still looked at lives until nobody does."""
        self._room = None
        os.close(self.handle)
