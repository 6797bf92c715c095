"""The one console of the command line."""

from __future__ import annotations

from rich.console import Console


def console(*, stderr: bool = False) -> Console:
    """A console that prints names as they are: `:star:` in one is no picture."""
    return Console(stderr=stderr, emoji=False)
