"""The fault table: one row a rule, with its limit, origin, message and cue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml

KEYS = {"fault", "label", "metric", "drills", "above", "below", "origin", "message", "cue", "scope"}
TEXT_KEYS = ("fault", "label", "metric", "origin", "message", "cue")


@dataclass(frozen=True)
class Rule:
    """One row of the fault table; at least one of `above` and `below` is a number."""

    id: str
    fault: str
    label: str
    metric: str
    drills: tuple[str, ...]
    origin: str
    message: str
    cue: str
    above: float | None = None
    below: float | None = None
    scope: str = "rep"


def _number(row: dict[str, Any], key: str, rule_id: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
        raise SettingsError(
            "fault row '{rule_id}': {key} must be a number, not {value}.", rule_id=rule_id, key=key, value=repr(value)
        )
    return float(value)


def _rule(rule_id: str, row: dict[str, Any]) -> Rule:
    unknown = set(row) - KEYS
    if unknown:
        raise SettingsError("fault row '{rule_id}': unknown key {key}.", rule_id=rule_id, key=repr(sorted(unknown)[0]))
    for key in TEXT_KEYS:
        if not isinstance(row.get(key), str) or not row[key]:
            raise SettingsError("fault row '{rule_id}': {key} is missing or not text.", rule_id=rule_id, key=key)
    drills = row.get("drills")
    if not isinstance(drills, list) or not all(isinstance(d, str) for d in drills):
        raise SettingsError("fault row '{rule_id}': drills must be a list of drill names.", rule_id=rule_id)
    above, below = _number(row, "above", rule_id), _number(row, "below", rule_id)
    if above is None and below is None:
        raise SettingsError("fault row '{rule_id}': give a limit, above or below.", rule_id=rule_id)
    return Rule(
        id=rule_id,
        drills=tuple(drills),
        above=above,
        below=below,
        scope=str(row.get("scope", "rep")),
        **{key: row[key] for key in TEXT_KEYS},
    )


def load_rules(override: dict[str, Any] | None = None) -> tuple[Rule, ...]:
    """Read the table, single rows overridden or added.

    Parameters
    ----------
    override : dict, optional
        Row id to the keys that change; the origin becomes "coach" unless one is given.

    Raises
    ------
    SettingsError
        When a row is not usable.
    """
    rows = read_toml(DATA / "faults.toml")
    for rule_id, change in (override or {}).items():
        if not isinstance(change, dict):
            raise SettingsError("fault row '{rule_id}': write it as a table, [faults.{rule_id}].", rule_id=rule_id)
        rows[rule_id] = {**rows.get(rule_id, {}), "origin": "coach", **change}
    return tuple(_rule(rule_id, row) for rule_id, row in rows.items())


def read_limits(path: Path | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a coach's file: overrides for the fault table and for measuring."""
    if path is None:
        return {}, {}
    table = read_toml(path)
    unknown = set(table) - {"faults", "measuring"}
    if unknown:
        raise SettingsError(
            "{path}: unknown section [{value}]: use [faults.NAME] or [measuring.NAME].",
            path=path,
            value=sorted(unknown)[0],
        )
    return dict(table.get("faults", {})), dict(table.get("measuring", {}))
