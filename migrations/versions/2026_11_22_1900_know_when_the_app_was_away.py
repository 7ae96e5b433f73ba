"""Know when the app was away, and how links into a workspace begin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a94f6c1d0b37"
down_revision = "3d90b7f25ac1"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("alive_at", INSTANT, nullable=False),
        sa.Column("away_since", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_heartbeats"),
    )
    with op.batch_alter_table("tenants") as batch:
        batch.add_column(sa.Column("url", sa.String(200), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("tenants") as batch:
        batch.alter_column("url", server_default=None, existing_type=sa.String(200))


def downgrade() -> None:
    with op.batch_alter_table("tenants") as batch:
        batch.drop_column("url")
    op.drop_table("heartbeats")
