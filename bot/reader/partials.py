"""Whether a message says that a part or a split would help, or that it would not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = frozenset({"partial", "partials", "split", "splits", "part", "parts", "teilmenge"})
_NO = frozenset({"no", "not", "can't", "cannot", "won't", "without", "don't", "never"})
_YES = frozenset(
    [
        "ok",
        "okay",
        "fine",
        "possible",
        "yes",
        "cool",
        "good",
        "helps",
        "help",
        "works",
        "welcome",
        "allowed",
        "acceptable",
        "accepted",
        "accept",
        "first",
        "would",
        "happy",
        "take",
    ]
)
_KINDS = frozenset(["shipment", "shipments", "delivery", "deliveries", "order", "load"])
_NUMBERS = frozenset({"<qty>", "<num>"})
_REACH = 5


def partial_ok(words: Sequence[str]) -> bool | None:
    """Return True or False where the text speaks of a part, None where it does not."""
    for i, word in enumerate(words):
        said = _of_parts(words, i) if word in _PARTS else _of_less(words, i)
        if said is not None:
            return said
    return None


def _of_parts(words: Sequence[str], i: int) -> bool | None:
    """Read "partial ok", "split is cool", "no part shipments", "can't accept split deliveries"."""
    if words[i] in {"part", "parts"} and not (i + 1 < len(words) and words[i + 1] in _KINDS):
        return None
    near = words[max(0, i - _REACH) : i]
    if _NO.intersection(near):
        return False
    behind = words[i + 1 : i + 1 + _REACH]
    if _NO.intersection(behind[:3]):
        return False
    return True if _YES.intersection(behind) or _YES.intersection(near[-2:]) else None


def _of_less(words: Sequence[str], i: int) -> bool | None:
    """Read "even 4 boxes", "at least 50", "even half", "would take 600 first", "<num> keeps them running"."""
    word, behind = words[i], words[i + 1 : i + 4]
    is_least = (
        word == "least"
        and i
        and words[i - 1] == "at"
        and behind
        and (behind[0] in _NUMBERS or behind[0] in {"half", "a"})
    )
    is_even = (
        word == "even"
        and behind
        and (behind[0] in _NUMBERS or behind[0] in {"half", "part", "some"} or behind[:2] == ("a", "part"))
    )
    is_first = word in _NUMBERS and "first" in behind[:2]
    keeps = (
        word in _NUMBERS and bool(behind) and behind[0] in {"keeps", "helps", "would"} and "running" in words[i : i + 5]
    )
    whatever = word == "whatever" and "ready" in words[i : i + 5]
    return True if is_least or is_even or is_first or keeps or whatever else None
