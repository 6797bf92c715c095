"""Bias, limits of agreement and RMSE of a set of errors."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from plumbline.arrays import FloatArray


@dataclass(frozen=True)
class Agreement:
    """Errors (measured minus true) of one metric.

    Attributes
    ----------
    n : int
        Number of errors.
    bias : float
        Mean error, in the metric's unit, measured above true positive.
    loa_low, loa_high : float
        95 % limits of agreement, bias ± 1.96 sd, same unit.
    rmse : float
        Root mean square error, same unit.
    median_abs : float
        Median size of the errors, same unit.
    coverage : float
        Share of errors within 1.96 of the stated standard uncertainty; NaN if none stated.

    References
    ----------
    Bland & Altman 1986, Lancet 327.
    """

    n: int
    bias: float
    loa_low: float
    loa_high: float
    rmse: float
    median_abs: float
    coverage: float

    def as_dict(self) -> dict[str, float | int | None]:
        """Plain values for JSON; NaN becomes None."""
        return {k: (None if isinstance(v, float) and np.isnan(v) else v) for k, v in asdict(self).items()}


def agreement(errors: list[float], sds: list[float] | None = None) -> Agreement:
    """Summarise errors.

    Parameters
    ----------
    errors : list of float
        Measured less true, in the metric's unit; at least one, none missing.
    sds : list of float, optional
        Stated standard uncertainty of each, same unit; NaN where there is none.

    Returns
    -------
    Agreement
    """
    e: FloatArray = np.array(errors, float)
    sd = float(e.std(ddof=1)) if len(e) > 1 else 0.0
    bias = float(e.mean())
    stated = np.array(sds or [np.nan] * len(e), float)
    known = np.isfinite(stated)
    covered = float(np.mean(np.abs(e[known]) <= 1.96 * stated[known])) if known.any() else float("nan")
    return Agreement(
        n=len(e),
        bias=bias,
        loa_low=bias - 1.96 * sd,
        loa_high=bias + 1.96 * sd,
        rmse=float(np.sqrt(np.mean(e**2))),
        median_abs=float(np.median(np.abs(e))),
        coverage=covered,
    )


def agreement_table(errors: dict[str, list[float]], sds: dict[str, list[float]] | None = None) -> dict[str, Agreement]:
    """Summarise the errors of several metrics, those that have any.

    Parameters
    ----------
    errors : dict of list of float
        By metric, see `agreement`.
    sds : dict of list of float, optional
        The same.

    Returns
    -------
    dict of Agreement
        By metric.
    """
    return {name: agreement(e, (sds or {}).get(name)) for name, e in errors.items() if e}
