"""Files that appear whole or not at all, and their folders."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from plumbline.errors import OutputError


def part_of(path: Path, ending: str = "") -> Path:
    """A name beside a file, to write under before renaming; no other process or thread is given it.

    Parameters
    ----------
    path : Path
    ending : str
        What the name must end in, for a writer that goes by it.
    """
    return path.with_name(f".plumbline-{os.getpid()}-{secrets.token_hex(4)}.part{ending}")


def make_folder(out: Path) -> None:
    """Make the folder for the results.

    Raises
    ------
    OutputError
        When it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {out} cannot be made: {error.strerror}.") from error
