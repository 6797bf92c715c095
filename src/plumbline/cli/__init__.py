"""The command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbline.cli._main import app

__all__ = ["app", "main"]

# What a shell is told by a process that Ctrl-C has ended.
STOPPED = 130


def main() -> None:
    """Run the command line; Ctrl-C is answered while it loads, too."""
    try:
        from plumbline.cli._main import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("plumbline: stopped; nothing was half-written.\n")
        sys.exit(STOPPED)


def __getattr__(name: str) -> Any:
    if name == "app":
        from plumbline.cli._main import app

        return app
    raise AttributeError(f"module 'plumbline.cli' has no attribute {name!r}")
