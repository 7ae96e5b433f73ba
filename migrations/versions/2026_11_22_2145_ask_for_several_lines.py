"""Ask for several lines in one request; keep links, whether the customer was asked, and what a request came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5c2e90b7d418"
down_revision = "a5e83d017f4c"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINES, REQUESTS = "request_lines", "expedite_requests"
INQUIRY = f"fk_{REQUESTS}_inquiry_id_{REQUESTS}"


def upgrade() -> None:
    op.create_table(
        LINES,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, sa.ForeignKey("tenants.id", name=f"fk_{LINES}_tenant_id_tenants"), nullable=False),
        sa.Column(
            "request_id", KEY, sa.ForeignKey(f"{REQUESTS}.id", name=f"fk_{LINES}_request_id_{REQUESTS}"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.String(24), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("needed_ship_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{LINES}"),
        sa.UniqueConstraint("request_id", "position", name=f"uq_{LINES}_request_id_position"),
    )
    for table in ("offer_lots", "commitments"):
        _add(table, sa.Column("line", sa.Integer(), nullable=False, server_default=sa.text("1")))
    _add(
        REQUESTS,
        sa.Column("line_count", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("kind", sa.String(32), nullable=False, server_default=sa.text("'expedite'")),
        sa.Column("links", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
    )
    with op.batch_alter_table(REQUESTS) as batch:
        batch.add_column(sa.Column("customer_asked", sa.String(32)))
        batch.add_column(sa.Column("inquiry_id", KEY, sa.ForeignKey(f"{REQUESTS}.id", name=INQUIRY)))


def downgrade() -> None:
    with op.batch_alter_table(REQUESTS) as batch:
        batch.drop_constraint(INQUIRY, type_="foreignkey")
        for name in ("line_count", "kind", "links", "customer_asked", "inquiry_id"):
            batch.drop_column(name)
    for table in ("offer_lots", "commitments"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("line")
    op.drop_table(LINES)


def _add(table: str, *columns: sa.Column[object]) -> None:
    """Add columns that every row has: those that are there already get the usual value, later ones bring their own."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column.name, server_default=None, existing_type=column.type)
