"""Forms being filled in: answers as typed become drafts, asks, offers and reports; each refusal names its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.reader import parse_quantity, read_command
from bot.services import asking, drafts, negotiation, offers, outcomes, surfaces
from bot.services.instead import answers_instead
from models import Commitment, ExpediteRequest, queries
from models.ask import NAME_LIMIT
from models.commitment import Outcome
from models.errors import Field, FormRefused, MoveNotAllowed, RequestUnknown
from models.i18n import _
from models.offer import OfferShape, Proposal, ShipmentSplit
from models.outbox import Notice, Surface

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from bot.reader import Prefill
    from models import Draft
    from models.ask import Ask
    from models.lifecycle import How
    from models.picture import DeskMeter, Picture
    from models.tenant import Actor

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


@dataclass(frozen=True)
class Filling:
    """A draft with what its form shows beside the questions."""

    draft_id: int
    answers: Answers
    meter: DeskMeter
    today: date
    """The day at the desk."""


@dataclass(frozen=True)
class Review:
    """A draft that makes sense, ready to be said back."""

    draft_id: int
    ask: Ask
    meter: DeskMeter
    same_order: list[ExpediteRequest]


def begin(session: Session, actor: Actor, text: str, *, at: datetime) -> Filling:
    """Start a form from the text after the command; what the text does not say stays empty."""
    local = at.astimezone(ZoneInfo(actor.zone or "UTC"))
    return begin_with(session, actor, answers_of(read_command(text, now=local)), at=at)


def begin_with(session: Session, actor: Actor, answers: Answers, *, at: datetime) -> Filling:
    return _filling(session, drafts.start(session, actor, answers, at=at), at)


def again(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Filling:
    """Start a form from a request that was declined: to ask for the alternative instead."""
    old = queries.request(session, actor.tenant_id, request_id)
    return begin_with(session, actor, answers_instead(session, old, at=at), at=at)


def resume(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Filling:
    return _filling(session, drafts.get(session, actor, draft_id), at)


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


def mistakes(answers: Mapping[str, Any], *, today: date, first_step: bool) -> dict[str, str]:
    """The sentences to show after a step, by field; empty when the form may go on."""
    problems = asking.problems_in(answers, today=today)
    return {field: sentence for field, sentence in problems.items() if not first_step or field in FIRST_STEP}


def review(session: Session, actor: Actor, draft_id: int, *, at: datetime) -> Review:
    """Say the draft back; raises :class:`FormRefused` while it does not make sense."""
    draft = drafts.get(session, actor, draft_id)
    ask = asking.ask_from(draft.answers)
    meter = asking.meter(session, actor.tenant_id, None, at)
    return Review(draft.id, ask, meter, list(asking.same_order_open(session, actor, ask)))


def send(session: Session, actor: Actor, draft_id: int, *, at: datetime, how: How) -> ExpediteRequest:
    """Send what the draft says. Sending it twice gives the same request."""
    draft = drafts.locked(session, actor, draft_id)
    return negotiation.submit(session, actor, asking.ask_from(draft.answers), at=at, how=how, draft=draft)


def offer(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    """Make the offer that the form describes."""
    found = queries.request(session, actor.tenant_id, request_id)
    return offers.offer(session, actor, request_id, proposal_from(answers, found), at=at, how=how)


def name_answer_time(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    named = answers.get(Field.ANSWER_DUE)
    if not named:
        raise FormRefused({Field.ANSWER_DUE: _("Choose the day and time by which you will answer.")})
    due = datetime.fromtimestamp(int(named), UTC)
    return negotiation.name_answer_time(session, actor, request_id, due, at=at, how=how)


def report(
    session: Session, actor: Actor, commitment_id: int, answers: Answers, *, at: datetime, how: How
) -> ExpediteRequest:
    """Report what became of a committed lot."""
    chosen = answers.get(Field.OUTCOME)
    if not chosen:
        raise FormRefused({Field.OUTCOME: _("Choose what became of this lot.")})
    return outcomes.report_outcome(
        session,
        actor,
        commitment_id,
        Outcome(chosen),
        quantity=_quantity(answers, Field.ACTUAL_QUANTITY),
        ship_date=_date(answers, Field.ACTUAL_SHIP_DATE),
        at=at,
        how=how,
    )


def lot_to_report(
    session: Session, actor: Actor, request_id: int, commitment_id: int | None, *, at: datetime
) -> tuple[Picture, Commitment]:
    """The committed lot a report is about: the named one, or the first that is open."""
    shown = negotiation.picture_for(session, actor, request_id, negotiation.Move.REPORT_OUTCOME, at=at)
    open_lots = [lot for lot in shown.commitments if lot.outcome is Outcome.OPEN]
    chosen = [lot for lot in open_lots if commitment_id in (None, lot.id)]
    if not shown.commitments:
        raise RequestUnknown(shown.request.label)
    if not chosen:
        raise MoveNotAllowed(_("The outcome of this lot is already reported. The card shows it."))
    return shown, chosen[0]


def proposal_from(answers: Mapping[str, Any], found: ExpediteRequest) -> Proposal:
    """What the offer form describes; raises :class:`FormRefused` with a sentence at each field that is not clear."""
    shape = OfferShape(answers.get(Field.OFFER_SHAPE) or OfferShape.PART_ON_DATE)
    lots = _LOTS[shape](answers, found)
    cost = _money(answers, Field.EXTRA_COST)
    until = answers.get(Field.VALID_UNTIL)
    return Proposal(
        shape=shape,
        lots=tuple(lots),
        conditions=str(answers.get(Field.CONDITIONS) or "").strip(),
        extra_cost=cost,
        valid_until=datetime.fromtimestamp(int(until), UTC) if until else None,
    )


def _part_on_date(answers: Mapping[str, Any], found: ExpediteRequest) -> list[ShipmentSplit]:
    quantity = _quantity(answers, Field.OFFER_QUANTITY)
    if quantity is None:
        raise FormRefused({Field.OFFER_QUANTITY: _("How much can ship on the day asked for? Give a number.")})
    return [ShipmentSplit(found.needed_ship_date, quantity)]


def _everything_later(answers: Mapping[str, Any], found: ExpediteRequest) -> list[ShipmentSplit]:
    day = _date(answers, Field.OFFER_DATE)
    if day is None:
        raise FormRefused({Field.OFFER_DATE: _("On which day can everything ship? Choose it.")})
    return [ShipmentSplit(day, found.quantity)]


def _staged(answers: Mapping[str, Any], _found: ExpediteRequest) -> list[ShipmentSplit]:
    rows = sorted(int(name.rsplit("_", 1)[1]) for name in answers if name.startswith("lot_quantity_"))
    lots, problems = [], {}
    for row in rows:
        try:
            lot = _lot(answers, f"lot_quantity_{row}", f"lot_date_{row}")
        except FormRefused as refused:
            problems.update(refused.problems)
        else:
            lots.extend(lot)
    if problems:
        raise FormRefused(problems)
    return lots


def _lot(answers: Mapping[str, Any], quantity_field: str, date_field: str) -> list[ShipmentSplit]:
    quantity, day = _quantity(answers, quantity_field), _date(answers, date_field)
    if quantity is None and day is None:
        return []
    if quantity is None:
        raise FormRefused({quantity_field: _("How much ships in this lot? Give a number, or clear its date.")})
    if day is None:
        raise FormRefused({date_field: _("When does this lot ship? Choose a day, or clear its quantity.")})
    return [ShipmentSplit(day, quantity)]


_LOTS = {
    OfferShape.PART_ON_DATE: _part_on_date,
    OfferShape.EVERYTHING_LATER: _everything_later,
    OfferShape.STAGED_LOTS: _staged,
}


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


def _filling(session: Session, draft: Draft, at: datetime) -> Filling:
    meter = asking.meter(session, draft.tenant_id, None, at)
    return Filling(draft.id, dict(draft.answers), meter, at.astimezone(ZoneInfo(meter.zone)).date())


def _quantity(answers: Mapping[str, Any], field: str) -> Decimal | None:
    typed = str(answers.get(field) or "").strip()
    if not typed:
        return None
    try:
        return parse_quantity(typed)[0]
    except ValueError as refused:
        raise FormRefused({field: getattr(refused, "sentence", str(refused))}) from refused


def _money(answers: Mapping[str, Any], field: str) -> Decimal | None:
    return asking.money(answers.get(field), field)


def _date(answers: Mapping[str, Any], field: str) -> date | None:
    typed = answers.get(field)
    return date.fromisoformat(str(typed)) if typed else None
