"""What a piece of text can mean as a day."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Risk(IntEnum):
    """How much the place has to support a reading.

    PLAIN ones are days anywhere; MARKED ones need "by" and the like ("3/8" is also a size); VAGUE ones ("next week",
    "March") stand for a span and mean its last working day or its last day.
    """

    PLAIN = 0
    MARKED = 1
    VAGUE = 2


class Reading(NamedTuple):
    """Days the tokens up to ``stop`` can mean, the likeliest first; ``last`` ends a range that begins with them.

    Without days it is something of the calendar that is no single day: "early July", "every Friday".
    """

    stop: int
    days: tuple[date, ...]
    form: str
    risk: Risk = Risk.PLAIN
    last: date | None = None
