"""What is said of a clip."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.messages import Message


@dataclass(frozen=True)
class ClipWarning(Message):
    """A sentence for the user, as a code and values.

    Attributes
    ----------
    option : str
        What mends it on the command line, empty where nothing does.
    """

    option: str = ""
