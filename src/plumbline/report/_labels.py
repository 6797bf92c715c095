"""How metrics read: label, unit, digits, from `data/metrics.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plumbline.resources import DATA, read_toml


def rounded(value: float, digits: int) -> float:
    """For showing: zero has no sign."""
    return round(value, digits) + 0.0


@dataclass(frozen=True)
class MetricLabel:
    """How one metric is shown."""

    name: str
    label: str
    short: str
    unit: str
    factor: float
    digits: int
    headline: bool
    joint: str = ""

    def number(self, value: float) -> str:
        """The value in the shown unit, without it."""
        return f"{rounded(value * self.factor, self.digits):.{self.digits}f}"

    def with_sd(self, value: float, sd: float) -> str:
        """Value and uncertainty, without the unit."""
        return f"{self.number(value)} ± {self.number(sd)}"

    @property
    def heading(self) -> str:
        """Short name with the unit."""
        return f"{self.short}, {self.unit}" if self.unit else self.short


@lru_cache(maxsize=1)
def _table() -> dict[str, MetricLabel]:
    return {
        name: MetricLabel(
            name=name,
            label=row["label"],
            short=row["short"],
            unit=row["unit"],
            factor=float(row.get("factor", 1)),
            digits=int(row["digits"]),
            headline=bool(row.get("headline", False)),
            joint=str(row.get("joint", "")),
        )
        for name, row in read_toml(DATA / "metrics.toml").items()
    }


def metric_label(name: str) -> MetricLabel:
    """How a metric is shown; a plain one for a metric the table does not have."""
    return _table().get(name) or MetricLabel(name, name, name, "", 1.0, 2, False)


def headline_metrics(present: set[str]) -> list[MetricLabel]:
    """The metrics for a table of reps, those that are present, in the table's order."""
    return [label for name, label in _table().items() if label.headline and name in present]
