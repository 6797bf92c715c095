"""The errors a user can do something about: one line each, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class PlumblineError(Exception):
    """Base of all errors that are reported as one line and exit status 2."""


class ClipError(PlumblineError):
    """The film cannot be read."""


class ModelError(PlumblineError):
    """The pose model cannot be found, assembled or verified."""


class SettingsError(PlumblineError):
    """A limits, drill or option value is not usable."""


class OutputError(PlumblineError):
    """The results cannot be written."""


def first_problem(error: ValidationError) -> str:
    """Where a checked document is wrong first, and what is wrong there."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'the file'}: {first['msg']}"


def readable(name: str) -> str:
    """A file's name as text that any document takes: bytes that are no UTF-8 show as a question mark in a box."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


OPENCV_HINT = (
    "OpenCV cannot load: this machine lacks system libraries. "
    "On Debian or Ubuntu: sudo apt-get install -y libgl1 libglib2.0-0"
)


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
            raise PlumblineError(f"{OPENCV_HINT} ({text})") from error
        raise
