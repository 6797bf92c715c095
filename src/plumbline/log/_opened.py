"""A log's database, open: where it lies, how it is read and written, and a copy of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from plumbline.errors import OutputError, SettingsError, first_problem
from plumbline.files import is_log, part_of, user_folder
from plumbline.log._database import _reason, _url, default_url, engine_of, is_foreign, read_only
from plumbline.log._migrate import NewerError, migrate

if TYPE_CHECKING:
    from typing_extensions import Self


class OpenedLog:
    """A log's database, brought to the present form as it is opened."""

    def __init__(self, url: str | None = None, make: bool = True) -> None:
        if url == "":
            raise SettingsError("the log's file has no name: give one with --store, or leave that out.")
        try:
            self._at = _url(default_url() if url is None else url)
        except ArgumentError as error:
            raise SettingsError("{url} is neither a file nor a database URL.", url=url) from error
        if not make and self._is_file and not Path(self.place).exists():
            raise SettingsError("there is no log at {place}: plumbline log athlete NAME begins one.", place=self.place)
        if is_foreign(self._at):
            raise SettingsError(
                "{place} is another program's database: name a file of its own for the log.", place=self.place
            )
        self._engine = engine_of(self._at)
        self._writing = self._engine.execution_options(writes=True)
        try:
            migrate(self._engine if read_only(self._at) else self._writing)
        except NewerError:
            self._engine.dispose()
            raise SettingsError(
                "the log {place} was written by a newer version of Plumbline: update Plumbline to open it.",
                place=self.place,
            ) from None
        except (DBAPIError, UnicodeDecodeError) as error:  # a damaged file's own words are none either
            raise SettingsError(
                "the log {place} cannot be opened: {reason}.", place=self.place, reason=_reason(error)
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    @property
    def place(self) -> str:
        """Where the log lies, without a password."""
        return self._at.database or "" if self._is_file else self._at.render_as_string(hide_password=True)

    @property
    def clips(self) -> Path:
        """Folder of the clips that are kept with the log: beside its file, or in the user's data folder."""
        return (Path(self.place).parent if self._is_file else user_folder("data")) / "clips"

    @property
    def _is_file(self) -> bool:
        return self._at.get_backend_name() == "sqlite"

    def _reads(self) -> AbstractContextManager[Session]:
        """A transaction that only looks."""
        return self._transaction(self._engine)

    def _writes(self) -> AbstractContextManager[Session]:
        """A transaction that changes something: all of it or nothing."""
        return self._transaction(self._writing)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine) as session, session.begin():
                yield session
        except IntegrityError as error:
            raise SettingsError(
                "the log already has this, or lacks what it belongs to: {reason}.", reason=_reason(error)
            ) from error
        except ValidationError as error:
            raise OutputError(
                "the log {place} is damaged ({reason}): put a copy of it in its place.",
                place=self.place,
                reason=first_problem(error),
            ) from error
        except (DBAPIError, UnicodeDecodeError) as error:
            raise OutputError(
                "the log {place} cannot be used: {reason}.", place=self.place, reason=_reason(error)
            ) from error
        except ValueError as error:  # a day or a list that cannot be read, as of a file that was changed by hand
            raise OutputError(
                "the log {place} is damaged ({reason}): put a copy of it in its place.", place=self.place, reason=error
            ) from error

    def backup(self, path: Path) -> Path:
        """Copy an SQLite log to the file `path` while it may be in use; returns `path`.

        Raises
        ------
        SettingsError
            For a database on a server, which has its own tools.
        OutputError
            When the file cannot be written.
        """
        if not self._is_file:
            raise SettingsError("a log on a server is backed up with its own tools (pg_dump), or with log export.")
        if path.exists() and path.samefile(self._at.database or ""):
            raise OutputError("{path} is the log itself: name another file for its copy.", path=path)
        if path.exists() and not is_log(path):
            raise OutputError("{path} is not a log and would be overwritten: choose another name.", path=path)
        part = part_of(path)
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._at.database or "")) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
            part.replace(path)
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise OutputError("{path} cannot be written: {error}.", path=path, error=error) from error
        return path
