"""The file under a digest: the requests behind its figures, a row each, as they are known when it is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.services.acting import actor_of
from bot.services.csv_text import csv_file
from bot.services.scorecards import may_see_figures, scorecard_rows
from models import Tenant
from models.i18n import _
from models.scorecards import Filters, Period

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import File
    from models import OutboxMessage
    from models.scorecards import ScoreRow

COLUMNS = (
    *("request", "status", "customer", "order", "item", "quantity", "unit", "needed_ship_date", "reason", "caused_by"),
    *("requester", "desk", "asked_at", "first_responded_at", "closed_at", "waited_secs", "target_secs", "desk_secs"),
    *("sales_secs", "value_at_stake", "extra_cost", "is_from_loop", "otif"),
)
"""Names for machines, never translated; instants with their offset, spans in working seconds."""


def week_file(session: Session, row: OutboxMessage, at: datetime) -> File:
    """Return the week's requests: to the leadership's channel all, to a person what they may see now."""
    tenant = session.get_one(Tenant, row.tenant_id)
    week = Period.week_of(date.fromisoformat(row.facts["week"]), tenant.zone)
    is_to_all = row.channel == tenant.leadership_channel
    filters = Filters() if is_to_all else may_see_figures(actor_of(session, tenant.id, row.channel))
    found = scorecard_rows(session, row.tenant_id, week, filters, at)
    year, number, _day = week.start.isocalendar()
    title = _("Expedites of week {week}, {year}").format(week=number, year=year)
    said = _("The requests behind these figures: asked or closed in the week, or with a shipment due in it.")
    name = f"expedites-{year}-W{number:02}.csv"
    return csv_file(name, title, COLUMNS, (_cells(one) for one in found), comment=said)


def _cells(one: ScoreRow) -> tuple[object, ...]:
    measured = one.measured()
    return (
        *(one.label, one.status.value, one.customer, one.order_number, one.item, one.quantity, one.unit),
        *(one.needed_ship_date, one.reason_code.value, one.caused_by and one.caused_by.value, one.requester),
        *(one.desk_id, one.asked_at, one.first_responded_at, one.closed_at, one.waited_secs, one.target_secs),
        *(one.desk_secs, one.sales_secs, one.value_at_stake, one.extra_cost, _yes(is_so=one.is_from_loop)),
        _yes(is_so=None if measured is None else measured.otif),
    )


def _yes(*, is_so: bool | None) -> str | None:
    return None if is_so is None else ("yes" if is_so else "no")
