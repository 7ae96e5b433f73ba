"""A text as small pieces with their places: what every reader of running text looks at, cut once."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_READ = 4000
"""Characters looked at, so that a pasted novel costs no more than a long mail."""

# Every part is bounded or cannot give back what it took: one pass, whatever the text.
_PIECE = re.compile(
    r"<[^<>\n]{1,300}>"  # Slack's own markup
    r"|:[a-z][a-z0-9_+'-]{1,40}:"  # :pray:
    r"|\d{1,2}:\d\d(?!\d)(?: ?[ap]\.?m\b)?"  # 15:00, 3:30 pm
    r"|[^\W_]+(?:(?:['’/&_+-]|(?<=\d)[.,](?=\d))[^\W_]+)*"  # words, numbers and codes: 3/8-16, 31.10, 12-Sep, don't
    r"|\n|[^\w\s]|_",
    re.IGNORECASE,
)
_POSSESSIVES = ("'s", "’s")


class Token(NamedTuple):
    """A piece of text and its place in it, in characters; ``low`` has a straight apostrophe."""

    text: str
    low: str
    start: int
    stop: int


NOTHING = Token("", "", -1, -1)


def tokenize(text: str) -> list[Token]:
    """Cut the first :data:`MOST_READ` characters into words, numbers, codes, signs and line ends."""
    found = _PIECE.finditer(text, 0, min(len(text), MOST_READ))
    return [Token(piece := hit[0], piece.lower().replace("’", "'"), hit.start(), hit.end()) for hit in found]


def at(tokens: list[Token], i: int) -> Token:
    """Return the token at a place; an empty one beyond the ends."""
    return tokens[i] if 0 <= i < len(tokens) else NOTHING


def low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def bare(word: str) -> str:
    """Drop a possessive s."""
    return word[:-2] if word.endswith(_POSSESSIVES) else word


def touches(tokens: list[Token], i: int, j: int) -> bool:
    """Tell whether two neighbours stand without space between them."""
    return 0 <= i < j < len(tokens) and tokens[i].stop == tokens[j].start
