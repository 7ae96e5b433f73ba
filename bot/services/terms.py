"""The terms a request is measured by: the calendar and the service levels that were frozen on it when it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from models import Desk, DeskCalendar, ServiceLevelPolicy
from models.business_calendar import BusinessCalendar
from models.errors import NotSetUp
from models.service_level import Targets

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models import ExpediteRequest

_TERMS = (
    sa.select(DeskCalendar.hours, ServiceLevelPolicy.seconds)
    .join(ServiceLevelPolicy, ServiceLevelPolicy.id == sa.bindparam("policy_id"))
    .where(DeskCalendar.id == sa.bindparam("calendar_id"))
)
_DESK = (
    sa.select(Desk, DeskCalendar.hours, ServiceLevelPolicy.seconds)
    .join(DeskCalendar, DeskCalendar.id == Desk.calendar_id)
    .join(ServiceLevelPolicy, ServiceLevelPolicy.id == Desk.policy_id)
    .where(Desk.tenant_id == sa.bindparam("tenant_id"))
    .order_by(Desk.is_default.desc(), Desk.id)
    .limit(1)
)


@dataclass(frozen=True)
class Terms:
    """Working hours, and how long each turn may take in them."""

    calendar: BusinessCalendar
    targets: Targets


def terms_of(session: Session, request: ExpediteRequest) -> Terms:
    """The terms frozen on a request."""
    ids = {"calendar_id": request.calendar_id, "policy_id": request.policy_id}
    hours, seconds = session.execute(_TERMS, ids).one()
    return Terms(BusinessCalendar.from_json(hours), Targets.from_json(seconds))


def desk_and_terms(session: Session, tenant_id: int, desk_id: int | None = None) -> tuple[Desk, Terms]:
    """A desk, or the one that requests go to by default, with its terms of today; raises :class:`NotSetUp`."""
    wanted = _DESK if desk_id is None else _DESK.where(Desk.id == desk_id)
    found = session.execute(wanted, {"tenant_id": tenant_id}).one_or_none()
    if found is None:
        raise NotSetUp
    desk, hours, seconds = found
    return desk, Terms(BusinessCalendar.from_json(hours), Targets.from_json(seconds))
