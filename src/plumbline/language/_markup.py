"""The texts in a piece of HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
# Signs and numbers only.
WORDLESS = re.compile(r"[^A-Za-z]*[A-Za-z]?")


class _Markup(HTMLParser):
    """Collects what is read or heard."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


def texts_in_markup(markup: str) -> list[str]:
    """Everything with words in the HTML `markup`: texts, and attributes that are read or heard."""
    reader = _Markup()
    reader.feed(markup)
    return [text for text in reader.found if not WORDLESS.fullmatch(text)]
