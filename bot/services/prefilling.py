"""What a message says, as answers of the form: read where it was written, asked about where its words can mean two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.reader.messages import read_fields
from models import ExpediteRequest, Member
from models.ask import NAME_LIMIT, TEXT_LIMIT, PartialAcceptance
from models.errors import Field
from models.origin import ORIGIN, UNREAD, UNSURE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.reader.messages import MessageFields
    from models.origin import Origin
    from models.tenant import Actor

Answers = dict[str, Any]

MOST_CUSTOMERS = 300

_CUSTOMERS = (
    sa.select(ExpediteRequest.customer)
    .where(ExpediteRequest.tenant_id == sa.bindparam("tenant"))
    .group_by(ExpediteRequest.customer)
    .order_by(sa.func.max(ExpediteRequest.id).desc())
    .limit(MOST_CUSTOMERS)
)


def answers_to(
    session: Session, actor: Actor, text: str | None, *, said_at: datetime, origin: Origin | None = None
) -> Answers:
    """Answers out of a message written at ``said_at``, by the actor or the origin's author; its words are kept whole.

    Without a text, because it could not be read again, the form is empty and says so.
    """
    source = {} if origin is None else {ORIGIN: origin.to_json()}
    if text is None:
        return {**source, UNREAD: True}
    customers = session.scalars(_CUSTOMERS, {"tenant": actor.tenant_id}).all()
    zone = _zone_of(session, actor, origin.author if origin is not None else "")
    found = read_fields(text, now=said_at.astimezone(ZoneInfo(zone)), customers=customers)
    words = {Field.EXPECTATION.value: text.strip()[:TEXT_LIMIT]} if text.strip() else {}
    return {**_stated(found), **_dates(found), **words, **source}


def _zone_of(session: Session, actor: Actor, author: str) -> str:
    """The zone of whoever wrote it: their “Friday” is their own."""
    theirs = sa.select(Member.zone).where(Member.tenant_id == actor.tenant_id, Member.slack_id == author)
    return (session.scalar(theirs) if author else "") or actor.zone or "UTC"


def _stated(found: MessageFields) -> Answers:
    """What stands in the message beside its dates."""
    amount = f"{found.quantity:f} {found.unit or ''}".strip() if found.quantity is not None else ""
    answers = {
        Field.CUSTOMER: (found.customer or "")[:NAME_LIMIT],
        Field.ORDER_NUMBER: (found.order or "")[:NAME_LIMIT],
        Field.LINE_NUMBER: found.line or "",
        Field.ITEM: (found.item or "")[:NAME_LIMIT],
        Field.QUANTITY: amount,
        Field.PARTIAL_ACCEPTANCE: PartialAcceptance.BALANCE_LATER.value if found.partial_ok else "",
    }
    return {field.value: answer for field, answer in answers.items() if answer}


def _dates(found: MessageFields) -> Answers:
    """Days that are sure; of the others, which ones can be meant."""
    read = {
        Field.NEEDED_SHIP_DATE: (found.needed_date, found.doubts.get("needed_date", ())),
        Field.PROMISE_DATE: (found.promised_date, found.doubts.get("promised_date", ())),
    }
    sure = {field.value: day.isoformat() for field, (day, others) in read.items() if day and not others}
    unsure = {field.value: _days([day, *others]) for field, (day, others) in read.items() if day and others}
    return {**sure, **({UNSURE: unsure} if unsure else {})}


def _days(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]
