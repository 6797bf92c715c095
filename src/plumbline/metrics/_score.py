"""The score of a field test: the mean of the best of some reps, with what chance adds to a best."""

from __future__ import annotations

import numpy as np

from plumbline.catalogue import Protocol
from plumbline.quantity import Quantity


def score(protocol: Protocol, rows: list[dict[str, Quantity]]) -> Quantity | None:
    """Score a set, None where it has too few reps.

    The highest of noisy readings are high by chance, too: each is drawn to the set's mean by the share
    of the spread that the readings' own errors make (Kelley 1947, Fundamentals of Statistics, p. 409).

    Parameters
    ----------
    protocol : Protocol
    rows : list of dict
        One a rep, metric name to value.
    """
    q = [row[protocol.metric] for row in rows[: protocol.reps] if protocol.metric in row]
    n = len(q)
    if n < protocol.reps:
        return None
    read, noise = np.array([v.value for v in q]), np.array([v.rep_sd for v in q])
    spread, error = float(read.var(ddof=1)), float(np.mean(noise**2))
    reliable = max(1 - error / spread, 0.0) if spread > 0 else 0.0
    lead = float(np.sort(read)[-protocol.best :].mean() - read.mean())
    parts = (
        np.sqrt(reliable * error / protocol.best),
        (1 - reliable) * np.sqrt(max(spread, error) / n),
        # The spread of few reps is not well known itself, and with it the share.
        (1 - reliable) * np.sqrt(2 / (n - 1)) * lead,
    )
    value, shared = read.mean() + reliable * lead, float(np.median([v.common_sd for v in q]))
    return Quantity.of(float(value), q[0].unit, rep=parts, common=(shared,))
