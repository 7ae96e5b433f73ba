"""What Sales asks for: the answers of the form, checked as one. Pure.

:class:`Ask` is what a form holds when every answer makes sense; ``problems_with`` tells every answer that does not,
each with the sentence to show at its field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

TEXT_LIMIT = 1500
"""Longest free text kept of one answer: what a card can show whole (a section holds 3,000 characters)."""
NAME_LIMIT = 120
"""Longest customer, item or order name: what a headline can show."""

UNIT_LIMIT = 24
"""Longest unit or line number."""
LARGEST_QUANTITY = 9_999_999
LARGEST_AMOUNT = 999_999_999_999
FURTHEST = timedelta(days=730)
"""A day beyond two years is a slip of the finger, and no calendar knows its holidays."""


MOST_LINES = 5
"""Lines of one request: one negotiation stays readable."""
LINE_FIELDS = (Field.LINE_NUMBER, Field.ITEM, Field.QUANTITY, Field.NEEDED_SHIP_DATE)
"""What is asked of each line."""


class PartialAcceptance(StrEnum):
    """May a part go first? Words follow UN/EDIFACT 4493 (delivery requirements)."""

    SHIP_COMPLETE = "ship_complete"
    BALANCE_LATER = "balance_later"
    BALANCE_CANCELLED = "balance_cancelled"


class Told(StrEnum):
    """What the customer has already been told."""

    NOTHING = "nothing"
    SOFT_DATE = "soft_date"
    FIRM_DATE = "firm_date"


class ReasonCode(StrEnum):
    """Why it is urgent."""

    LINE_DOWN = "line_down"
    PENALTY = "penalty"
    OWN_MISSED_COMMITMENT = "own_missed_commitment"
    FORECAST_MISS = "forecast_miss"
    CUSTOMER_ORDERED_LATE = "customer_ordered_late"
    NEW_BUSINESS = "new_business"
    QUALITY_REJECT = "quality_reject"
    SUPPLIER_LATE = "supplier_late"
    STOCK_OUT = "stock_out"
    OTHER = "other"


class CausedBy(StrEnum):
    """Whose doing it is."""

    CUSTOMER = "customer"
    US = "us"
    SUPPLIER = "supplier"


class Fee(StrEnum):
    """Whether an expedite fee or premium freight is agreed, and who pays."""

    NOT_DISCUSSED = "not_discussed"
    CUSTOMER_PAYS = "customer_pays"
    WE_PAY = "we_pay"
    REFUSED = "refused"


class RequestKind(StrEnum):
    """What is asked for."""

    EXPEDITE = "expedite"
    INQUIRY = "inquiry"
    """A question before a promise is made: its answer is what is available, and binds nobody."""


class CustomerAsked(StrEnum):
    """Whether the words for a customer who leaves no room were used."""

    NOT_ASKED = "not_asked"
    NO_ROOM = "no_room"
    """The customer was asked, and has none."""
    WAITING = "waiting"
    """The customer was asked, and has not answered yet."""


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One line of an order: how much of what, and by when."""

    item: str
    quantity: Decimal
    unit: str
    needed_ship_date: date
    line_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request as Sales means it. Dates are days at the desk; quantities are in ``unit``.

    Its own item, quantity and day are those of its first line; most requests have no other.
    """

    customer: str
    item: str
    quantity: Decimal
    unit: str
    needed_ship_date: date
    reason_code: ReasonCode
    order_number: str = ""
    line_number: str = ""
    promise_date: date | None = None
    partial_acceptance: PartialAcceptance = PartialAcceptance.SHIP_COMPLETE
    smallest_useful_quantity: Decimal | None = None
    latest_acceptable_date: date | None = None
    substitute_allowed: bool = False
    other_site_allowed: bool = False
    expectation: str = ""
    told: Told = Told.NOTHING
    told_date: date | None = None
    told_quantity: Decimal | None = None
    caused_by: CausedBy | None = None
    value_at_stake: Decimal | None = None
    fee: Fee = Fee.NOT_DISCUSSED
    kind: RequestKind = RequestKind.EXPEDITE
    customer_asked: CustomerAsked | None = None
    links: tuple[str, ...] = ()
    """Files and messages that belong to it: web addresses."""
    more_lines: tuple[AskedLine, ...] = ()
    """Lines 2 and later: one negotiation, an answer per line."""

    @property
    def is_inquiry(self) -> bool:
        return self.kind is RequestKind.INQUIRY

    @property
    def lines(self) -> tuple[AskedLine, ...]:
        """All lines, the first one included."""
        first = AskedLine(
            item=self.item,
            quantity=self.quantity,
            unit=self.unit,
            needed_ship_date=self.needed_ship_date,
            line_number=self.line_number,
        )
        return (first, *self.more_lines)

    def line(self, number: int) -> AskedLine:
        """The line of that number, counted from 1; the first where there is none: a drawing must not fail."""
        lines = self.lines
        return lines[number - 1] if 0 < number <= len(lines) else lines[0]

    @property
    def has_flexibility(self) -> bool:
        """Whether Ops has any room: a part, a later date, another item or site."""
        later = self.latest_acceptable_date is not None and self.latest_acceptable_date > self.needed_ship_date
        part = self.partial_acceptance is not PartialAcceptance.SHIP_COMPLETE
        return part or later or self.substitute_allowed or self.other_site_allowed


def problems_with(ask: Ask, *, today: date) -> dict[str, str]:
    """Every answer that cannot be, with what to do about it. ``today`` is the desk's day."""
    return {
        **_day_problems(ask, today),
        **_flexibility_problems(ask),
        **_amount_problems(ask),
        **_told_problems(ask),
        **_text_problems(ask),
        **_line_problems(ask, today),
    }


def field_of(field: Field, line: int) -> str:
    """The question about one line of several: the first line's are the form's own."""
    return field.value if line == 1 else f"{field.value}_{line}"


def _line_problems(ask: Ask, today: date) -> dict[str, str]:
    """What cannot be about line 2 and later."""
    problems: dict[str, str] = {}
    if len(ask.lines) > MOST_LINES:
        problems[Field.ITEM] = _("One request has {most} lines at most. Send another one for the rest.").format(
            most=MOST_LINES
        )
    for number, line in enumerate(ask.more_lines, start=2):
        lone = replace(
            ask,
            item=line.item,
            quantity=line.quantity,
            unit=line.unit,
            needed_ship_date=line.needed_ship_date,
            line_number=line.line_number,
            more_lines=(),
        )
        found = {**_day_problems(lone, today), **_amount_problems(lone), **_text_problems(lone)}
        problems |= {field_of(field, number): found[field] for field in LINE_FIELDS if field in found}
    return problems


def _day_problems(ask: Ask, today: date) -> dict[str, str]:
    problems: dict[str, str] = {}
    days = (
        (Field.NEEDED_SHIP_DATE, ask.needed_ship_date),
        (Field.LATEST_ACCEPTABLE_DATE, ask.latest_acceptable_date),
        (Field.PROMISE_DATE, ask.promise_date),
        (Field.TOLD_DATE, ask.told_date),
    )
    for field, day in days:
        if day is not None and day > today + FURTHEST:
            problems[field] = _("This day is more than two years away. Check the year.")
    if ask.needed_ship_date < today:
        problems[Field.NEEDED_SHIP_DATE] = _("This day has passed. Choose today or a later day.")
    if ask.promise_date is not None and ask.promise_date < ask.needed_ship_date:
        problems[Field.PROMISE_DATE] = _(
            "The order is already promised for before the day you need it. Check the two dates."
        )
    return problems


def _flexibility_problems(ask: Ask) -> dict[str, str]:
    problems: dict[str, str] = {}
    least = ask.smallest_useful_quantity
    if least is not None and least >= ask.quantity:
        problems[Field.SMALLEST_USEFUL_QUANTITY] = _(
            "The smallest useful part must be below the {quantity} asked for. Lower it, or choose “must ship complete”."
        ).format(quantity=f"{ask.quantity.normalize():f}")
    latest = ask.latest_acceptable_date
    if latest is not None and latest < ask.needed_ship_date:
        problems[Field.LATEST_ACCEPTABLE_DATE] = _(
            "The latest useful day is before the day it is needed. Choose that day or a later one."
        )
    return problems


def _amount_problems(ask: Ask) -> dict[str, str]:
    problems: dict[str, str] = {}
    quantities = (
        (Field.QUANTITY, ask.quantity),
        (Field.SMALLEST_USEFUL_QUANTITY, ask.smallest_useful_quantity),
        (Field.TOLD_QUANTITY, ask.told_quantity),
    )
    for field, quantity in quantities:
        if quantity is not None and not 0 < quantity <= LARGEST_QUANTITY:
            problems[field] = _("A quantity is more than zero and at most {largest}.").format(
                largest=f"{LARGEST_QUANTITY:,}"
            )
    value = ask.value_at_stake
    if value is not None and not 0 <= value <= LARGEST_AMOUNT:
        problems[Field.VALUE_AT_STAKE] = _("An amount is zero or more, and at most {largest}.").format(
            largest=f"{LARGEST_AMOUNT:,}"
        )
    return problems


def _told_problems(ask: Ask) -> dict[str, str]:
    problems: dict[str, str] = {}
    if ask.told is not Told.NOTHING and ask.told_date is None:
        problems[Field.TOLD_DATE] = _("Which date did you tell the customer? Choose it, or say that nothing was told.")
    return problems


def _text_problems(ask: Ask) -> dict[str, str]:
    limits = (
        (Field.CUSTOMER, ask.customer, NAME_LIMIT),
        (Field.ITEM, ask.item, NAME_LIMIT),
        (Field.QUANTITY, ask.unit, UNIT_LIMIT),
        (Field.ORDER_NUMBER, ask.order_number, NAME_LIMIT),
        (Field.LINE_NUMBER, ask.line_number, UNIT_LIMIT),
        (Field.EXPECTATION, ask.expectation, TEXT_LIMIT),
    )
    problems: dict[str, str] = {}
    for field, text, limit in limits:
        if len(text) > limit:
            problems[field] = _("This is {length} characters; {limit} is the most a card can show. Shorten it.").format(
                length=len(text), limit=limit
            )
    empty = _("Please fill this in: Ops needs it to answer.")
    needed = ((Field.ITEM, ask.item),) if ask.is_inquiry else ((Field.CUSTOMER, ask.customer), (Field.ITEM, ask.item))
    for field, text in needed:
        if not text.strip():
            problems[field] = empty
    return problems
