"""The one console of the command line."""

from __future__ import annotations

import os
import shutil

from rich.console import Console


def console(*, stderr: bool = False) -> Console:
    """A console that prints names as they are: `:star:` in one is no picture."""
    # Some programs that start others set COLUMNS to 0, which would leave no room for a letter.
    width = shutil.get_terminal_size().columns if os.environ.get("COLUMNS") == "0" else None
    return Console(stderr=stderr, emoji=False, width=width)
