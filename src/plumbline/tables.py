"""Tables (CSV) as spreadsheets take them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from plumbline.errors import SettingsError

Decimal = Literal["point", "comma"]
# What a spreadsheet would take for a formula, also behind blanks or in full width.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"^-?\d+\.\d+(e[-+]?\d+)?$")
# By this mark a spreadsheet knows the text for UTF-8.
MARK = "\ufeff"


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that looks like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def read_decimal(given: str) -> Decimal:
    """Which sign parts whole from fraction.

    Raises
    ------
    SettingsError
        When it is neither.
    """
    if given not in ("point", "comma"):
        raise SettingsError("'{given}' is not a decimal separator: choose point or comma.", given=given)
    return "comma" if given == "comma" else "point"


def with_decimal(parts: Iterable[str], decimal: Decimal) -> Iterator[str]:
    """A table as the spreadsheet of a country takes it: with "comma" semicolons part the cells.

    Parameters
    ----------
    parts : iterable of str
        The table's text with commas between cells and points in numbers.
    decimal : "point" or "comma"
    """
    if decimal == "point":
        yield from parts
        return
    yield MARK
    for row in csv.reader(io.StringIO("".join(parts))):
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerow([c.replace(".", ",") if NUMBER.match(c) else c for c in row])
        yield out.getvalue()
