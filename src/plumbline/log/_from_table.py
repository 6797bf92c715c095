"""Rosters, and numbers that other tools measured, from tables (CSV) with headings."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np
from pydantic import ValidationError

from plumbline.catalogue import find_drill, metric_label
from plumbline.errors import SettingsError, first_problem
from plumbline.log._csv import Row, Table, days, measured, number, parts, read_tables, sizes
from plumbline.log._entries import AthleteEntry, Level, SessionEntry, SetEntry, now_in_utc
from plumbline.log._from_report import kind_of, metric_entry
from plumbline.log._imported import Imported
from plumbline.log._store import TrainingLog
from plumbline.names import name_key
from plumbline.resources import DATA, read_toml

LEVELS: tuple[str, ...] = get_args(Level)
SIDES = {"": "both", "both": "both", "left": "left", "l": "left", "right": "right", "r": "right"}


@dataclass(frozen=True)
class TableDefaults:
    """What a table that does not say it is of.

    Attributes
    ----------
    drill : str or None
        Its id.
    athlete : str or None
        TableDefaults jumps.
    day : date or None
    """

    drill: str | None = None
    athlete: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class _Jump:
    """One row of a table of jumps, and the number of its line."""

    line: int
    who: str
    day: date
    drill: str
    side: str
    values: dict[str, float]


def import_table(log: TrainingLog, path: Path, defaults: TableDefaults | None = None) -> Imported:
    """Take a table in: of jumps, or a roster where it has names and no days.

    What was taken in before is replaced, nothing is doubled.

    Parameters
    ----------
    log : TrainingLog
    path : Path
    defaults : TableDefaults, optional
        For what the table lacks.

    Returns
    -------
    Imported

    Raises
    ------
    SettingsError
        When the table cannot be read; the log is as it was.
    """
    known = read_toml(DATA / "imports.toml")
    names = {name: row["headings"] for name, row in known["metrics"].items()}
    tables = read_tables(path, known["columns"], names)
    given = defaults or TableDefaults()
    left_out: list[int] = []
    jumps = [j for t in tables if _is_jumps(t, known, names) for j in _jumps(t, known, given, left_out)]
    if jumps:
        people = _people(log, [({"name": j.who}, j.line) for j in jumps])
        # A browser's second download is the same table.
        name = re.sub(r" ?\(\d+\)(?=\.[^.]*$)", "", path.name)
        sessions = _sessions(jumps, {k: float(row["sd"]) for k, row in known["metrics"].items()}, name)
        log.take_in([(people[who], _with_notes(log, people[who], of_one)) for who, of_one in sessions.items()])
        return Imported(len(people), sum(map(len, sessions.values())), tuple(left_out))
    table = tables[0]
    column = table.column(known["columns"]["athlete"])
    if column is None:
        raise SettingsError("{name} has no column of names: head it 'athlete' or 'name'.", name=path.name)
    if table.column(known["columns"]["day"]) is not None:
        raise SettingsError("{name} has no column of contact time, flight time or jump height.", name=path.name)
    _check_once(table, column, known["roster"])
    people = _people(log, [(_said(table, row, n, column, known["roster"]), n) for row, n in _numbered(table)])
    log.take_in([(who, []) for who in people.values()])
    return Imported(len(people), 0)


def _is_jumps(table: Table, known: dict[str, Any], names: dict[str, list[str]]) -> bool:
    """Whether a table holds jumps: measured numbers, with a day, or without any names."""
    dated = table.column(known["columns"]["day"]) is not None
    named = table.column(known["columns"]["athlete"]) is not None
    return (dated or not named) and any(table.column(n) is not None for n in names.values())


def _numbered(table: Table) -> list[tuple[Row, int]]:
    return list(zip(table.rows, table.lines, strict=True))


def _jumps(table: Table, known: dict[str, Any], given: TableDefaults, left_out: list[int]) -> list[_Jump]:
    """The rows that have a number. What a body cannot do is none, and its row is noted in `left_out`.

    But for 0, which some tools write where a jump has no contact.
    """
    who, day, side, kind = (table.column(known["columns"][k]) for k in ("athlete", "day", "side", "type"))
    if who is None and given.athlete is None:
        raise SettingsError("the table does not say whose jumps it holds: choose the athlete (--athlete).")
    when = days(table, day) if day is not None else [given.day or date.today()] * len(table.rows)
    columns = {
        name: (column, sizes(table, column, name))
        for name, row in known["metrics"].items()
        if (column := table.column(row["headings"])) is not None
    }
    out = []
    for (row, line), on in zip(_numbered(table), when, strict=True):
        values = {}
        for name, (column, size) in columns.items():
            low, high = metric_label(name).within
            words = row.get(column, "").strip()
            value = number(words) * size
            if max(low, 1e-9) <= value <= high:
                values[name] = value
            elif words and value != 0 and line not in left_out:
                left_out.append(line)
        if not values:
            continue
        leg = SIDES.get(row.get(side, "").strip().lower() if side else "")
        if leg is None:
            raise SettingsError(
                "row {line}: '{value}' is not a side: write left, right or both.", line=line, value=row[str(side)]
            )
        of_type = known["types"].get(parts(row.get(kind, ""))[0]) if kind else None
        drill = of_type or given.drill
        if drill is None:
            raise SettingsError("the table holds jumps of which it does not say the drill: choose it (--drill pogo).")
        out.append(_Jump(line, row.get(who, "") if who else str(given.athlete), on, find_drill(drill).id, leg, values))
    return out


def _sessions(jumps: list[_Jump], sds: dict[str, float], file: str) -> dict[str, list[SessionEntry]]:
    """A session for each day and drill of everybody (by the key of their name), a set for each side."""
    sets: dict[tuple[str, date, str], dict[str, list[_Jump]]] = defaultdict(lambda: defaultdict(list))
    for j in jumps:
        sets[name_key(j.who), j.day, j.drill][j.side].append(j)
    out: dict[str, list[SessionEntry]] = defaultdict(list)
    for (who, day, drill), of_side in sets.items():
        entries = [_set(side, of_one, sds, file) for side, of_one in of_side.items()]
        # The same table taken in again makes the same session; another table of the day one of its own.
        name = hashlib.sha256(f"{who}|{day}|{drill}|{file}".encode()).hexdigest()[:32]
        out[who].append(SessionEntry(id=name, day=day, kind=kind_of(drill), sets=tuple(entries)))
    return out


def _with_notes(log: TrainingLog, athlete: AthleteEntry, sessions: list[SessionEntry]) -> list[SessionEntry]:
    """Sessions of a table that was taken in before keep what was said of them, and added to them, since."""
    known = {s.id: s for s in log.sessions(athlete)}
    out = []
    for s in sessions:
        before, own = known.get(s.id), {x.notes for x in s.sets}
        said = before.model_dump(include={"effort", "discomfort", "minutes", "notes"}) if before else {}
        added = [x for x in before.sets if x.notes not in own] if before else []
        out.append(SessionEntry.model_validate(s.model_dump() | said | {"sets": [*s.sets, *added]}))
    return out


def _set(side: str, jumps: list[_Jump], sds: dict[str, float], file: str) -> SetEntry:
    """One set: the mean of its rows, as sure as another tool's readings and their spread allow."""
    metrics = {}
    for name, sd in sds.items():
        values = np.array([j.values[name] for j in jumps if name in j.values])
        if n := len(values):
            metrics[name] = metric_entry(values, np.full(n, sd), [None] * n, name.rsplit("_", 1)[1])
    contacts = round(len(jumps) * (find_drill(jumps[0].drill).contacts or 0))
    said = {"drill": jumps[0].drill, "side": side, "reps": len(jumps), "contacts": contacts, "metrics": metrics}
    return SetEntry.model_validate(said | {"notes": f"from {file[:200]}"})


def _check_once(table: Table, column: str, roster: dict[str, list[str]]) -> None:
    """Refuse a roster that names somebody twice, or has two columns of one thing: which of them holds is not known."""
    for names in roster.values():
        same = [h.strip() for h in table.headings if parts(h)[0] in names]
        if len(same) > 1:
            raise SettingsError("the columns {names} say the same: keep one of them.", names=", ".join(same))
    lines: dict[str, int] = {}
    for row, line in _numbered(table):
        name = row.get(column, "")
        before = lines.setdefault(name_key(name), line)
        if before != line:
            raise SettingsError(
                "rows {before} and {line} both name {name}: keep one of them.",
                before=before,
                line=line,
                name=name.strip(),
            )


def _said(table: Table, row: Row, line: int, column: str, roster: dict[str, list[str]]) -> dict[str, Any]:
    """What a row of a roster says of somebody."""
    said: dict[str, Any] = {"name": row.get(column, "")}
    for field, names in roster.items():
        found = table.column(names)
        words = row.get(found, "").strip() if found else ""
        if field == "level" and words:
            if words.lower() not in LEVELS:
                raise SettingsError(
                    "row {line}: '{words}' is not a level: write {levels}.",
                    line=line,
                    words=words,
                    levels=", ".join(LEVELS),
                )
            said |= {field: words.lower()}
        elif found and words:
            size = parts(found)[1]
            value = measured(words, size)
            if not np.isfinite(value):
                raise SettingsError(
                    "row {line}: '{words}' under '{heading}' cannot be read: write 1.70, 170 cm or 62 kg.",
                    line=line,
                    words=words,
                    heading=found.strip(),
                )
            said[field] = value / 100 if field == "height_m" and value > 3 and size is None else value
    return said


def _people(log: TrainingLog, said: list[tuple[dict[str, Any], int]]) -> dict[str, AthleteEntry]:
    """Everybody named, by the key of their name; those in the log keep what is not said."""
    here = {name_key(a.name): a for a in log.athletes()}
    out: dict[str, AthleteEntry] = {}
    for what, line in said:
        key = name_key(what["name"])
        if not key:
            raise SettingsError("row {line} has no name.", line=line)
        before = out.get(key) or here.get(key)
        try:
            known = before.model_dump() if before else {}
            now = AthleteEntry.model_validate(known | what | ({"name": before.name} if before else {}))
        except ValidationError as error:
            raise SettingsError(
                "row {line}: {first_problem}.", line=line, first_problem=first_problem(error)
            ) from error
        # What a table says is of today: no older copy of the log undoes it.
        out[key] = now if now == before else now.model_copy(update={"changed": now_in_utc()})
    return out
