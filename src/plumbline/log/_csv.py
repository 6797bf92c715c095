"""Tables (CSV) as other tools write them: headings anywhere in the file, units behind names, several tables in one."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import numpy as np

from plumbline.body import FOOT_IN, INCH_M, POUND_KG
from plumbline.catalogue import metric_label
from plumbline.errors import SettingsError
from plumbline.files import read_document
from plumbline.log._entries import is_day_of_training

MAX_BYTES, MAX_ROWS = 20_000_000, 100_000
# A unit behind a heading's name, and its size in the unit that the log keeps.
UNIT = re.compile(r"(?:[\s_]*[(\[]?)(ms|s|sec|cm|m|kg|in|ft|lbs?)[)\]]?$")
SIZES = {"ms": 1e-3, "s": 1.0, "sec": 1.0, "cm": 1e-2, "m": 1.0, "kg": 1.0}
SIZES |= {"in": INCH_M, "ft": FOOT_IN * INCH_M, "lb": POUND_KG, "lbs": POUND_KG}
FEET = re.compile(r"(\d+)\s*(?:'|ft|′)\s*(?:(\d+(?:[.,]\d+)?)\s*(?:\"|''|in|″)?)?$")
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y")

Row = dict[str, str]
Columns = dict[str, list[str]]


@dataclass
class Table:
    """One table of a file: rows by heading, and the number of each row's line."""

    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def column(self, names: list[str]) -> str | None:
        """The first heading that is one of the names."""
        found = {parts(heading)[0]: heading for heading in reversed(self.headings)}
        return next((found[n] for n in names if n in found), None)

    def add(self, cells: Row, line: int) -> None:
        """One more row."""
        self.rows.append(cells)
        self.lines.append(line)


def read_tables(path: Path, known: Columns, numbers: Columns) -> list[Table]:
    """The tables of a file.

    A line is a heading when it is the file's first, or names two of the known columns. A table without
    anybody's name right below a row, as Chronojump writes the jumps of a series, tells that row's jumps
    one by one and takes its place.

    Parameters
    ----------
    path : Path
    known, numbers : dict
        Names of columns by what they hold; of `numbers` each is a measured number.

    Raises
    ------
    SettingsError
        When it cannot be read.
    """
    out: list[Table] = []
    wide = {n for names in (*known.values(), *numbers.values()) for n in names}
    series: Row = {}
    for line, cells in _cells(path):
        names = [parts(c)[0] for c in cells]
        if not any(c.strip() for c in cells) or cells[0].startswith(("+ ", "- ")):
            continue
        if not out or sum(n in wide for n in names) > 1:
            above = out[-1] if out else None
            series = {}
            if above is not None and above.rows and not cells[0].strip() and above.column(known["athlete"]):
                series = above.rows.pop()
                above.lines.pop()
            out.append(Table([*cells, *series]))
        elif not series or cells[0].strip().isdecimal():
            out[-1].add({**series, **dict(zip(out[-1].headings, cells, strict=False))}, line)
    out = [t for t in out if t.rows]
    count = sum(len(t.rows) for t in out)
    if not 0 < count <= MAX_ROWS:
        raise SettingsError(
            "{path} has {count} rows: a heading and between 1 and {most} are needed.",
            path=path,
            count=count,
            most=MAX_ROWS,
        )
    return out


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Lines with their cells, by whichever sign parts the first line, else most of them: 0,215 is no two cells."""
    try:
        raw = read_document(path, MAX_BYTES)
        text = raw.decode("utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            "{path} is not UTF-8 text: save it as *CSV UTF-8* in the spreadsheet.", path=path
        ) from error
    first = text.lstrip().partition("\n")[0]
    sign = max(";\t,", key=(first if any(s in first for s in ";\t,") else text).count)
    lines = csv.reader(io.StringIO(text), delimiter=sign, strict=True)
    try:
        yield from ((lines.line_num, cells) for cells in lines if cells)
    except csv.Error as error:
        raise SettingsError("{path} cannot be read as a table: {error}.", path=path, error=error) from error


def parts(heading: str) -> tuple[str, float | None]:
    """A heading's letters, and the size of the unit behind them, None without one."""
    plain = heading.strip().lower()
    unit = UNIT.search(plain)
    if unit is not None and unit.start() > 0 and re.search(r"[\s_(\[]", plain[unit.start() : unit.start(1)]):
        return re.sub(r"[^a-z]", "", plain[: unit.start()]), SIZES[unit[1]]
    return re.sub(r"[^a-z]", "", plain), None


def number(words: str) -> float:
    """A number with point or comma, NaN where there is none."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return float("nan")


def measured(words: str, size: float | None) -> float:
    """A height or weight in m or kg, by its cell's own unit (168 cm, 5'6"), else its heading's; NaN without one."""
    plain = words.strip().lower()
    if feet := FEET.match(plain):
        return int(feet[1]) * FOOT_IN * INCH_M + number(feet[2] or "0") * INCH_M
    unit = UNIT.search(plain)
    if unit is not None and np.isfinite(value := number(plain[: unit.start()])):
        return value * SIZES[unit[1]]
    return number(plain) * (size or 1.0)


def sizes(table: Table, column: str, metric: str) -> float:
    """The size of a column's unit; where its heading does not say, the one in which bodies can do what it says."""
    said = parts(column)[1]
    if said is not None:
        return said
    values = [v for row in table.rows if np.isfinite(v := number(row.get(column, ""))) and v > 0]
    usual = np.median(values or [np.nan])
    low, high = metric_label(metric).within
    return next((size for size in (1.0, 1e-2, 1e-3) if low <= usual * size <= high), 1.0)


def days(table: Table, column: str) -> list[date]:
    """The day of each row; of 3/4/2026 only where another row tells whether day or month comes first.

    Raises
    ------
    SettingsError
        When a row has none.
    """
    plain = [re.split(r"[T _]", row.get(column, "").strip())[0] for row in table.rows]
    halves = [m for words in plain if (m := re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d{4}", words))]
    forms = [*DATES]
    if any(int(m[1]) > 12 for m in halves):
        forms.append("%d/%m/%Y")
    elif any(int(m[2]) > 12 for m in halves):
        forms.append("%m/%d/%Y")
    out = []
    for words, line in zip(plain, table.lines, strict=True):
        found = next((d for form in forms if (d := _day(words, form))), None)
        if found is None:
            raise SettingsError("row {line}: '{words}' is not a date: write it as 2026-03-31.", line=line, words=words)
        if not is_day_of_training(found):
            raise SettingsError("row {line}: {day} cannot be a day of training: check the year.", line=line, day=found)
        out.append(found)
    return out


def _day(words: str, form: str) -> date | None:
    try:
        return datetime.strptime(words, form).date()
    except ValueError:
        return None
