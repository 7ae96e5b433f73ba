"""What a reply offers: parts with a quantity and a ship date, of which one may be unsaid.

Days and amounts are taken from the clauses that neither refuse them ("Friday no, Tuesday yes") nor make them a
condition ("if they collect on Monday"). Of either/or offers the first counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.reader.day_numbers import WEEK
from bot.reader.replies_amounts import amounts_in
from bot.reader.replies_pieces import Asked, Kind, Piece
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bot.reader.tokens import Token

    Clause = tuple[int, int]


@dataclass(frozen=True)
class OfferPart:
    """A part of an offer, as far as it is said."""

    quantity: Decimal | None = None
    ship_date: date | None = None


_ENDS = word_set(". ; ! ? , ( ) : … – —") | {"\n"}
_TURNS = word_set("but though although however otherwise so")
_CONDITION = re.compile(
    r"\b(?:if|provided|providing|unless|assuming|when|once|(?:as|so) long as|under the condition|"
    r"on condition|subject to"
    r"|as soon as|in case|depending)\b"
)
# "if they waive the test we can ship the 12th": what is offered begins again.
_OFFERED_AGAIN = re.compile(
    r" \S+ .*?\b(?:then|(?:i|we|you|they|it) (?:can|could|will|would|ship|go)|(?:i|we|you|it|they)'(?:ll|d))\b"
)
_REFUSES = re.compile(
    r"(?<![\w'])(?:can't|cant|cannot|can not|won't|wont|will not|not possible|impossible|"
    r"no (?:chance|way|promises?|hope|go)|a stretch|nope|nah"
    r"|nup|nothing|gone|is out|are out|too (?:tight|early|soon|short)|said no|couldn't|isn't|"
    r"not (?:feasible|doable|realistic|happening|work|make it|a chance)"
    r"|no$|^no(?! (?:later|problem|worries))|never|doesn't work|full$|forget|unrealistic|drop)(?![\w'])"
)
_KINDLY = re.compile(
    r"(?:can't|cannot) say no|no (?:problem|issues?|worries|bother|stress|need|drama|sweat)|couldn't they|isn't it"
    r"|nothing (?:else|more|before)|no later|not only"
)
_STAYS = re.compile(r"\b(?:stays?|remains?|stuck)\b")
_SHIPPED = re.compile(
    r"\b(?:already (?:on the truck|shipped|left|gone|loaded|out|on its way|on the way|roll(?:ing?|in))"
    r"|(?:shipped|left|went out|picked up|gone out) (?:already|this morning|earlier|an hour ago)"
    r"|(?:left|shipped) \w+ (?:ago|this morning)|just (?:left|shipped)|left at|on the road already)\b"
)
_SHIPS = word_set(
    "ship ships shipped shipping leave leaves leaving go goes going dispatch dispatched "
    "dispatching load loaded loading "
    "depart departs deliver delivered collect out land lands confirmed confirm confirming date "
    "have send sending get gets"
)
_MAKES = word_set(
    "run runs running test tests prints print fill fills pour cast cure build promised arrives "
    "arrive called work works volunteered"
)
_CREW = word_set("crew ot overtime shift shifts standup meeting mtg run")
_BEFORE = 4


def read_offer(tokens: list[Token], days: Sequence[Piece], asked: Asked, *, today: date) -> tuple[OfferPart, ...]:
    """Read the parts offered; nothing where neither a quantity nor a day stands.

    ``days`` are those of the text (:func:`bot.reader.replies_days.days_in`), ``today`` is the writer's.
    """
    taken = {i for piece in days for i in range(piece.first, piece.after)}
    pieces = sorted([*days, *amounts_in(tokens, asked, taken)])
    words = [token.low for token in tokens]
    clauses = list(_clauses(words, taken))
    kept = [piece for piece in pieces if _is_offered(words, piece, _clause_of(piece, clauses), pieces)]
    parts = _fitting(_Assembly(words, clauses, asked).of(kept), asked)
    if all(part.ship_date is None for part in parts) and _SHIPPED.search(" ".join(words)):
        return (replace(parts[0] if parts else OfferPart(), ship_date=today),)
    return parts


def _clauses(words: Sequence[str], taken: set[int]) -> Iterator[Clause]:
    """Cut at signs and turns, but not inside a day."""
    start = 0
    for i, word in enumerate(words):
        if (word in _ENDS or word in _TURNS) and not (i in taken and i + 1 in taken):
            if start < i:
                yield start, i
            start = i + 1
    if start < len(words):
        yield start, len(words)


def _clause_of(piece: Piece, clauses: Sequence[Clause]) -> Clause:
    return next((clause for clause in clauses if clause[0] <= piece.first < clause[1]), (piece.first, piece.after))


def _is_offered(words: Sequence[str], piece: Piece, clause: Clause, pieces: Sequence[Piece]) -> bool:
    """Tell whether a piece is offered: not refused, not a condition, not what else happens that day."""
    said = _KINDLY.sub("", " ".join(words[clause[0] : clause[1]]))
    if _REFUSES.search(said) or _is_condition(words, piece, clause) or _is_set_against(words, piece):
        return False
    with_day, with_amount = _companions(clause, pieces)
    if piece.kind is Kind.REST:
        # "The balance 4": the number says it.
        return with_day and not any(other.first == piece.after and other.kind is Kind.AMOUNT for other in pieces)
    if piece.kind is not Kind.DAY:
        return with_day or not _STAYS.search(said)
    return not _is_other_day(words, piece, clause, with_amount=with_amount)


def _companions(clause: Clause, pieces: Sequence[Piece]) -> tuple[bool, bool]:
    """Tell whether a day and whether an amount stand in a clause."""
    inside = [piece.kind is Kind.DAY for piece in pieces if clause[0] <= piece.first < clause[1]]
    return True in inside, False in inside


def _is_condition(words: Sequence[str], piece: Piece, clause: Clause) -> bool:
    before = " ".join(words[clause[0] : piece.first])
    opened = list(_CONDITION.finditer(before))
    return bool(opened) and not _OFFERED_AGAIN.search(f"{before[opened[-1].end() :]} ")


def _is_set_against(words: Sequence[str], piece: Piece) -> bool:
    """Tell "15, not 20", "rather than Friday", "instead of the 30th"; "not before the 22nd" is an offer."""
    before = [word for word in words[max(0, piece.first - 3) : piece.first] if word not in {"the", "on", "for", "by"}]
    return bool(before) and (before[-1] in {"not", "than", "no"} or before[-2:] == ["instead", "of"])


def _is_other_day(words: Sequence[str], piece: Piece, clause: Clause, *, with_amount: bool) -> bool:
    """Tell a day on which something else happens: "full until the 26th", "runs tonight", "Saturday overtime"."""
    near = words[max(clause[0], piece.first - _BEFORE) : piece.first]
    if {"until", "till", "til"} & set(near[-2:]):
        return not with_amount and not {"ok", "deliver", "possible", "ship"} & set(words[clause[0] : clause[1]])
    if words[piece.after : piece.after + 1] and words[piece.after] in _CREW:
        return True
    return bool(_MAKES & set(near)) and not _SHIPS & set(near)


class _Assembly:
    """Puts amounts and days together in the order they are said."""

    def __init__(self, words: Sequence[str], clauses: Sequence[Clause], asked: Asked) -> None:
        self._words, self._clauses, self._asked = words, clauses, asked
        self._parts: list[OfferPart] = []
        self._day: Piece | None = None

    def of(self, pieces: Sequence[Piece]) -> list[OfferPart]:
        for place, piece in enumerate(pieces):
            ahead = pieces[place + 1] if place + 1 < len(pieces) else None
            if piece.kind is Kind.DAY:
                self._add_day(piece, ahead)
            else:
                self._add_amount(piece, ahead)
        return self._parts

    def _add_day(self, piece: Piece, ahead: Piece | None) -> None:
        if not self._parts or self._leads(piece, ahead):
            self._parts.append(OfferPart())
            self._parts[-1] = OfferPart(ship_date=self._in_turn(piece))
        elif self._parts[-1].ship_date is None or self._is_better(piece):
            self._parts[-1] = replace(self._parts[-1], ship_date=self._in_turn(piece))
        else:
            return
        self._day = piece

    def _in_turn(self, piece: Piece) -> date | None:
        """Put the weekday of a later part behind the part before: "half Wednesday, half Monday"."""
        before = [part.ship_date for part in self._parts[:-1] if part.ship_date]
        if before and piece.is_weekday and piece.day and piece.day <= before[-1]:
            return piece.day + timedelta(days=WEEK * ((before[-1] - piece.day).days // WEEK + 1))
        return piece.day

    def _leads(self, piece: Piece, ahead: Piece | None) -> bool:
        """Tell "and the 22nd for the other twelve": the day comes first in its part."""
        last = self._parts[-1]
        told = last.quantity is not None and last.ship_date is not None
        return told and ahead is not None and ahead.kind is not Kind.DAY and self._are_together(piece, ahead)

    def _is_better(self, piece: Piece) -> bool:
        """Tell whether a later day says more: the day of leaving, or the very day of a week named before."""
        if len(self._parts) > 1 or self._day is None or piece.day is None or self._day.day is None:
            return False
        same_week = piece.day.isocalendar()[:2] == self._day.day.isocalendar()[:2]
        if self._day.spans_week and same_week:
            return True
        return self._ships(piece) and not self._ships(self._day)

    def _ships(self, piece: Piece) -> bool:
        return bool(_SHIPS & set(self._words[max(0, piece.first - _BEFORE) : piece.first]))

    def _add_amount(self, piece: Piece, ahead: Piece | None) -> None:
        amount = self._amount(piece)
        has_own_day = ahead is not None and ahead.kind is Kind.DAY and self._are_together(piece, ahead)
        last = self._parts[-1] if self._parts else None
        if amount is None or (last and last.quantity == amount and self._is_said_again(amount, last, has_own_day)):
            return
        if last and last.quantity is None and not (last.ship_date and has_own_day):
            self._parts[-1] = replace(last, quantity=amount)
        else:
            self._parts.append(OfferPart(quantity=amount))

    def _is_said_again(self, amount: Decimal, last: OfferPart, has_own_day: bool) -> bool:
        return amount == self._asked.quantity or (last.ship_date is None and not has_own_day)

    def _amount(self, piece: Piece) -> Decimal | None:
        told = sum((part.quantity or Decimal() for part in self._parts), Decimal())
        if piece.kind is Kind.WHOLE:
            return piece.amount if not told else None
        if piece.kind is Kind.REST:
            asked = self._asked.quantity
            return asked - told if asked is not None and 0 < told < asked else None
        return piece.amount

    def _are_together(self, one: Piece, other: Piece) -> bool:
        return _clause_of(one, self._clauses) == _clause_of(other, self._clauses)


def _fitting(parts: Sequence[OfferPart], asked: Asked) -> tuple[OfferPart, ...]:
    """Leave out days without amount beside parts that have both; of offers beyond what was asked, take the first."""
    whole = [part for part in parts if part.quantity is not None]
    kept = whole if len(whole) > 1 or (whole and whole[0].ship_date) else list(parts)
    told = sum((part.quantity or Decimal() for part in kept), Decimal())
    too_much = asked.quantity is not None and told > asked.quantity
    return tuple(kept[:1] if too_much else kept)
