"""A log in a file of its own, and one on a real PostgreSQL server where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from plumbline.log import AthleteEntry, TrainingLog


def postgres_schema() -> Iterator[str]:
    """A URL of an empty schema on the server that `PLUMBLINE_TEST_POSTGRES` names."""
    server = os.environ.get("PLUMBLINE_TEST_POSTGRES")
    if not server:
        pytest.skip("set PLUMBLINE_TEST_POSTGRES to the URL of a database to test against PostgreSQL")
    psycopg = pytest.importorskip("psycopg")
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        try:
            mark = "&" if "?" in server else "?"
            yield f"{server}{mark}options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "folder" / "log.sqlite")
    else:
        yield from postgres_schema()


@pytest.fixture
def log(url: str) -> Iterator[TrainingLog]:
    with TrainingLog(url) as opened:
        yield opened


@pytest.fixture
def athlete(log: TrainingLog) -> AthleteEntry:
    entry = AthleteEntry(name="Runner A", height_m=1.72, level="intermediate")
    log.save_athlete(entry)
    return entry
