"""How pressing a request is: from its reason, from the working days that are left, and from what is at stake. Pure.

The most pressing class that any rule gives is the request's, and the rules that give it are its reasons. Each reason is
a word with the number it was judged by (``within_days:1``), kept with the request: a rule that changes later does not
change what a request was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from models.ask import ReasonCode
from models.service_level import UrgencyClass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from models.ask import Ask

ONE_DAY = timedelta(days=1)
PRESSING = (UrgencyClass.CRITICAL, UrgencyClass.HIGH)
"""The classes above the standard, the most pressing first."""


class Because(StrEnum):
    """What a reason is about; after the colon stands what it was judged by."""

    REASON = "reason"
    """The reason code that was chosen."""
    WITHIN_DAYS = "within_days"
    """At most so many working days are left; 0 is today."""
    WORTH_MORE = "worth_more"
    """More than this amount is at stake."""


class WorkingDays(Protocol):
    """What the rules need of a business calendar."""

    def local_day(self, at: datetime) -> date: ...
    def is_working_day(self, day: date) -> bool: ...


@dataclass(frozen=True)
class UrgencyRules:
    """One workspace's mapping. A limit of None never applies."""

    by_reason: tuple[tuple[ReasonCode, UrgencyClass], ...] = (
        (ReasonCode.LINE_DOWN, UrgencyClass.CRITICAL),
        (ReasonCode.PENALTY, UrgencyClass.HIGH),
        (ReasonCode.OWN_MISSED_COMMITMENT, UrgencyClass.HIGH),
    )
    """Reasons that press by themselves; all others are standard."""
    critical_within_days: int | None = 0
    """Working days left at which it is critical: 0 means needed today, 1 by the next working day."""
    high_within_days: int | None = 1
    critical_above: Decimal | None = None
    """The value at stake above which it is critical, in the workspace's currency."""
    high_above: Decimal | None = Decimal(100_000)

    def to_json(self) -> dict[str, Any]:
        return {
            "by_reason": {reason.value: urgency.value for reason, urgency in self.by_reason},
            "critical_within_days": self.critical_within_days,
            "high_within_days": self.high_within_days,
            "critical_above": _text(self.critical_above),
            "high_above": _text(self.high_above),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> UrgencyRules:
        """Read stored rules; None gives the defaults. Raise ValueError for a word that is no reason or no class."""
        if stored is None:
            return cls()
        return cls(
            by_reason=tuple((ReasonCode(reason), UrgencyClass(of)) for reason, of in stored["by_reason"].items()),
            critical_within_days=stored["critical_within_days"],
            high_within_days=stored["high_within_days"],
            critical_above=_amount(stored["critical_above"]),
            high_above=_amount(stored["high_above"]),
        )

    def days(self, urgency: UrgencyClass) -> int | None:
        return self.critical_within_days if urgency is UrgencyClass.CRITICAL else self.high_within_days

    def above(self, urgency: UrgencyClass) -> Decimal | None:
        return self.critical_above if urgency is UrgencyClass.CRITICAL else self.high_above


@dataclass(frozen=True)
class Urgency:
    """A class with the reasons for it: none for a standard request."""

    urgency: UrgencyClass = UrgencyClass.STANDARD
    reasons: tuple[str, ...] = ()


def judge(ask: Ask, rules: UrgencyRules, calendar: WorkingDays, at: datetime) -> Urgency:
    """How pressing an ask is at this instant, by the working days of the desk's calendar."""
    for urgency in PRESSING:
        reasons = tuple(_reasons(ask, rules, urgency, calendar, at))
        if reasons:
            return Urgency(urgency, reasons)
    return Urgency()


def parts_of(reason: str) -> tuple[str, str]:
    """What a kept reason is about (a value of :class:`Because`), and what it was judged by."""
    about, _colon, by = reason.partition(":")
    return about, by


def _reasons(
    ask: Ask, rules: UrgencyRules, urgency: UrgencyClass, calendar: WorkingDays, at: datetime
) -> Iterator[str]:
    if dict(rules.by_reason).get(ask.reason_code) is urgency:
        yield f"{Because.REASON}:{ask.reason_code}"
    days = rules.days(urgency)
    if days is not None and _is_within(ask.needed_ship_date, days, calendar, at):
        yield f"{Because.WITHIN_DAYS}:{days}"
    above = rules.above(urgency)
    if above is not None and ask.value_at_stake is not None and ask.value_at_stake > above:
        yield f"{Because.WORTH_MORE}:{above:f}"


def _is_within(needed: date, days: int, calendar: WorkingDays, at: datetime) -> bool:
    """Whether no more working days than these come after today, the needed one included."""
    day, left = calendar.local_day(at), 0
    while day < needed and left <= days:
        day += ONE_DAY
        left += calendar.is_working_day(day)
    return left <= days


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _amount(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)
