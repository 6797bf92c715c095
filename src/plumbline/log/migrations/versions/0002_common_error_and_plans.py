"""What is common to a set's reps stands apart, a coach's headline numbers, and plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forwards; what is not known of earlier sets stays missing."""
    op.add_column("metric", sa.Column("common_sd", sa.Float()))
    op.add_column("metric", sa.Column("rep_sd", sa.Float()))
    op.add_column("athlete", sa.Column("headline", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "plan",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("athlete_id", sa.String(32), nullable=False),
        sa.Column("made", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.id"], name="fk_plan_athlete_id"),
    )
    op.create_index("ix_plan_athlete_id", "plan", ["athlete_id"])
