"""Create the first tables: workspaces and desks, requests with their story, what must still reach Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7c1f0a4e9b25"
down_revision = None
branch_labels = None
depends_on = None

# Frozen: these say what the tables were on this day, whatever the models say later.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
FIXED_POINT = sa.BigInteger()
SLACK_ID = sa.String(32)

# fmt: off
STATUSES = (
    "asked", "acknowledged", "info_needed", "offered", "agreed", "fulfilled", "partly_fulfilled", "missed",
    "declined", "withdrawn",
)
PARTS = ("ship_complete", "balance_later", "balance_cancelled")
REASONS = (
    "line_down", "penalty", "own_missed_commitment", "forecast_miss", "customer_ordered_late", "new_business",
    "quality_reject", "supplier_late", "stock_out", "other",
)
MOVES = (
    "ask", "acknowledge", "name_answer_time", "ask_information", "give_information", "commit", "offer", "accept",
    "refuse", "decline", "withdraw", "report_outcome", "fulfil", "fulfil_in_part", "miss", "undo", "warn", "breach",
    "escalate", "ask_outcome",
)
NOTICES = (
    "card", "home", "digest", "receipt", "offer_for_you", "question_for_you", "committed", "declined", "desk_turn",
    "outcome_wanted", "closed", "shortfall", "withdrawn", "turn_warning", "form_link", "story", "clock", "escalation",
)
TABLES = (
    "tenants", "members", "role_grants", "receipts", "channel_paces", "digests", "desk_calendars",
    "service_level_policies", "desks", "desk_members", "expedite_requests", "drafts", "offers", "offer_lots",
    "commitments", "request_clocks", "timeline", "outbox",
)
# fmt: on


def upgrade() -> None:
    _create_workspaces()
    _create_bookkeeping()
    _create_desks()
    _create_requests_and_their_story()
    _create_offers()
    _create_commitments_and_clocks()
    _create_outbox()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_workspaces() -> None:
    op.create_table(
        "tenants",
        *_must(KEY, "id"),
        *_must(SLACK_ID, "team_id"),
        *_must(sa.String(200), "name"),
        *_may(SLACK_ID, "bot_id", "bot_user_id", "leadership_channel"),
        *_may(sa.Text(), "sealed_bot_token"),
        *_must(sa.String(64), "zone"),
        *_must(sa.Time(), "digest_at"),
        *_must(sa.Integer(), "digest_weekday", "last_number"),
        *_must(INSTANT, "installed_at"),
        *_may(INSTANT, "uninstalled_at"),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
        _unique("tenants", "team_id"),
    )
    _create(
        "members",
        *_must(SLACK_ID, "slack_id"),
        *_must(sa.String(200), "name"),
        *_must(sa.String(64), "zone"),
        *_must(sa.Boolean(), "is_bot", "is_guest", "is_deactivated"),
        _unique("members", "tenant_id", "slack_id"),
    )
    _create(
        "role_grants",
        *_must(SLACK_ID, "slack_id"),
        _one_of("role_grants", "role", ("leader", "admin")),
        _unique("role_grants", "tenant_id", "slack_id", "role"),
    )


def _create_bookkeeping() -> None:
    op.create_table(
        "receipts",
        _reference("receipts", "tenant_id", "tenants"),
        *_must(sa.String(200), "key"),
        *_must(INSTANT, "at"),
        sa.PrimaryKeyConstraint("tenant_id", "key", name="pk_receipts"),
    )
    _index("receipts", "at")
    op.create_table(
        "channel_paces",
        _reference("channel_paces", "tenant_id", "tenants"),
        *_must(SLACK_ID, "channel"),
        *_must(INSTANT, "next_at"),
        sa.PrimaryKeyConstraint("tenant_id", "channel", name="pk_channel_paces"),
    )
    _create(
        "digests",
        *_must(sa.Date(), "week_of"),
        *_must(INSTANT, "made_at"),
        *_must(sa.JSON(), "figures"),
        *_must(sa.Boolean(), "is_silent"),
        _unique("digests", "tenant_id", "week_of"),
    )


def _create_desks() -> None:
    for table, content in (("desk_calendars", "hours"), ("service_level_policies", "seconds")):
        _create(
            table,
            *_must(sa.String(80), "name"),
            *_must(sa.Integer(), "version"),
            *_must(sa.JSON(), content),
            *_must(INSTANT, "made_at"),
            _unique(table, "tenant_id", "name", "version"),
        )
    _create(
        "desks",
        *_must(sa.String(80), "name"),
        *_must(SLACK_ID, "channel_id"),
        _reference("desks", "calendar_id", "desk_calendars"),
        _reference("desks", "policy_id", "service_level_policies"),
        *_must(sa.Boolean(), "is_default"),
        *_must(sa.Integer(), "hot_cap"),
        _unique("desks", "tenant_id", "name"),
    )
    _index("desks", "tenant_id", "channel_id")
    _create(
        "desk_members",
        _reference("desk_members", "desk_id", "desks"),
        *_must(SLACK_ID, "slack_id"),
        _unique("desk_members", "desk_id", "slack_id"),
    )
    _index("desk_members", "tenant_id", "slack_id")


def _create_requests_and_their_story() -> None:
    table = "expedite_requests"
    _create(
        table,
        *_must(sa.Integer(), "number"),
        _reference(table, "desk_id", "desks"),
        _reference(table, "calendar_id", "desk_calendars"),
        _reference(table, "policy_id", "service_level_policies"),
        *_must(SLACK_ID, "requester"),
        *_must(INSTANT, "asked_at"),
        *_what_was_asked(table),
        *_where_it_stands(table),
        _unique(table, "tenant_id", "number"),
    )
    _index(table, "tenant_id", "requester", "status")
    _index(table, "desk_id", "status")
    _index(table, "tenant_id", "asked_at")
    _index(table, "tenant_id", "closed_at")
    _create(
        "drafts",
        *_must(SLACK_ID, "owner"),
        *_must(sa.JSON(), "answers"),
        *_must(INSTANT, "updated_at"),
        _reference("drafts", "request_id", "expedite_requests", nullable=True),
    )
    _index("drafts", "tenant_id", "owner")
    _index("drafts", "updated_at")
    _create(
        "timeline",
        _reference("timeline", "request_id", "expedite_requests"),
        *_must(INSTANT, "at"),
        *_may(SLACK_ID, "by"),
        _one_of("timeline", "how", ("button", "reaction", "reply", "form", "command", "system")),
        _one_of("timeline", "move", MOVES),
        _one_of("timeline", "status_before", STATUSES, nullable=True),
        *_may(sa.String(160), "source_ts"),
        *_must(sa.JSON(), "facts"),
        *_may(INSTANT, "undone_at"),
    )
    _index("timeline", "request_id", "id")


def _what_was_asked(table: str) -> list[sa.Column]:
    return [
        *_must(sa.String(120), "customer", "item", "order_number"),
        *_must(sa.String(24), "line_number", "unit"),
        *_must(FIXED_POINT, "quantity"),
        *_may(FIXED_POINT, "smallest_useful_quantity", "told_quantity", "value_at_stake"),
        *_must(sa.Date(), "needed_ship_date"),
        *_may(sa.Date(), "promise_date", "latest_acceptable_date", "told_date"),
        *_must(sa.Boolean(), "substitute_allowed", "other_site_allowed"),
        *_must(sa.Text(), "expectation"),
        _one_of(table, "reason_code", REASONS),
        _one_of(table, "partial_acceptance", PARTS),
        _one_of(table, "told", ("nothing", "soft_date", "firm_date")),
        _one_of(table, "caused_by", ("customer", "us", "supplier"), nullable=True),
        _one_of(table, "fee", ("not_discussed", "customer_pays", "we_pay", "refused")),
    ]


def _where_it_stands(table: str) -> list[sa.Column]:
    return [
        _one_of(table, "status", STATUSES),
        *_may(SLACK_ID, "owner"),
        *_may(INSTANT, "first_responded_at", "answered_at", "answer_due_at", "agreed_at", "closed_at"),
        *_must(sa.Text(), "question", "information", "decline_reason", "alternative", "closing_word"),
        *_must(sa.Integer(), "version"),
    ]


def _create_offers() -> None:
    _create(
        "offers",
        _reference("offers", "request_id", "expedite_requests"),
        _one_of("offers", "shape", ("part_on_date", "everything_later", "staged_lots")),
        *_must(sa.Text(), "conditions"),
        *_may(FIXED_POINT, "extra_cost"),
        *_must(INSTANT, "valid_until"),
        *_must(SLACK_ID, "made_by"),
        *_must(INSTANT, "made_at"),
        _one_of("offers", "state", ("open", "accepted", "refused", "replaced", "closed")),
        *_may(SLACK_ID, "closed_by"),
        *_may(INSTANT, "closed_at"),
    )
    _partial_index("uq_offers_one_open", "offers", "request_id", "state = 'open'", unique=True)
    _create(
        "offer_lots",
        _reference("offer_lots", "offer_id", "offers"),
        *_must(sa.Integer(), "position"),
        *_must(FIXED_POINT, "quantity"),
        *_must(sa.Date(), "ship_date"),
    )
    _index("offer_lots", "offer_id")


def _create_commitments_and_clocks() -> None:
    outcomes = ("open", "in_full", "in_part", "late", "missed", "cancelled")
    _create(
        "commitments",
        _reference("commitments", "request_id", "expedite_requests"),
        *_must(sa.Integer(), "position"),
        *_must(FIXED_POINT, "quantity"),
        *_must(sa.Date(), "original_ship_date", "committed_ship_date"),
        *_must(SLACK_ID, "made_by"),
        *_must(INSTANT, "made_at"),
        _one_of("commitments", "outcome", outcomes),
        *_may(FIXED_POINT, "actual_quantity"),
        *_may(sa.Date(), "actual_ship_date"),
        *_may(SLACK_ID, "reported_by"),
        *_may(INSTANT, "reported_at"),
    )
    _index("commitments", "request_id")
    _index("commitments", "tenant_id", "committed_ship_date")
    table = "request_clocks"
    kinds = ("first_response", "answer", "information", "decision", "outcome")
    _create(
        table,
        _reference(table, "request_id", "expedite_requests"),
        _reference(table, "commitment_id", "commitments", nullable=True),
        _one_of(table, "kind", kinds),
        _one_of(table, "holder", ("desk", "requester", "nobody")),
        *_must(INSTANT, "started_at"),
        *_must(sa.Integer(), "target_secs"),
        *_must(INSTANT, "deadline_at"),
        *_must(sa.Integer(), "next_step"),
        *_may(INSTANT, "due_at"),
        _one_of(table, "state", ("open", "stopped")),
        *_may(INSTANT, "stopped_at", "breached_at", "escalated_at"),
    )
    _partial_index("ix_request_clocks_due", table, "due_at", "state = 'open'")
    _index(table, "request_id", "state")


def _create_outbox() -> None:
    _create(
        "outbox",
        *_must(sa.String(120), "key"),
        _one_of("outbox", "surface", ("card", "note", "direct", "channel", "digest", "home")),
        _one_of("outbox", "notice", NOTICES),
        *_must(SLACK_ID, "channel"),
        *_must(INSTANT, "not_before", "made_at"),
        _reference("outbox", "request_id", "expedite_requests", nullable=True),
        _reference("outbox", "thread_of", "outbox", nullable=True),
        *_must(sa.JSON(), "facts"),
        _one_of("outbox", "state", ("ready", "stale", "sending", "sent", "unsure", "dead")),
        *_must(sa.Boolean(), "is_live"),
        *_must(sa.Integer(), "wanted", "shown", "attempts"),
        *_may(INSTANT, "first_attempt_at", "sent_at"),
        *_may(SLACK_ID, "posted_channel"),
        *_may(sa.String(32), "ts"),
        *_must(sa.String(500), "error"),
        _unique("outbox", "tenant_id", "key"),
    )
    _partial_index("ix_outbox_waiting", "outbox", "not_before", "state IN ('ready', 'stale', 'sending', 'unsure')")
    _index("outbox", "tenant_id", "posted_channel", "ts")
    _index("outbox", "request_id", "surface")


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table whose rows have a number and belong to a workspace."""
    op.create_table(
        table,
        *_must(KEY, "id"),
        _reference(table, "tenant_id", "tenants"),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _must(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _may(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=True) for name in names]


def _reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, KEY, key, nullable=nullable)


def _one_of(table: str, column: str, words: tuple[str, ...], *, nullable: bool = False) -> sa.Column:
    """A column of words with a named check."""
    name = op.f(f"ck_{table}_{column}")
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=nullable)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _partial_index(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    # The condition is a literal: PostgreSQL's generic plans match it.
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition)
