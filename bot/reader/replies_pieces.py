"""What a reply is held against, and the pieces that an offer is made of: amounts and days with their places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True)
class Asked:
    """What the request asks for, as far as it is known; ``needed`` is a day in the writer's zone."""

    quantity: Decimal | None = None
    unit: str | None = None
    item: str | None = None
    needed: date | None = None


class Kind(IntEnum):
    """What a piece of a reply tells. The whole and the rest are counted from what was asked for."""

    AMOUNT = 0
    WHOLE = 1
    REST = 2
    DAY = 3


class Piece(NamedTuple):
    """An amount or a day, from token ``first`` up to ``after``.

    ``spans_week`` tells that a whole week was named, ``is_weekday`` that only the weekday was.
    """

    first: int
    after: int
    kind: Kind
    amount: Decimal | None = None
    day: date | None = None
    spans_week: bool = False
    is_weekday: bool = False
