"""Calendars and policies are never edited: a change is a row with the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models import DeskCalendar, ServiceLevelPolicy

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.business_calendar import BusinessCalendar
    from models.service_level import ServiceLevels

REGION = "region"
"""Beside the hours stands whose public holidays were proposed for them."""


def new_calendar(
    session: Session, tenant_id: int, name: str, calendar: BusinessCalendar, *, region: str = "", at: datetime
) -> DeskCalendar:
    """The next version of the working hours of that name."""
    version = _next(session, DeskCalendar, tenant_id, name)
    hours = calendar.to_json() | {"version": version, REGION: region}
    row = DeskCalendar(tenant_id=tenant_id, name=name, version=version, hours=hours, made_at=at)
    session.add(row)
    session.flush()
    return row


def new_policy(
    session: Session, tenant_id: int, name: str, levels: ServiceLevels, *, at: datetime
) -> ServiceLevelPolicy:
    """The next version of the service levels of that name."""
    version = _next(session, ServiceLevelPolicy, tenant_id, name)
    row = ServiceLevelPolicy(tenant_id=tenant_id, name=name, version=version, seconds=levels.to_json(), made_at=at)
    session.add(row)
    session.flush()
    return row


def _next(session: Session, kind: type[DeskCalendar | ServiceLevelPolicy], tenant_id: int, name: str) -> int:
    newest = sa.select(sa.func.max(kind.version)).where(kind.tenant_id == tenant_id, kind.name == name)
    return (session.scalar(newest) or 0) + 1
