"""What speaks for one meaning of a reply or another: its words, turns of phrase and how they stand to the request.

The names of the signs are the keys of the learned weights; whoever changes how one is found learns them anew.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from bot.reader.replies_cues import CUES
from bot.reader.replies_pieces import Kind
from bot.reader.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.reader.replies_offer import OfferPart
    from bot.reader.replies_pieces import Asked, Piece
    from bot.reader.tokens import Token

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m)?|\d{1,2}[ap]m|\d{1,2}h")
_STEM = 5
_NUMBER = re.compile(r"\d[\d.,]*k?")
_NAMED = {
    **dict.fromkeys(("eod", "cob", "noon", "lunchtime"), "@time"),
    **dict.fromkeys(("👀", ":eyes:"), ":eyes:"),
    **dict.fromkeys(("👍", "👌", ":thumbsup:", ":ok_hand:", ":ok:"), ":+1:"),
    **dict.fromkeys(("✅", "✔", ":white_check_mark:", ":heavy_check_mark:"), ":yes:"),
    **dict.fromkeys(
        ("❌", "🚫", "👎", "⛔", "🙅", ":thumbsdown:", ":no_entry:", ":no_entry_sign:", ":x:", ":no_good:"), ":x:"
    ),
}
_PLAIN_SIGNS = "’‘“”…–—€£°²½«»¿¡•·"
_CLAUSE = re.compile(r"[.;!\n]+|,|(?<=\?)| but | though ")
_WORD_CLASSES = {
    "wh": word_set("who what which when where why how whose whom whats what's who's where's how's whether"),
    "aux": word_set("is are was were do does did can could would will shall should has have had may am isn't aren't"),
    "we": word_set("i we i'm we're i've we've me us my our"),
    "i'll": word_set("i'll we'll i'd we'd gonna"),
    "you": word_set("you u ya your you're y'all yall"),
    "they": word_set("they them their they're they'd they've customer customer's client he she his her him"),
    "it": word_set("it it's this that that's these those there there's here"),
    "the": word_set("the a an any some another"),
    "at": word_set("for on by at in of to from with until till after before as"),
}
_CLASS_OF = {word: name for name, listed in _WORD_CLASSES.items() for word in listed}
# Turns of phrase in which "no" refuses nothing, and others that do nothing else.
_FIXED = (
    (
        re.compile(
            r"(?<![\w'])(?:no (?:problems?|prob|issues?|worries|sweat|stress|bother|dramas?)|"
            r"not (?:a|an) (?:problem|issue)(?: at all)?"
            r"|(?:don't|dont|do not) (?:worry|panic)|nobody panic|can't (?:say no|complain)|"
            r"no longer needed|don't see (?:a|any) problem)(?![\w'])"
        ),
        "@gladly",
    ),
    (
        re.compile(
            r"(?:can't believe i'm saying this|not gonna lie|not going to lie|no joke|"
            r"believe it or not|why not(?! \?))"
        ),
        "@well",
    ),
    (
        re.compile(
            r"(?<![\w'])(?:no (?:way|chance|dice|joy|go|can do|path|hope)|not (?:a|the) (?:chance|"
            r"hope|snowball)\b[\w ]{0,12}|absolutely not|of course not"
            r"|certainly not|(?:not|ain't|isn't|not gonna|not going to) happen(?:ing)?|hard (?:no|"
            r"pass)|out of the question|can't be done|not possible|impossible"
            r"|not feasible|not doable|not realistic|won't work|doesn't work|will not work|"
            r"won't happen|don't have)(?![\w'])"
        ),
        "@refused",
    ),
    (
        re.compile(
            r"(?<![\w'])(?:no promises?|not sure|no idea|no commitment|no guarantees?|not saying no|"
            r"not saying yes|can't promise(?: anything)?|not yet)(?![\w'])"
        ),
        "@unsure",
    ),
)


def marked(tokens: Sequence[Token], days: Sequence[Piece], asked: Asked) -> list[str]:
    """The words of a reply, with days, times, amounts and people replaced by what they are to the request."""
    starts = {piece.first: piece for piece in days if piece.kind is Kind.DAY}
    found, i = [], 0
    while i < len(tokens):
        day = starts.get(i)
        found.append(_day(day, asked) if day else _word(tokens[i], asked))
        i = day.after if day else i + 1
    text = " ".join(found)
    for phrase, name in _FIXED:
        text = phrase.sub(name, text)
    return text.split(" ")


def _day(piece: Piece, asked: Asked) -> str:
    if asked.needed is None or piece.day is None:
        return "@day"
    return "@late" if piece.day > asked.needed else "@early"


def _word(token: Token, asked: Asked) -> str:
    low = token.low
    if low in _NAMED or (low.isascii() and low.isalpha()):
        return _NAMED.get(low, low)
    if low.startswith("<") and low != "<":
        return "@user" if low[1] in "@!" else "@link"
    if _is_emoji(low):
        return ":emoji:"
    if _CLOCK.fullmatch(low):
        return "@time"
    if _NUMBER.fullmatch(low):
        return _amount(low, asked)
    return "@code" if any(sign.isdigit() for sign in low) else low


def _is_emoji(low: str) -> bool:
    if len(low) == 1:
        return not low.isascii() and not low.isalpha() and low not in _PLAIN_SIGNS
    return low.startswith(":")


def _amount(written: str, asked: Asked) -> str:
    digits = re.sub(r"[.,](?=\d{3}\b)", "", written.rstrip("k.,")).replace(",", ".")
    try:
        value = float(digits) * (1000 if written.endswith("k") else 1)
    except ValueError:
        return "@code"
    if asked.quantity is None:
        return "@number"
    quantity = float(asked.quantity)
    return "@all" if value == quantity else "@less" if value < quantity else "@more"


def signs(words: Sequence[str], offer: Sequence[OfferPart], asked: Asked) -> set[str]:
    """All signs of a reply, each once."""
    text = " ".join(words)
    found = {"always", *_word_signs(words), *_class_signs(words), *_shape(text, words), *_offer_signs(offer, asked)}
    clauses = [part for part in (part.strip() for part in _CLAUSE.split(text)) if part] or [""]
    for place, clause in enumerate(clauses):
        found.update(_cue_signs(clause, first=place == 0, last=place == len(clauses) - 1))
    return found


def _word_signs(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield word
        if len(word) > _STEM:
            yield f"{word[:_STEM]}~"
    for before, after in pairwise(["^", *words, "$"]):
        yield f"{before} {after}"


def _class_signs(words: Sequence[str]) -> Iterator[str]:
    classes = ["^", *map(word_class, words), "$"]
    for before, after in pairwise(classes):
        yield f"/{before}/{after}"
    for triple in zip(classes, classes[1:], classes[2:], strict=False):
        yield "/" + "/".join(triple)


@lru_cache(maxsize=4096)
def word_class(word: str) -> str:
    """What kind of word it is: a question's, a person's, or the first vocabulary that has it."""
    if word[0] in "@:" or not word[0].isalnum():
        return word
    return _CLASS_OF.get(word) or next((name for name, cue in CUES.items() if cue.fullmatch(word)), "*")


def _shape(text: str, words: Sequence[str]) -> Iterator[str]:
    yield f"#{min(len(words) // 3, 10)}"
    if "?" in words:
        yield "#?"
    if text.endswith("?"):
        yield "#?$"


def _offer_signs(offer: Sequence[OfferPart], asked: Asked) -> Iterator[str]:
    yield f"@parts{min(len(offer), 2)}"
    days = [part.ship_date for part in offer if part.ship_date]
    amounts = [part.quantity for part in offer if part.quantity is not None]
    late = asked.needed is not None and any(day > asked.needed for day in days)
    less = asked.quantity is not None and bool(amounts) and sum(amounts) < asked.quantity
    yield f"@offer {len(days) > 0} {len(amounts) > 0} {late} {less}"
    if offer:
        yield "@differs" if late or less else "@meets"


def _cue_signs(clause: str, *, first: bool, last: bool) -> Iterator[str]:
    found = [name for name, cue in CUES.items() if cue.search(clause)]
    place = "!" if first and last else "<" if first else ">" if last else ""
    for name in found:
        yield f"={name}"
        yield f"={name}{place}"
        if "?" in clause:
            yield f"={name}?"
    for one, other in combinations(found, 2):
        yield f"={one}+{other}"
