"""Files that appear whole or not at all, and their folders."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from platformdirs import PlatformDirs

from plumbline.errors import OutputError, SettingsError

# What Windows writes before a text.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What a database's file begins with.
SQLITE = b"SQLite format 3\0"
# The annotated film in a folder of results.
FILM = "annotated.mp4"
# What a batch leaves of each clip beside its results.
OUTCOME = "outcome.json"
# Texts are encoded in pieces of so many characters: those of a long film are large.
PIECE = 1 << 20
# No report, edits, truth, limits or log file is larger.
DOCUMENT_BYTES = 200_000_000


def part_of(path: Path, ending: str = "") -> Path:
    """A name beside a file, to write under before renaming; no other process or thread is given it.

    Parameters
    ----------
    path : Path
    ending : str
        What the name must end in, for a writer that goes by it.
    """
    return path.with_name(f".plumbline-{os.getpid()}-{secrets.token_hex(4)}.part{ending}")


def user_folder(kind: Literal["cache", "data"]) -> Path:
    """The user's folder for what is kept on this machine.

    Raises
    ------
    SettingsError
        When the user has no home folder.
    """
    try:
        folders = PlatformDirs("plumbline")
        found = Path(folders.user_cache_dir if kind == "cache" else folders.user_data_dir)
    except (KeyError, OSError, RuntimeError):
        found = Path()
    if not found.is_absolute():
        wanted = "PLUMBLINE_CACHE to a folder" if kind == "cache" else "PLUMBLINE_LOG to a file"
        raise SettingsError("this user has no home folder: set HOME, or {wanted} that you may write to.", wanted=wanted)
    return found


def check_out(out: Path, files: Iterable[str], sources: Iterable[Path]) -> None:
    """Refuse a folder for results before anything is measured: one that cannot be written, or that holds the source.

    Parameters
    ----------
    out : Path
    files : iterable of str
        Names that will be written in it.
    sources : iterable of Path
        Films and documents that are read.

    Raises
    ------
    OutputError
        When the folder cannot be made or written to, or a file written is one that is read.
    """
    try:
        for target in (out / name for name in files):
            if target.is_dir():
                raise OutputError("{target} is a folder: choose another place for the results.", target=target)
            if target.exists() and any(s.exists() and target.samefile(s) for s in sources):
                raise OutputError(
                    "{target} is read and would be overwritten: choose another place for the results.", target=target
                )
        there = next(p for p in (out.absolute(), *out.absolute().parents) if p.exists())
    except OSError as error:  # a folder that may not be looked into, a name that is too long
        raise OutputError(
            "the folder {out} cannot be used: {strerror}. Choose another.", out=out, strerror=error.strerror
        ) from error
    if not there.is_dir():
        raise OutputError("the folder {out} cannot be made: {there} is a file. Choose another.", out=out, there=there)
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(
            "the folder {out} cannot be made or written to: {there} cannot be written to. Choose another.",
            out=out,
            there=there,
        )


def prepare_file(file: Path, sources: Iterable[Path], endings: tuple[str, ...] = ()) -> None:
    """Make the folder for a file of results before anything is measured, or refuse the file.

    Parameters
    ----------
    file : Path
    sources : iterable of Path
        Films and documents that are read.
    endings : tuple of str
        What its name may end in, such as ".json"; whatever it is without any.

    Raises
    ------
    OutputError
        When it is a folder, of another ending, or a training log, or what `check_out` refuses.
    """
    try:
        folder = file.is_dir() or not file.name
    except ValueError as error:
        raise OutputError("{path} is not a valid file name.", path=file) from error
    except OSError as error:
        raise OutputError("{path} cannot be written: {strerror}.", path=file, strerror=error.strerror) from error
    if folder:
        raise OutputError("{file} is a folder: name a file in it.", file=file)
    if endings and file.suffix.lower() not in endings:
        raise OutputError("{file} is not written: its name must end in {names}.", file=file, names=" or ".join(endings))
    if is_log(file):
        raise OutputError("{file} is a training log and would be overwritten: choose another name.", file=file)
    check_out(file.parent, (file.name,), sources)
    make_folder(file.parent)


def is_log(file: Path) -> bool:
    """Whether `file` is an SQLite database, as a training log is."""
    with suppress(OSError):
        if file.is_file():
            with file.open("rb") as there:
                return there.read(len(SQLITE)) == SQLITE
    return False


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
        raise OutputError("the folder {out} cannot be made: {strerror}.", out=out, strerror=error.strerror) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OutputError
        When the folder cannot be written to.
    """
    _write(path, [content])


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with whole_or_none(path) as part, part.open("wb") as out:
        out.writelines(pieces)


@contextmanager
def whole_or_none(path: Path) -> Iterator[Path]:
    """A file beside `path` to write into, which takes its place at the end; it is not there where that fails.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Path

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    part = part_of(path)
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise OutputError("{path} cannot be written: {strerror}.", path=path, strerror=error.strerror) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def all_or_none(folder: Path) -> Iterator[Path]:
    """A folder to write files into, which appear in `folder` together at the end; none of them where that fails.

    Parameters
    ----------
    folder : Path
        It is there.

    Yields
    ------
    Path

    Raises
    ------
    OutputError
        When they cannot be written.
    """
    part = part_of(folder / "results")
    try:
        part.mkdir()
        yield part
        for file in sorted(part.iterdir()):
            file.replace(folder / file.name)
    except OSError as error:
        raise OutputError("{path} cannot be written: {strerror}.", path=folder, strerror=error.strerror) from error
    except OutputError as error:  # speaks of where the file will be
        texts = {k: v for k, v in error.values.items() if isinstance(v, str)}
        error.values |= {k: v.replace(str(part), str(folder)) for k, v in texts.items()}
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_text(path: Path, text: str | Iterable[str]) -> None:
    """Write a text file, given whole or in parts, whole or not at all.

    Raises
    ------
    OutputError
        When the folder cannot be written to.
    """
    parts = [text] if isinstance(text, str) else text
    _write(path, (part[i : i + PIECE].encode("utf-8") for part in parts for i in range(0, len(part), PIECE)))


def read_document(path: Path, most: int = DOCUMENT_BYTES) -> bytes:
    """A file that somebody gave, if it is no larger than `most` bytes.

    Raises
    ------
    SettingsError
        When it is, or cannot be read.
    """
    try:
        if not path.exists():
            raise SettingsError("{path} does not exist: check the path.", path=path)
        if not path.is_file() and not path.is_dir():  # a pipe or a device has no end
            raise SettingsError("{path} is not a file: check the path.", path=path)
        if path.stat().st_size > most:
            raise SettingsError(
                "{path} is larger than such a file can be ({value:.0f} MB).", path=path, value=most / 1000000.0
            )
        return path.read_bytes().removeprefix(BYTE_ORDER_MARK)
    except OSError as error:
        raise SettingsError("{path} cannot be read: {strerror}.", path=path, strerror=error.strerror) from error


def delete(file: Path) -> None:
    """Delete a `file`, if it is there.

    Raises
    ------
    OutputError
        When it stays.
    """
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("{file} cannot be deleted: {strerror}.", file=file, strerror=error.strerror) from error
