"""Several estimates of one quantity: which agree, and their weighed mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plumbline.signals._settings import SIGNALS


def contradict(a: float, a_sd: float, b: float, b_sd: float) -> bool:
    """Whether two estimates differ by more than their standard uncertainties allow."""
    return bool(abs(a - b) > SIGNALS.contradiction_sd * np.hypot(a_sd, b_sd))


def weighed_mean(values: Sequence[float], sds: Sequence[float]) -> tuple[float, float]:
    """Mean weighed by the inverse variances, and its standard uncertainty."""
    weight = 1 / np.square(sds)
    return float(weight @ np.asarray(values) / weight.sum()), float(1 / np.sqrt(weight.sum()))
