"""The command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbline.cli._main import app

__all__ = ["app", "main"]

# What a shell is told by a process that Ctrl-C has ended.
STOPPED = 130


def main() -> None:
    """Run the command line; Ctrl-C is answered while it loads, too."""
    _open_what_is_closed()
    try:
        from plumbline.cli._main import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("plumbline: stopped; nothing was half-written.\n")
        sys.exit(STOPPED)


def _open_what_is_closed() -> None:
    """Give closed streams somewhere to go: else the next file that is opened would stand in their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end


def __getattr__(name: str) -> Any:
    if name == "app":
        from plumbline.cli._main import app

        return app
    raise AttributeError(f"module 'plumbline.cli' has no attribute {name!r}")
