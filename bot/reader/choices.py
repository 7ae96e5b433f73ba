"""Which date, amount, name and phrase of a message is which field: candidates as features, to be weighed.

Each candidate is weighed by what stands around it; one below its field's bar is left out, for a field that is missing
is asked for, while a wrong one is believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reader.goods import is_size, phrases_in
from bot.reader.tokens import low
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.reader.amounts import Amount
    from bot.reader.capitals import Run
    from bot.reader.dates import DateRead
    from bot.reader.roles import Surroundings
    from bot.reader.wording import Wording

_WEEK, _MONTH = 7, 31
_LINE_READ = 12
_SHORT_TERM = frozenset({"today", "tomorrow"})
_ENDS = frozenset(".!?,;")
_ANSWERING = word_set(
    "answer answers reply replies respond response revert plan feedback confirm confirmation update call told tell say "
    "know back comment decision"
)
_ANSWERS_WITHIN = 5
_HEADERS = frozenset({"from", "date", "sent", "gesendet", "von", "de", "on"})


class DateChoice(NamedTuple):
    read: DateRead
    features: set[str]


class AmountChoice(NamedTuple):
    read: Amount
    features: set[str]


class TextChoice(NamedTuple):
    """Tokens ``first`` to ``after`` and the text they are read as."""

    first: int
    after: int
    text: str
    features: set[str]


def date_choices(around: Surroundings) -> list[DateChoice]:
    wording = around.wording
    days = sorted({date.day for date in wording.dates})
    return [DateChoice(date, set(_of_date(around, date, k, days))) for k, date in enumerate(wording.dates)]


def _of_date(around: Surroundings, date: DateRead, k: int, days: Sequence[object]) -> Iterator[str]:
    wording = around.wording
    stands = list(around.features(date.first, date.after))
    yield from stands
    rank = "only" if len(days) == 1 else "first" if date.day == days[0] else "last" if date.day == days[-1] else "mid"
    yield from (f"{rank}&{name}" for name in stands if name.startswith(("-1:", "<c:", ">c:", "+1:")))
    yield f"rank:{rank}"
    yield f"{rank}&form:{date.form}"
    yield f"form:{date.form}"
    yield f"count:{min(len(days), 3)}"
    yield f"pos:{min(k, 3)}"
    first = wording.tokens[date.first].low
    yield f"word:{first if first.isalpha() else '#'}"
    yield f"gap:{_gap((date.day - wording.calendar.today).days)}"
    if date.is_vague:
        yield "vague"
    if low(wording.tokens, _line_start(wording, date.first)) in _HEADERS:
        yield "header"


def _gap(days: int) -> str:
    if days < 0:
        return "past"
    if days <= 1:
        return str(days)
    return "week" if days <= _WEEK else "month" if days <= _MONTH else "far"


def _line_start(wording: Wording, i: int) -> int:
    """Find the first word of the line a token stands on, behind quote signs."""
    j = i
    while j and wording.tokens[j - 1].text != "\n":
        j -= 1
    while low(wording.tokens, j) in {">", "&gt;", "*", "-"}:
        j += 1
    return j


def is_for_needed(wording: Wording, date: DateRead) -> bool:
    """Tell whether a day can be the needed one: not that of a quoted mail, nor the day by which an answer is wanted."""
    start = _line_start(wording, date.first)
    line = [token.low for token in wording.tokens[start : date.after + _LINE_READ]]
    if line and line[0] in _HEADERS and "wrote" in line:
        return False
    if date.form not in _SHORT_TERM:
        return True
    before = [token.low for token in wording.tokens[max(start, date.first - _ANSWERS_WITHIN) : date.first]]
    since = max((i for i, word in enumerate(before) if word in _ENDS), default=-1)
    return not _ANSWERING.intersection(before[since + 1 :])


def amount_choices(around: Surroundings) -> list[AmountChoice]:
    wording = around.wording
    values = sorted({amount.value for amount in wording.amounts})
    found = []
    for k, amount in enumerate(wording.amounts):
        features = set(around.features(amount.first, amount.after))
        rank = "only" if len(values) == 1 else "most" if amount.value == values[-1] else "less"
        kind = "size" if is_size(wording, amount) else "unit" if amount.unit else "bare"
        extra = {f"rank:{rank}", f"kind:{kind}", f"pos:{min(k, 3)}", f"count:{min(len(values), 3)}", f"{kind}&{rank}"}
        extra |= {f"{kind}&{name}" for name in features if name.startswith(("-1:", "+1:", ">c:", "<c:"))}
        if amount.is_times:
            extra.add("times")
        if amount.value <= 1:
            extra.add("one")
        found.append(AmountChoice(amount, features | extra))
    return found


def name_choices(around: Surroundings) -> list[TextChoice]:
    wording = around.wording
    found = []
    for k, run in enumerate(wording.names):
        text = wording.text[wording.tokens[run.first].start : wording.tokens[run.after - 1].stop]
        features = set(around.features(run.first, run.after))
        possessed = text.endswith(("'s", "’s")) or low(wording.tokens, run.after) in {"'", "’"}
        extra = {f"pos:{min(k, 3)}", f"count:{min(len(wording.names), 4)}", f"words:{min(run.after - run.first, 3)}"}
        extra |= {"start"} if run.is_start else {"inside"}
        extra |= {"possessed"} if possessed else set()
        extra |= {"capitals"} if text.isupper() else set()
        extra |= {f"line:{low(wording.tokens, _line_start(wording, run.first))}"}
        extra |= (
            {"again"}
            if sum(other.first != run.first and _same(wording, other, run) for other in wording.names)
            else set()
        )
        found.append(TextChoice(run.first, run.after, _named(wording, run, text), features | extra))
    return found


def _named(wording: Wording, run: Run, text: str) -> str:
    """Drop the s of a possessive, but not that of "for St. Brendan's" where nothing is owned."""
    after = low(wording.tokens, run.after)
    owns_nothing = not after or not after[0].isalnum() or after in {"by", "before", "on", "and", "this", "at"}
    if owns_nothing and low(wording.tokens, run.first - 1) in {"for", "to", "at", "from"}:
        return text
    return text.removesuffix("'s").removesuffix("’s")


def _same(wording: Wording, one: Run, other: Run) -> bool:
    return wording.tokens[one.first].low.removesuffix("'s") == wording.tokens[other.first].low.removesuffix("'s")


def item_choices(around: Surroundings, customer: Iterable[int]) -> list[TextChoice]:
    """Find what can be the goods; ``customer`` are the places read as the customer."""
    wording = around.wording
    taken = set(customer)
    counted = {amount.after for amount in wording.amounts}
    found = []
    for k, phrase in enumerate(phrases_in(wording)):
        if taken.intersection(range(phrase.first, phrase.after)):
            continue
        text = wording.text[wording.tokens[phrase.first].start : wording.tokens[phrase.after - 1].stop]
        features = set(around.features(phrase.first, phrase.after))
        last = wording.tokens[phrase.after - 1].low
        head = wording.tokens[phrase.first]
        extra = {f"lead:{phrase.lead}", f"pos:{min(k, 6)}", f"words:{min(phrase.after - phrase.first, 4)}"}
        extra |= {
            f"last:{last}",
            f"first:{head.low}",
            f"plural:{last.endswith('s')}",
            f"capital:{head.text[0].isupper()}",
        }
        extra |= {"code"} if any(map(str.isdigit, text)) else set()
        extra |= {"counted"} if phrase.lead == "qty" or phrase.first in counted else set()
        extra |= {f"{phrase.lead}&{name}" for name in features if name.startswith(("+1:", "s:", "-1:"))}
        found.append(TextChoice(phrase.first, phrase.after, text, features | extra))
    return found
