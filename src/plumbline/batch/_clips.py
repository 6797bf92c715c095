"""The films of a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from plumbline.errors import ClipError
from plumbline.video import FILM_TYPES


def find_clips(places: Iterable[Path]) -> Iterator[Path]:
    """Films given by themselves, and those in folders and all folders below, in order of name.

    Hidden files and folders are passed over; a film given by itself may have any ending.

    Raises
    ------
    ClipError
        When a place does not exist or cannot be listed.
    """
    for place in places:
        try:
            folder = stat.S_ISDIR(place.stat().st_mode)
        except FileNotFoundError:
            raise ClipError(f"{place} does not exist: give a folder with films, or a film.") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "its name is none that a file can have"
            raise ClipError(f"{place} cannot be read: {reason}.") from error
        if folder:
            yield from _below(place)
        else:
            yield place


def _below(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise ClipError(f"{error.filename} cannot be listed: {error.strerror}.") from error

    for root, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.rpartition(".")[2].lower() in FILM_TYPES:
                yield Path(root) / name
