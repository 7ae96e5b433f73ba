"""Forms being filled in: answers as typed become drafts, asks, offers and reports; each refusal names its field."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.reader import read_command
from bot.services import (
    asking,
    coaching,
    crediting,
    drafts,
    editing,
    inquiries,
    negotiation,
    noticing,
    order_book,
    surfaces,
)
from bot.services.beforehand import urgency_of
from bot.services.instead import answers_instead
from bot.services.prefilling import answers_to
from bot.services.routing import desk_for, desk_for_answers
from models import ExpediteRequest, order_queries, queries
from models.ask import LINE_FIELDS, MOST_LINES, NAME_LIMIT, RequestKind, field_of
from models.draft import EDITS, KIND, LINES, ROUND, lines_in
from models.errors import DraftGone, Field
from models.links import known_links
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.reader import Prefill
    from models import Draft
    from models.ask import Ask
    from models.lifecycle import How
    from models.origin import Origin
    from models.picture import ChangePreview, DeskMeter
    from models.tenant import Actor
    from models.urgency import Urgency

Answers = dict[str, Any]

FIRST_STEP = frozenset(
    {
        Field.CUSTOMER,
        Field.ORDER_NUMBER,
        Field.LINE_NUMBER,
        Field.ITEM,
        Field.QUANTITY,
        Field.NEEDED_SHIP_DATE,
        Field.PROMISE_DATE,
        Field.REASON_CODE,
        Field.CAUSED_BY,
    }
)
"""What the first step of the form asks; only its own mistakes are shown there."""


def is_of_first_step(field: str) -> bool:
    """Whether the first step asks this; of further lines it asks everything."""
    name, _underscore, number = field.rpartition("_")
    return field in FIRST_STEP or (number.isdigit() and name in LINE_FIELDS)


@dataclass(frozen=True)
class Filling:
    """A draft with what its form shows beside the questions."""

    draft_id: int
    answers: Answers
    meter: DeskMeter
    today: date
    """The day at the desk."""
    has_orders: bool = False
    """Whether there is an order book to look into."""
    left_at: datetime | None = None
    """When its writer left it, where they go on with it now."""


@dataclass(frozen=True)
class Review:
    """A draft that makes sense, ready to be said back."""

    draft_id: int
    ask: Ask
    meter: DeskMeter
    same_order: list[ExpediteRequest]
    urgency: Urgency
    """What it would be if it were sent now."""
    is_coached: bool = False
    """Whether its writer is shown other words for a demand."""
    same_item: Sequence[ExpediteRequest] = ()
    """Other open requests for the same item."""
    changes: ChangePreview | None = None
    """What it would change, where it is a change of a request."""


def begin(session: Session, actor: Actor, text: str, *, at: datetime) -> Filling:
    """Start a form from the text after the command; what the text does not say stays empty.

    Without a text, go on where this person left off.
    """
    if not text.strip():
        left = drafts.unfinished(session, actor, at=at)
        if left is not None:
            return replace(_filling(session, left, at), left_at=left.updated_at)
    return begin_with(session, actor, answers_of(_understood(actor, text, at)), at=at)


def begin_from_message(
    session: Session,
    actor: Actor,
    text: str | None,
    *,
    at: datetime,
    origin: Origin | None = None,
    links: Sequence[str] = (),
) -> Filling:
    """Start a form from what somebody wrote in a channel: its words are kept whole beside what was understood.

    Without a text, because it could not be read again, the form is empty and says so.
    """
    if origin is not None and not origin.link:
        origin = replace(origin, link=crediting.link_of(session, actor.tenant_id, origin.channel, origin.ts))
    said_at = origin.said_at if origin is not None else at
    answers = answers_to(session, actor, text, said_at=said_at, origin=origin)
    linked = {Field.LINKS.value: "\n".join(known_links(links))} if links else {}
    return begin_with(session, actor, {**answers, **linked}, at=at)


def begin_with(session: Session, actor: Actor, answers: Answers, *, at: datetime) -> Filling:
    return _filling(session, drafts.start(session, actor, answers, at=at), at)


def again(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Filling:
    """Start a form from a request that was declined: to ask for the alternative instead."""
    old = queries.request(session, actor.tenant_id, request_id)
    return begin_with(session, actor, answers_instead(session, old, at=at), at=at)


def resume(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Filling:
    return _filling(session, drafts.get(session, actor, draft_id), at)


def edit(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Filling:
    """Start a form with what was asked, to change it."""
    return _filling(session, editing.begin(session, actor, request_id, at=at), at)


def review_after_all(session: Session, actor: Actor, draft_id: int, overtaken: str, *, at: datetime) -> Review:
    """Say a change back again to somebody who was overtaken: they know what happened, and may send it now."""
    editing.catch_up(session, actor, draft_id, at=at)
    said = review(session, actor, draft_id, at=at)
    return replace(said, changes=replace(said.changes, overtaken=overtaken) if said.changes else None)


def begin_inquiry(session: Session, actor: Actor, text: str, *, at: datetime) -> Filling:
    """Start the question before a promise from the text after the command; without one, go on where it was left."""
    if not text.strip():
        left = drafts.unfinished(session, actor, kind=RequestKind.INQUIRY.value, at=at)
        if left is not None:
            return replace(_filling(session, left, at), left_at=left.updated_at)
    now = at.astimezone(ZoneInfo(actor.zone or "UTC"))
    return begin_with(session, actor, inquiries.answers_in_text(text, now=now), at=at)


def send_inquiry(session: Session, actor: Actor, draft_id: int, *, at: datetime, how: How) -> ExpediteRequest:
    """Ask the desk what is possible. Asking it twice gives the same question."""
    draft = drafts.locked(session, actor, draft_id)
    kept = _filling(session, draft, at)
    ask = inquiries.ask_from(draft.answers, at=at, zone=actor.zone, today=kept.today)
    return negotiation.submit(session, actor, ask, at=at, how=how, draft=draft)


def from_inquiry(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Filling:
    """Start a request from a question and its answer."""
    return _filling(session, inquiries.into_request(session, actor, request_id, at=at), at)


def start_afresh(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Filling:
    """Leave a form behind for an empty one, with new ids: Slack keeps what was typed under the old ones."""
    left = drafts.get(session, actor, draft_id)
    kind = {KIND: left.answers[KIND]} if left.answers.get(KIND) else {}
    return begin_with(session, actor, {ROUND: int(left.answers.get(ROUND) or 0) + 1, **kind}, at=at)


def leave(session: Session, actor: Actor, draft_id: int, answers: Answers, *, at: datetime) -> None:
    """Keep what stood in a form that was closed unsent."""
    with suppress(DraftGone):
        drafts.save(session, actor, draft_id, answers, at=at)


def hand_over(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> None:
    """Send somebody the way back to their form."""
    surfaces.post(
        session,
        tenant_id=actor.tenant_id,
        key=f"form_link:{draft_id}",
        surface=Surface.DIRECT,
        notice=Notice.FORM_LINK,
        channel=actor.slack_id,
        at=at,
        facts={"draft": draft_id},
    )


def keep(session: Session, actor: Actor, draft_id: int, answers: Answers, *, at: datetime) -> Filling:
    """Keep a step's answers whatever they are: nothing typed is lost."""
    return _filling(session, drafts.save(session, actor, draft_id, answers, at=at), at)


def add_line(session: Session, actor: Actor, draft_id: int, answers: Answers, *, at: datetime) -> Filling:
    """Ask about one more line, as long as one request holds it; what was typed so far is kept."""
    draft = drafts.get(session, actor, draft_id)
    more = min(lines_in(draft.answers) + 1, MOST_LINES)
    return keep(session, actor, draft_id, {**answers, LINES: more}, at=at)


def remove_line(
    session: Session, actor: Actor, draft_id: int, number: int, answers: Answers, *, at: datetime
) -> Filling:
    """Take a line out of the form; those behind it move up, with new ids, because Slack keeps what stood there."""
    draft = drafts.get(session, actor, draft_id)
    told, count = {**draft.answers, **answers}, lines_in(draft.answers)
    moved = {
        field_of(field, n): told.get(field_of(field, n + 1), "") if n < count else ""
        for n in range(max(number, 2), count + 1)
        for field in LINE_FIELDS
    }
    anew = {LINES: max(count - 1, 1), ROUND: int(draft.answers.get(ROUND) or 0) + 1}
    return keep(session, actor, draft_id, {**answers, **moved, **anew}, at=at)


def fill_from_order(
    session: Session, actor: Actor, draft_id: int, line_id: int, answers: Answers, *, at: datetime
) -> Filling:
    """Fill the form from a line of the order book; what it does not know stays as typed."""
    order_book.pick(session, actor, draft_id, line_id, answers, at=at)
    return resume(session, actor, draft_id, at=at)


def mistakes(answers: Mapping[str, Any], *, today: date, first_step: bool) -> dict[str, str]:
    """The sentences to show after a step, by field; empty when the form may go on."""
    problems = asking.problems_in(answers, today=today)
    return {field: sentence for field, sentence in problems.items() if not first_step or is_of_first_step(field)}


def review(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Review:
    """Say the draft back; raises :class:`FormRefused` while it does not make sense."""
    draft = drafts.get(session, actor, draft_id)
    ask = asking.ask_from(draft.answers)
    desk_id = desk_for(session, actor.tenant_id, item=ask.item, customer=ask.customer)
    meter = asking.meter(session, actor.tenant_id, desk_id, at)
    urgency = urgency_of(session, actor.tenant_id, ask, at)
    is_coached = coaching.is_wanted(session, actor, draft.answers, at=at)
    itself = {int(draft.answers.get(EDITS) or 0)}
    same_order = [one for one in asking.same_order_open(session, actor, ask) if one.id not in itself]
    same_item = asking.same_item_open(session, actor, ask, known=itself | {one.id for one in same_order})
    changes = editing.preview(session, actor, draft, ask)
    return Review(draft.id, ask, meter, same_order, urgency, is_coached, same_item, changes)


def send(
    session: Session, actor: Actor, draft_id: int, answers: Answers | None = None, *, at: datetime, how: How
) -> ExpediteRequest:
    """Send what the draft says, with what was answered beside the review. Sending it twice gives the same request."""
    draft = drafts.locked(session, actor, draft_id)
    ask = asking.ask_from({**draft.answers, **(answers or {})})
    if draft.answers.get(EDITS):
        return negotiation.change(session, actor, draft, ask, at=at, how=how)
    request = negotiation.submit(session, actor, ask, at=at, how=how, draft=draft)
    noticing.sent(session, draft.answers, request)
    crediting.ask_author(session, request, at=at)
    return request


def answers_of(prefill: Prefill) -> Answers:
    """What a text says, as the form's answers."""
    quantity = f"{prefill.quantity} {prefill.unit or ''}".strip() if prefill.quantity is not None else None
    # What was not understood is most likely what they want, or else why.
    item = prefill.item or prefill.rest[:NAME_LIMIT]
    why = prefill.rest if prefill.item else prefill.rest[NAME_LIMIT:]
    found = {
        Field.CUSTOMER: prefill.customer,
        Field.ORDER_NUMBER: prefill.order_number,
        Field.LINE_NUMBER: prefill.line_number,
        Field.ITEM: item,
        Field.QUANTITY: quantity,
        Field.NEEDED_SHIP_DATE: prefill.needed_date.isoformat() if prefill.needed_date else None,
        Field.EXPECTATION: why,
    }
    return {field.value: value for field, value in found.items() if value}


def _understood(actor: Actor, text: str, at: datetime) -> Prefill:
    """What a text says; its “Friday” is a day of whoever wrote it."""
    return read_command(text, now=at.astimezone(ZoneInfo(actor.zone or "UTC")))


def _filling(session: Session, draft: Draft, at: datetime) -> Filling:
    meter = asking.meter(session, draft.tenant_id, desk_for_answers(session, draft.tenant_id, draft.answers), at)
    today = at.astimezone(ZoneInfo(meter.zone)).date()
    return Filling(draft.id, dict(draft.answers), meter, today, order_queries.has_lines(session, draft.tenant_id))
