"""How pressing a request is, with its reasons in words: on the card, and before it is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.blocks.phrases import escape, listed, money
from models.ask import ReasonCode
from models.i18n import _, ngettext
from models.service_level import UrgencyClass
from models.urgency import Because, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def urgency_line(urgency: UrgencyClass, reasons: Sequence[str]) -> str:
    """Return class and reasons in mrkdwn: “*Critical:* the customer's line is down”; empty for a standard one."""
    if urgency is UrgencyClass.STANDARD:
        return ""
    said = listed([words for words in map(urgency_reason, reasons) if words])
    return f"*{urgency_word(urgency)}:* {escape(said)}" if said else f"*{urgency_word(urgency)}*"


def urgency_word(urgency: UrgencyClass) -> str:
    return {
        UrgencyClass.STANDARD: _("Standard"),
        UrgencyClass.HIGH: _("High urgency"),
        UrgencyClass.CRITICAL: _("Critical"),
    }[urgency]


def urgency_reason(reason: str) -> str:
    """Return one kept reason in plain text; empty for what is not known, because a drawing must not fail."""
    about, by = parts_of(reason)
    try:
        if about == Because.WITHIN_DAYS:
            return _within(int(by))
        if about == Because.WORTH_MORE:
            return _("worth more than {amount}").format(amount=money(Decimal(by)))
        return _reasons()[ReasonCode(by)]
    except (ValueError, ArithmeticError):
        return ""


def _within(days: int) -> str:
    if days == 0:
        return _("needed today")
    return ngettext("needed within {n} working day", "needed within {n} working days", days).format(n=days)


def _reasons() -> dict[ReasonCode, str]:
    return {
        ReasonCode.LINE_DOWN: _("the customer's line is down"),
        ReasonCode.PENALTY: _("a penalty threatens"),
        ReasonCode.OWN_MISSED_COMMITMENT: _("we missed our own commitment"),
        ReasonCode.FORECAST_MISS: _("the forecast was too low"),
        ReasonCode.CUSTOMER_ORDERED_LATE: _("the customer ordered late"),
        ReasonCode.NEW_BUSINESS: _("it is new business"),
        ReasonCode.QUALITY_REJECT: _("it replaces a quality reject"),
        ReasonCode.SUPPLIER_LATE: _("a supplier is late"),
        ReasonCode.STOCK_OUT: _("we are out of stock"),
        ReasonCode.OTHER: _("its reason counts as urgent here"),
    }
