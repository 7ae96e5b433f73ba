"""What the lines of an export are made of: the same requests as in the figures, and what belongs to them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services.export_columns import RequestOut
from bot.services.scorecards import scorecard_rows
from models import Commitment, Desk, Digest, ExpediteRequest, Member, TurnInterval
from models.lifecycle import label_of
from models.request_line import RequestLine
from models.scorecards.export import Export
from models.scorecards.query import is_named, of_requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from models.scorecards import Filters, Period

AT_ONCE = 1_000
_STREAMED = {"yield_per": AT_ONCE}


@dataclass(frozen=True)
class TurnOut:
    """One stretch in which somebody held a request."""

    label: str
    turn: TurnInterval
    desk: str | None
    person: str | None


@dataclass(frozen=True)
class LotOut:
    """One committed lot, with the item and the unit of its line."""

    label: str
    lot: Commitment
    item: str
    unit: str
    person: str


@dataclass(frozen=True)
class DigestOut:
    """One digest as it was sent."""

    week_of: date
    made_at: datetime
    is_silent: bool
    figures: str


def rows_of(
    session: Session, tenant_id: int, kind: Export, period: Period, filters: Filters, at: datetime
) -> Iterator[Any]:
    """Yield what each line of an export is made of, read as it is used."""
    if kind is Export.REQUESTS:
        return _requests(session, tenant_id, period, filters, at)
    rest = {Export.INTERVALS: _turns, Export.COMMITMENTS: _lots, Export.DIGESTS: _digests}[kind]
    return rest(session, tenant_id, period, filters)


def _requests(session: Session, tenant_id: int, period: Period, filters: Filters, at: datetime) -> Iterator[RequestOut]:
    desks, people = _desks(session, tenant_id), _people(session, tenant_id)
    for row in scorecard_rows(session, tenant_id, period, filters, at):
        gap = row.gap() if row.is_promise_judged else None
        yield RequestOut(row, gap, row.measured(), desks, people)


def _turns(session: Session, tenant_id: int, period: Period, filters: Filters) -> Iterator[TurnOut]:
    desks, people = _desks(session, tenant_id), _people(session, tenant_id)
    turns = sa.select(TurnInterval, ExpediteRequest.number, ExpediteRequest.customer, ExpediteRequest.item)
    turns = turns.join(ExpediteRequest, ExpediteRequest.id == TurnInterval.request_id)
    wanted = of_requests(turns, tenant_id, period, filters).order_by(TurnInterval.request_id, TurnInterval.id)
    for turn, number, customer, item in session.execute(wanted, execution_options=_STREAMED):
        if is_named(filters, customer, item):
            person = turn.held_by and people.get(turn.held_by, turn.held_by)
            yield TurnOut(label_of(number), turn, desks.get(turn.desk_id), person)


def _lots(session: Session, tenant_id: int, period: Period, filters: Filters) -> Iterator[LotOut]:
    people, line = _people(session, tenant_id), RequestLine
    lots = (
        sa.select(
            Commitment,
            ExpediteRequest.number,
            ExpediteRequest.customer,
            ExpediteRequest.item,
            sa.func.coalesce(line.item, ExpediteRequest.item),
            sa.func.coalesce(line.unit, ExpediteRequest.unit),
        )
        .join(ExpediteRequest, ExpediteRequest.id == Commitment.request_id)
        .outerjoin(line, sa.and_(line.request_id == Commitment.request_id, line.position == Commitment.line))
    )
    wanted = of_requests(lots, tenant_id, period, filters).order_by(Commitment.request_id, Commitment.id)
    for lot, number, customer, item, of_item, of_unit in session.execute(wanted, execution_options=_STREAMED):
        if is_named(filters, customer, item):
            yield LotOut(label_of(number), lot, of_item, of_unit, people.get(lot.made_by, lot.made_by))


def _digests(session: Session, tenant_id: int, period: Period, filters: Filters) -> Iterator[DigestOut]:
    del filters  # a digest tells of all requests
    sent = sa.select(Digest).where(
        Digest.tenant_id == tenant_id, Digest.week_of >= period.start, Digest.week_of < period.end
    )
    for one in session.scalars(sent.order_by(Digest.week_of)):
        figures = json.dumps(one.figures, ensure_ascii=False, sort_keys=True)
        yield DigestOut(one.week_of, one.made_at, one.is_silent, figures)


def _desks(session: Session, tenant_id: int) -> Mapping[int, str]:
    return dict(session.execute(sa.select(Desk.id, Desk.name).where(Desk.tenant_id == tenant_id)).all())


def _people(session: Session, tenant_id: int) -> Mapping[str, str]:
    known = sa.select(Member.slack_id, Member.name).where(Member.tenant_id == tenant_id)
    return dict(session.execute(known).all())
