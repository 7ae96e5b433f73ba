"""Meet each month: summits with their topics and agreements, pairs of people, and when and why to meet at all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a5e83d017f4c"
down_revision = "0d94b7e2c615"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
SLACK_ID = WORD = sa.String(32)
FIGURE = sa.BigInteger()
ADDED = ("summit_week", "summit_weekday", "summit_at", "summit_minutes", "company_words")


def upgrade() -> None:
    _add_to_tenants()
    _create_summits()
    _create_topics()
    _create_agreements()
    _create_pairs()


def downgrade() -> None:
    for table in ("pairs", "pair_rounds", "pair_wishes", "agreements", "topics", "summits"):
        op.drop_table(table)
    with op.batch_alter_table("tenants") as tenants:
        for name in ADDED:
            tenants.drop_column(name)


def _add_to_tenants() -> None:
    """The usual rule for workspaces that are there already: the first Wednesday at 14:00, an hour."""
    columns = (
        ("summit_week", WORD, "'first'"),
        ("summit_weekday", sa.Integer(), "2"),
        ("summit_at", sa.Time(), "'14:00:00.000000'"),
        ("summit_minutes", sa.Integer(), "60"),
        ("company_words", sa.String(200), "''"),
    )
    for name, kind, usual in columns:
        op.add_column("tenants", sa.Column(name, kind, nullable=False, server_default=sa.text(usual)))
    with op.batch_alter_table("tenants") as tenants:
        for name, kind, _usual in columns:
            tenants.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def _create_summits() -> None:
    _create(
        "summits",
        *_must(sa.Date(), "month"),
        *_must(INSTANT, "starts_at"),
        *_must(sa.Integer(), "minutes"),
        *_must(sa.String(64), "zone"),
        *_must(sa.Date(), "first_day", "last_day"),
        *_must(INSTANT, "made_at"),
        *_must(sa.JSON(), "page"),
        *_must(sa.Boolean(), "is_silent"),
        _unique("summits", "month"),
    )


def _create_topics() -> None:
    _create(
        "topics",
        *_must(sa.Text(), "text"),
        sa.Column("raised_by", SLACK_ID),
        sa.Column("raised_at", INSTANT),
        _summit("topics", "summit_id"),
    )
    op.create_index("ix_topics_tenant_id_summit_id", "topics", ["tenant_id", "summit_id"])


def _create_agreements() -> None:
    _create(
        "agreements",
        _summit("agreements", "summit_id", nullable=False),
        *_must(sa.Text(), "what"),
        *_must(SLACK_ID, "who"),
        *_must(sa.Date(), "by_day"),
        sa.Column("figure", WORD),
        sa.Column("value_then", FIGURE),
        *_must(SLACK_ID, "made_by"),
        *_must(INSTANT, "made_at"),
        sa.Column("value_after", FIGURE),
        _summit("agreements", "evaluated_in"),
        sa.Column("done_at", INSTANT),
    )
    op.create_index("ix_agreements_tenant_id_summit_id", "agreements", ["tenant_id", "summit_id"])


def _create_pairs() -> None:
    people = _must(SLACK_ID, "slack_id")
    _create("pair_wishes", *people, *_must(INSTANT, "since"), _unique("pair_wishes", "slack_id"))
    _create("pair_rounds", *_must(sa.Date(), "month"), *_must(INSTANT, "made_at"), _unique("pair_rounds", "month"))
    _create(
        "pairs",
        *_must(sa.Date(), "month"),
        *_must(WORD, "kind"),
        *_must(SLACK_ID, "sales", "ops"),
        *_must(sa.Integer(), "met_in"),
        *_must(INSTANT, "made_at"),
        *_must(WORD, "state"),
        sa.Column("answered_at", INSTANT),
        _unique("pairs", "month", "sales", "ops"),
    )
    op.create_index("ix_pairs_tenant_id_month", "pairs", ["tenant_id", "month"])


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    tenant = sa.ForeignKey("tenants.id", name=f"fk_{table}_tenant_id_tenants")
    op.create_table(
        table,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tenant_id", KEY, tenant, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _must(kind: sa.types.TypeEngine[object], *names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _summit(table: str, name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, KEY, sa.ForeignKey("summits.id", name=f"fk_{table}_{name}_summits"), nullable=nullable)


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("tenant_id", *names, name=f"uq_{table}_tenant_id_{'_'.join(names)}")
