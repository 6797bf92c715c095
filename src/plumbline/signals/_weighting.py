"""Several estimates of one quantity: which agree, and their weighted mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plumbline.signals._settings import SIGNALS


def contradict(a: float, a_sd: float, b: float, b_sd: float) -> bool:
    """Whether two estimates differ by more than their standard uncertainties allow.

    Parameters
    ----------
    a, b : float
        In any one unit.
    a_sd, b_sd : float
        Their standard uncertainties, same unit.

    Returns
    -------
    bool
    """
    return bool(abs(a - b) > SIGNALS.contradiction_sd * np.hypot(a_sd, b_sd))


def weighted_mean(values: Sequence[float], sds: Sequence[float]) -> tuple[float, float]:
    """Mean weighted by the inverse variances.

    Parameters
    ----------
    values : sequence of float
        Independent estimates in any one unit.
    sds : sequence of float
        Their standard uncertainties, above 0, same unit.

    Returns
    -------
    mean, sd : float
        The mean and its standard uncertainty, same unit.
    """
    weight = 1 / np.square(sds)
    return float(weight @ np.asarray(values) / weight.sum()), float(1 / np.sqrt(weight.sum()))
