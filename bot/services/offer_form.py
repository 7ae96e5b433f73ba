"""The forms about lots: what Ops offers, and what Sales proposes instead; each refusal names its field."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.services import asking, countering, offers
from bot.services.desk_forms import date_in, quantity_in
from bot.services.proposals import day_problem, quantity_problem
from bot.services.terms import terms_of
from models import queries
from models.ask import MOST_LINES
from models.errors import Field, FormRefused
from models.i18n import _
from models.offer import (
    MOST_ALTERNATIVES,
    MOST_LOTS,
    OfferShape,
    PaidBy,
    Proposal,
    ShipmentSplit,
    field_of,
    line_field,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from models import ExpediteRequest
    from models.ask import Ask
    from models.lifecycle import How
    from models.picture import Picture
    from models.tenant import Actor

Answers = dict[str, Any]
_ROWS = tuple(range(1, 2 * MOST_LOTS + 1))
_LINES = tuple(range(1, MOST_LINES + 1))
_SAYS_SOMETHING = (
    *(f"lot_quantity_{row}" for row in _ROWS),
    *(f"lot_date_{row}" for row in _ROWS),
    *(line_field(Field.OFFER_QUANTITY, line) for line in _LINES),
    *(line_field(Field.OFFER_DATE, line) for line in _LINES),
    Field.CONDITIONS,
    Field.EXTRA_COST,
    Field.SUBSTITUTE_ITEM,
    Field.OTHER_SITE,
)


def offer(session: Session, actor: Actor, request_id: int, answers: Answers, *, at: datetime, how: How) -> Picture:
    """Make the offer that the form describes; gives the request with it, so that its maker sees what is said of it."""
    found = _request(session, actor, request_id)
    today = terms_of(session, found).calendar.local_day(at)
    made = offers.offer(session, actor, request_id, proposal_from(answers, found.ask, today=today), at=at, how=how)
    return queries.picture(session, made, at)


def counter(
    session: Session, actor: Actor, request_id: int, answers: Answers, *, offer_id: int | None, at: datetime, how: How
) -> ExpediteRequest:
    """Propose what the form describes instead of the offer that was looked at."""
    found = _request(session, actor, request_id)
    lots = _lots(answers, found.ask, terms_of(session, found).calendar.local_day(at))
    words = str(answers.get(Field.COUNTER_WORDS) or "")
    return countering.counter(session, actor, request_id, lots, words, answers=offer_id, at=at, how=how)


def _request(session: Session, actor: Actor, request_id: int) -> ExpediteRequest:
    found = queries.request(session, actor.tenant_id, request_id)
    queries.load_lines(session, [found])
    return found


def proposal_from(answers: Mapping[str, Any], ask: Ask, *, today: date) -> Proposal:
    """What the offer form describes; raises :class:`FormRefused` with a sentence at each field that is not clear.

    A further alternative in which nothing was filled in says nothing.
    """
    read: list[Proposal] = []
    problems: dict[str, str] = {}
    for number in range(1, MOST_ALTERNATIVES + 1):
        told = _of_alternative(answers, number)
        if number > 1 and not any(str(told.get(field) or "").strip() for field in _SAYS_SOMETHING):
            continue
        try:
            read.append(_alternative(told, ask, today))
        except FormRefused as refused:
            problems |= {field_of(number, field): sentence for field, sentence in refused.problems.items()}
    if problems:
        raise FormRefused(problems)
    return _together(read, answers)


def _together(read: list[Proposal], answers: Mapping[str, Any]) -> Proposal:
    until = answers.get(Field.VALID_UNTIL)
    first = read[0]
    return Proposal(
        shape=first.shape,
        lots=first.lots,
        conditions=first.conditions,
        extra_cost=first.extra_cost,
        paid_by=first.paid_by,
        substitute=first.substitute,
        site=first.site,
        valid_until=datetime.fromtimestamp(int(until), UTC) if until else None,
        others=tuple(read[1:]),
    )


def _of_alternative(answers: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The answers about one alternative, by their plain names."""
    if number == 1:
        return dict(answers)
    prefix = field_of(number, "")
    return {name.removeprefix(prefix): value for name, value in answers.items() if name.startswith(prefix)}


def _alternative(answers: Mapping[str, Any], ask: Ask, today: date) -> Proposal:
    shape = OfferShape(answers.get(Field.OFFER_SHAPE) or OfferShape.PART_ON_DATE)
    problems: dict[str, str] = {}
    lots: list[ShipmentSplit] = []
    cost = None
    try:
        lots = _LOTS[shape](answers, ask, today)
    except FormRefused as refused:
        problems |= refused.problems
    try:
        cost = asking.money(answers.get(Field.EXTRA_COST), Field.EXTRA_COST)
    except FormRefused as refused:
        problems |= refused.problems
    if problems:
        raise FormRefused(problems)
    paid_by, is_instead = answers.get(Field.PAID_BY), shape is OfferShape.INSTEAD
    return Proposal(
        shape=shape,
        lots=tuple(lots),
        conditions=_text(answers, Field.CONDITIONS),
        extra_cost=cost,
        paid_by=PaidBy(paid_by) if paid_by else None,
        substitute=_text(answers, Field.SUBSTITUTE_ITEM) if is_instead else "",
        site=_text(answers, Field.OTHER_SITE) if is_instead else "",
    )


def _text(answers: Mapping[str, Any], field: Field) -> str:
    return str(answers.get(field) or "").strip()


def _part_on_date(answers: Mapping[str, Any], ask: Ask, _today: date) -> list[ShipmentSplit]:
    """A quantity for each line that ships in part or in full; a line without one is not offered."""
    lots: list[ShipmentSplit] = []
    problems: dict[str, str] = {}
    for number, line in enumerate(ask.lines, start=1):
        try:
            quantity = quantity_in(answers, line_field(Field.OFFER_QUANTITY, number))
        except FormRefused as refused:
            problems |= refused.problems
        else:
            lots += [] if quantity is None else [ShipmentSplit(line.needed_ship_date, quantity, number)]
    if not lots and not problems:
        problems[Field.OFFER_QUANTITY] = _("How much can ship on the day asked for? Give a number.")
    if problems:
        raise FormRefused(problems)
    return lots


def _everything_later(answers: Mapping[str, Any], ask: Ask, today: date) -> list[ShipmentSplit]:
    problems: dict[str, str] = {}
    lots = []
    for number, line in enumerate(ask.lines, start=1):
        field = line_field(Field.OFFER_DATE, number)
        day = date_in(answers, field)
        wrong = _("On which day can everything ship? Choose it.") if day is None else day_problem(day, today)
        if wrong or day is None:
            problems[field] = wrong
        else:
            lots.append(ShipmentSplit(day, line.quantity, number))
    if problems:
        raise FormRefused(problems)
    return lots


def _instead(answers: Mapping[str, Any], ask: Ask, _today: date) -> list[ShipmentSplit]:
    """One lot of one line; without a quantity it is all of that line."""
    problems: dict[str, str] = {}
    line, quantity, day = 1, None, date_in(answers, Field.OFFER_DATE)
    try:
        quantity = quantity_in(answers, Field.OFFER_QUANTITY)
        line = _line_in(answers, Field.OFFER_LINE, ask)
    except FormRefused as refused:
        problems |= refused.problems
    if day is None:
        problems[Field.OFFER_DATE] = _("On which day can it ship? Choose it.")
    if not _text(answers, Field.SUBSTITUTE_ITEM) and not _text(answers, Field.OTHER_SITE):
        problems[Field.SUBSTITUTE_ITEM] = _("Name the item that would ship instead, or the site it would ship from.")
    if problems or day is None:
        raise FormRefused(problems)
    return [ShipmentSplit(day, ask.line(line).quantity if quantity is None else quantity, line)]


def _line_in(answers: Mapping[str, Any], field: str, ask: Ask) -> int:
    """The line that was chosen; of a request with one line nobody is asked."""
    chosen = str(answers.get(field) or "1")
    if chosen.isdecimal() and 1 <= int(chosen) <= len(ask.lines):
        return int(chosen)
    raise FormRefused({field: _("Which line does it answer? Choose one.")})


def _lots(answers: Mapping[str, Any], ask: Ask, today: date) -> list[ShipmentSplit]:
    """The rows that say something, each checked where it stands."""
    lots: list[ShipmentSplit] = []
    problems: dict[str, str] = {}
    for row in _ROWS:
        try:
            lots.extend(_lot(answers, row, ask, today))
        except FormRefused as refused:
            problems |= refused.problems
    if problems:
        raise FormRefused(problems)
    return lots


def _lot(answers: Mapping[str, Any], row: int, ask: Ask, today: date) -> list[ShipmentSplit]:
    quantity_field, date_field = f"lot_quantity_{row}", f"lot_date_{row}"
    quantity, day = quantity_in(answers, quantity_field), date_in(answers, date_field)
    if quantity is None and day is None:
        return []
    if quantity is None:
        raise FormRefused({quantity_field: _("How much ships in this lot? Give a number, or clear its date.")})
    if day is None:
        raise FormRefused({date_field: _("When does this lot ship? Choose a day, or clear its quantity.")})
    wrong = {quantity_field: quantity_problem(quantity), date_field: day_problem(day, today)}
    if any(wrong.values()):
        raise FormRefused({field: sentence for field, sentence in wrong.items() if sentence})
    return [ShipmentSplit(day, quantity, _line_in(answers, f"lot_line_{row}", ask))]


_LOTS = {
    OfferShape.PART_ON_DATE: _part_on_date,
    OfferShape.EVERYTHING_LATER: _everything_later,
    OfferShape.STAGED_LOTS: _lots,
    OfferShape.INSTEAD: _instead,
}
