"""Choose what App Home shows, find lots at risk quickly, and let people leave the digest out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5be81d20c7a4"
down_revision = "5c2e90b7d418"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOMES, MUTES = "home_choices", "digest_mutes"
AT_RISK = "ix_commitments_at_risk"


def upgrade() -> None:
    op.create_table(
        HOMES,
        sa.Column("id", KEY, nullable=False),
        _tenant(HOMES),
        sa.Column("slack_id", sa.String(32), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("desk_id", KEY, sa.ForeignKey("desks.id", name=f"fk_{HOMES}_desk_id_desks"), nullable=True),
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("customer", sa.String(120), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        *_of_a_person(HOMES),
    )
    op.create_table(
        MUTES,
        sa.Column("id", KEY, nullable=False),
        _tenant(MUTES),
        sa.Column("slack_id", sa.String(32), nullable=False),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_person(MUTES),
    )
    is_at_risk = sa.text("at_risk_since IS NOT NULL")
    op.create_index(AT_RISK, "commitments", ["tenant_id"], sqlite_where=is_at_risk, postgresql_where=is_at_risk)


def downgrade() -> None:
    op.drop_index(AT_RISK, "commitments")
    op.drop_table(MUTES)
    op.drop_table(HOMES)


def _tenant(table: str) -> sa.Column[int]:
    return sa.Column(
        "tenant_id", KEY, sa.ForeignKey("tenants.id", name=f"fk_{table}_tenant_id_tenants"), nullable=False
    )


def _of_a_person(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("tenant_id", "slack_id", name=f"uq_{table}_tenant_id_slack_id"),
    )
