"""What is said of a clip."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClipWarning:
    """A machine-readable code and a sentence for the user."""

    code: str
    message: str
