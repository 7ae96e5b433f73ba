"""The weekly digest: made once a week per workspace, at its own wall clock, silent when nothing happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog

from bot.services import surfaces
from bot.services.inserts import InsertOnce
from models import Digest, Tenant
from models.outbox import Notice, Surface
from models.week_queries import WEEK, Week, week_figures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.scorecard import WeekFigures

log = structlog.get_logger()

LATEST_START = timedelta(days=3)
"""A digest that could not be made for longer is skipped: by then people wait for the next one."""

_DIGEST = InsertOnce(Digest.__table__)


def digest_due(session: Session, at: datetime) -> int:
    """Make the digests whose time has come, each once however many ask; return how many were made."""
    return sum(_make_safely(session, tenant, at) for tenant in _tenants(session))


def newest_slot(tenant: Tenant, at: datetime) -> datetime:
    """Return the last instant at which the workspace's clocks showed the digest's weekday and time."""
    today = at.astimezone(ZoneInfo(tenant.zone)).date()
    day = today - timedelta(days=(today.weekday() - tenant.digest_weekday) % 7)
    slot = _slot_on(day, tenant)
    return slot if slot <= at else _slot_on(day - WEEK, tenant)


def week_before(tenant: Tenant, at: datetime) -> Week:
    """Return the last full week, Monday to Sunday, before an instant."""
    today = at.astimezone(ZoneInfo(tenant.zone)).date()
    return Week(today - timedelta(days=today.weekday()) - WEEK, tenant.zone)


def _tenants(session: Session) -> list[Tenant]:
    installed = sa.select(Tenant).where(Tenant.uninstalled_at.is_(None)).order_by(Tenant.id)
    return list(session.scalars(installed))


def _make_safely(session: Session, tenant: Tenant, at: datetime) -> bool:
    """Make one in a savepoint: a workspace whose figures break must not keep the others from theirs."""
    tenant_id = tenant.id
    try:
        with session.begin_nested():
            return _make(session, tenant, at)
    except sa.exc.OperationalError:  # the database itself: all of it comes again
        raise
    except Exception:
        log.exception("a digest broke", action="digest", tenant=tenant_id)
        return False


def _make(session: Session, tenant: Tenant, at: datetime) -> bool:
    slot = newest_slot(tenant, at)
    if at - slot > LATEST_START or slot < tenant.installed_at:
        return False
    week = week_before(tenant, slot)
    if _is_made(session, tenant, week):
        return False
    figures = week_figures(session, tenant.id, week, at)
    is_new = _DIGEST.one(session, _row(tenant, week, figures, at))
    if is_new and not figures.is_quiet:
        _post(session, tenant, week, at)
    return is_new


def _is_made(session: Session, tenant: Tenant, week: Week) -> bool:
    made = sa.select(Digest.id).where(Digest.tenant_id == tenant.id, Digest.week_of == week.monday)
    return session.scalar(made) is not None


def _row(tenant: Tenant, week: Week, figures: WeekFigures, at: datetime) -> dict[str, object]:
    return {
        "tenant_id": tenant.id,
        "week_of": week.monday,
        "made_at": at,
        "figures": figures.to_json(),
        "is_silent": figures.is_quiet,
    }


def _post(session: Session, tenant: Tenant, week: Week, at: datetime) -> None:
    if tenant.leadership_channel is None:
        return
    surfaces.post(
        session,
        tenant_id=tenant.id,
        key=f"digest:{week.monday.isoformat()}",
        surface=Surface.DIGEST,
        notice=Notice.DIGEST,
        channel=tenant.leadership_channel,
        at=at,
    )


def _slot_on(day: date, tenant: Tenant) -> datetime:
    return datetime.combine(day, tenant.digest_at, ZoneInfo(tenant.zone)).astimezone(UTC)
