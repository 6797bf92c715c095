"""Athletes, sessions, drill sets, metrics, faults."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "athlete",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("height_m", sa.Float()),
        sa.Column("mass_kg", sa.Float()),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_athlete"),
        sa.UniqueConstraint("name", name="uq_athlete_name"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("effort", sa.Float()),
        sa.Column("minutes", sa.Float()),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("discomfort", sa.JSON(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("deleted", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.id"], name="fk_session_athlete_id"),
    )
    op.create_index("ix_session_athlete_id", "session", ["athlete_id"])
    op.create_index("ix_session_day", "session", ["day"])
    op.create_index("ix_session_deleted", "session", ["deleted"])
    op.create_table(
        "drill_set",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("drill", sa.String(60), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("film", sa.String(255), nullable=False),
        sa.Column("film_sha256", sa.String(64), nullable=False),
        sa.Column("report", sa.String(1024), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drill_set"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_drill_set_session_id"),
    )
    op.create_index("ix_drill_set_session_id", "drill_set", ["session_id"])
    op.create_index("ix_drill_set_drill", "drill_set", ["drill"])
    op.create_table(
        "metric",
        sa.Column("set_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.Column("sd", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "name", name="pk_metric"),
        sa.ForeignKeyConstraint(["set_id"], ["drill_set.id"], name="fk_metric_set_id"),
    )
    op.create_table(
        "fault",
        sa.Column("set_id", sa.String(32), nullable=False),
        sa.Column("fault", sa.String(60), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "fault", name="pk_fault"),
        sa.ForeignKeyConstraint(["set_id"], ["drill_set.id"], name="fk_fault_set_id"),
    )
