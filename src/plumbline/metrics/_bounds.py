"""What a body can do: values beyond it are misreadings, whatever their stated uncertainty."""

from __future__ import annotations

from functools import lru_cache

from plumbline.quantity import Quantity
from plumbline.resources import DATA, read_toml

Row = dict[str, Quantity]


@lru_cache(maxsize=1)
def load_bounds() -> dict[str, tuple[float, float]]:
    """Lowest and highest value by metric, from `data/bounds.toml`."""
    return {
        name: (float(row["within"][0]), float(row["within"][1]))
        for name, row in read_toml(DATA / "bounds.toml").items()
    }


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
    bounds = load_bounds()

    def holds(name: str, q: Quantity) -> bool:
        low, high = bounds.get(name, (float("-inf"), float("inf")))
        return low <= q.value <= high

    kept = [{name: q for name, q in row.items() if holds(name, q)} for row in rows]
    left = {name for row in kept for name in row}
    gone = dict.fromkeys(name for row in rows for name in row if name not in left)
    return kept, {name: "what was read is beyond what a body can do, so that it must be misread" for name in gone}
