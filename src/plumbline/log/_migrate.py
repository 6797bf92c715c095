"""Brings a log's database to the present form."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

SCRIPTS = Path(__file__).parent / "migrations"
# PostgreSQL's advisory lock, so that two programs that start together do not both migrate.
LOCK = 7_514_271


class NewerError(Exception):
    """The database is of a form that this version does not know."""


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction.

    Raises
    ------
    NewerError
        When a newer version has written the database.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        config = _config(connection)
        known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
        if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
            raise NewerError
        command.upgrade(config, "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
