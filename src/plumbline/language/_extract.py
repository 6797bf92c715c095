"""Collects every text that may be shown: from the code, the templates, the pages' scripts and the tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from plumbline.language._markup import WORDLESS, texts_in_markup
from plumbline.language._words import po_path
from plumbline.resources import DATA, read_toml

PACKAGE = DATA.parent
# Which keys of a table are shown, at any depth.
SHOWN = {
    "drills": {"name", "rep", "film", "not_judged", "group", "purpose", "how", "dose", "cues", "note"},
    "faults": {"label", "message", "cue", "origin"},
    "metrics": {"label", "short", "unit", "signs"},
    "messages": {"text", "one"},
    "protocols": {"name", "films", "how", "origin"},
    "targets": {"origin"},
    "variation": {"origin"},
    "plan": {"warm_up"},
}

METHODS = [
    ("synthetic/**.py", "ignore"),
    ("validation/**.py", "ignore"),
    ("**.py", "python"),
    ("**.j2", "jinja2.ext:babel_extract"),
    ("**.js", "javascript"),
]
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2)}
# A refusal's first argument is its text.
KEYWORDS |= {f"{kind}Error": None for kind in ("Plumbline", "Clip", "Model", "Settings", "Output")}


def texts_of_table(path: Path) -> Iterator[str]:
    """The shown texts of a TOML table."""
    keys = SHOWN.get(path.stem, set())
    for key, text in _pairs(read_toml(path)):
        if key in keys and not WORDLESS.fullmatch(text):
            yield text


def _pairs(table: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for name, value in table.items():
            yield from _pairs(value, name)
    elif isinstance(table, list):
        for value in table:
            yield from _pairs(value, key)
    elif isinstance(table, str):
        yield key, table


def collected() -> Catalog:
    """Every text, with the files that it stands in."""
    out = Catalog()
    for name, _line, text, _comments, context in extract_from_dir(str(PACKAGE), METHODS, keywords=KEYWORDS):
        out.add(text, None, [(Path(name).as_posix(), 0)], context=context)
    for table in sorted(DATA.glob("*.toml")):
        for text in texts_of_table(table):
            out.add(text, None, [(table.relative_to(PACKAGE).as_posix(), 0)])
    for page in sorted(PACKAGE.glob("app/static/*.html")):
        for text in texts_in_markup(page.read_text(encoding="utf-8")):
            out.add(text, None, [(page.relative_to(PACKAGE).as_posix(), 0)])
    return out


def update(language: str) -> list[str]:
    """Bring a language's catalogue up to date; the texts that lack a translation."""
    path = po_path(language)
    kept = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            kept = read_po(file, locale=language)
    kept.update(collected(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    write(kept, path)
    return lacking(kept)


def write(texts: Catalog, path: Path) -> None:
    """Write a catalogue, sorted and without a date, so that two changes of it seldom meet."""
    out = io.BytesIO()
    write_po(out, texts, width=110, sort_output=True, include_lineno=False, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())


def lacking(texts: Catalog) -> list[str]:
    """The texts of a catalogue without a translation."""

    def there(said: Any) -> bool:
        return bool(said) and all(said if isinstance(said, (tuple, list)) else [said])

    return [_first(m.id) for m in texts if m.id and (m.fuzzy or not there(m.string))]


def _first(key: Any) -> str:
    return str(key[0] if isinstance(key, (tuple, list)) else key)
