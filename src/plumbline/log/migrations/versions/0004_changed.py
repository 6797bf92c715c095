"""Athletes and plans carry when they were changed last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add it; of what is there already it is not known."""
    op.add_column("athlete", sa.Column("changed", sa.DateTime(), nullable=True))
