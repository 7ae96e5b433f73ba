"""Free text as people type it: kept as written, but neither empty where words are needed nor too long for a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ask import TEXT_LIMIT
from models.errors import FormRefused
from models.i18n import _

if TYPE_CHECKING:
    from models.errors import Field


def required(text: str, field: Field, sentence: str) -> str:
    """The text without space around it; raises :class:`FormRefused` with ``sentence`` when nothing is left."""
    kept = optional(text, field)
    if not kept:
        raise FormRefused({field: sentence})
    return kept


def optional(text: str, field: Field) -> str:
    """The text without space around it, possibly empty."""
    kept = text.strip()
    problem = too_long(kept)
    if problem:
        raise FormRefused({field: problem})
    return kept


def too_long(text: str, limit: int = TEXT_LIMIT) -> str:
    """The sentence about a text that no card can show whole; empty when it fits."""
    if len(text) <= limit:
        return ""
    sentence = _("This is {length} characters; {limit} is the most a card can show. Shorten it.")
    return sentence.format(length=len(text), limit=limit)


def shortened(text: str) -> str:
    """What fits of a text that cannot be sent back for shortening."""
    kept = text.strip()
    return kept if len(kept) <= TEXT_LIMIT else kept[: TEXT_LIMIT - 1] + "…"
