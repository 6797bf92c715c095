"""Consecutive frames that have something in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def stretches(flags: NDArray[np.bool_]) -> list[slice]:
    """The stretches of consecutive true `flags` (n,), in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [slice(int(first), int(end)) for first, end in zip(edges[::2], edges[1::2], strict=True)]
