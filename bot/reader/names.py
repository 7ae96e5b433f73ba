"""Names in running text: the customer behind "for", the goods behind a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reader.words import Words

_FILLERS = word_set("the our my a customer client account")
_JOINERS = word_set("& and of de der van von du la y e")
_FORMS_OF_FIRM = word_set("inc corp ltd llc llp gmbh ag co company kg plc sa srl bv nv ab oy as group industries")
_MOST_WORDS = 6
_MOST_SMALL_WORDS = 2
# No name and no goods begin with these or go on over them.
_STOPS = word_set(
    "for by before until till on in at to from with without via and or but because since as if when who which that "
    "this these it they them he she we us you me i is are was be has have had need needs needed want wants line order "
    "so po please pls plz asap urgent urgently now today tomorrow more extra short late earlier sooner free sure "
    "delivery shipment pickup approval qty quantity per each not no of next instead"
)


def customer_name(words: Words) -> str | None:
    """Take the name behind the first "for" that has one, or behind a label "customer:"."""
    for i in range(len(words)):
        if words.low(i) == "for" or (words.low(i) in {"customer", "cust"} and words.ends_clause(i)):
            start = i + 1
            while words.low(start) in _FILLERS:
                start += 1
            stop = _end_of_name(words, start)
            if stop > start:
                return _name(words, i, start, stop).removesuffix("'s").removesuffix("’s")
    return None


def item_phrase(words: Words, start: int) -> str | None:
    """Take the goods named in plain words, if the phrase ends where something else begins: "200 pcs hex nuts for …"."""
    stop = _run(words, start, lambda word: word.lower() not in _STOPS)
    at_an_end = not words.at(stop) or words.low(stop) in {"for", "to", "by", "before"} or words.ends_clause(stop - 1)
    return _name(words, start, start, stop) if start < stop and at_an_end else None


def _end_of_name(words: Words, start: int) -> int:
    """Follow capitals; where the writer uses none, at most two words that something else or nothing follows."""
    if not words.at(start).islower():
        stop = _run(words, start, _is_name_word)
        while stop > start and words.low(stop - 1) in _JOINERS:
            stop -= 1
        return stop
    stop = _run(words, start, lambda word: word.lower() not in _STOPS and word.islower())
    ends = not words.at(stop) or words.low(stop) in _STOPS - _JOINERS or words.ends_clause(stop - 1)
    return stop if ends and stop - start <= _MOST_SMALL_WORDS else start


def _run(words: Words, start: int, belongs: Callable[[str], bool]) -> int:
    """Go on while the words belong, up to the end of a clause."""
    stop = start
    while stop - start < _MOST_WORDS and words.at(stop) and "<" not in words.at(stop) and belongs(words.at(stop)):
        stop += 1
        if _is_over(words, stop):
            break
    return stop


def _is_over(words: Words, stop: int) -> bool:
    """Tell whether the clause ends before this word; "Acme, Inc." and "St. Mary" go on."""
    written, last = words.written[stop - 1], words.plain[stop - 1]
    if last.endswith(("'s", "’s")):
        return True
    if words.low(stop) in _FORMS_OF_FIRM or (written.endswith(".") and len(last) <= len("St")):
        return False
    return words.ends_clause(stop - 1)


def _is_name_word(word: str) -> bool:
    low = word.lower()
    if low in _JOINERS or low in _FORMS_OF_FIRM:
        return True
    return low not in _STOPS and not word.islower() and any(letter.isalpha() for letter in word)


def _name(words: Words, marker: int, start: int, stop: int) -> str:
    last = words.plain[stop - 1]
    if last.lower() in _FORMS_OF_FIRM and words.written[stop - 1].startswith(f"{last}."):
        last += "."
    name = " ".join([*words.written[start : stop - 1], last])
    words.take(marker, stop)
    return name.lstrip("([\"'“‘*_~")
