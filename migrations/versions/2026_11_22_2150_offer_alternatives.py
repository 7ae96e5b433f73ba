"""Offer alternatives: several to choose from, who pays, another item or site, and what Sales proposes instead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c3f58a1d7e92"
down_revision = "7d1f40c9a2be"
branch_labels = None
depends_on = None

ONE_OPEN = "uq_offers_one_open"
OPEN = sa.text("state = 'open'")
ADDED = (
    ("round_number", sa.Integer(), "1"),
    ("alternative", sa.Integer(), "1"),
    ("by_sales", sa.Boolean(), "false"),
    ("substitute", sa.String(120), "''"),
    ("site", sa.String(120), "''"),
)
NUMBERED = """
UPDATE offers SET round_number = (
    SELECT count(*) FROM offers AS earlier WHERE earlier.request_id = offers.request_id AND earlier.id <= offers.id
)
"""


def upgrade() -> None:
    op.drop_index(ONE_OPEN, "offers")
    with op.batch_alter_table("offers") as batch:
        batch.add_column(sa.Column("paid_by", sa.String(32)))
        for name, kind, usual in ADDED:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(usual)))
    with op.batch_alter_table("offers") as batch:
        for name, kind, _usual in ADDED:
            batch.alter_column(name, server_default=None, existing_type=kind)
    op.execute(NUMBERED)
    _one_open("request_id", "alternative")


def downgrade() -> None:
    """What the version before does not know is closed, or told as what comes nearest."""
    op.drop_index(ONE_OPEN, "offers")
    op.execute("UPDATE offers SET state = 'closed' WHERE state = 'open' AND (alternative > 1 OR by_sales)")
    op.execute("UPDATE offers SET shape = 'everything_later' WHERE shape = 'instead'")
    with op.batch_alter_table("offers") as batch:
        for name, _kind, _usual in ADDED:
            batch.drop_column(name)
        batch.drop_column("paid_by")
    _one_open("request_id")


def _one_open(*columns: str) -> None:
    op.create_index(ONE_OPEN, "offers", list(columns), unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
