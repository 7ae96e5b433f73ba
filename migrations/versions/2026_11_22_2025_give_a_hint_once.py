"""Give a hint once: whoever had it is not told again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0d94b7e2c615"
down_revision = "f7c3a1e86b52"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "hints_given"


def upgrade() -> None:
    tenant = sa.ForeignKey("tenants.id", name=f"fk_{TABLE}_tenant_id_tenants")
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        *[sa.Column(name, sa.String(32), nullable=False) for name in ("slack_id", "hint")],
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("tenant_id", "slack_id", "hint", name=f"uq_{TABLE}_tenant_id_slack_id_hint"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
