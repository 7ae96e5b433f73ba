"""The question before a promise: three answers in, one answer back, and nobody is bound by it.

The desk answers it in the shapes it always has. “As asked” and an offer say what is *available*: no commitment is made,
nothing is reserved, the question is closed as answered, and a request can be made of it. A decline is a decline. Clocks
run as for any request; figures count it apart (:class:`models.ask.RequestKind`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.reader import read_command
from bot.services import asking, drafts
from bot.services.agreement import lots_as_facts
from bot.services.case import record, responded, stop_clocks, tell
from bot.services.texts import shortened
from models import Desk, ExpediteRequest, queries
from models.ask import NAME_LIMIT, Ask, ReasonCode, RequestKind, problems_with
from models.draft import INQUIRY, KIND
from models.errors import Field, FormRefused, MoveNotAllowed
from models.i18n import _
from models.lifecycle import Move, Status
from models.offer import OfferState, ShipmentSplit
from models.outbox import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.services.case import Case
    from models import Draft, Offer
    from models.tenant import Actor

ASKED_IN_ONE = (Field.ITEM, Field.QUANTITY)
"""What one question asks for: what is wrong with either is said there."""


def answers_in_text(text: str, *, now: datetime) -> dict[str, Any]:
    """The three answers out of the text after the command; what it does not say stays empty."""
    found = read_command(text, now=now)
    amount = f"{found.quantity:f} {found.unit or ''}".strip() if found.quantity is not None else ""
    what = " ".join(part for part in (amount, found.item or "", found.rest) if part)
    told = {
        Field.WHAT: what[:NAME_LIMIT],
        Field.NEEDED_SHIP_DATE: found.needed_date.isoformat() if found.needed_date else "",
        Field.CUSTOMER: found.customer or "",
    }
    return {KIND: RequestKind.INQUIRY.value, **{field.value: said for field, said in told.items() if said}}


def ask_from(answers: Mapping[str, Any], *, at: datetime, zone: str, today: date) -> Ask:
    """The question that three answers make; raises :class:`FormRefused` with a sentence per answer."""
    problems: dict[str, str] = {}
    found = read_command(str(answers.get(Field.WHAT) or ""), now=at.astimezone(ZoneInfo(zone or "UTC")))
    item = " ".join(part for part in (found.item or "", found.rest) if part)
    if found.quantity is None or not item.strip():
        problems[Field.WHAT] = _("Write how many of what, for example 100 pcs BRK-2040.")
    try:
        needed = asking.day_of(str(answers.get(Field.NEEDED_SHIP_DATE) or ""))
    except ValueError as refused:
        problems[Field.NEEDED_SHIP_DATE], needed = str(refused), today
    ask = Ask(
        customer=str(answers.get(Field.CUSTOMER) or found.customer or "").strip(),
        item=item,
        quantity=found.quantity or Decimal(1),
        unit=found.unit or asking.USUAL_UNIT,
        needed_ship_date=needed,
        reason_code=ReasonCode.OTHER,
        order_number=found.order_number or "",
        line_number=found.line_number or "",
        kind=RequestKind.INQUIRY,
    )
    problems = {**_at_three(problems_with(ask, today=today)), **problems}
    if problems:
        raise FormRefused(problems)
    return ask


def _at_three(problems: Mapping[str, str]) -> dict[str, str]:
    return {Field.WHAT if field in ASKED_IN_ONE else field: sentence for field, sentence in problems.items()}


def available(case: Case, choices: Sequence[Sequence[ShipmentSplit]], *, made: Sequence[Offer] = ()) -> ExpediteRequest:
    """Answer a question: this is available, or that. Nothing is committed, and nothing waits for a decision."""
    stop_clocks(case)
    responded(case, answered=True)
    facts: dict[str, Any] = {"lots": lots_as_facts(choices[0]), "as_asked": not made}
    facts["choices"] = [lots_as_facts(lots) for lots in choices]
    for offer in made:
        offer.close(OfferState.CLOSED, by=case.actor.slack_id, at=case.at)
    if made:
        facts["conditions"] = "\n".join(filter(None, map(_words_of, made)))
    entry = record(case, Move.ANSWER, facts)
    tell(case, case.request.requester, Notice.INQUIRY_ANSWERED, entry)
    return case.request


def _words_of(offer: Offer) -> str:
    """What was said beside the lots of one choice."""
    substitute = _("Substitute: {item}").format(item=offer.substitute) if offer.substitute.strip() else ""
    site = _("Other site: {site}").format(site=offer.site) if offer.site.strip() else ""
    return "\n".join(filter(None, (offer.conditions, substitute, site)))


def into_request(session: Session, actor: Actor, request_id: int, *, at: datetime) -> Draft:
    """Start a request from a question and its answer: one lot fills in quantity and day, the words keep all of it."""
    old = queries.request(session, actor.tenant_id, request_id)
    if old.kind is not RequestKind.INQUIRY or old.status is not Status.ANSWERED:
        raise MoveNotAllowed(_("{label} has no answer that a request could be made of.").format(label=old.label))
    choices = _choices(session, old)
    answers = {**asking.answers_from(old.ask), INQUIRY: old.id}
    answers.pop(Field.REASON_CODE.value, None)
    if len(choices) == len(choices[0]) == 1:
        (lot,) = choices[0]
        answers[Field.QUANTITY.value] = f"{lot.quantity:f} {old.unit}"
        answers[Field.NEEDED_SHIP_DATE.value] = lot.ship_date.isoformat()
    words = _("{desk} said on {label} that this is possible: {lots}.").format(
        desk=session.get_one(Desk, old.desk_id).name,
        label=old.label,
        lots=_(" or ").join(_said(lots, old.unit) for lots in choices),
    )
    answers[Field.EXPECTATION.value] = shortened(words)
    return drafts.start(session, actor, answers, at=at)


def _choices(session: Session, old: ExpediteRequest) -> list[list[ShipmentSplit]]:
    """What the desk said is available: one thing, or several to choose from."""
    story = [entry for entry in queries.timeline(session, old.id) if entry.move is Move.ANSWER]
    kept = [lots for entry in story if entry.undone_at is None for lots in entry.facts["choices"]]
    return [[ShipmentSplit(date.fromisoformat(day), Decimal(amount)) for day, amount in lots] for lots in kept]


def _said(lots: Sequence[ShipmentSplit], unit: str) -> str:
    return ", ".join(
        _("{quantity} by {day}").format(
            quantity=f"{lot.quantity:f} {unit}", day=f"{lot.ship_date:%a} {lot.ship_date.day} {lot.ship_date:%b}"
        )
        for lot in lots
    )
