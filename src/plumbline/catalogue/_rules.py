"""The fault table: one row a rule, with its limit, origin, message and cue."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plumbline.catalogue._drills import Drill, load_drills, load_movements
from plumbline.catalogue._labels import is_metric, metric_label
from plumbline.errors import SettingsError
from plumbline.resources import DATA, read_toml

# A larger number is none that anybody means.
LARGEST = 1e12
# A limit this many times beyond what its metric can be is meant in another unit.
FAR_BEYOND = 10
KEYS = {
    "fault",
    "label",
    "metric",
    "drills",
    "not_drills",
    "above",
    "below",
    "origin",
    "message",
    "cue",
    "scope",
    "with",
    "from",
    "by",
}
TEXT_KEYS = ("fault", "label", "metric", "origin", "message", "cue")


@dataclass(frozen=True)
class Rule:
    """One row of the fault table.

    Attributes
    ----------
    id : str
    fault : str
        The fault's name; several rules may share it.
    label : str
        What is wrong, in few words.
    metric : str
    drills : tuple of str
        Ids of drills or movements.
    not_drills : tuple of str
        Ids of those among them that are not judged.
    origin : str
        Where the limit comes from.
    message : str
        What a miss means.
    cue : str
        What to say to the athlete.
    above : float or None
        A fault lies above it, in the metric's unit.
    below : float or None
        A fault lies below it, in the metric's unit.
    scope : {"rep", "clip"}
        Whether each rep is judged, or the clip as a whole.
    moves_with : str
        Another metric that both limits depend on, "" for none: they move by `moves_by` for each of its units
        beyond `moves_from`, and where it is not known nothing is judged.
    moves_from, moves_by : float
        In that metric's unit, and in the judged one's unit over it.
    """

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
    moves_with: str = ""
    moves_from: float = 0.0
    moves_by: float = 0.0
    not_drills: tuple[str, ...] = ()

    def judges(self, drill: Drill) -> bool:
        """Whether a `drill` is judged by it."""
        return not drill.names.isdisjoint(self.drills) and drill.names.isdisjoint(self.not_drills)


def _number(row: dict[str, Any], key: str, rule_id: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < LARGEST:
        raise SettingsError(
            "fault row '{rule_id}': {key} must be a number, not {value}.", rule_id=rule_id, key=key, value=repr(value)
        )
    return float(value)


def _limits(row: dict[str, Any], rule_id: str) -> tuple[float | None, float | None]:
    """Above and below which a fault lies; a number in another unit, as ms for s, is refused."""
    above, below = _number(row, "above", rule_id), _number(row, "below", rule_id)
    if above is None and below is None:
        raise SettingsError("fault row '{rule_id}': give a limit, above or below.", rule_id=rule_id)
    if above is not None and below is not None and below > above:
        raise SettingsError(
            "fault row '{rule_id}': below = {below:g} lies over above = {above:g}, so that all values would be faults.",
            rule_id=rule_id,
            below=below,
            above=above,
        )
    low, high = metric_label(row["metric"]).within
    for key, limit in (("above", above), ("below", below)):
        if limit is not None and abs(limit) > FAR_BEYOND * max(abs(low), abs(high)):
            raise SettingsError(
                "fault row '{rule_id}': {key} = {limit:g} is far beyond what {metric} can be, {low:g} to {high:g} in "
                "its own unit (s, m, deg, %).",
                rule_id=rule_id,
                key=key,
                limit=limit,
                metric=row["metric"],
                low=low,
                high=high,
            )
    return above, below


def _drills(names: Any, rule_id: str) -> tuple[str, ...]:
    """Ids of drills or movements, each one there."""
    if not isinstance(names, list) or not all(isinstance(d, str) for d in names):
        raise SettingsError("fault row '{rule_id}': drills must be a list of drill names.", rule_id=rule_id)
    for drill in names:
        if drill not in load_drills() and drill not in load_movements():
            raise SettingsError("fault row '{rule_id}': there is no drill '{drill}'.", rule_id=rule_id, drill=drill)
    return tuple(names)


def _rule(rule_id: str, row: dict[str, Any]) -> Rule:
    unknown = set(row) - KEYS
    if unknown:
        raise SettingsError("fault row '{rule_id}': unknown key {key}.", rule_id=rule_id, key=repr(sorted(unknown)[0]))
    for key in TEXT_KEYS:
        if not isinstance(row.get(key), str) or not row[key]:
            raise SettingsError("fault row '{rule_id}': {key} is missing or not text.", rule_id=rule_id, key=key)
    drills, without = _drills(row.get("drills"), rule_id), _drills(row.get("not_drills", []), rule_id)
    if not is_metric(row["metric"]):
        raise SettingsError(
            "fault row '{rule_id}': there is no metric '{metric}'.", rule_id=rule_id, metric=row["metric"]
        )
    if row.get("scope", "rep") not in ("rep", "clip"):
        raise SettingsError("fault row '{rule_id}': scope must be rep or clip.", rule_id=rule_id)
    above, below = _limits(row, rule_id)
    moves_with, moves_from, moves_by = _moves(row, rule_id)
    return Rule(
        id=rule_id,
        drills=drills,
        not_drills=without,
        above=above,
        below=below,
        scope=row.get("scope", "rep"),
        moves_with=moves_with,
        moves_from=moves_from,
        moves_by=moves_by,
        **{key: row[key] for key in TEXT_KEYS},
    )


def _moves(row: dict[str, Any], rule_id: str) -> tuple[str, float, float]:
    start, by = _number(row, "from", rule_id), _number(row, "by", rule_id)
    if "with" not in row and start is None and by is None:
        return "", 0.0, 0.0
    if start is None or by is None or not is_metric(row.get("with")):
        raise SettingsError(
            "fault row '{rule_id}': a limit that moves needs with (a metric), from and by.", rule_id=rule_id
        )
    return row["with"], start, by


def load_rules(override: dict[str, Any] | None = None) -> tuple[Rule, ...]:
    """Read the table, single rows overridden or added.

    Parameters
    ----------
    override : dict, optional
        Row id to the keys that change; the origin becomes "coach" unless one is given.

    Returns
    -------
    tuple of Rule
        In the order of the table.

    Raises
    ------
    SettingsError
        When a row is not usable.
    """
    rows = read_toml(DATA / "faults.toml")
    for rule_id, change in (override or {}).items():
        if not isinstance(change, dict):
            raise SettingsError("fault row '{rule_id}': write it as a table, [faults.{rule_id}].", rule_id=rule_id)
        if rule_id not in rows and "fault" not in change:
            close = get_close_matches(rule_id, rows, 3)
            hint = f"did you mean {' or '.join(close)}? " if close else ""
            raise SettingsError(
                "there is no fault row '{rule_id}': {hint}plumbline faults lists them; a new one names its fault.",
                rule_id=rule_id,
                hint=hint,
            )
        rows[rule_id] = {**rows.get(rule_id, {}), "origin": "coach", **change}
    return tuple(_rule(rule_id, row) for rule_id, row in rows.items())


def read_limits(path: Path | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a coach's file.

    Parameters
    ----------
    path : Path or None
        TOML with tables `[faults.ID]` and `[measuring.NAME]`; None for none.

    Returns
    -------
    faults, measuring : dict
        Overrides for the fault table and for measuring.

    Raises
    ------
    SettingsError
        When it cannot be read, or has another section.
    """
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
    for name, section in table.items():
        if not isinstance(section, dict):
            raise SettingsError("{path}: write {name} as tables, [{name}.NAME].", path=path, name=name)
    return table.get("faults", {}), table.get("measuring", {})
