"""What the stages have to say: a code and values. Its words are a row of `data/messages.toml`, put by each face."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any, Protocol

from plumbline.language import day, ngettext, say, speaking
from plumbline.resources import DATA, read_toml

# A day among the values, as a document keeps it, and how it is said.
DATE, DAY = re.compile(r"\d{4}-\d{2}-\d{2}"), "MMMEd"


class Said(Protocol):
    """A part of a sentence that words itself."""

    @property
    def said(self) -> str:
        """The part in the language that is spoken."""


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, Any]]:
    return read_toml(DATA / "messages.toml")


def worded(code: str, values: Mapping[str, Any]) -> str:
    """A message in the language that is spoken; values that are words or messages are put in it, too.

    Raises
    ------
    KeyError
        When there is no such code, or a value is missing.
    """
    row = _texts()[code]
    text = row["one"] if "one" in row and values.get("n") == 1 else row["text"]
    if lacking := {name for _, name, _, _ in Formatter().parse(text) if name} - values.keys():
        raise KeyError(*lacking)
    said = say(text, **{name: _part(value) for name, value in values.items()})
    return said.lower() if row.get("small") else said


def reps_named(numbers: Sequence[int]) -> str:
    """Reps by their `numbers`: "rep 3", "reps 3, 5"."""
    return ngettext("rep {reps}", "reps {reps}", len(numbers), reps=", ".join(map(str, numbers)))


def _part(value: float | str | Said) -> float | str:
    if isinstance(value, str):
        return day(date.fromisoformat(value), DAY) if DATE.fullmatch(value) else say(value)
    return value if isinstance(value, (int, float)) else value.said


@dataclass(frozen=True)
class Message:
    """Something to say: which row of the table, and what goes into its braces."""

    code: str
    values: Mapping[str, float | int | str | Message] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        with speaking("en"):
            return self.said

    @property
    def said(self) -> str:
        """The sentence in the language that is spoken."""
        return worded(self.code, self.values)


def listed(code: str, parts: Sequence[Message | str]) -> Message | str:
    """Parts of a sentence in a row: "a, b, c" by the message "listed", "a or b" by "either".

    Parameters
    ----------
    code : str
        A message with the values first and more.
    parts : sequence of Message or str
        A word stands for itself; of none the list is empty.
    """
    if len(parts) < 2:
        return parts[0] if parts else ""
    return Message(code, {"first": parts[0], "more": listed(code, parts[1:])})
