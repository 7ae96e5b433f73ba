"""Reads a message of a channel: does somebody ask for goods sooner, or for more of them; and the facts it states.

What is asked (speed, a date, more), of what (an order, goods), by whom and in which mood (asking, reporting, thanking,
asking for a rule, negated, over) is told as cues, alone and in pairs; trained weights say what they mean together.
Nothing read here is stored or sent before a person confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.reader.features import features_of
from bot.reader.fields import MessageFields, fields_of
from bot.reader.weights import Layer, Layers, likelihood, shipped
from bot.reader.wording import worded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Reason(StrEnum):
    """Why a message was taken for an ask, or for none; a code for the sentence people see."""

    ASKS_EARLIER = "asks_earlier"
    ASKS_MORE = "asks_more"
    NAMES_ORDER = "names_order"
    NAMES_QUANTITY = "names_quantity"
    NAMES_DATE = "names_date"
    NAMES_CUSTOMER = "names_customer"
    IN_TROUBLE = "in_trouble"
    PASSED_ON = "passed_on"
    ASKS_LATER = "asks_later"
    ASKS_LESS = "asks_less"
    NO_HURRY = "no_hurry"
    IS_OVER = "is_over"
    IS_THANKS = "is_thanks"
    IS_REPORT = "is_report"
    ASKS_STATUS = "asks_status"
    ASKS_RULE = "asks_rule"
    OTHER_THING = "other_thing"


_FOR = {
    "speed": Reason.ASKS_EARLIER, "soon": Reason.ASKS_EARLIER, "contrast": Reason.ASKS_EARLIER,
    "too_late": Reason.ASKS_EARLIER, "more": Reason.ASKS_MORE, "order": Reason.NAMES_ORDER,
    "qty": Reason.NAMES_QUANTITY, "date": Reason.NAMES_DATE, "today": Reason.NAMES_DATE, "name": Reason.NAMES_CUSTOMER,
    "customer": Reason.NAMES_CUSTOMER, "crisis": Reason.IN_TROUBLE, "quoted": Reason.PASSED_ON,
    "opinion": Reason.PASSED_ON,
}  # fmt: skip
_AGAINST = {
    "later": Reason.ASKS_LATER, "less": Reason.ASKS_LESS, "no_need": Reason.NO_HURRY, "done": Reason.IS_OVER,
    "closed": Reason.IS_OVER, "thank": Reason.IS_THANKS, "report": Reason.IS_REPORT, "ops_news": Reason.IS_REPORT,
    "status": Reason.ASKS_STATUS, "policy": Reason.ASKS_RULE, "paper": Reason.OTHER_THING, "money": Reason.OTHER_THING,
    "it": Reason.OTHER_THING, "people": Reason.OTHER_THING, "meeting": Reason.OTHER_THING,
    "supplier": Reason.OTHER_THING, "freight": Reason.OTHER_THING, "social": Reason.OTHER_THING,
    "meta": Reason.OTHER_THING,
}  # fmt: skip
_MOST_REASONS = 4
_WISHES_OR_THINGS = frozenset(
    {"@ask", "@want", "@speed", "@soon", "@more", "@opinion", "@contrast", "@too_late"}
    | {"@order", "@qty", "@num", "@name", "@customer"}
)
"""One of these is in every ask: who wishes for nothing and names nothing does not ask."""
_WHAT = frozenset({Reason.ASKS_EARLIER, Reason.ASKS_MORE})


@dataclass(frozen=True)
class MessageReading:
    """Whether a message is an expedite ask, how likely (0 to 1), why, and what it states.

    ``fields`` are read only out of asks; :func:`read_fields` reads them out of any text.
    """

    expedite: bool
    score: float
    reasons: tuple[Reason, ...]
    fields: MessageFields


def read_message(
    text: str,
    *,
    now: datetime,
    customers: Sequence[str] = (),
    day_first: bool | None = None,
    layers: Layers | None = None,
    with_fields: bool = True,
) -> MessageReading:
    """Read a message posted at ``now``, aware and in the writer's zone, so that "Friday" is theirs.

    ``customers`` are the names known to the desk; ``day_first`` is the order of day and month of the writer's locale,
    guessed from the zone where it is not known. ``layers`` are other weights than the shipped ones, for measuring.
    Without ``with_fields`` an ask is only noticed, which costs less: every message of a watched channel is.
    """
    layers = layers or shipped()
    wording = worded(text, now=now, day_first=day_first)
    features = features_of(wording)
    asks = layers["expedite"]
    odds = asks.weigh(features)
    # An ask in every other way may still be for a report or a pull request: it has to be about goods.
    is_ask = odds >= asks.bar and layers["goods"].is_yes(features) and not _WISHES_OR_THINGS.isdisjoint(features)
    fields = fields_of(wording, customers, layers) if is_ask and with_fields else MessageFields()
    return MessageReading(
        is_ask, round(likelihood(odds - asks.bar), 4), _reasons(asks, features, is_ask=is_ask), fields
    )


def read_fields(
    text: str, *, now: datetime, customers: Sequence[str] = (), day_first: bool | None = None
) -> MessageFields:
    """Read the facts out of a text somebody says is an ask."""
    return fields_of(worded(text, now=now, day_first=day_first), customers, shipped())


def _reasons(asks: Layer, features: set[str], *, is_ask: bool) -> tuple[Reason, ...]:
    """Name what speaks for the answer: what is asked, where it can be told, then the heaviest first."""
    asked = {_FOR[sign] for sign in _FOR if _FOR[sign] in _WHAT and f"@{sign}" in features} if is_ask else set()
    heavy: dict[Reason, float] = dict.fromkeys(asked, 0.0)
    for name in features:
        weight = asks.weights.get(name, 0.0)
        if not weight or name.startswith("w:"):
            continue
        for sign in name.removeprefix("@").split("&"):
            reason = (_FOR if is_ask else _AGAINST).get(sign)
            if reason:
                heavy[reason] = heavy.get(reason, 0.0) + (weight if is_ask else -weight)
    said = [reason for reason in heavy if heavy[reason] > 0 or reason in asked]
    ordered = sorted(said, key=lambda reason: (reason not in asked, -heavy[reason], reason))
    return tuple(ordered[:_MOST_REASONS])


__all__ = ["MessageFields", "MessageReading", "Reason", "read_fields", "read_message"]
