"""Looks texts up in the language that is spoken, and puts numbers and dates as it writes them."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from plumbline.errors import SettingsError
from plumbline.resources import DATA

VARIABLE = "PLUMBLINE_LANGUAGE"
# As their speakers call them.
LANGUAGES = {"en": "English", "nb": "Norsk"}
LOCALES = {"en": "en_GB", "nb": "nb_NO"}
# What a browser may ask for instead.
ALSO = {"no": "nb", "nn": "nb"}
LOCALE = DATA / "locale"

# A sentence that ends with an abbreviation, such as that of a month, has one full stop.
STOPS = re.compile(r"(?<=\w)\.\.(?=\s|$)")

Row = TypeVar("Row")

_spoken: ContextVar[str] = ContextVar("language", default="")
_asked: list[Callable[[], str]] = []
_places: list[Callable[[], str]] = []


def ask_for(asked: Callable[[], str], place: Callable[[], str] = lambda: "") -> None:
    """Let a face say which language is spoken where none is set; it answers "" where it does not know.

    Parameters
    ----------
    asked : callable
        The language.
    place : callable
        The reader's tag ("en-US"): how dates are written there.
    """
    _asked[:], _places[:] = [asked], [place]


def current() -> str:
    """The language that is spoken: the one that is set, the face's, that of the environment, else English."""
    return _spoken.get() or next((answer for ask in _asked if (answer := ask())), "") or _of_environment()


def _of_environment() -> str:
    return fitting(os.environ.get(VARIABLE, ""))


def fitting(*wishes: str) -> str:
    """The first of the language tags `wishes` ("nb-NO") that is spoken here, else English."""
    for wish in wishes:
        base = wish.replace("_", "-").partition("-")[0].lower()
        if (found := ALSO.get(base, base)) in LANGUAGES:
            return found
    return "en"


def read_language(given: str) -> str:
    """The language that is named by hand as `given`.

    Raises
    ------
    SettingsError
        When it is not spoken here.
    """
    base = given.lower()
    if ALSO.get(base, base) not in LANGUAGES:
        raise SettingsError("there is no language '{given}': choose {names}.", given=given, names=", ".join(LANGUAGES))
    return ALSO.get(base, base)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside; "" leaves it as it is."""
    before = _spoken.set(language or _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(before)


def po_path(language: str) -> Path:
    """Where the texts of `language` are."""
    return LOCALE / language / "LC_MESSAGES" / "plumbline.po"


@lru_cache(maxsize=len(LANGUAGES))
def _texts(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with po_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=len(LANGUAGES))
def _point(language: str) -> str:
    if language == "en":
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(LOCALES[language])


class _Filler(string.Formatter):
    """Puts values into a text, numbers as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, (int, float)) and format_spec:
            return number(value, format_spec)
        return str(super().format_field(value, format_spec))


_filler = _Filler()


def number(value: float, spec: str) -> str:
    """A number with the language's decimal sign and a gap before its per cent sign.

    Parameters
    ----------
    value : float
        In any unit.
    spec : str
        As `format` takes it.

    Returns
    -------
    str
    """
    out = format(value, spec)
    language = current()
    if language == "en":
        return out
    out = out.replace(",", "\N{NO-BREAK SPACE}")  # between thousands
    return out.replace(".", _point(language)).replace("%", "\N{NO-BREAK SPACE}%")


def _filled(text: str, values: dict[str, Any]) -> str:
    if not values:
        return text
    if current() == "en":
        return text.format(**values)
    return STOPS.sub(".", _filler.vformat(text, (), values))


def _(text: str, **values: Any) -> str:
    """A text in the language that is spoken.

    Parameters
    ----------
    text : str
        In English, with braces: the key.
    **values
        What goes into the braces.

    Returns
    -------
    str
    """
    return _filled(_texts(current()).gettext(text) if text else "", values)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `text` for the catalogue; it is looked up where it is shown."""
    return text


# For texts that are not written where they are looked up: a row of a table, a marked constant.
say = _


def ngettext(one: str, many: str, n: float, **values: Any) -> str:
    """The text for one or for many, in the language that is spoken.

    Parameters
    ----------
    one, many : str
        In English, with braces.
    n : float
        The number, a count; it is among the values.
    **values
        What goes into the braces.

    Returns
    -------
    str
    """
    return _filled(_texts(current()).ngettext(one, many, 1 if n == 1 else 2), {"n": n, **values})


def place() -> str:
    """Babel's locale for dates: the reader's where they read the language that is spoken, else its usual one."""
    from babel.core import Locale, UnknownLocaleError

    spoken = current()
    for ask in _places:
        with suppress(ValueError, UnknownLocaleError):
            wish = Locale.parse(ask(), sep="-")
            if wish.language == spoken and wish.territory:
                return str(wish)
    return LOCALES[spoken]


def day(when: date, form: str = "long") -> str:
    """A date as the language writes it.

    Parameters
    ----------
    when : date
    form : str
        One of Babel's names ("long"), or a skeleton such as "MMMEd".

    Returns
    -------
    str
    """
    from babel.dates import format_date, format_skeleton

    if form in ("short", "medium", "long", "full"):
        return format_date(when, form, locale=place())
    return format_skeleton(form, when, locale=place())


def weekdays() -> list[str]:
    """Short names of the weekdays, Monday first."""
    from babel.dates import get_day_names

    names = get_day_names("abbreviated", locale=place())
    return [names[k] for k in range(7)]


def rows_of(row: Row, *names: str) -> Row:
    """A row of a table with the texts of these fields in the language that is spoken.

    Parameters
    ----------
    row : dataclass
        A drill, a rule, a metric's label.
    *names : str
        Fields that hold a text or a tuple of texts.

    Returns
    -------
    dataclass
        A copy; `row` itself in English.
    """
    assert is_dataclass(row) and not isinstance(row, type)
    if current() == "en":
        return row
    change: dict[str, Any] = {}
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in names:
            change[field.name] = tuple(map(say, value)) if isinstance(value, tuple) else say(value)
    return replace(row, **change)
