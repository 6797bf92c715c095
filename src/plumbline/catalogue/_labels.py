"""The metrics' rows in `data/metrics.toml`: how they read, what they need, what a body can do."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from plumbline.language import _, current, number, rows_of, speaking
from plumbline.resources import DATA, read_toml, require


def rounded(value: float, digits: int) -> float:
    """A number for showing: zero has no sign.

    Parameters
    ----------
    value : float
        In any unit.
    digits : int
        Behind the point.

    Returns
    -------
    float
        In the same unit.
    """
    return round(value, digits) + 0.0


@dataclass(frozen=True)
class MetricLabel:
    """One metric's row: how it is shown, and what it needs.

    Attributes
    ----------
    name : str
        As in the report.
    label : str
        Its name in full.
    short : str
        As a heading.
    unit : str
        The shown one.
    factor : float
        Shown unit per own unit.
    digits : int
        Behind the point, shown.
    headline : bool
        Whether it is in the table of reps anyway.
    signs : tuple of str
        Words for a value below and above 0, where it has a direction.
    joints : tuple of str
        Those that a verdict on it colours ("line": the most forward and most backward one).
    needs : tuple of str
        What a clip must show for it.
    better : {"more", "less", ""}
        Where one direction is.
    within : (float, float)
        Lowest and highest value that a body can reach, in the metric's own unit.
    """

    name: str
    label: str
    short: str
    unit: str
    factor: float
    digits: int
    headline: bool
    signs: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    better: str = ""
    within: tuple[float, float] = (-math.inf, math.inf)

    def number(self, value: float) -> str:
        """The `value` (own unit) in the shown unit, without it."""
        return number(rounded(value * self.factor, self.digits), f".{self.digits}f")

    def with_sd(self, value: float, sd: float) -> str:
        """Value and uncertainty in the shown unit, without it.

        Parameters
        ----------
        value, sd : float
            In the metric's own unit.

        Returns
        -------
        str
        """
        return f"{self.number(value)} ± {self.number(sd)}"

    def side(self, value: float) -> str:
        """The word for the direction of `value`, empty where it has none or reads as 0."""
        shown = rounded(value * self.factor, self.digits)
        return self.signs[shown > 0] if self.signs and shown else ""

    @property
    def ways(self) -> str:
        """What its minus and its plus mean, empty where a number speaks for itself."""
        return _("(− {less}, + {more})", less=self.signs[0], more=self.signs[1]) if self.signs else ""

    def _with_words(self, number: str, value: float) -> str:
        gap = "" if self.unit in ("°", "") else " "
        return f"{number}{gap}{self.unit} {self.side(value)}".strip()

    def size(self, value: float) -> str:
        """The `value` (own unit) in the shown unit, without it; without its sign where a word says it."""
        return self.number(abs(value) if self.signs else value)

    def amount(self, value: float) -> str:
        """The `value` (own unit) in the shown unit and with it, its sign a sign."""
        return f"{self.number(value)}{'' if self.unit in ('°', '') else ' '}{self.unit}"

    def signed(self, value: float) -> str:
        """A change by `value` (own unit) in the shown unit and with it, its plus or minus a sign."""
        said = self.amount(value)
        return f"+{said}" if rounded(value * self.factor, self.digits) > 0 else said

    def course(self, change: float) -> str:
        """Whether a `change` is for the "better" or the "worse"; empty where neither way is."""
        if not self.better or not change:
            return ""
        return "better" if (change > 0) == (self.better == "more") else "worse"

    def said(self, value: float) -> str:
        """The `value` (own unit) as one says it: "15° back"."""
        return self._with_words(self.size(value), value)

    def said_with_sd(self, value: float, sd: float) -> str:
        """Value and uncertainty as one says them: "15 ± 2° back".

        Parameters
        ----------
        value, sd : float
            In the metric's own unit.

        Returns
        -------
        str
        """
        return self._with_words(f"{self.size(value)} ± {self.number(sd)}", value)

    @property
    def heading(self) -> str:
        """Short name with the unit."""
        return f"{self.short}, {self.unit}" if self.unit else self.short


@lru_cache(maxsize=1)
def _table() -> dict[str, MetricLabel]:
    rows = read_toml(DATA / "metrics.toml")
    for name, row in rows.items():
        require(row, f"metrics.toml, [{name}]", "label", "short", "unit", "digits")
    return {
        name: MetricLabel(
            name=name,
            label=row["label"],
            short=row["short"],
            unit=row["unit"],
            factor=float(row.get("factor", 1)),
            digits=int(row["digits"]),
            headline=bool(row.get("headline", False)),
            signs=tuple(row.get("signs", ())),
            joints=tuple(row.get("joints", ())),
            needs=tuple(row.get("needs", ())),
            better=row.get("better", ""),
            within=(float(lowest), float(highest)),
        )
        for name, row in rows.items()
        for lowest, highest in [row.get("within", (-math.inf, math.inf))]
    }


@lru_cache(maxsize=8)
def _said(language: str) -> dict[str, MetricLabel]:
    """The table in a language."""
    with speaking(language):
        return {name: rows_of(label, "label", "short", "unit", "signs") for name, label in _table().items()}


def is_metric(name: object) -> bool:
    """Whether there is a metric of this `name`."""
    return isinstance(name, str) and name in _table()


def metric_label(name: str) -> MetricLabel:
    """How the metric `name` is shown, in the language that is spoken; a plain row for one that is not in the table."""
    return _said(current()).get(name) or MetricLabel(name, name, name, "", 1.0, 2, False)


def headline_metrics(present: set[str], also: Set[str] = frozenset()) -> list[MetricLabel]:
    """The metrics for a table of reps, those that are present, in the table's order.

    Parameters
    ----------
    present : set of str
    also : set of str, optional
        Metrics that are shown though they are not headline ones.

    Returns
    -------
    list of MetricLabel
    """
    return [label for name, label in _said(current()).items() if name in present and (label.headline or name in also)]
