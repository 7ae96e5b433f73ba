"""What is answered to one person only, where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models import ReplyProposal
    from models.lifecycle import Move
    from models.offer import ShipmentSplit
    from models.picture import Picture


@dataclass(frozen=True)
class Hint:
    """A line only the person who acted sees; ``offers`` is a button that continues what they began."""

    sentence: str
    request_id: int
    offers: Move | None = None
    thread_ts: str | None = None
    """The thread in which it is said; None says it beside the card."""


@dataclass(frozen=True)
class SaidBack:
    """What a reply was read as, for its writer to confirm."""

    proposal: ReplyProposal
    picture: Picture
    thread_ts: str
    lots: tuple[ShipmentSplit, ...] = ()
    """What is offered; an offer without lots has to be completed in its form."""


Told = Hint | SaidBack
