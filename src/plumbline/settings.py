"""Numbers that are choices, one table a stage: `data/settings/STAGE.toml`.

Each row has its value, its unit, the range in which the stage still makes sense, and its origin: published
with a reference, or own with what it is for and, where that was done, what it was measured on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
KINDS: dict[Any, tuple[type, ...]] = {"int": (int,), "float": (int, float)}


def read_settings(
    kind: type[T], name: str, own: Mapping[str, Any] | None = None, folder: Path = DATA / "settings"
) -> T:
    """A stage's numbers, from its table.

    Parameters
    ----------
    kind : type
        Frozen dataclass with a field a row, int or float, whose name ends in the unit.
    name : str
        The table's, without `.toml`.
    own : mapping, optional
        Rows whose value a person has changed.
    folder : Path

    Raises
    ------
    SettingsError
        When a row is unknown, missing or incomplete, or its value outside its range.
    """
    rows = read_toml(folder / f"{name}.toml")
    wanted = {f.name: KINDS[f.type] for f in fields(kind)}
    for row in [*rows, *wanted]:
        if row not in wanted or row not in rows:
            where = "code" if row in rows else "table"
            raise SettingsError("{name}: there is no row '{row}' in the {where}.", name=name, row=row, where=where)
    for row, changed in (own or {}).items():
        rows[row]["value"] = changed.get("value") if isinstance(changed, dict) else None
    return kind(**{row: _value(f"{name}: '{row}'", rows[row], types) for row, types in wanted.items()})


def _value(where: str, row: Any, types: tuple[type, ...]) -> Any:
    if not isinstance(row, dict) or set(row) != {"value", "unit", "range", "origin"}:
        raise SettingsError("{where} needs value, unit, range and origin, and nothing else.", where=where)
    value, (low, high) = row["value"], row["range"]
    if type(value) not in types or not low <= value <= high:
        asked = {"where": where, "value": repr(value), "low": low, "high": high}
        if float in types:
            raise SettingsError("{where} is {value}: choose a number from {low} to {high}.", **asked)
        raise SettingsError("{where} is {value}: choose a whole number from {low} to {high}.", **asked)
    if not row["unit"] or not str(row["origin"]).startswith(("own", "published")):
        raise SettingsError("{where} needs a unit, and an origin that begins with 'own' or 'published'.", where=where)
    return types[-1](value)
