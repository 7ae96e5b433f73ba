"""Remember of each desk when its next working morning begins: then its due lots are told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b1d7f0a94c36"
down_revision = "c3f58a1d7e92"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desks", sa.Column("next_morning_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("desks", "next_morning_at")
