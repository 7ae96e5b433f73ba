"""Find the offers of a request by an index: figures look at the answers that were agreed."""

from __future__ import annotations

from alembic import op

revision = "7d1f40c9a2be"
down_revision = "c51e07a9d3b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_offers_request_id", "offers", ["request_id"])


def downgrade() -> None:
    op.drop_index("ix_offers_request_id", table_name="offers")
