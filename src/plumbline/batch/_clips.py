"""The films of a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from mimetypes import guess_type
from pathlib import Path

from plumbline.errors import ClipError
from plumbline.files import FILM
from plumbline.video import FILM_TYPES, OTHER_FILM_TYPES


def find_clips(places: Iterable[Path], out: Path | None = None) -> Iterator[Path]:
    """Films given by themselves, and those in folders and all folders below, in order of name.

    Hidden files and folders are passed over, and what lies in `out`, the folder of a batch's own
    results; a film given by itself may have any ending.

    Parameters
    ----------
    places : iterable of Path
        Films and folders.
    out : Path, optional
        The folder of the batch's results.

    Yields
    ------
    Path

    Raises
    ------
    ClipError
        When a place does not exist or cannot be listed.
    """
    for place in places:
        try:
            folder = stat.S_ISDIR(place.stat().st_mode)
        except FileNotFoundError:
            raise ClipError("{place} does not exist: give a folder with films, or a film.", place=place) from None
        except ValueError as error:
            raise ClipError("{path} is not a valid file name.", path=place) from error
        except OSError as error:
            raise ClipError("{place} cannot be read: {reason}.", place=place, reason=error.strerror) from error
        if folder:
            yield from (p for p in _below(place, out) if ending(p.name) in FILM_TYPES)
        else:
            yield place


def left_out(places: Iterable[Path], out: Path | None = None) -> list[Path]:
    """Files in the folders that call themselves films, of types that are not read.

    Parameters
    ----------
    places : iterable of Path
        Films and folders.
    out : Path, optional
        The folder of the batch's results.

    Returns
    -------
    list of Path
    """
    below = (p for place in places if place.is_dir() for p in _below(place, out))
    return [p for p in below if _calls_itself_film(p.name) and ending(p.name) not in FILM_TYPES]


def _calls_itself_film(name: str) -> bool:
    return ending(name) in OTHER_FILM_TYPES or (guess_type(name)[0] or "").startswith("video/")


def ending(name: str) -> str:
    """What a file's name ends in, in lower case and without the dot."""
    return Path(name).suffix[1:].lower()


def _below(folder: Path, out: Path | None) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise ClipError(
            "{filename} cannot be listed: {strerror}.", filename=error.filename, strerror=error.strerror
        ) from error

    for root, folders, files in os.walk(folder, onerror=fail):
        own = out is not None and out.exists() and Path(root).samefile(out)
        folders[:] = [] if own else sorted(f for f in folders if not f.startswith("."))
        drawn = FILM if "report.json" in files else ""  # by an analysis, beside its report
        kept = (name for name in sorted(files) if not own and not name.startswith(".") and name != drawn)
        yield from (Path(root) / name for name in kept)
