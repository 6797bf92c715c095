"""The array that nearly every function takes or gives, under one name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
"""Floating point numbers; the shape stands in each docstring, NaN is what is missing."""

Image = NDArray[np.uint8]
"""A picture (h, w, 3); the order of its colours stands in each docstring."""
