"""The open turns of people who go away and come back: each is with whoever acts for its person now, once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import surfaces
from bot.services.standing_in import INSTEAD_OF, stand_in
from bot.services.terms import terms_of
from models import DeskMember, ExpediteRequest, OutboxMessage, RequestClock
from models.absence_queries import deputised_to
from models.business_calendar import NoWorkingTimeAhead
from models.lifecycle import OPEN
from models.outbox import Notice, Surface
from models.request_clock import ClockState
from models.service_level import ClockKind, Holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models import Absence

TURNS = (
    Notice.OFFER_FOR_YOU,
    Notice.QUESTION_FOR_YOU,
    Notice.TURN_WARNING,
    Notice.DESK_TURN,
    Notice.OUTCOME_WANTED,
    Notice.HANDED_OVER,
)
"""Direct messages that ask for something; what merely tells is not repeated."""
SALES_TURNS = frozenset({Notice.OFFER_FOR_YOU, Notice.QUESTION_FOR_YOU, Notice.TURN_WARNING})
OVER_TO = "over_to"
"""Names, in the facts of a message to a deputy, the person with whom its turn is now."""

_PERSON: sa.BindParameter[str] = sa.bindparam("person")
_IN_TENANT = ExpediteRequest.tenant_id == sa.bindparam("tenant"), ExpediteRequest.status.in_(sorted(OPEN))
_DESKS = sa.select(DeskMember.desk_id).where(DeskMember.slack_id == _PERSON)
# Two selects, so that each has its index.
_ASKED = sa.select(ExpediteRequest.id).where(*_IN_TENANT, ExpediteRequest.requester == _PERSON)
_OWNED = sa.select(ExpediteRequest.id).where(
    *_IN_TENANT, ExpediteRequest.desk_id.in_(_DESKS), ExpediteRequest.owner == _PERSON
)
_REQUESTS: sa.BindParameter[list[int]] = sa.bindparam("requests", expanding=True)
_TURN_MESSAGES = (
    sa.select(OutboxMessage)
    .where(
        OutboxMessage.request_id.in_(_REQUESTS),
        OutboxMessage.surface == Surface.DIRECT,
        OutboxMessage.notice.in_(TURNS),
        OutboxMessage.is_live,
    )
    .order_by(OutboxMessage.id)
)
_ANSWERS_OWED = sa.select(RequestClock.request_id).where(
    RequestClock.request_id.in_(_REQUESTS),
    RequestClock.state == ClockState.OPEN,
    RequestClock.kind == ClockKind.ANSWER,
)


def pass_on_turns(session: Session, absence: Absence, at: datetime) -> None:
    """Let the turns of this person, and of those for whom they stand in, be with whoever acts for them now."""
    held = _requests_held(session, absence, at)
    wanted = {"requests": [request.id for request in held]}
    turns: dict[tuple[Any, ...], list[OutboxMessage]] = defaultdict(list)
    for message in session.scalars(_TURN_MESSAGES, wanted):
        turns[_turn_of(message)].append(message)
    for (_request, meant, _lot), messages in turns.items():
        _pass_on(session, absence, messages, meant, at)
    silent = {*session.scalars(_ANSWERS_OWED, wanted)} - {request for request, _meant, _lot in turns}
    for request in held:
        if request.id in silent and request.owner is not None:
            _tell_of_answer(session, absence, request, request.owner, at)
        surfaces.redraw_messages(session, request.id, at)


def _requests_held(session: Session, absence: Absence, at: datetime) -> Sequence[ExpediteRequest]:
    """The open requests they asked or hold, for themselves or for somebody who is away; locked."""
    people = [absence.slack_id, *deputised_to(session, absence.tenant_id, absence.slack_id, at)]
    ids: set[int] = set()
    for person in people:
        facts = {"tenant": absence.tenant_id, "person": person}
        ids |= {*session.scalars(_ASKED, facts), *session.scalars(_OWNED, facts)}
    found = sa.select(ExpediteRequest).where(ExpediteRequest.id.in_(sorted(ids))).order_by(ExpediteRequest.id)
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).all()


def _turn_of(message: OutboxMessage) -> tuple[Any, ...]:
    """One turn, however often it was told: whose it is, on which request, about which lot."""
    meant = message.facts.get(INSTEAD_OF) or message.channel
    return message.request_id, meant, message.facts.get("commitment")


def _pass_on(session: Session, absence: Absence, messages: Sequence[OutboxMessage], meant: str, at: datetime) -> None:
    acting = stand_in(session, absence.tenant_id, meant, at)
    left = [message for message in messages if message.channel not in {meant, acting}]
    for message in left:
        message.facts = {**message.facts, OVER_TO: acting}
    session.flush()
    if left:
        surfaces.retire_some(session, left, at)
    if all(message.channel != acting for message in messages):
        newest = messages[-1]
        facts = {name: value for name, value in newest.facts.items() if name not in {INSTEAD_OF, OVER_TO}}
        _post(session, absence, newest.notice, newest.key, newest.request_id, meant, acting, facts, at)


def _tell_of_answer(session: Session, absence: Absence, request: ExpediteRequest, owner: str, at: datetime) -> None:
    """Whoever took a request and goes away owes its answer: nothing was written to them, so tell the deputy now."""
    acting = stand_in(session, absence.tenant_id, owner, at)
    if acting != owner:
        _post(session, absence, Notice.DESK_TURN, f"desk_turn:{request.id}", request.id, owner, acting, {}, at)


def _post(
    session: Session,
    absence: Absence,
    notice: Notice,
    key: str,
    request_id: int | None,
    meant: str,
    acting: str,
    facts: dict[str, Any],
    at: datetime,
) -> None:
    """The key names turn, absence and reader: whatever happens again, this is told once."""
    told_for = {} if acting == meant else {INSTEAD_OF: meant}
    row = surfaces.row(
        tenant_id=absence.tenant_id,
        key=f"{key.split(':to:', maxsplit=1)[0]}:to:{acting}:{absence.id}",
        surface=Surface.DIRECT,
        notice=notice,
        channel=acting,
        at=at,
        request_id=request_id,
        facts={**facts, **told_for},
        is_live=True,
    )
    # Absences begin and end at midnight: nobody is written to then.
    surfaces.post_all(session, [{**row, "not_before": _in_working_time(session, request_id, notice, at)}])


def _in_working_time(session: Session, request_id: int | None, notice: Notice, at: datetime) -> datetime:
    """The next open hour of the side whose turn it is; this very instant where it has none ahead."""
    terms = terms_of(session, session.get_one(ExpediteRequest, request_id))
    hours = terms.hours_of(Holder.REQUESTER if notice in SALES_TURNS else Holder.DESK)
    try:
        return hours.next_open(at)
    except NoWorkingTimeAhead:
        return at
