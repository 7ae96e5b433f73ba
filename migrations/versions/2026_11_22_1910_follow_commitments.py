"""Follow commitments: what is at risk, another committed day, the rest of a part, and why a request was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b8e4d1f07a36"
down_revision = "3d90b7f25ac1"
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
    with op.batch_alter_table("expedite_requests") as batch:
        batch.add_column(sa.Column("ended_because", sa.String(32)))


def downgrade() -> None:
    with op.batch_alter_table("expedite_requests") as batch:
        batch.drop_column("ended_because")
    with op.batch_alter_table("commitments") as batch:
        batch.drop_constraint("fk_commitments_balance_of_commitments", type_="foreignkey")
        for name in ("balance_of", "at_risk_since", "risk_reason", "proposed_ship_date"):
            batch.drop_column(name)
