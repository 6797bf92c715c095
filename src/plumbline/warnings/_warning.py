"""What is said of a clip."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClipWarning:
    """A machine-readable code and a sentence for the user; `option` is what mends it on the command line."""

    code: str
    message: str
    option: str = ""
