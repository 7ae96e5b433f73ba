"""What a message shows that tells an ask from a report: its cues, alone, in pairs, and in its very words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reader.capitals import is_firm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reader.wording import Wording

_MARKS = {"<date>": "date", "<today>": "today", "<qty>": "qty", "<num>": "num", "<order>": "order", "<name>": "name"}
_FEW_WORDS, _MANY_WORDS = 6, 40


def features_of(wording: Wording) -> set[str]:
    """Name everything the message shows. Names with "@" are of the whole text, with "&" pairs within a sentence."""
    found: set[str] = set()
    whole: set[str] = set()
    for start, stop in wording.sentences:
        signs = _signs(wording, start, stop)
        whole |= signs
        ordered = sorted(signs)
        found.update(f"{a}&{b}" for k, a in enumerate(ordered) for b in ordered[k + 1 :])
    found.update(f"@{sign}" for sign in whole.union(_of_the_whole(wording, whole)))
    found.update(_wordings(wording.words))
    return found


def _signs(wording: Wording, start: int, stop: int) -> set[str]:
    """Name the classes and marks of one sentence."""
    words = wording.words
    signs = {name for names in wording.cues[start:stop] for name in names}
    signs.update(mark for word in words[start:stop] if (mark := _MARKS.get(word)))
    if words[stop - 1] == "?":
        signs.add("?")
    return signs


def _of_the_whole(wording: Wording, whole: set[str]) -> Iterator[str]:
    days = {day.day for day in wording.dates}
    yield f"days{min(len(days), 3)}"
    yield f"sentences{min(len(wording.sentences), 4)}"
    size = len(wording.words)
    yield "short" if size <= _FEW_WORDS else "long" if size > _MANY_WORDS else "middle"
    if wording.text.lstrip().startswith(">") or "\n>" in wording.text or "&gt;" in wording.text:
        yield "lines_quoted"
    direction = moved(wording)
    if direction:
        yield direction
    if "?" not in whole:
        yield "no_question"
    if any(is_firm(wording.tokens, run) for run in wording.names):
        yield "firm"


def moved(wording: Wording) -> str | None:
    """Tell whether the text asks to go from one date to an earlier or to a later one, where it contrasts two."""
    for first, second in pairwise(wording.dates):
        between = [token.low for token in wording.tokens[first.after : second.first]]
        if not between or len(between) > _FEW_WORDS:
            continue
        turned = _turn(between, wording.tokens[first.first - 1].low if first.first else "")
        if turned and first.day != second.day:
            old, new = (first, second) if turned == "to" else (second, first)
            return "earlier_date" if new.day < old.day else "later_date"
    return None


_TO = frozenset({"to", "->", "→", "=>", ">", "–>"})


def _turn(between: list[str], before: str) -> str | None:
    """Tell whether the second of two dates is the new one ("to"), the old one ("from"), or neither."""
    joined = " ".join(between)
    if before == "from" and between[0] in _TO:
        return "to"
    if between[0] == "from" or any(
        joined.startswith(words) or joined.endswith(words)
        for words in ("instead of", "rather than", "not", "in place of", "and not", "was", "instead of the", "not the")
    ):
        return "from"
    return "to" if between[0] in {"->", "→", "=>", "–>"} else None


def _wordings(words: tuple[str, ...]) -> Iterator[str]:
    """Name the words and their neighbours."""
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{a} {b}" for a, b in pairwise(words))
    yield f"w:^ {words[0]}" if words else "w:^"
