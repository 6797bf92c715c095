"""What the stages have to say: a code and values. Its words are a row of `data/messages.toml`, put by each face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter
from typing import Any

from plumbline.language import say, speaking
from plumbline.resources import DATA, read_toml

Value = float | int | str


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return read_toml(DATA / "messages.toml")


def worded(code: str, values: Mapping[str, Any]) -> str:
    """A message in the language that is spoken; values that are words are looked up too.

    Raises
    ------
    KeyError
        When there is no such code, or a value is missing.
    """
    row = _texts()[code]
    text = row["one"] if "one" in row and values.get("n") == 1 else row["text"]
    if lacking := {name for _, name, _, _ in Formatter().parse(text) if name} - values.keys():
        raise KeyError(*lacking)
    return say(text, **{name: say(value) if isinstance(value, str) else value for name, value in values.items()})


@dataclass(frozen=True)
class Message:
    """Something to say: which row of the table, and what goes into its braces."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        with speaking("en"):
            return self.said

    @property
    def said(self) -> str:
        """The sentence in the language that is spoken."""
        return worded(self.code, self.values)
