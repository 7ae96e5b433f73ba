"""Follow commitments: what is at risk, another committed day, the rest of a part, why a request was taken back, who was bumped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b8e4d1f07a36"
down_revision = "a94f6c1d0b37"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    rest_of = sa.ForeignKey("commitments.id", name="fk_commitments_balance_of_commitments")
    with op.batch_alter_table("commitments") as batch:
        batch.add_column(sa.Column("balance_of", KEY, rest_of))
        batch.add_column(sa.Column("at_risk_since", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("risk_reason", sa.Text(), nullable=False, server_default=sa.text("''")))
        batch.add_column(sa.Column("proposed_ship_date", sa.Date()))
    with op.batch_alter_table("commitments") as batch:
        batch.alter_column("risk_reason", server_default=None, existing_type=sa.Text())
    follows = sa.ForeignKey("expedite_requests.id", name="fk_expedite_requests_follows_id_expedite_requests")
    with op.batch_alter_table("expedite_requests") as batch:
        batch.add_column(sa.Column("ended_because", sa.String(32)))
        batch.add_column(sa.Column("customer_said", sa.Text(), nullable=False, server_default=sa.text("''")))
        batch.add_column(sa.Column("follows_id", KEY, follows))
        batch.add_column(sa.Column("follows_why", sa.String(32)))
        batch.create_index("ix_expedite_requests_tenant_id_order_number", ["tenant_id", "order_number"])
    with op.batch_alter_table("expedite_requests") as batch:
        batch.alter_column("customer_said", server_default=None, existing_type=sa.Text())
    _create_what_is_left_behind()


def downgrade() -> None:
    op.drop_table("thanks")
    op.drop_table("bumped_orders")
    with op.batch_alter_table("expedite_requests") as batch:
        batch.drop_index("ix_expedite_requests_tenant_id_order_number")
        batch.drop_constraint("fk_expedite_requests_follows_id_expedite_requests", type_="foreignkey")
        for name in ("ended_because", "customer_said", "follows_id", "follows_why"):
            batch.drop_column(name)
    with op.batch_alter_table("commitments") as batch:
        batch.drop_constraint("fk_commitments_balance_of_commitments", type_="foreignkey")
        for name in ("balance_of", "at_risk_since", "risk_reason", "proposed_ship_date"):
            batch.drop_column(name)


def _create_what_is_left_behind() -> None:
    op.create_table(
        "bumped_orders",
        *_belongs_to_a_request("bumped_orders"),
        sa.Column("order_number", sa.String(120), nullable=False),
        sa.Column("order_key", sa.String(120), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("named_by", sa.String(32), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_bumped_orders_request_id", "bumped_orders", ["request_id"])
    op.create_index("ix_bumped_orders_tenant_id_order_key", "bumped_orders", ["tenant_id", "order_key"])
    op.create_table(
        "thanks",
        *_belongs_to_a_request("thanks"),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("request_id", "by", name="uq_thanks_request_id_by"),
    )
    op.create_index("ix_thanks_tenant_id_said_at", "thanks", ["tenant_id", "said_at"])


def _belongs_to_a_request(table: str) -> list[sa.schema.SchemaItem]:
    tenant = sa.ForeignKey("tenants.id", name=f"fk_{table}_tenant_id_tenants")
    request = sa.ForeignKey("expedite_requests.id", name=f"fk_{table}_request_id_expedite_requests")
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        sa.Column("request_id", KEY, request, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]
