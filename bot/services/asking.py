"""A form's answers as typed become an ask, or a sentence at each answer that cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from bot.reader import parse_quantity
from bot.services.beforehand import meter, same_item_open, same_order_open
from models.ask import (
    LARGEST_AMOUNT,
    LINE_FIELDS,
    Ask,
    AskedLine,
    CausedBy,
    CustomerAsked,
    Fee,
    PartialAcceptance,
    ReasonCode,
    Told,
    field_of,
    problems_with,
)
from models.draft import LINES, lines_in
from models.errors import Field, FormRefused
from models.i18n import _
from models.links import links_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["answers_from", "ask_from", "meter", "money", "problems_in", "same_item_open", "same_order_open"]

T = TypeVar("T")
Words = TypeVar("Words", bound=StrEnum)

USUAL_UNIT = "pcs"
SUBSTITUTE, OTHER_SITE = "substitute", "other_site"
# Where an answer is missing, these keep the other checks going; what depends on them is not judged.
_DEPENDS_ON: dict[str, set[Field]] = {
    Field.QUANTITY: {Field.SMALLEST_USEFUL_QUANTITY},
    Field.NEEDED_SHIP_DATE: {Field.PROMISE_DATE, Field.LATEST_ACCEPTABLE_DATE},
}


class _Reading:
    """Answers being read: each that cannot be read leaves its sentence and a stand-in."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.problems: dict[str, str] = {}

    def text(self, field: str) -> str:
        return str(self.answers.get(field) or "").strip()

    def read(self, field: str, reader: Callable[[str], T], instead: T) -> T:
        """Read an answer that may be left out."""
        typed = self.text(field)
        if not typed:
            return instead
        try:
            return reader(typed)
        except ValueError as refused:
            self.problems[field] = str(refused)
            return instead

    def required(self, field: str, reader: Callable[[str], T], instead: T, sentence: str) -> T:
        if not self.text(field):
            self.problems[field] = sentence
        return self.read(field, reader, instead)

    def chosen(self, field: Field, kind: type[Words], instead: Words) -> Words:
        return self.read(field, lambda typed: _one_of(kind, typed), instead)


def ask_from(answers: Mapping[str, Any]) -> Ask:
    """The ask that the answers make; raises :class:`FormRefused` for what cannot be read.

    Whether it makes sense on a day is asked by :func:`problems_in`, and again when it is sent.
    """
    reading = _Reading(answers)
    ask = _read_ask(reading, date.max)
    if reading.problems:
        raise FormRefused(reading.problems)
    return ask


def problems_in(answers: Mapping[str, Any], *, today: date) -> dict[str, str]:
    """Every answer that needs another look, with its sentence: unreadable ones and those that cannot be."""
    reading = _Reading(answers)
    ask = _read_ask(reading, today)
    found = problems_with(ask, today=today)
    unjudged = set().union(*(_DEPENDS_ON.get(field, set()) for field in reading.problems))
    judged = {field: sentence for field, sentence in found.items() if field not in unjudged}
    return {str(field): sentence for field, sentence in {**judged, **reading.problems}.items()}


def answers_from(ask: Ask) -> dict[str, Any]:
    """The answers that make this ask: to start a form from it. The inverse of :func:`ask_from`."""
    substitution = {SUBSTITUTE: ask.substitute_allowed, OTHER_SITE: ask.other_site_allowed}
    answers: dict[Field, Any] = {
        Field.CUSTOMER: ask.customer,
        Field.ITEM: ask.item,
        Field.QUANTITY: f"{ask.quantity:f} {ask.unit}".strip(),
        Field.NEEDED_SHIP_DATE: ask.needed_ship_date.isoformat(),
        Field.REASON_CODE: ask.reason_code.value,
        Field.ORDER_NUMBER: ask.order_number,
        Field.LINE_NUMBER: ask.line_number,
        Field.PROMISE_DATE: _day(ask.promise_date),
        Field.PARTIAL_ACCEPTANCE: ask.partial_acceptance.value,
        Field.SMALLEST_USEFUL_QUANTITY: _number(ask.smallest_useful_quantity),
        Field.LATEST_ACCEPTABLE_DATE: _day(ask.latest_acceptable_date),
        Field.SUBSTITUTION: [word for word, allowed in substitution.items() if allowed],
        Field.EXPECTATION: ask.expectation,
        Field.TOLD: ask.told.value,
        Field.TOLD_DATE: _day(ask.told_date),
        Field.TOLD_QUANTITY: _number(ask.told_quantity),
        Field.CAUSED_BY: ask.caused_by.value if ask.caused_by else None,
        Field.VALUE_AT_STAKE: _number(ask.value_at_stake),
        Field.FEE: ask.fee.value,
        Field.LINKS: "\n".join(ask.links),
        Field.CUSTOMER_ASKED: ask.customer_asked.value if ask.customer_asked else None,
    }
    return {**{field.value: answer for field, answer in answers.items() if answer}, **_line_answers(ask)}


def _line_answers(ask: Ask) -> dict[str, Any]:
    """The answers about line 2 and later."""
    if not ask.more_lines:
        return {}
    answers: dict[str, Any] = {LINES: len(ask.lines)}
    for number, line in enumerate(ask.more_lines, start=2):
        said = (
            line.line_number,
            line.item,
            f"{line.quantity:f} {line.unit}".strip(),
            line.needed_ship_date.isoformat(),
        )
        answers |= {field_of(field, number): answer for field, answer in zip(LINE_FIELDS, said, strict=True) if answer}
    return answers


def money(typed: Any, field: str) -> Decimal | None:
    """An amount as people type it (“$12,500.00”); None when left empty. Raises :class:`FormRefused`."""
    text = str(typed or "").strip()
    if not text:
        return None
    try:
        return _amount(text)
    except ValueError as refused:
        raise FormRefused({field: str(refused)}) from refused


def _read_ask(reading: _Reading, today: date) -> Ask:
    quantity, unit = reading.required(
        Field.QUANTITY, _quantity, (Decimal(1), USUAL_UNIT), _("How much is needed? For example 100 pcs.")
    )
    substitution = reading.answers.get(Field.SUBSTITUTION) or ()
    needed = reading.required(Field.NEEDED_SHIP_DATE, day_of, today, _("Choose the day it has to ship."))
    return Ask(
        customer=reading.text(Field.CUSTOMER),
        item=reading.text(Field.ITEM),
        quantity=quantity,
        unit=unit,
        needed_ship_date=needed,
        reason_code=reading.required(
            Field.REASON_CODE,
            lambda typed: _one_of(ReasonCode, typed),
            ReasonCode.OTHER,
            _("Choose why it is urgent. “Other” is fine."),
        ),
        substitute_allowed=SUBSTITUTE in substitution,
        other_site_allowed=OTHER_SITE in substitution,
        more_lines=tuple(_read_line(reading, n, needed) for n in range(2, lines_in(reading.answers) + 1)),
        **_read_optional(reading),
        **_read_told(reading),
    )


def _read_line(reading: _Reading, number: int, needed: date) -> AskedLine:
    """Line 2 or later; without a day of its own it is needed with the first."""
    quantity, unit = reading.required(
        field_of(Field.QUANTITY, number),
        _quantity,
        (Decimal(1), USUAL_UNIT),
        _("How much is needed? For example 100 pcs. Or remove this line."),
    )
    return AskedLine(
        item=reading.text(field_of(Field.ITEM, number)),
        quantity=quantity,
        unit=unit,
        needed_ship_date=reading.read(field_of(Field.NEEDED_SHIP_DATE, number), day_of, needed),
        line_number=reading.text(field_of(Field.LINE_NUMBER, number)),
    )


def _read_told(reading: _Reading) -> dict[str, Any]:
    """What the customer was told; of nothing there is neither day nor quantity, whatever was typed before."""
    told = reading.chosen(Field.TOLD, Told, Told.NOTHING)
    if told is Told.NOTHING:
        return {"told": told}
    return {
        "told": told,
        "told_date": reading.read(Field.TOLD_DATE, day_of, None),
        "told_quantity": reading.read(Field.TOLD_QUANTITY, _number_of, None),
    }


def _read_part(reading: _Reading) -> dict[str, Any]:
    """Whether a part helps; only then there is a smallest useful one."""
    part = reading.chosen(Field.PARTIAL_ACCEPTANCE, PartialAcceptance, PartialAcceptance.SHIP_COMPLETE)
    if part is PartialAcceptance.SHIP_COMPLETE:
        return {"partial_acceptance": part}
    least = reading.read(Field.SMALLEST_USEFUL_QUANTITY, _number_of, None)
    return {"partial_acceptance": part, "smallest_useful_quantity": least}


def _read_optional(reading: _Reading) -> dict[str, Any]:
    return {
        "order_number": reading.text(Field.ORDER_NUMBER),
        "line_number": reading.text(Field.LINE_NUMBER),
        "promise_date": reading.read(Field.PROMISE_DATE, day_of, None),
        "latest_acceptable_date": reading.read(Field.LATEST_ACCEPTABLE_DATE, day_of, None),
        "expectation": reading.text(Field.EXPECTATION),
        "caused_by": reading.read(Field.CAUSED_BY, lambda typed: _one_of(CausedBy, typed), None),
        "value_at_stake": reading.read(Field.VALUE_AT_STAKE, _amount, None),
        "fee": reading.chosen(Field.FEE, Fee, Fee.NOT_DISCUSSED),
        "links": tuple(reading.read(Field.LINKS, lambda typed: list(links_in(typed)), [])),
        "customer_asked": reading.read(Field.CUSTOMER_ASKED, lambda typed: _one_of(CustomerAsked, typed), None),
        **_read_part(reading),
    }


def _quantity(typed: str) -> tuple[Decimal, str]:
    quantity, unit = parse_quantity(typed)
    return quantity, unit or USUAL_UNIT


def _number_of(typed: str) -> Decimal:
    return parse_quantity(typed)[0]


def day_of(typed: str) -> date:
    """A day as the form gives it; raises :class:`ValueError` with a sentence."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(_("“{text}” is not a day. Choose one in the calendar.").format(text=typed)) from None


def _amount(typed: str) -> Decimal:
    digits = typed.strip("$€£¥ \u00a0").replace(",", "").replace(" ", "")
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        amount = Decimal(-1)
    if not (digits.isascii() and amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT):
        raise ValueError(_("“{text}” is not an amount. Write it in digits, for example 12,500.").format(text=typed))
    return round(amount, 2)


def _one_of(kind: type[Words], typed: str) -> Words:
    try:
        return kind(typed)
    except ValueError:
        raise ValueError(_("Choose one of the answers given.")) from None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(amount: Decimal | None) -> str | None:
    return f"{amount:f}" if amount is not None else None
