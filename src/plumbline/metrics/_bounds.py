"""What a body can do: values beyond it are misreadings, whatever their stated uncertainty."""

from __future__ import annotations

from plumbline.catalogue import metric_label
from plumbline.quantity import Quantity

Row = dict[str, Quantity]


def possible(rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    """Rows without what no body can do, and the reason by metric where that leaves none.

    Parameters
    ----------
    rows : list of dict
        One a rep, metric name to value.

    Returns
    -------
    rows : list of dict
    withheld : dict
        Metrics that no rep has left, with the reason.
    """

    def holds(name: str, q: Quantity) -> bool:
        low, high = metric_label(name).within
        return low <= q.value <= high

    kept = [{name: q for name, q in row.items() if holds(name, q)} for row in rows]
    left = {name for row in kept for name in row}
    gone = dict.fromkeys(name for row in rows for name in row if name not in left)
    return kept, {name: "what was read is beyond what a body can do, so that it must be misread" for name in gone}
