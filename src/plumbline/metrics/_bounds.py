"""What a body can do: values beyond it are misreadings, whatever their stated uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

from plumbline.catalogue import metric_label
from plumbline.messages import Message
from plumbline.quantity import Quantity

Row = dict[str, Quantity]


def possible(
    rows: Mapping[int, Row], narrower: Mapping[str, tuple[float, float]]
) -> tuple[list[Row], dict[str, Message]]:
    """Rows without what no body can do, and the reason by metric, with the reps where others are left.

    Parameters
    ----------
    rows : mapping of int to dict
        By a rep's number, metric name to value.
    narrower : mapping of str to (least, most)
        What the movement allows, where that is less than what a body can do.

    Returns
    -------
    rows : list of dict
    withheld : dict
        Metrics that some or all reps lack by it, with the reason.
    """

    def holds(name: str, q: Quantity) -> bool:
        low, high = narrower.get(name, metric_label(name).within)
        return low <= q.value <= high

    kept = [{name: q for name, q in row.items() if holds(name, q)} for row in rows.values()]
    left = {name for row in kept for name in row}
    gone: dict[str, list[str]] = {}
    for (number, row), rest in zip(rows.items(), kept, strict=True):
        for name in row.keys() - rest.keys():
            gone.setdefault(name, []).append(str(number))
    in_reps = {n: Message("misread_in_reps", {"n": len(reps), "reps": ", ".join(reps)}) for n, reps in gone.items()}
    return kept, {name: said if name in left else Message("misread") for name, said in in_reps.items()}
