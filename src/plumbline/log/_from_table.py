"""Rosters, and numbers that other tools measured, from tables (CSV) with headings."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from plumbline.catalogue import find_drill, metric_label
from plumbline.errors import SettingsError, first_problem
from plumbline.files import read_document
from plumbline.log._entries import AthleteEntry, SessionEntry, SetEntry
from plumbline.log._from_report import kind_of, metric_entry
from plumbline.log._store import TrainingLog
from plumbline.names import name_key
from plumbline.resources import DATA, read_toml

MAX_BYTES, MAX_ROWS = 20_000_000, 100_000
# A unit behind a heading's name, and its size in the unit that the log keeps.
UNIT = re.compile(r"(?:[\s_]*[(\[]?)(ms|s|sec|cm|m|kg)[)\]]?$")
SIZES = {"ms": 1e-3, "s": 1.0, "sec": 1.0, "cm": 1e-2, "m": 1.0, "kg": 1.0}
DATES = ("%Y-%m-%d", "%d.%m.%Y")
SIDES = {"": "both", "both": "both", "left": "left", "l": "left", "right": "right", "r": "right"}

Row = dict[str, str]


def import_table(log: TrainingLog, path: Path, drill_id: str | None = None) -> tuple[int, int]:
    """Take a table in: with a column of days as jumps of `drill_id`, without as a roster.

    What was taken in before is replaced, nothing is doubled.

    Returns
    -------
    athletes, sessions : int

    Raises
    ------
    SettingsError
        When the table cannot be read; the log is as it was.
    """
    known = read_toml(DATA / "imports.toml")
    rows = _rows(path)
    columns = {what: _column(rows[0], names) for what, names in known["columns"].items()}
    if columns["athlete"] is None:
        raise SettingsError(f"{path.name} has no column of names: head it 'athlete' or 'name'.")
    if columns["day"] is None:
        people = _people(log, rows, columns["athlete"], known["roster"])
        log.take_in([(who, []) for who in people.values()])
        return len(people), 0
    if drill_id is None:
        raise SettingsError(f"{path.name} holds jumps: say of which drill (--drill pogo).")
    people = _people(log, rows, columns["athlete"], {})
    sessions = _sessions(rows, columns, known["metrics"], find_drill(drill_id).id, path.name)
    log.take_in([(people[who], of_one) for who, of_one in sessions.items()])
    return len(people), sum(map(len, sessions.values()))


def _sessions(
    rows: list[Row], columns: dict[str, str | None], metrics: dict[str, Any], drill: str, file: str
) -> dict[str, list[SessionEntry]]:
    """A session for each day of everybody (by the key of their name), a set for each side."""
    taken = {
        name: (column, _size(column, rows, name), float(row["sd"]))
        for name, row in metrics.items()
        if (column := _column(rows[0], row["headings"])) is not None
    }
    if not taken:
        raise SettingsError(f"{file} has no column of contact time, flight time or jump height.")
    sets: dict[tuple[str, date], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows, start=2):
        given = row[columns["side"]] if columns["side"] else ""
        side = SIDES.get(given.strip().lower())
        if side is None:
            raise SettingsError(f"row {number}: '{given}' is no side: write left, right or both.")
        who, day = name_key(row[str(columns["athlete"])]), _day(row[str(columns["day"])], number)
        sets[who, day][side].append(row)
    out: dict[str, list[SessionEntry]] = defaultdict(list)
    for (who, day), of_side in sets.items():
        entries = [_set(drill, side, of_one, taken, file) for side, of_one in of_side.items()]
        # The same table taken in again makes the same session.
        name = hashlib.sha256(f"{who}|{day}|{drill}|table".encode()).hexdigest()[:32]
        out[who].append(SessionEntry(id=name, day=day, kind=kind_of(drill), sets=tuple(entries)))
    return out


def _rows(path: Path) -> list[Row]:
    try:
        text = read_document(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is no text in UTF-8: export it as CSV again.") from error
    head = text.split("\n", 1)[0]
    cells = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        rows = [{str(k): v or "" for k, v in row.items() if isinstance(v, str | None)} for row in cells]
    except csv.Error as error:
        raise SettingsError(f"{path} is no table that can be read: {error}.") from error
    if not rows or len(rows) > MAX_ROWS:
        raise SettingsError(f"{path} has {len(rows)} rows: a heading and between 1 and {MAX_ROWS} are needed.")
    return rows


def _parts(heading: str) -> tuple[str, float | None]:
    """A heading's letters, and the size of the unit behind them, None without one."""
    plain = heading.strip().lower()
    unit = UNIT.search(plain)
    if unit is not None and unit.start() > 0 and re.search(r"[\s_(\[]", plain[unit.start() : unit.start(1)]):
        return re.sub(r"[^a-z]", "", plain[: unit.start()]), SIZES[unit[1]]
    return re.sub(r"[^a-z]", "", plain), None


def _column(row: Row, names: list[str]) -> str | None:
    """The first column whose heading is one of the names."""
    found = {_parts(heading)[0]: heading for heading in reversed(list(row))}
    return next((found[n] for n in names if n in found), None)


def _number(words: str) -> float:
    """A number with point or comma, NaN where there is none."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return float("nan")


def _numbers(column: str, rows: list[Row]) -> list[float]:
    """The numbers of a column, in its own unit."""
    return [value for row in rows if np.isfinite(value := _number(row[column]))]


def _size(column: str, rows: list[Row], metric: str) -> float:
    """The size of a column's unit; where its heading does not say, the one in which bodies can do what it says."""
    said = _parts(column)[1]
    if said is not None:
        return said
    usual = np.median(_numbers(column, rows) or [np.nan])
    low, high = metric_label(metric).within
    return next((size for size in (1.0, 1e-2, 1e-3) if low <= usual * size <= high), 1.0)


def _day(words: str, number: int) -> date:
    plain = words.strip().split("T")[0].split(" ")[0]
    for form in DATES:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    raise SettingsError(f"row {number}: '{words}' is no day: write it as 2026-03-31.")


def _people(log: TrainingLog, rows: list[Row], column: str, roster: dict[str, list[str]]) -> dict[str, AthleteEntry]:
    """Everybody named, with what a roster says of them; those in the log keep the rest."""
    here = {name_key(a.name): a for a in log.athletes()}
    columns = {field: found for field, names in roster.items() if (found := _column(rows[0], names)) is not None}
    out: dict[str, AthleteEntry] = {}
    for number, row in enumerate(rows, start=2):
        said: dict[str, Any] = {"name": row[column]}
        for field, found in columns.items():
            if field == "level":
                said |= {field: row[found].strip().lower()} if row[found].strip() else {}
            elif np.isfinite(value := _number(row[found])):
                size = _parts(found)[1] or (1e-2 if field == "height_m" and value > 3 else 1.0)
                said[field] = value * size
        key = name_key(row[column])
        before = here.get(key) or out.get(key)
        try:
            out[key] = AthleteEntry.model_validate((before.model_dump() if before else {}) | said)
        except ValidationError as error:
            raise SettingsError(f"row {number}: {first_problem(error)}.") from error
    return out


def _set(drill: str, side: str, rows: list[Row], taken: dict[str, tuple[str, float, float]], file: str) -> SetEntry:
    """One set: the mean of its rows, as sure as another tool's readings and their spread allow."""
    metrics = {}
    for name, (column, size, sd) in taken.items():
        values = np.array(_numbers(column, rows)) * size
        if n := len(values):
            metrics[name] = metric_entry(values, np.full(n, sd), [None] * n, name.rsplit("_", 1)[1])
    contacts = round(len(rows) * (find_drill(drill).contacts or 0))
    said = {"drill": drill, "side": side, "reps": len(rows), "contacts": contacts, "metrics": metrics}
    return SetEntry.model_validate(said | {"notes": f"from {file[:200]}"})
