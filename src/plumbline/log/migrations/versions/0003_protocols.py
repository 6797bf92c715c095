"""A set may be part of a guided test."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forwards; earlier sets are training."""
    op.add_column("drill_set", sa.Column("protocol", sa.String(40), nullable=False, server_default=""))
