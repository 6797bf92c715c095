"""Where a log lies, and how its database is opened: SQLite in the user's data folder, or PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.schema import CreateSchema

from plumbline.errors import OutputError, SettingsError
from plumbline.files import user_folder
from plumbline.language import N_

# A writer waits this long for another one.
BUSY_S = 30.0


def default_url() -> str:
    """Where the log lies: `PLUMBLINE_LOG` as a path or a database URL, else the user's data folder."""
    given = os.environ.get("PLUMBLINE_LOG")
    if given:
        return given
    return str(user_folder("data") / "log.sqlite")


def url_of_coach(url: str, coach: str) -> str:
    """Where a coach's own log lies: a file in a folder of their own, or a schema of the database.

    Parameters
    ----------
    url : str
        The common log, as in `TrainingLog`.
    coach : str
        Letters and digits; empty for the common log.

    Returns
    -------
    str

    Raises
    ------
    SettingsError
        When the database cannot be opened.
    """
    if not coach:
        return url
    try:
        at = _url(url)
    except ArgumentError as error:
        raise SettingsError("{url} is neither a file nor a database URL.", url=url) from error
    if at.get_backend_name() == "sqlite":
        common = Path(at.database or "")
        return str(common.parent / "coaches" / coach / common.name)
    schema = f"coach_{coach}"
    engine = engine_of(at)
    try:
        with engine.begin() as connection:
            connection.execute(CreateSchema(schema, if_not_exists=True))
    except DBAPIError as error:
        raise SettingsError(
            "the log {url} cannot be opened: {reason}.",
            url=at.render_as_string(),
            reason=_reason(error),
        ) from error
    finally:
        engine.dispose()
    given = at.query.get("options", "")
    options = f"{given if isinstance(given, str) else ' '.join(given)} -csearch_path={schema}".strip()
    return at.update_query_dict({"options": options}).render_as_string(hide_password=False)


def _url(given: str) -> URL:
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    url = make_url(given)
    # One driver each, so that a plain postgresql:// works.
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def read_only(url: URL) -> bool:
    """Whether a log's file is there but may only be looked at: it, or its folder, cannot be written to."""
    if url.get_backend_name() != "sqlite":
        return False
    file = Path(url.database or "")
    return file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Writes survive a power cut, readers and a writer do not block each other, references hold."""
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={int(BUSY_S * 1000)}"):
        connection.execute(f"PRAGMA {setting}")


def engine_of(url: URL) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        if read_only(url):
            # Without a journal beside it nobody writes it now, and none can be made: SQLite must not look for one.
            file = Path(url.database or "").absolute()
            alone = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
            return create_engine(f"sqlite:///{file.as_uri()}?mode=ro{alone}&uri=true")
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_S})
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError("{url} is not a database that Plumbline knows.", url=url.render_as_string()) from error
    except ImportError as error:
        raise SettingsError(
            "this database needs its driver: for PostgreSQL, run 'uv sync --extra postgres' in Plumbline's folder."
        ) from error
    except OSError as error:
        raise OutputError("the log's folder cannot be made: {strerror}.", strerror=error.strerror) from error
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place at once, not at its first write: two writers then queue up."""
    kind = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")


# What SQLite says of a file that is no log, with what to do.
def is_foreign(url: URL) -> bool:
    """Whether a file is an SQLite database of another program, which is looked at without changing it."""
    if url.get_backend_name() != "sqlite" or not Path(url.database or "").is_file():
        return False
    place = f"{Path(url.database or '').absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(place, uri=True)) as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
        return bool(tables) and "alembic_version" not in tables
    return False


NO_LOG = {
    "file is not a database": N_("this file is not a log. Put a backup in its place, or move it away to begin anew"),
    "database disk image is malformed": N_("the file is damaged. Put a backup in its place"),
    "database is locked": N_("another program is writing to it. Close that, and try again"),
    "unable to open database file": N_("it is a folder, or must not be written to. Choose another file with --store"),
    "disk I/O error": N_("its disk is full or cannot be read. Make room there, and try again"),
}


def _reason(error: DBAPIError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the file is damaged"
    reason = " ".join(str(error.orig or error).split()).rstrip(".")
    return NO_LOG.get(reason, reason)
