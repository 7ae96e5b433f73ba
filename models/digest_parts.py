"""What hangs under a digest: one note for each part."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.digest_page import DigestPage


class DigestPart(StrEnum):
    """A note in the digest's thread. What kept to its days stands in the first."""

    KEPT = "kept"
    REASON = "reason"
    CUSTOMER = "customer"
    ITEM = "item"
    DESK = "desk"


def parts_to_tell(page: DigestPage) -> list[DigestPart]:
    """Return the notes that have something to say."""
    card = page.card
    return [part for part in DigestPart if (card.closed if part is DigestPart.KEPT else card.requests)]
