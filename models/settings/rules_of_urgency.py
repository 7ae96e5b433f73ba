"""What makes a request urgent, in the words of the settings file. Pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from models.ask import LARGEST_AMOUNT, ReasonCode
from models.i18n import _
from models.service_level import UrgencyClass
from models.settings.reader import Reader
from models.urgency import UrgencyRules

NEVER = "never"
DAYS = ("critical_within_days", "high_within_days")
AMOUNTS = ("critical_above", "high_above")
RULE_KEYS = ("by_reason", *DAYS, *AMOUNTS)


def rules_to_plain(stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """Stored rules as people read them; None where the usual ones hold."""
    if stored is None:
        return None
    said = UrgencyRules.from_json(stored).to_json()
    return {key: NEVER if value is None else value for key, value in said.items()}


def read_rules(place: Reader) -> dict[str, Any] | None:
    """Rules to store; None for the usual ones. What a rule set leaves out is as usual."""
    if place.is_nothing or not place.mapping(RULE_KEYS):
        return None
    usual = UrgencyRules()
    rules = UrgencyRules(
        by_reason=_by_reason(place.at("by_reason"), usual),
        critical_within_days=_days(place.at("critical_within_days"), usual.critical_within_days),
        high_within_days=_days(place.at("high_within_days"), usual.high_within_days),
        critical_above=_amount(place.at("critical_above"), usual.critical_above),
        high_above=_amount(place.at("high_above"), usual.high_above),
    )
    return rules.to_json()


def _by_reason(place: Reader, usual: UrgencyRules) -> tuple[tuple[ReasonCode, UrgencyClass], ...]:
    if place.value is None:
        return usual.by_reason
    place.mapping([reason.value for reason in ReasonCode])
    named = [reason for reason in ReasonCode if not place.at(reason.value).is_nothing]
    return tuple((reason, place.at(reason.value).word(UrgencyClass, UrgencyClass.STANDARD)) for reason in named)


def _days(place: Reader, usual: int | None) -> int | None:
    if _is_never(place):
        return None
    return usual if place.is_nothing else place.whole(0)


def _amount(place: Reader, usual: Decimal | None) -> Decimal | None:
    if _is_never(place):
        return None
    return usual if place.is_nothing else place.parsed(_money, Decimal(0))


def _is_never(place: Reader) -> bool:
    return isinstance(place.value, str) and place.value.strip().lower() == NEVER


def _money(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "")) if text.isascii() else Decimal(-1)
    except InvalidOperation:
        amount = Decimal(-1)
    if not (amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT):
        raise ValueError(_("“{text}” is not an amount. Write it in digits, or “never”.").format(text=text))
    return amount
