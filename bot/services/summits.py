"""The monthly summit: its page is made once a month and workspace, a week before, silent when nothing happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.services import summit_posting
from bot.services.each_workspace import each_workspace
from bot.services.forecasts import forecast
from bot.services.inserts import InsertOnce
from bot.services.scorecards import scorecard, scorecard_rows
from models import Agreement, Desk, DeskCalendar, Summit, Tenant, Topic
from models.case_rows import cases_of
from models.scorecards import Filters, Period
from models.summit_date import announced_on, begins, month_of, next_month, summit_day
from models.summit_figures import figures_of
from models.summit_page import SummitPage

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


FIRST_LOOK = timedelta(weeks=4)
"""How far the first summit looks back, and one after a long silence."""
LONGEST_LOOK = timedelta(days=62)

_SUMMIT = InsertOnce(Summit.__table__)


def summits_due(session: Session, at: datetime) -> int:
    """Make the pages whose time has come, each once however many ask; return how many were made."""
    return each_workspace(session, _make, at, action="summit")


def _make(session: Session, tenant: Tenant, at: datetime) -> bool:
    due = _due(session, tenant, at)
    if due is None or _is_made(session, tenant.id, month_of(due[0])):
        return False
    day, told = due
    before = _before(session, tenant.id, month_of(day))
    period = _period(before, told, tenant.zone)
    page = _page(session, tenant, period, before, at)
    is_silent = page.is_quiet and not _is_anything_open(session, tenant.id)
    row = {
        "tenant_id": tenant.id,
        "month": month_of(day),
        "starts_at": begins(tenant.summit, day, tenant.zone),
        "minutes": tenant.summit_minutes,
        "zone": tenant.zone,
        "first_day": period.start,
        "last_day": period.last_day,
        "made_at": at,
        "page": page.to_json(),
        "is_silent": is_silent,
    }
    is_new = _SUMMIT.one(session, row)
    if is_new and not is_silent:
        _post(session, tenant, month_of(day), page, at)
    return is_new


def _due(session: Session, tenant: Tenant, at: datetime) -> tuple[date, date] | None:
    """The day of the summit whose page is to be there by now, and the day of the page; None while there is none."""
    hours = _hours(session, tenant.id)
    if hours is None or tenant.leadership_channel is None:
        return None
    calendar, zone = hours.calendar, ZoneInfo(tenant.zone)
    this_month = month_of(at.astimezone(zone).date())
    for month in (this_month, next_month(this_month)):
        day = summit_day(tenant.summit, month, calendar)
        if day is None:
            continue
        told = announced_on(day, calendar)
        slot = datetime.combine(told, tenant.digest_at, zone).astimezone(UTC)
        if max(slot, tenant.installed_at) == slot <= at < begins(tenant.summit, day, tenant.zone):
            return day, told
    return None


def _hours(session: Session, tenant_id: int) -> DeskCalendar | None:
    """The hours of the default desk: its holidays move a summit."""
    default = (
        sa.select(DeskCalendar)
        .join(Desk, Desk.calendar_id == DeskCalendar.id)
        .where(Desk.tenant_id == tenant_id, Desk.is_default, Desk.retired_at.is_(None))
    )
    return session.scalars(default.limit(1)).first()


def _is_made(session: Session, tenant_id: int, month: date) -> bool:
    made = sa.select(Summit.id).where(Summit.tenant_id == tenant_id, Summit.month == month)
    return session.scalar(made) is not None


def _before(session: Session, tenant_id: int, month: date) -> Summit | None:
    earlier = sa.select(Summit).where(Summit.tenant_id == tenant_id, Summit.month < month)
    return session.scalars(earlier.order_by(Summit.month.desc()).limit(1)).first()


def _period(before: Summit | None, told: date, zone: str) -> Period:
    """From the day after the one to which the summit before looked, to the day before the page."""
    start = told - FIRST_LOOK if before is None else before.last_day + timedelta(days=1)
    if not timedelta() < told - start <= LONGEST_LOOK:
        start = told - FIRST_LOOK
    return Period(start, told, zone)


def _page(session: Session, tenant: Tenant, period: Period, before: Summit | None, at: datetime) -> SummitPage:
    card = scorecard(session, tenant.id, period, Filters(), at)
    rows = scorecard_rows(session, tenant.id, period, Filters(), at)
    return SummitPage(
        figures=figures_of(card),
        before={} if before is None else SummitPage.from_json(before.page).figures,
        cases=tuple(cases_of(rows, period)),
        forecast=forecast(session, tenant.id, tenant.zone, at),
    )


def _is_anything_open(session: Session, tenant_id: int) -> bool:
    """Whether somebody raised a topic, or something that was agreed waits to be looked at."""
    topic = sa.select(Topic.id).where(Topic.tenant_id == tenant_id, Topic.summit_id.is_(None))
    agreed = sa.select(Agreement.id).where(Agreement.tenant_id == tenant_id, Agreement.evaluated_in.is_(None))
    return any(session.scalar(found.limit(1)) is not None for found in (topic, agreed))


def _post(session: Session, tenant: Tenant, month: date, page: SummitPage, at: datetime) -> None:
    summit = session.scalars(sa.select(Summit).where(Summit.tenant_id == tenant.id, Summit.month == month)).one()
    open_topics = sa.update(Topic).where(Topic.tenant_id == tenant.id, Topic.summit_id.is_(None))
    session.execute(open_topics.values(summit_id=summit.id))
    _evaluate(session, summit, page)
    summit_posting.post(session, tenant, summit, at)


def _evaluate(session: Session, summit: Summit, page: SummitPage) -> None:
    """Hold the figures of this page against those of the summit at which something was agreed."""
    open_ones = sa.select(Agreement).where(
        Agreement.tenant_id == summit.tenant_id, Agreement.evaluated_in.is_(None), Agreement.summit_id != summit.id
    )
    for agreed in session.scalars(open_ones).all():
        agreed.evaluated_in = summit.id
        agreed.value_after = None if agreed.figure is None else page.figures.get(agreed.figure)
    session.flush()
