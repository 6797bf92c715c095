"""A value with its standard uncertainty, and how uncertainties propagate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from plumbline.arrays import FloatArray


@dataclass(frozen=True)
class Quantity:
    """A measured value.

    Attributes
    ----------
    value : float
        In `unit`.
    sd : float
        Standard uncertainty, same unit.
    unit : str
    common_sd : float
        The part of `sd` that all reps of the clip share (body, shoe, light, view): a mean over reps keeps it.
    """

    value: float
    sd: float
    unit: str
    common_sd: float = 0.0

    @classmethod
    def of(cls, value: float, unit: str, rep: tuple[float, ...] = (), common: tuple[float, ...] = ()) -> Quantity:
        """A value whose uncertainty is made of independent parts: those of the rep, and those of the clip.

        Parameters
        ----------
        value : float
            In `unit`.
        unit : str
        rep : tuple of float
            Standard uncertainties that are the rep's own, in `unit`.
        common : tuple of float
            Those that all reps share, in `unit`.

        Returns
        -------
        Quantity
        """
        shared = together(*common)
        return cls(value, together(*rep, shared), unit, shared)

    @property
    def rep_sd(self) -> float:
        """The part of the uncertainty that is each rep's own, in `unit`."""
        return without(self.sd, self.common_sd)

    def scaled(self, factor: float, unit: str) -> Quantity:
        """The same in another unit.

        Parameters
        ----------
        factor : float
            The other unit's value over this one's.
        unit : str
            The other unit.

        Returns
        -------
        Quantity
        """
        return Quantity(self.value * factor, self.sd * abs(factor), unit, self.common_sd * abs(factor))

    @property
    def known(self) -> bool:
        """Whether both value and uncertainty are finite."""
        return bool(np.isfinite(self.value) and np.isfinite(self.sd))

    def wider(self, sd: float) -> Quantity:
        """The same with another, independent standard uncertainty `sd` (in `unit`) added to each rep."""
        return replace(self, sd=together(self.sd, sd))

    def vaguer(self, common_sd: float) -> Quantity:
        """The same with another standard uncertainty `common_sd` (in `unit`) added that all reps share."""
        sd, shared = (together(x, common_sd) for x in (self.sd, self.common_sd))
        return replace(self, sd=sd, common_sd=shared)


def together(*parts: float) -> float:
    """Standard uncertainty of independent `parts`, in their unit: the root of the sum of their squares."""
    return float(np.sqrt(np.sum(np.square(parts))))


def without(sd: float, part: float) -> float:
    """What is left of a standard uncertainty when an independent part is taken off.

    Parameters
    ----------
    sd, part : float
        In any one unit.

    Returns
    -------
    float
        In the same unit; 0 where the part is the larger.
    """
    return float(np.sqrt(max(sd**2 - part**2, 0.0)))


def of_each_and_of_all(values: FloatArray, rep_sds: FloatArray, common_sds: FloatArray) -> tuple[float, float]:
    """What makes a mean over reps uncertain: how far each rep is off by itself, and what all of them share.

    The first falls with the root of their number. Few reps may lie close together by chance: it is never
    less than their own uncertainties allow.

    Parameters
    ----------
    values, rep_sds, common_sds : (n,)
        A value a rep, and the two parts of its standard uncertainty, in any one unit; n > 0.

    Returns
    -------
    rep_sd, common_sd : float
        In the same unit.
    """
    scatter = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return max(scatter, float(np.sqrt(np.mean(np.square(rep_sds))))), float(np.median(common_sds))


def propagate(f: Callable[[FloatArray], float], x: FloatArray, covariance: FloatArray) -> tuple[float, float]:
    """Value and standard uncertainty of f(x), to first order.

    Parameters
    ----------
    f : callable
        From (k,) to a number, in any unit.
    x : (k,)
        In any unit.
    covariance : (k, k)
        Of `x`, in its unit squared.

    Returns
    -------
    value, sd : float
        In the unit of what `f` gives.

    References
    ----------
    JCGM 100:2008 (GUM), 5.2.2, with numerical derivatives.
    """
    x = np.asarray(x, float)
    step = np.maximum(np.abs(x) * 1e-5, 1e-7)
    gradient = np.array([(f(x + d) - f(x - d)) / (2 * d.sum()) for d in np.diag(step)])
    return float(f(x)), float(np.sqrt(max(gradient @ covariance @ gradient, 0.0)))
