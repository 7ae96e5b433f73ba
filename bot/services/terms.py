"""The terms a request is measured by: the calendars and the service levels that were frozen on it when it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from models import Desk, DeskCalendar, DeskMember, Member, ServiceLevelPolicy, Tenant
from models.business_calendar import BusinessCalendar, hours_in
from models.errors import NotSetUp
from models.service_level import Holder, ServiceLevels, UrgencyClass
from models.settings.routing import first_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.ask import Ask
    from models.service_level import EscalationStep, Targets

_SALES = aliased(DeskCalendar)
_TERMS = (
    sa.select(DeskCalendar.hours, ServiceLevelPolicy.seconds, _SALES.hours)
    .select_from(DeskCalendar)
    .join(ServiceLevelPolicy, ServiceLevelPolicy.id == sa.bindparam("policy_id"))
    .outerjoin(_SALES, _SALES.id == sa.bindparam("sales_calendar_id"))
    .where(DeskCalendar.id == sa.bindparam("calendar_id"))
)
_DESK = (
    sa.select(Desk, DeskCalendar.hours, ServiceLevelPolicy.seconds, _SALES.id, _SALES.hours)
    .select_from(Desk)
    .join(DeskCalendar, DeskCalendar.id == Desk.calendar_id)
    .join(ServiceLevelPolicy, ServiceLevelPolicy.id == Desk.policy_id)
    .join(Tenant, Tenant.id == Desk.tenant_id)
    .outerjoin(_SALES, _SALES.id == Tenant.sales_calendar_id)
    .where(Desk.tenant_id == sa.bindparam("tenant_id"))
    .order_by(Desk.retired_at.is_not(None), Desk.is_default.desc(), Desk.id)
)
_PEOPLE = sa.select(Member.slack_id, Member.zone).where(
    Member.tenant_id == sa.bindparam("tenant"),
    Member.slack_id.in_(sa.bindparam("people", expanding=True)),
    ~sa.exists().where(DeskMember.desk_id == sa.bindparam("desk"), DeskMember.slack_id == Member.slack_id),
)


@dataclass(frozen=True)
class Terms:
    """Both sides' working hours, and how long each turn may take in them."""

    calendar: BusinessCalendar
    """The desk's."""
    levels: ServiceLevels
    sales: BusinessCalendar
    """The requester's: Sales' hours in their own zone; the desk's where the workspace names none."""
    urgency: UrgencyClass = UrgencyClass.STANDARD
    sales_calendar_id: int | None = None
    people: Mapping[str, BusinessCalendar] = field(default_factory=dict)
    """The hours of those whom the escalation names and who are not on the desk; known where it is followed."""

    @property
    def targets(self) -> Targets:
        """What applies to a request of this urgency."""
        return self.levels.of(self.urgency)

    def hours_of(self, holder: Holder) -> BusinessCalendar:
        """The calendar in which this side's time counts."""
        return self.sales if holder is Holder.REQUESTER else self.calendar

    def hours_reached(self, step: EscalationStep) -> BusinessCalendar | None:
        """The hours of whom a step of the escalation reaches; None when it reaches them at any time.

        Groups, channels and leaders are reached in the desk's hours, people who are not on the desk in Sales' hours
        in their own zone.
        """
        return None if step.is_urgent else self.people.get(step.target, self.calendar)


FrozenTerms = tuple[int, int, int | None, str, UrgencyClass]


def frozen_terms(request: ExpediteRequest) -> FrozenTerms:
    """What decides the terms of a request: two with the same are measured alike."""
    return (
        request.calendar_id,
        request.policy_id,
        request.sales_calendar_id,
        request.requester_zone,
        request.urgency,
    )


def terms_of(session: Session, request: ExpediteRequest) -> Terms:
    """The terms frozen on a request."""
    ids = {
        "calendar_id": request.calendar_id,
        "policy_id": request.policy_id,
        "sales_calendar_id": request.sales_calendar_id,
    }
    hours, seconds, sales = session.execute(_TERMS, ids).one()
    return Terms(
        calendar=BusinessCalendar.from_json(hours),
        levels=ServiceLevels.from_json(seconds),
        sales=hours_in(sales or hours, request.requester_zone if sales else ""),
        urgency=request.urgency,
        sales_calendar_id=request.sales_calendar_id,
    )


def with_people(session: Session, request: ExpediteRequest, terms: Terms) -> Terms:
    """The terms with the hours of everybody whom the escalation names."""
    named = {step.target for step in terms.levels.escalation if step.target}
    if not named:
        return terms
    rows = session.execute(_PEOPLE, {"tenant": request.tenant_id, "desk": request.desk_id, "people": sorted(named)})
    return replace(terms, people={person: terms.sales.in_zone(zone) for person, zone in rows})


def desk_and_terms(
    session: Session, tenant_id: int, desk_id: int | None = None, *, requester_zone: str = "", ask: Ask | None = None
) -> tuple[Desk, Terms]:
    """A desk with its terms of today: this one, or the one whose rule names the ask, or the default one.

    Raises :class:`NotSetUp`.
    """
    if desk_id is not None:
        wanted = _DESK.where(Desk.id == desk_id)
    else:
        wanted = _DESK.limit(1) if ask is None else _DESK.where(Desk.retired_at.is_(None))
    rows = session.execute(wanted, {"tenant_id": tenant_id}).all()
    if not rows:
        raise NotSetUp
    found = rows[0]
    if ask is not None and desk_id is None:
        found = first_named([(row, row[0].routing) for row in rows], item=ask.item, customer=ask.customer) or found
    desk, hours, seconds, sales_id, sales = found
    terms = Terms(
        calendar=BusinessCalendar.from_json(hours),
        levels=ServiceLevels.from_json(seconds),
        sales=hours_in(sales or hours, requester_zone if sales else ""),
        sales_calendar_id=sales_id,
    )
    return desk, terms
