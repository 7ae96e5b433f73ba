"""Keep an order book: what the form can fill in from an order's number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "e2a7c95d4f18"
down_revision = "b41c6e0d92f7"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCHED = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
TABLE = "order_lines"


def upgrade() -> None:
    tenant = sa.ForeignKey("tenants.id", name="fk_order_lines_tenant_id_tenants")
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        *[sa.Column(name, sa.String(120), nullable=False) for name in ("order_number", "item", "customer")],
        *[sa.Column(name, sa.String(24), nullable=False) for name in ("line_number", "unit")],
        sa.Column("quantity", sa.BigInteger()),
        sa.Column("requested_date", sa.Date()),
        sa.Column("promise_date", sa.Date()),
        *[sa.Column(name, SEARCHED, nullable=False) for name in ("order_key", "item_key", "customer_key")],
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_lines"),
        sa.UniqueConstraint(
            "tenant_id", "order_key", "line_number", name="uq_order_lines_tenant_id_order_key_line_number"
        ),
    )
    for name in ("item_key", "customer_key"):
        op.create_index(f"ix_order_lines_tenant_id_{name}_order_key", TABLE, ["tenant_id", name, "order_key"])


def downgrade() -> None:
    op.drop_table(TABLE)
