"""Take turns fairly: who held a request when, Sales' own hours, urgency, snooze, people away, settings by admins.

Vocabularies of the domain lose their checks: the application guards them, and a new word no longer copies a table.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3d90b7f25ac1"
down_revision = "7c1f0a4e9b25"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
SLACK_ID = sa.String(32)
WORD = sa.String(32)

# fmt: off
STATUSES = (
    "asked", "acknowledged", "info_needed", "offered", "agreed", "fulfilled", "partly_fulfilled", "missed",
    "declined", "withdrawn",
)
OPENED = {
    "role_grants": {"role": ("leader", "admin")},
    "expedite_requests": {
        "reason_code": (
            "line_down", "penalty", "own_missed_commitment", "forecast_miss", "customer_ordered_late", "new_business",
            "quality_reject", "supplier_late", "stock_out", "other",
        ),
        "partial_acceptance": ("ship_complete", "balance_later", "balance_cancelled"),
        "told": ("nothing", "soft_date", "firm_date"),
        "caused_by": ("customer", "us", "supplier"),
        "fee": ("not_discussed", "customer_pays", "we_pay", "refused"),
        "status": STATUSES,
    },
    "offers": {"shape": ("part_on_date", "everything_later", "staged_lots")},
    "commitments": {"outcome": ("open", "in_full", "in_part", "late", "missed", "cancelled")},
    "request_clocks": {"kind": ("first_response", "answer", "information", "decision", "outcome")},
    "timeline": {
        "how": ("button", "reaction", "reply", "form", "command", "system"),
        "move": (
            "ask", "acknowledge", "name_answer_time", "ask_information", "give_information", "commit", "offer",
            "accept", "refuse", "decline", "withdraw", "report_outcome", "fulfil", "fulfil_in_part", "miss", "undo",
            "warn", "breach", "escalate", "ask_outcome",
        ),
        "status_before": STATUSES,
    },
    "outbox": {
        "surface": ("card", "note", "direct", "channel", "digest", "home"),
        "notice": (
            "card", "home", "digest", "receipt", "offer_for_you", "question_for_you", "committed", "declined",
            "desk_turn", "outcome_wanted", "closed", "shortfall", "withdrawn", "turn_warning", "form_link", "story",
            "clock", "escalation",
        ),
    },
}
ADDED = {
    "tenants": ("sales_calendar_id", "log_channel", "settings_version", "set_up_at"),
    "desks": ("members_from", "members_group", "routing", "retired_at"),
    "request_clocks": ("snoozed_until", "snoozed_by"),
}
ADDED_TO_REQUESTS = ("sales_calendar_id", "requester_zone", "urgency", "urgency_reasons")
# fmt: on


def upgrade() -> None:
    for table, checks in OPENED.items():
        _open_up(table, checks)
    _add("tenants", sa.Column("sales_calendar_id", KEY), sa.Column("log_channel", SLACK_ID))
    _add("tenants", sa.Column("set_up_at", INSTANT), *_filled(sa.Integer(), "0", "settings_version"))
    _add("desks", *_filled(WORD, "'channel'", "members_from"), *_filled(SLACK_ID, "''", "members_group"))
    _add("desks", *_filled(sa.JSON(), "'{}'", "routing"), sa.Column("retired_at", INSTANT))
    _add("request_clocks", sa.Column("snoozed_until", INSTANT), sa.Column("snoozed_by", SLACK_ID))
    _add_to_requests()
    _create_turn_intervals()
    _create_absences_and_settings()


def downgrade() -> None:
    for table in ("watched_channels", "setting_changes", "absences", "turn_intervals"):
        op.drop_table(table)
    _drop("expedite_requests", *ADDED_TO_REQUESTS)
    for table, columns in ADDED.items():
        _drop(table, *columns)
    for table, checks in OPENED.items():
        _close_again(table, checks)


def _add_to_requests() -> None:
    key = sa.ForeignKey("desk_calendars.id", name="fk_expedite_requests_sales_calendar_id_desk_calendars")
    _add(
        "expedite_requests",
        sa.Column("sales_calendar_id", KEY, key),
        *_filled(sa.String(64), "''", "requester_zone"),
        *_filled(WORD, "'standard'", "urgency"),
        *_filled(sa.JSON(), "'[]'", "urgency_reasons"),
    )


def _create_turn_intervals() -> None:
    table = "turn_intervals"
    holder = "holder IN ('desk', 'requester', 'nobody')"
    _create(
        table,
        _reference(table, "request_id", "expedite_requests"),
        _reference(table, "desk_id", "desks"),
        sa.Column("holder", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("held_by", SLACK_ID),
        _reference(table, "calendar_id", "desk_calendars"),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT),
        sa.Column("working_secs", sa.Integer()),
        sa.CheckConstraint(holder, name=op.f(f"ck_{table}_holder")),
    )
    _index(table, "request_id", "id")
    _index(table, "tenant_id", "ends_at")
    runs = sa.text("ends_at IS NULL")
    op.create_index(
        "uq_turn_intervals_one_open", table, ["request_id"], unique=True, sqlite_where=runs, postgresql_where=runs
    )


def _create_absences_and_settings() -> None:
    _create(
        "absences",
        sa.Column("slack_id", SLACK_ID, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("deputy", SLACK_ID),
        sa.Column("made_by", SLACK_ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
    )
    _index("absences", "tenant_id", "slack_id", "ends_at")
    _create(
        "setting_changes",
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", SLACK_ID),
        sa.Column("part", sa.String(120), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
    )
    _index("setting_changes", "tenant_id", "id")
    _create(
        "watched_channels",
        sa.Column("channel_id", SLACK_ID, nullable=False),
        sa.Column("added_by", SLACK_ID),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.UniqueConstraint("tenant_id", "channel_id", name="uq_watched_channels_tenant_id_channel_id"),
    )


def _open_up(table: str, checks: dict[str, tuple[str, ...]]) -> None:
    with op.batch_alter_table(table) as batch:
        for column in checks:
            batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")


def _close_again(table: str, checks: dict[str, tuple[str, ...]]) -> None:
    with op.batch_alter_table(table) as batch:
        for column, words in checks.items():
            batch.create_check_constraint(op.f(f"ck_{table}_{column}"), sa.text(_is_one_of(column, words)))


def _is_one_of(column: str, words: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def _filled(kind: sa.types.TypeEngine, value: str, *names: str) -> list[sa.Column]:
    """Columns that must hold something, with what the rows of today get."""
    return [sa.Column(name, kind, nullable=False, server_default=sa.text(value)) for name in names]


def _add(table: str, *columns: sa.Column) -> None:
    """Add columns; the default that filled them is not kept: the application always names a value."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    filled = [column for column in columns if column.server_default is not None]
    if filled:
        with op.batch_alter_table(table) as batch:
            for column in filled:
                batch.alter_column(column.name, server_default=None, existing_type=column.type)


def _drop(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.drop_column(column)


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table whose rows have a number and belong to a workspace."""
    op.create_table(
        table,
        sa.Column("id", KEY, nullable=False),
        _reference(table, "tenant_id", "tenants"),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _reference(table: str, column: str, target: str) -> sa.Column:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")
    return sa.Column(column, KEY, key, nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
