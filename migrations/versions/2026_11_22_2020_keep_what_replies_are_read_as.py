"""Keep what replies are read as, until their writers say whether it was meant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "f7c3a1e86b52"
down_revision = "7c19e4a60d3b"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "reply_proposals"
STATES = "state IN ('open', 'confirmed', 'not_meant', 'deleted')"


def upgrade() -> None:
    tenant = sa.ForeignKey("tenants.id", name=f"fk_{TABLE}_tenant_id_tenants")
    request = sa.ForeignKey("expedite_requests.id", name=f"fk_{TABLE}_request_id_expedite_requests")
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        sa.Column("request_id", KEY, request, nullable=False),
        *[sa.Column(name, sa.String(32), nullable=False) for name in ("by", "reply_ts", "said_ts")],
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("means", sa.String(32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("request_id", "reply_ts", name=f"uq_{TABLE}_request_id_reply_ts"),
        sa.CheckConstraint(STATES, name=op.f(f"ck_{TABLE}_state")),
    )
    op.create_index(f"ix_{TABLE}_made_at", TABLE, ["made_at"])


def downgrade() -> None:
    op.drop_table(TABLE)
