"""The one select behind every scorecard: the requests a period touches, each with its lots and whose turn it was.

Everything hangs on three indexes (when asked, when closed, which committed day), so that a week costs what happened in
it, however many requests there are. Rows are read as they come: memory stays flat over any period.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.aftermath import Thanks
from models.ask import AskedLine
from models.business_calendar import BusinessCalendar, hours_in
from models.commitment import Commitment
from models.desk import DeskCalendar, ServiceLevelPolicy
from models.expedite_request import ExpediteRequest
from models.offer import Offer, OfferState
from models.request_line import RequestLine
from models.scorecards.period import Filters, Period, same_name
from models.scorecards.row import Lot, ScoreRow
from models.service_level import Holder, UrgencyClass
from models.turn_interval import TurnInterval

AT_ONCE = 1_000
"""Rows that are held in memory while they are read."""
_REQUEST = (
    *("id", "number", "kind", "desk_id", "requester", "owner", "urgency", "customer", "item", "order_number"),
    *("quantity", "unit", "needed_ship_date", "reason_code", "caused_by", "told", "told_date", "told_quantity"),
    *("value_at_stake", "status", "ended_because", "asked_at", "first_responded_at", "closed_at"),
    *("follows_id", "follows_why"),
)
_BESIDE = ("calendar_id", "policy_id", "line_count")
_RUNNING = ("holder", "calendar_id", "zone", "starts_at")
_WIDTH = len(_REQUEST)
_LOT = Lot._fields
_LOTS_AT = _WIDTH + len(_BESIDE) + 2 + len(Holder) + len(_RUNNING)
"""Where the columns of a lot begin: behind the request's, thanks and cost, and whose turn it was."""


def scored(session: Session, tenant_id: int, period: Period, filters: Filters, at: datetime) -> Iterator[ScoreRow]:
    """Yield every request that was asked or closed in the period, or has a lot due in it, in the order of asking."""
    select = statement(tenant_id, period, filters)
    found = session.connection().execute(select, execution_options={"yield_per": AT_ONCE})
    hours, requests = _Hours(session), (list(rows) for _id, rows in groupby(found, key=itemgetter(0)))
    wanted = requests
    if filters.customer or filters.item:
        wanted = (one for one in requests if is_named(filters, one[0].customer, one[0].item))
    while some := list(islice(wanted, AT_ONCE)):
        lines = _more_lines(session, [one[0].id for one in some if one[0].line_count > 1])
        yield from (_row(one, hours, at, lines.get(one[0].id, ())) for one in some)


def is_named(filters: Filters, customer: str, item: str) -> bool:
    """Whether names that people type are the ones asked for; databases do not fold all letters alike."""
    pairs = ((filters.customer, customer), (filters.item, item))
    return all(not wanted or same_name(wanted) == same_name(typed) for wanted, typed in pairs)


def of_requests(select: Any, tenant_id: int, period: Period, filters: Filters) -> Any:
    """Narrow a select that joins requests to those of a period, as the figures count them."""
    touched = _touched(tenant_id, period)
    return select.join(touched, touched.c.id == ExpediteRequest.id).where(
        ExpediteRequest.tenant_id == tenant_id, *_conditions(filters)
    )


def statement(tenant_id: int, period: Period, filters: Filters) -> sa.Select[Any]:
    """Return the select: one row for each committed lot, at least one for each request."""
    touched = _touched(tenant_id, period)
    running = sa.orm.aliased(TurnInterval, name="running")
    lot = _named(Commitment, _LOT, "lot")
    return (
        sa.select(
            *(getattr(ExpediteRequest, name) for name in (*_REQUEST, *_BESIDE)),
            Thanks.said_at.label("thanked_at"),
            _extra_cost(),
            *(_held(holder) for holder in (Holder.DESK, Holder.REQUESTER, Holder.NOBODY)),
            *_named(running, _RUNNING, "running"),
            *lot,
        )
        .join(touched, touched.c.id == ExpediteRequest.id)
        .outerjoin(Thanks, sa.and_(Thanks.request_id == ExpediteRequest.id, Thanks.by == ExpediteRequest.requester))
        .outerjoin(running, sa.and_(running.request_id == ExpediteRequest.id, running.ends_at.is_(None)))
        .outerjoin(Commitment, Commitment.request_id == ExpediteRequest.id)
        .where(ExpediteRequest.tenant_id == tenant_id, *_conditions(filters))
        .order_by(ExpediteRequest.id, Commitment.id)
    )


def _touched(tenant_id: int, period: Period) -> sa.CTE:
    """Return the ids of the requests of a period, each from an index of its own."""
    request, starts, ends = ExpediteRequest, period.starts_at, period.ends_at
    asked = sa.select(request.id).where(
        request.tenant_id == tenant_id, request.asked_at >= starts, request.asked_at < ends
    )
    closed = sa.select(request.id).where(
        request.tenant_id == tenant_id, request.closed_at >= starts, request.closed_at < ends
    )
    due = sa.select(Commitment.request_id).where(
        Commitment.tenant_id == tenant_id,
        Commitment.committed_ship_date >= period.start,
        Commitment.committed_ship_date < period.end,
    )
    return sa.union(asked, closed, due).cte("touched")


def _held(holder: Holder) -> sa.Label[Any]:
    """Return the working seconds that one side held the request, of the turns that ended: a look-up by its index."""
    return (
        sa.select(sa.func.sum(TurnInterval.working_secs))
        .where(TurnInterval.request_id == ExpediteRequest.id, TurnInterval.holder == holder)
        .scalar_subquery()
        .label(f"held_{holder.value}")
    )


def _extra_cost() -> sa.Label[Any]:
    """Return what the desk said the agreed answer costs."""
    return (
        sa.select(sa.type_coerce(sa.func.sum(Offer.extra_cost), Offer.extra_cost.type))
        .where(Offer.request_id == ExpediteRequest.id, Offer.state == OfferState.ACCEPTED)
        .scalar_subquery()
        .label("extra_cost")
    )


def _conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    named = (
        (ExpediteRequest.desk_id.in_, filters.desks),
        (ExpediteRequest.requester.in_, filters.team),
        (ExpediteRequest.requester.__eq__, filters.requester),
        (ExpediteRequest.reason_code.__eq__, filters.reason),
        (ExpediteRequest.caused_by.__eq__, filters.cause),
    )
    return [is_so(wanted) for is_so, wanted in named if wanted is not None]


def _named(of: Any, names: tuple[str, ...], prefix: str) -> list[sa.Label[Any]]:
    return [getattr(of, name).label(f"{prefix}_{name}") for name in names]


def _more_lines(session: Session, ids: list[int]) -> dict[int, tuple[AskedLine, ...]]:
    """Return the lines beyond the first of the few requests that have some."""
    found: dict[int, tuple[AskedLine, ...]] = {}
    if ids:
        of_these = sa.select(RequestLine).where(RequestLine.request_id.in_(ids))
        for line in session.scalars(of_these.order_by(RequestLine.request_id, RequestLine.position)):
            found[line.request_id] = (*found.get(line.request_id, ()), line.asked)
    return found


def _row(found: list[Any], hours: _Hours, at: datetime, more_lines: tuple[AskedLine, ...]) -> ScoreRow:
    """Make one request of its rows: they differ in their lots only."""
    first = found[0]
    calendar_id, policy_id, _lines, thanked_at, extra_cost, desk, sales, nobody, holder, *_since = first[
        _WIDTH:_LOTS_AT
    ]
    running = {} if holder is None else hours.passed(first, at)
    until = first.first_responded_at or first.closed_at or at
    return ScoreRow._make(
        (
            *first[:_WIDTH],
            thanked_at,
            extra_cost,
            hours.calendar(calendar_id).between(first.asked_at, until),
            hours.target(policy_id, first.urgency),
            int(desk or 0) + running.get(Holder.DESK, 0),
            int(sales or 0) + running.get(Holder.REQUESTER, 0),
            int(nobody or 0) + running.get(Holder.NOBODY, 0),
            tuple([Lot._make(one[_LOTS_AT:]) for one in found if one[_LOTS_AT] is not None]),
            more_lines,
        )
    )


class _Hours:
    """The working hours and service levels that were frozen on requests, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._calendars: dict[tuple[int, str], BusinessCalendar] = {}
        self._targets: dict[tuple[int, UrgencyClass], int] = {}

    def calendar(self, calendar_id: int, zone: str = "") -> BusinessCalendar:
        known = self._calendars.get((calendar_id, zone))
        if known is None:
            known = hours_in(self._session.get_one(DeskCalendar, calendar_id).hours, zone)
            self._calendars[calendar_id, zone] = known
        return known

    def target(self, policy_id: int, urgency: UrgencyClass) -> int:
        """Return the working seconds that a first response may take."""
        known = self._targets.get((policy_id, urgency))
        if known is None:
            known = self._session.get_one(ServiceLevelPolicy, policy_id).levels.of(urgency).first_response
            self._targets[policy_id, urgency] = known
        return known

    def passed(self, row: Any, at: datetime) -> dict[Holder, int]:
        """Return what the turn that still runs adds to its holder's time."""
        if row.running_starts_at >= at:
            return {}
        hours = self.calendar(row.running_calendar_id, row.running_zone)
        return {row.running_holder: hours.between(row.running_starts_at, at)}
