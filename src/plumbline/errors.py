"""The errors a user can do something about: one line each, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from numbers import Number
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class PlumblineError(Exception):
    """Base of all errors that are reported as one line and exit status 2.

    Parameters
    ----------
    text : str
        What is wrong and what to do, in English, with values in braces: the key of its translations.
    **values
        What goes into the braces; words among them are looked up too.
    """

    def __init__(self, text: str = "", **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = {k: v if isinstance(v, (str, Number)) else str(v) for k, v in values.items()}

    def __str__(self) -> str:
        """The line in English."""
        return self.text.format(**self.values) if self.values else self.text

    @property
    def said(self) -> str:
        """The line in the language that is spoken."""
        from plumbline.language import say

        return say(self.text, **{k: say(v) if isinstance(v, str) else v for k, v in self.values.items()})


class ClipError(PlumblineError):
    """The film cannot be read."""


class ModelError(PlumblineError):
    """The pose model cannot be found, assembled or verified."""


class SettingsError(PlumblineError):
    """A limits, drill or option value is not usable."""


class OutputError(PlumblineError):
    """The results cannot be written."""


def first_problem(error: ValidationError) -> str:
    """Where a checked document is wrong first, by `error`, and what is wrong there."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'the file'}: {first['msg']}"


def readable(name: str) -> str:
    """A file's `name` as text that any document takes: bytes that are no UTF-8 show as a question mark in a box."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def opencv_libraries() -> Iterator[None]:
    """Turn a failing `import cv2` into the apt line that mends it.

    Raises
    ------
    PlumblineError
        When a shared library that OpenCV links against is missing.
    """
    try:
        yield
    except ImportError as error:
        text = str(error)
        if ".so" in text and "cannot open shared object" in text:
            raise PlumblineError(
                "OpenCV cannot load: this machine lacks system libraries. "
                "On Debian or Ubuntu: sudo apt-get install -y libgl1 libglib2.0-0 ({detail})",
                detail=text,
            ) from error
        raise
