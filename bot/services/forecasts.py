"""The hand-over to the joint forecast: what came back as emergencies in the last twelve weeks, as rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.services import surfaces
from bot.services.csv_text import csv_file
from bot.services.scorecards import SEES_ALL, scorecard_rows
from models.errors import NotYours
from models.forecast import WEEKS, forecast_of
from models.i18n import _
from models.outbox import Notice, Surface
from models.scorecards import Filters, Period
from models.scorecards.period import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.ports import File
    from models import Tenant
    from models.forecast import Demand, Forecast
    from models.tenant import Actor

COLUMNS = (
    "kind",
    "name",
    "requests",
    "unit",
    "quantity",
    "customers_or_items",
    "median_gap_days",
    "covered_lines",
    "uncovered_lines",
    "median_notice_days",
    "value_at_stake",
)
"""Documented in README; a row for each unit, because pieces and metres are not added up."""


def forecast(session: Session, tenant_id: int, zone: str, at: datetime) -> Forecast:
    """What came back as emergencies in the twelve weeks before today, by the clocks of the zone."""
    period = looked_at(zone, at)
    return forecast_of(scorecard_rows(session, tenant_id, period, Filters(), at), period)


def looked_at(zone: str, at: datetime) -> Period:
    """The twelve weeks before today."""
    today = at.astimezone(ZoneInfo(zone)).date()
    return Period(today - WEEKS * WEEK, today, zone)


def file_of(session: Session, tenant: Tenant, at: datetime) -> File:
    """The rows as CSV; the columns are :data:`COLUMNS`."""
    period = looked_at(tenant.zone, at)
    found = forecast(session, tenant.id, tenant.zone, at)
    title = _("Demand that keeps coming back, {first} – {last}").format(
        first=period.start.isoformat(), last=period.last_day.isoformat()
    )
    said = _("For whoever plans with the customers: items, customers and late orders of the last weeks.")
    name = f"forecast-{period.last_day.isoformat()}.csv"
    return csv_file(name, title, COLUMNS, rows_of(found), comment=said)


def rows_of(found: Forecast) -> Iterator[tuple[object, ...]]:
    """Every demand, a row for each unit."""
    for kind, demands in (("item", found.items), ("customer", found.customers), ("orders_late", found.late)):
        for demand in demands:
            yield from _rows(kind, demand)


def send(session: Session, actor: Actor, key: str, *, at: datetime) -> None:
    """Send the file to whoever asked for it, once for each key; raises :class:`NotYours`."""
    require(actor)
    surfaces.post(
        session,
        tenant_id=actor.tenant_id,
        key=f"forecast:{key}"[:120],
        surface=Surface.FILE,
        notice=Notice.FORECAST,
        channel=actor.slack_id,
        at=at,
    )


def require(actor: Actor) -> None:
    """Planning is for leaders, admins and whoever answers for a desk; raises :class:`NotYours` for everybody else."""
    if not (actor.roles & SEES_ALL or actor.desk_ids):
        raise NotYours(_("The forecast's file is for leaders and for the desk. Ask one of them for it."))


def _rows(kind: str, demand: Demand) -> Iterator[tuple[object, ...]]:
    for unit, amount in demand.quantities:
        yield (
            kind,
            demand.name,
            demand.requests,
            unit,
            amount,
            "; ".join(demand.partners),
            demand.gap_days,
            demand.covered,
            demand.uncovered,
            demand.notice_days,
            demand.value_at_stake,
        )
