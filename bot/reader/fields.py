"""The facts of an expedite ask as a message states them; what is not sure is left out, what can mean two is a doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.reader.amounts import COUNTED
from bot.reader.calendar_words import COUNTS, DAY_SPANS, WEEK_SPANS
from bot.reader.choices import (
    AmountChoice,
    DateChoice,
    TextChoice,
    amount_choices,
    date_choices,
    is_for_needed,
    item_choices,
    name_choices,
)
from bot.reader.features import features_of
from bot.reader.goods import is_size
from bot.reader.orders import line_alone
from bot.reader.partials import partial_ok
from bot.reader.roles import Surroundings
from bot.reader.tokens import low, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from bot.reader.dates import DateRead
    from bot.reader.weights import Layer, Layers
    from bot.reader.wording import Wording

_BEFORE_WORDS = frozenset({"earlier", "sooner", "before", "ahead", "forward"})
_MOST_DIFFERENCE = 60
_MORE = frozenset({"more", "extra", "additional", "further"})
_NO_NOUN = frozenset(
    {
        "",
        ".",
        ",",
        "?",
        "!",
        ")",
        ";",
        "by",
        "for",
        "on",
        "the",
        "and",
        "or",
        "to",
        "in",
        "at",
        "would",
        "is",
        "are",
        "if",
        "with",
        "this",
    }
)


@dataclass(frozen=True)
class MessageFields:
    """What a message states; None where it states nothing or nothing sure. Dates are days of the writer's calendar.

    ``promised_date`` is the date the other side has now. ``partial_ok`` is set only where a part or a split is spoken
    of. ``demanding`` tells of the tone. ``doubts`` names for a date field the other days its words can mean.
    """

    quantity: Decimal | None = None
    unit: str | None = None
    item: str | None = None
    order: str | None = None
    line: str | None = None
    customer: str | None = None
    needed_date: date | None = None
    promised_date: date | None = None
    partial_ok: bool | None = None
    demanding: bool | None = None
    doubts: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


def fields_of(wording: Wording, customers: Sequence[str], layers: Layers) -> MessageFields:
    """Read the facts out of a message; known ``customers`` go before names that are not known."""
    around = Surroundings(wording)
    needed, promised = _dates(wording, layers, date_choices(around))
    needed_day = needed.day if needed else _told_by_difference(wording, promised)
    amount = _best_amount(wording, layers["quantity"], amount_choices(around))
    customer = known_customer(wording, customers) or _best_text(layers["customer"], name_choices(around))
    places = range(customer.first, customer.after) if customer else ()
    item = _best_text(layers["item"], item_choices(around, places))
    order = wording.orders[0] if wording.orders else None
    return MessageFields(
        quantity=amount.read.value if amount else None,
        unit=_unit(wording, amount) if amount else None,
        item=item.text if item else None,
        order=order.number if order else None,
        line=order.line if order and order.line else line_alone(wording.tokens),
        customer=customer.text if customer else None,
        needed_date=needed_day,
        promised_date=promised.day if promised else None,
        partial_ok=partial_ok(wording.words),
        demanding=_tone(layers["demanding"], features_of(wording)),
        doubts=_doubts(needed_date=needed, promised_date=promised),
    )


def _best_amount(wording: Wording, weighed: Layer, choices: list[AmountChoice]) -> AmountChoice | None:
    # "At least 50 of the 200": the smaller one is asked for.
    least = [one for one in choices if _words_before(wording, one) == ("at", "least")]
    if len(least) == 1:
        return least[0]
    best = max(choices, key=lambda choice: weighed.weigh(choice.features), default=None)
    return best if best and weighed.is_yes(best.features) else None


def _words_before(wording: Wording, amount: AmountChoice) -> tuple[str, str]:
    return low(wording.tokens, amount.read.first - 2), low(wording.tokens, amount.read.first - 1)


def _best_text(weighed: Layer, choices: list[TextChoice]) -> TextChoice | None:
    best = max(choices, key=lambda choice: weighed.weigh(choice.features), default=None)
    return best if best and weighed.is_yes(best.features) else None


def _dates(wording: Wording, layers: Layers, choices: list[DateChoice]) -> tuple[DateRead | None, DateRead | None]:
    """Take the likeliest needed and promised dates together: one asks to go from a later day to an earlier one."""
    needed, promised = layers["needed"], layers["promised"]
    can_be_needed = [choice for choice in choices if is_for_needed(wording, choice.read)]
    as_needed = [(choice.read, needed.weigh(choice.features) - needed.bar) for choice in can_be_needed]
    as_promised = [(choice.read, promised.weigh(choice.features) - promised.bar) for choice in choices]
    options: list[tuple[float, DateRead | None, DateRead | None]] = [(0.0, None, None)]
    options += [(weight, read, None) for read, weight in as_needed]
    options += [(weight, None, read) for read, weight in as_promised]
    options += [
        (weight + other, read, later)
        for read, weight in as_needed
        for later, other in as_promised
        if read.day < later.day
    ]
    _, best, current = max(options, key=lambda option: option[0])
    return best, current


def _told_by_difference(wording: Wording, promised: DateRead | None) -> date | None:
    """Read "2 weeks earlier" and "pulled forward 10 days" from the promised date."""
    if promised is None:
        return None
    for i, token in enumerate(wording.tokens):
        span = 7 if token.low in WEEK_SPANS else 1 if token.low in DAY_SPANS else 0
        written = low(wording.tokens, i - 1)
        count = COUNTS.get(written) or (int(written) if written.isascii() and written.isdigit() else 0)
        beside = {low(wording.tokens, i + 1), low(wording.tokens, i - 2)}
        if span and 0 < count <= _MOST_DIFFERENCE and beside & _BEFORE_WORDS:
            return promised.day - timedelta(days=span * count)
    return None


def _unit(wording: Wording, amount: AmountChoice) -> str | None:
    """Take the unit of an amount; "they want 450" has that of "300 cs" before it."""
    after = low(wording.tokens, amount.read.after)
    if amount.read.unit is None and after in _MORE and low(wording.tokens, amount.read.after + 1) in COUNTED:
        return wording.tokens[amount.read.after + 1].text  # "20 more pcs"
    if amount.read.unit or amount.read.is_times or after not in _NO_NOUN:
        return amount.read.unit
    others = (other.unit for other in wording.amounts if other.unit and not is_size(wording, other))
    return next(others, None)


def known_customer(wording: Wording, customers: Sequence[str]) -> TextChoice | None:
    """Find the first known customer the text names, whatever its capitals; the longest where two begin alike."""
    lows = [token.low.removesuffix("'s") for token in wording.tokens]
    known: dict[str, list[tuple[str, ...]]] = {}
    for customer in customers:
        name = tuple(token.low for token in tokenize(customer))
        if name:
            known.setdefault(name[0], []).append(name)
    for i, word in enumerate(lows):
        fitting = [name for name in known.get(word, ()) if tuple(lows[i : i + len(name)]) == name]
        if fitting:
            after = i + len(max(fitting, key=len))
            start, stop = wording.tokens[i].start, wording.tokens[after - 1].stop
            text = wording.text[start:stop].removesuffix("'s").removesuffix("’s")
            return TextChoice(i, after, text, set())
    return None


def _tone(demanding: Layer, features: set[str]) -> bool | None:
    odds = demanding.weigh(features)
    return None if abs(odds) < demanding.bar else odds > 0


def _doubts(**reads: DateRead | None) -> dict[str, tuple[date, ...]]:
    return {name: read.days[1:] for name, read in reads.items() if read and read.is_ambiguous}
