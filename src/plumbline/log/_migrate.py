"""Brings a log's database to the present form."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

SCRIPTS = Path(__file__).parent / "migrations"
# PostgreSQL's advisory lock, so that two programs that start together do not both migrate.
LOCK = 7_514_271


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
