"""How quickly each side owes its turn, and the steps of a clock that nobody answers. Pure.

All spans are *working seconds* in the business calendar frozen on the request.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class WorkingTime(Protocol):
    """What a clock needs of a business calendar."""

    def add(self, at: datetime, seconds: int) -> datetime: ...


class ClockKind(StrEnum):
    """What is being waited for."""

    FIRST_RESPONSE = "first_response"
    ANSWER = "answer"
    INFORMATION = "information"
    DECISION = "decision"
    OUTCOME = "outcome"


class Holder(StrEnum):
    """Whose turn it is."""

    DESK = "desk"
    REQUESTER = "requester"
    NOBODY = "nobody"


HOLDER = {
    ClockKind.FIRST_RESPONSE: Holder.DESK,
    ClockKind.ANSWER: Holder.DESK,
    ClockKind.INFORMATION: Holder.REQUESTER,
    ClockKind.DECISION: Holder.REQUESTER,
    ClockKind.OUTCOME: Holder.DESK,
}


class Step(IntEnum):
    """The steps of a clock, in order; each is taken once."""

    WARN_HALF = 50
    WARN_MOST = 80
    BREACH = 100
    ESCALATE = 200

    @property
    def following(self) -> Step | None:
        later = [step for step in Step if step > self]
        return later[0] if later else None


HOUR = 3600


@dataclass(frozen=True)
class Targets:
    """Working seconds each kind of turn may take, and how long after a breach the leadership hears of it."""

    first_response: int = HOUR
    answer: int = 4 * HOUR
    information: int = 4 * HOUR
    decision: int = 4 * HOUR
    outcome: int = 4 * HOUR
    escalate_after: int = HOUR // 2

    def of(self, kind: ClockKind) -> int:
        return int(getattr(self, kind.value))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Targets:
        return cls(**stored)


def step_due(step: Step, *, started_at: datetime, target: int, escalate_after: int, calendar: WorkingTime) -> datetime:
    """When a step of a clock is due: a share of its target, or some working time past it."""
    if step is Step.ESCALATE:
        return calendar.add(started_at, target + escalate_after)
    return calendar.add(started_at, target * int(step) // 100)
