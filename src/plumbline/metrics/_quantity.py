"""A value with its standard uncertainty, and how uncertainties propagate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Quantity:
    """A measured value.

    Attributes
    ----------
    value : float
    sd : float
        Standard uncertainty, same unit.
    unit : str
    """

    value: float
    sd: float
    unit: str

    @property
    def known(self) -> bool:
        """Whether both value and uncertainty are finite."""
        return bool(np.isfinite(self.value) and np.isfinite(self.sd))

    def wider(self, sd: float) -> Quantity:
        """The same with another, independent standard uncertainty added."""
        return Quantity(self.value, float(np.hypot(self.sd, sd)), self.unit)


def propagate(f: Callable[[FloatArray], float], x: FloatArray, covariance: FloatArray) -> tuple[float, float]:
    """Value and standard uncertainty of f(x), to first order.

    Parameters
    ----------
    f : callable
        From (k,) to a number.
    x : (k,)
    covariance : (k, k)

    References
    ----------
    JCGM 100:2008 (GUM), 5.2.2, with numerical derivatives.
    """
    x = np.asarray(x, float)
    step = np.maximum(np.abs(x) * 1e-5, 1e-7)
    gradient = np.array([(f(x + d) - f(x - d)) / (2 * d.sum()) for d in np.diag(step)])
    return float(f(x)), float(np.sqrt(max(gradient @ covariance @ gradient, 0.0)))
