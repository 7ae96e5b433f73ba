"""Notice asks in channels: which message was noticed and what its writer decided, and who wants none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7c19e4a60d3b"
down_revision = "e2a7c95d4f18"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SLACK_ID, TIME_STAMP = sa.String(32), sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    request = sa.ForeignKey("expedite_requests.id", name="fk_nudges_request_id_expedite_requests")
    op.create_table(
        "nudges",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, sa.ForeignKey("tenants.id", name="fk_nudges_tenant_id_tenants"), nullable=False),
        sa.Column("channel_id", SLACK_ID, nullable=False),
        sa.Column("message_ts", TIME_STAMP, nullable=False),
        sa.Column("thread_ts", TIME_STAMP, nullable=False),
        sa.Column("slack_id", SLACK_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("request_id", KEY, request),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sa.UniqueConstraint("tenant_id", "channel_id", "thread_ts", name="uq_nudges_tenant_id_channel_id_thread_ts"),
    )
    tenant = sa.ForeignKey("tenants.id", name="fk_opt_outs_tenant_id_tenants")
    op.create_table(
        "opt_outs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        sa.Column("slack_id", SLACK_ID, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_opt_outs"),
        sa.UniqueConstraint("tenant_id", "slack_id", "what", name="uq_opt_outs_tenant_id_slack_id_what"),
    )


def downgrade() -> None:
    op.drop_table("opt_outs")
    op.drop_table("nudges")
