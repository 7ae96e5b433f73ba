"""Who holds a request at the desk: handed over, taken, or moved to another desk that begins anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.services import case as cases
from bot.services import surfaces, turns
from bot.services.absence_turns import OVER_TO
from bot.services.case import open_case, record, stop_clocks, tell
from bot.services.terms import desk_and_terms, terms_of
from bot.services.texts import optional
from models import Desk, OutboxMessage, queries
from models.absence_queries import away
from models.errors import Field, FormRefused, MoveNotAllowed
from models.i18n import _
from models.lifecycle import Move
from models.outbox import Notice, Surface
from models.service_level import ClockKind
from models.urgency import UrgencyRules, judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import ExpediteRequest, TimelineEntry
    from models.lifecycle import How
    from models.picture import Picture
    from models.tenant import Actor

HOLDERS_NOTICES = (Notice.DESK_TURN, Notice.OUTCOME_WANTED, Notice.HANDED_OVER)
"""Direct messages to who holds a request at the desk."""

_HOLDERS_MESSAGES = sa.select(OutboxMessage).where(
    OutboxMessage.request_id == sa.bindparam("request"),
    OutboxMessage.surface == Surface.DIRECT,
    OutboxMessage.notice.in_(HOLDERS_NOTICES),
    OutboxMessage.is_live,
    OutboxMessage.channel != sa.bindparam("holder"),
)
_CARD = sa.select(OutboxMessage).where(
    OutboxMessage.request_id == sa.bindparam("request"),
    OutboxMessage.surface == Surface.CARD,
    OutboxMessage.is_live,
)


def hand_over(
    session: Session, actor: Actor, request_id: int, person: str, note: str = "", *, at: datetime, how: How
) -> ExpediteRequest:
    """Let another member of the desk hold it; they are told. Raises :class:`FormRefused` for who cannot."""
    case = open_case(session, actor, request_id, Move.HAND_OVER, at=at, how=how)
    _require_colleague(case, person)
    entry = _give(case, Move.HAND_OVER, person, {"note": optional(note, Field.NOTE)})
    tell(case, person, Notice.HANDED_OVER, entry)
    return case.request


def take(session: Session, actor: Actor, request_id: int, *, at: datetime, how: How) -> ExpediteRequest:
    """Hold what somebody else held."""
    case = open_case(session, actor, request_id, Move.TAKE, at=at, how=how)
    label, owner = case.request.label, case.request.owner
    if owner == actor.slack_id:
        raise MoveNotAllowed(_("You hold {label} already.").format(label=label))
    if owner is None:
        raise MoveNotAllowed(_("Nobody holds {label} yet: whoever answers it first does.").format(label=label))
    # A deputy who takes it acts for themselves.
    _give(replace(case, instead_of=None), Move.TAKE, actor.slack_id, {})
    return case.request


def reassign(
    session: Session, actor: Actor, request_id: int, desk_id: int | None, note: str = "", *, at: datetime, how: How
) -> ExpediteRequest:
    """Move it to another desk, whose hours and service levels of today are frozen on it; its first answer is due anew.

    What the desk before did stays charged to that desk. Raises :class:`FormRefused` for a desk that cannot take it.
    """
    case = open_case(session, actor, request_id, Move.REASSIGN, at=at, how=how)
    before, desk = session.get_one(Desk, case.request.desk_id), _desk(case, desk_id)
    said = optional(note, Field.NOTE)
    stop_clocks(case)
    _freeze(case, desk)
    turns.start(session, case.request, ClockKind.FIRST_RESPONSE, terms_of(session, case.request), at=at)
    facts = {"held_by": before.name, "given_to": desk.name, "desk": desk.id, "channel": desk.channel_id, "note": said}
    entry = record(case, Move.REASSIGN, facts)
    _move_card(case, entry, desk)
    return case.request


def other_desks(session: Session, actor: Actor, request_id: int, *, at: datetime) -> tuple[Picture, Sequence[Desk]]:
    """The desks a request can go to, with the request; raises what the move itself would raise."""
    request = queries.request(session, actor.tenant_id, request_id)
    cases.require_role(session, actor, request, Move.REASSIGN, at)
    cases.require_possible(session, actor, request, Move.REASSIGN, at)
    others = sa.select(Desk).where(
        Desk.tenant_id == actor.tenant_id, Desk.id != request.desk_id, Desk.retired_at.is_(None)
    )
    found = session.scalars(others.order_by(Desk.name)).all()
    if not found:
        raise MoveNotAllowed(_("There is no other desk that {label} could go to.").format(label=request.label))
    return queries.picture(session, request, at), found


def _require_colleague(case: Case, person: str) -> None:
    request, desk = case.request, session_desk(case)
    name = queries.names(case.session, request.tenant_id, [person]).get(person, person)
    problem = ""
    if not person:
        problem = _("Choose who holds it from now on.")
    elif person not in queries.desk_member_ids(case.session, request.desk_id):
        problem = _("{name} does not answer for {desk}. Choose one of its members.").format(name=name, desk=desk)
    elif person == request.owner:
        problem = _("{name} holds it already. Choose somebody else.").format(name=name)
    elif person in away(case.session, request.tenant_id, [person], case.at):
        problem = _("{name} is away now. Choose somebody who is there.").format(name=name)
    if problem:
        raise FormRefused({Field.HAND_TO: problem})


def session_desk(case: Case) -> str:
    return case.session.get_one(Desk, case.request.desk_id).name


def _give(case: Case, move: Move, person: str, facts: dict[str, Any]) -> TimelineEntry:
    """Change the holder; what was written to the one before lets go of them."""
    before, case.request.owner = case.request.owner, person
    entry = record(case, move, {"held_by": before, "given_to": person, **facts})
    told = case.session.scalars(_HOLDERS_MESSAGES, {"request": case.request.id, "holder": person}).all()
    for message in told:
        message.facts = {**message.facts, OVER_TO: person}
    case.session.flush()
    surfaces.retire_some(case.session, told, case.at)
    return entry


def _desk(case: Case, desk_id: int | None) -> Desk:
    found = case.session.get(Desk, desk_id) if desk_id else None
    if found is None or found.tenant_id != case.request.tenant_id:
        problem = _("Choose the desk it goes to.")
    elif found.id == case.request.desk_id:
        problem = _("{label} is with {desk} already. Choose another one.").format(
            label=case.request.label, desk=found.name
        )
    elif found.retired_at is not None:
        problem = _("{desk} takes no new requests any more. Choose another one.").format(desk=found.name)
    else:
        return found
    raise FormRefused({Field.DESK: problem})


def _freeze(case: Case, desk: Desk) -> None:
    """The new desk's terms of today; nobody holds it yet, and a question of the desk before is not waited for.

    How pressing it is, is judged by that desk's rules; the hours of Sales stay those it was asked under.
    """
    request = case.request
    _same, terms = desk_and_terms(case.session, request.tenant_id, desk.id)
    judged = judge(request.ask, UrgencyRules.from_json(terms.levels.urgency_rules), terms.calendar, case.at)
    request.urgency, request.urgency_reasons = judged.urgency, list(judged.reasons)
    request.desk_id, request.calendar_id, request.policy_id = desk.id, desk.calendar_id, desk.policy_id
    request.owner, request.answer_due_at = None, None
    if not request.information:
        request.question = ""


def _move_card(case: Case, entry: TimelineEntry, desk: Desk) -> None:
    """Leave a card without buttons behind, and post the live one where the desk is, with the story's last line."""
    session, request = case.session, case.request
    left = session.scalars(_CARD, {"request": request.id}).one()
    left.notice, left.facts = Notice.CARD_MOVED, {"entry": entry.id}
    session.flush()
    surfaces.retire_some(session, [left], case.at)
    live = surfaces.card(request, desk.channel_id, key=f"card:{request.id}:{entry.id}", at=case.at)
    surfaces.post_all(session, [live])
    there = cases.in_thread(session, request)
    key, facts = f"story:{entry.id}:there", {"entry": entry.id}
    surfaces.post(session, **there, key=key, notice=Notice.STORY, at=case.at, facts=facts)
