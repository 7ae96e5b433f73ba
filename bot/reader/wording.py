"""A message cut once and read for dates, amounts, orders and names; what readers of its meaning stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reader.amounts import Amount, amounts_in
from bot.reader.capitals import Run, runs_in
from bot.reader.cues import cues_at
from bot.reader.dates import DateRead, calendar_of, dates_in
from bot.reader.orders import OrderRead, orders_in
from bot.reader.tokens import MOST_READ, Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.reader.day_numbers import Calendar

_TAIL_READ = 1000
# Shorthand of chats, as the word it stands for.
_SHORTHAND = {
    "pls": "please", "plz": "please", "pl": "please", "plse": "please", "kindly": "please", "u": "you", "ur": "your",
    "ya": "you", "thx": "thanks", "tks": "thanks", "ty": "thanks", "tnx": "thanks", "thnx": "thanks", "cust": "customer",
    "cust's": "customer", "custs": "customers", "r": "are", "w": "with", "w/": "with", "abt": "about", "gonna": "going",
    "wanna": "want", "ppl": "people", "y'all": "you", "cant": "can't", "dont": "don't", "wont": "won't", "im": "i'm",
    "whats": "what's", "wheres": "where's", "expidite": "expedite", "expdite": "expedite", "urgnet": "urgent",
    "urgently": "urgent", "asap!": "asap", "a.s.a.p": "asap", "possbile": "possible", "posible": "possible",
    "earlyer": "earlier", "erlier": "earlier", "costumer": "customer", "client": "customer", "client's": "customer's",
    "deliever": "deliver", "delivry": "delivery", "shipmnt": "shipment", "wk": "week", "wks": "weeks", "thru": "through",
}  # fmt: skip
_TODAY = frozenset({"today", "tonight", "eod", "cob", "tonite"})
_ENDS = frozenset(".!?\n;")


@dataclass(frozen=True)
class Wording:
    """The tokens of a text, what was read out of them, and ``words``: the tokens with what was read put in its place.

    In ``words`` a date is "<date>", an amount with a unit "<qty>", a bare number "<num>", an order "<order>", a name
    "<name>"; ``places`` tells at which token each word begins. ``sentences`` are ranges of words, and ``cues`` has for
    each word the classes of the phrases that begin there.
    """

    text: str
    tokens: list[Token]
    calendar: Calendar
    dates: tuple[DateRead, ...]
    amounts: tuple[Amount, ...]
    orders: tuple[OrderRead, ...]
    names: tuple[Run, ...]
    words: tuple[str, ...]
    places: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    cues: tuple[tuple[str, ...], ...]


def worded(text: str, *, now: datetime, day_first: bool | None = None) -> Wording:
    """Cut and read a message; of a very long one its beginning and its end."""
    if len(text) > MOST_READ:
        text = f"{text[: MOST_READ - _TAIL_READ - 1]}\n{text[-_TAIL_READ:]}"
    tokens = tokenize(text)
    calendar = calendar_of(tokens, now, day_first)
    dates, orders = dates_in(tokens, calendar), orders_in(tokens)
    taken = _places([*dates, *orders])
    amounts = amounts_in(tokens, taken=taken, dots_group=calendar.day_first)
    names = tuple(runs_in(tokens, taken | _places(amounts)))
    spans = _spans(tokens, dates, amounts, orders, names)
    words, places = _words(tokens, spans)
    sentences = _sentences(words)
    cues = cues_at(words, sentences)
    return Wording(text, tokens, calendar, dates, amounts, orders, names, words, places, sentences, cues)


def _places(reads: Iterable[DateRead | OrderRead | Amount]) -> set[int]:
    return {i for read in reads for i in range(read.first, read.after)}


def _spans(
    tokens: list[Token],
    dates: tuple[DateRead, ...],
    amounts: tuple[Amount, ...],
    orders: tuple[OrderRead, ...],
    names: tuple[Run, ...],
) -> dict[int, tuple[int, str]]:
    """Say for each token where something read begins: where it ends, and the word that stands for it."""
    spans = {run.first: (run.after, "<name>") for run in names}
    spans |= {amount.first: (amount.after, "<qty>" if amount.unit else "<num>") for amount in amounts}
    spans |= {order.first: (order.after, "<order>") for order in orders}
    return spans | {day.first: (day.after, "<today>" if tokens[day.first].low in _TODAY else "<date>") for day in dates}


def _words(tokens: list[Token], spans: dict[int, tuple[int, str]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    words: list[str] = []
    places: list[int] = []
    i = 0
    while i < len(tokens):
        after, word = spans.get(i) or (i + 1, _word(tokens[i]))
        words.append(word)
        places.append(i)
        i = after
    return tuple(words), tuple(places)


def _word(token: Token) -> str:
    first = token.text[0]
    if first == "<" and len(token.text) > 1:
        return {"@": "<user>", "#": "<channel>", "!": "<here>"}.get(token.text[1], "<link>")
    if first.isdigit():
        return "<code>" if any(map(str.isalpha, token.text)) else "<n>"
    short = _SHORTHAND.get(token.low)
    if short:
        return short
    return "<code>" if _CODE.fullmatch(token.low) else token.low


_CODE = re.compile(r"[a-z-]+\d[a-z0-9/-]*")


def _sentences(words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Cut the words where sentences or lines end."""
    found: list[tuple[int, int]] = []
    start = 0
    for i, word in enumerate(words):
        if word in _ENDS:
            if i > start:
                found.append((start, i + 1))
            start = i + 1
    if start < len(words):
        found.append((start, len(words)))
    return tuple(found)
