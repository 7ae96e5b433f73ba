"""Let desks choose their reactions: which emoji mean what on a card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c51e07a9d3b8"
down_revision = "5be81d20c7a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("desks") as batch:
        batch.add_column(sa.Column("reactions", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("desks") as batch:
        batch.alter_column("reactions", server_default=None, existing_type=sa.JSON())


def downgrade() -> None:
    with op.batch_alter_table("desks") as batch:
        batch.drop_column("reactions")
