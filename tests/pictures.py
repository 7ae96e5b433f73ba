"""Requests to draw, at every point of their life, without a database: each builder shows only what matters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from models import (
    Absence,
    Commitment,
    Desk,
    ExpediteRequest,
    Offer,
    OfferLot,
    RequestClock,
    RequestLine,
    TimelineEntry,
)
from models.ask import Ask, AskedLine, Fee
from models.commitment import Outcome
from models.expedite_request import ASK_FIELDS
from models.lifecycle import How, Move, Status
from models.offer import OfferShape, OfferState
from models.picture import HomeLine, HomePicture, Picture
from models.request_clock import ClockState
from models.service_level import HOLDER, ClockKind, Step, Targets
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MARA, NAMES, NEXT_FRIDAY, NOON, TOBIAS, ZONE, a_calendar, an_ask

REQUEST_ID = 17
KIND_OF = {
    Status.ASKED: ClockKind.FIRST_RESPONSE,
    Status.ACKNOWLEDGED: ClockKind.ANSWER,
    Status.INFO_NEEDED: ClockKind.INFORMATION,
    Status.OFFERED: ClockKind.DECISION,
    Status.AGREED: ClockKind.OUTCOME,
}
WITH_LOTS = frozenset({Status.AGREED, Status.FULFILLED, Status.PARTLY_FULFILLED, Status.MISSED})


@dataclass(frozen=True)
class Words:
    """What people typed: one place, so that a test can type anything everywhere."""

    name: str = "Acme"
    unit: str = "pcs"
    text: str = "Resin lands Tuesday."
    people: dict[str, str] = field(default_factory=lambda: dict(NAMES))
    desk: str = "Plant 3 desk"


def with_id(row: Any, row_id: int) -> Any:
    row.id = row_id
    return row


def a_request(status: Status = Status.ASKED, *, ask: Ask | None = None, words: Words | None = None) -> ExpediteRequest:
    asked = ask or an_ask()
    said = words or Words(text="")
    request = ExpediteRequest(
        tenant_id=1,
        number=12,
        desk_id=1,
        calendar_id=1,
        policy_id=1,
        requester=MARA,
        asked_at=NOON - HOUR,
        **{name: getattr(asked, name) for name in ASK_FIELDS},
        links=list(asked.links),
        line_count=len(asked.lines),
    )
    if asked.more_lines:
        set_committed_value(
            request, "more_lines", [a_request_line(n, one) for n, one in enumerate(asked.more_lines, 2)]
        )
    request.status, request.owner = status, None if status is Status.ASKED else JONAS
    request.closed_at = None if status.is_open else NOON
    request.question = said.text if status is Status.INFO_NEEDED else ""
    request.decline_reason, request.alternative = said.text, said.text
    request.closing_word = said.text if status is Status.WITHDRAWN else ""
    return with_id(request, REQUEST_ID)


def a_request_line(position: int, line: AskedLine) -> RequestLine:
    return RequestLine(
        tenant_id=1,
        request_id=REQUEST_ID,
        position=position,
        **{name: getattr(line, name) for name in AskedLine.__dataclass_fields__},
    )


def hostile_request(status: Status, words: Words, **facts: Any) -> ExpediteRequest:
    """A request in which every text is the one given."""
    usual = an_ask(
        customer=words.name,
        item=words.name,
        unit=words.unit,
        order_number=words.name,
        line_number=words.name[:24],
        expectation=words.text,
        promise_date=NEXT_FRIDAY,
        latest_acceptable_date=NEXT_FRIDAY,
        value_at_stake=Decimal(48000),
        fee=Fee.CUSTOMER_PAYS,
    )
    request = a_request(status, ask=replace(usual, **facts), words=words)
    request.question = request.information = request.closing_word = words.text
    return request


def an_offer(*lots: tuple[date, int], conditions: str = "", state: OfferState = OfferState.OPEN) -> Offer:
    """40 by Friday and 60 a week later, unless said otherwise."""
    chosen = lots or ((FRIDAY, 40), (NEXT_FRIDAY, 60))
    rows = [
        OfferLot(tenant_id=1, position=n, quantity=Decimal(amount), ship_date=when)
        for n, (when, amount) in enumerate(chosen, 1)
    ]
    offer = Offer(
        tenant_id=1,
        request_id=REQUEST_ID,
        shape=OfferShape.STAGED_LOTS,
        conditions=conditions,
        extra_cost=Decimal(620),
        valid_until=NOON + 2 * HOUR,
        made_by=JONAS,
        made_at=NOON,
        lots=rows,
    )
    offer.state = state
    return with_id(offer, 30)


def a_lot(position: int = 1, amount: int = 100, *, outcome: Outcome = Outcome.OPEN, **facts: Any) -> Commitment:
    lot = Commitment(
        tenant_id=1,
        request_id=REQUEST_ID,
        position=position,
        quantity=Decimal(amount),
        original_ship_date=FRIDAY,
        committed_ship_date=FRIDAY,
        made_by=JONAS,
        made_at=NOON,
    )
    lot.outcome = outcome
    for name, value in facts.items():
        setattr(lot, name, value)
    return with_id(lot, 39 + position)


def a_clock(kind: ClockKind, *, started_at: datetime = NOON - HOUR / 5, lot: int | None = None) -> RequestClock:
    """One working hour from shortly before noon."""
    clock = RequestClock(
        tenant_id=1,
        request_id=REQUEST_ID,
        commitment_id=lot,
        kind=kind,
        holder=HOLDER[kind],
        started_at=started_at,
        target_secs=3600,
        deadline_at=started_at + HOUR,
        next_step=Step.WARN_HALF,
        due_at=started_at + HOUR / 2,
    )
    clock.state = ClockState.OPEN
    return with_id(clock, 70)


def an_entry(
    move: Move, *, by: str | None = JONAS, how: How = How.BUTTON, row_id: int = 90, **facts: Any
) -> TimelineEntry:
    entry = TimelineEntry(tenant_id=1, request_id=REQUEST_ID, at=NOON, by=by, how=how, move=move, facts=facts)
    return with_id(entry, row_id)


def a_picture(status: Status = Status.ASKED, *, words: Words | None = None, **facts: Any) -> Picture:
    """A request as it stands in this status, with the offer, lots and clock that belong to it."""
    said = words or Words(text="")
    request = facts.pop("request", None) or a_request(status, words=said)
    lots = [a_lot(outcome=Outcome.OPEN if status is Status.AGREED else Outcome.IN_FULL)] if status in WITH_LOTS else []
    started = NOON + 3 * DAY if status is Status.AGREED else NOON - HOUR / 5
    usual: dict[str, Any] = {
        "request": request,
        "desk": a_desk(said.desk),
        "calendar": a_calendar(),
        "targets": Targets(),
        "offer": an_offer(conditions=said.text) if status is Status.OFFERED else None,
        "commitments": lots,
        "clocks": [a_clock(KIND_OF[status], started_at=started, lot=40 if lots else None)] if status.is_open else [],
        "names": said.people,
        "hot_open": 6,
    }
    return Picture(**{**usual, **facts})


def a_desk(name: str = "Plant 3 desk") -> Desk:
    return with_id(Desk(tenant_id=1, name=name, channel_id="C0PLANT3", calendar_id=1, policy_id=1), 1)


def a_line(status: Status = Status.ASKED, *, is_my_turn: bool = False, number: int = 12, **facts: Any) -> HomeLine:
    picture = a_picture(status)
    picture.request.number = number
    picture.request.id = number
    usual = {"request": picture.request, "calendar": picture.calendar, "clock": picture.clock}
    return HomeLine(**{**usual, "is_my_turn": is_my_turn, **facts})


def an_absence(**facts: Any) -> Absence:
    """Mara is away for five days from now on; Tobias stands in."""
    usual = {"starts_at": NOON, "ends_at": NOON + 5 * DAY, "deputy": TOBIAS}
    absence = Absence(**{"tenant_id": 1, "slack_id": MARA, "made_by": MARA, "made_at": NOON, **usual, **facts})
    return with_id(absence, 50)


def a_home(**facts: Any) -> HomePicture:
    return HomePicture(**{"slack_id": MARA, "zone": ZONE, **facts})
