"""How quickly each side owes its turn, and the steps of a clock that nobody answers. Pure.

All spans are *working seconds* in the business calendar frozen on the request.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
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
    FOLLOW_UP = "follow_up"
    """No turn of its own: runs beside an answer that was promised, and asks the desk again when nothing is heard."""


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
    ClockKind.FOLLOW_UP: Holder.DESK,
}
TURNS = tuple(kind for kind in ClockKind if kind is not ClockKind.FOLLOW_UP)
"""What each has a target, and is somebody's turn."""


class Step(IntEnum):
    """The steps of a clock, in order; each is taken once. From ESCALATE on they are the rungs of the ladder."""

    WARN_HALF = 50
    WARN_MOST = 80
    BREACH = 100
    ESCALATE = 200


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


def share_due(step: Step, *, started_at: datetime, target: int, calendar: WorkingTime) -> datetime:
    """When a share of a target has passed."""
    return calendar.add(started_at, target * int(step) // 100)


class UrgencyClass(StrEnum):
    """How pressing a request is, by the workspace's own rules."""

    STANDARD = "standard"
    HIGH = "high"
    CRITICAL = "critical"


class Audience(StrEnum):
    """Whom a step of the escalation reaches."""

    DESK = "desk"
    PERSON = "person"
    GROUP = "group"
    CHANNEL = "channel"
    MEDIATOR = "mediator"
    """A leader who is called in with the whole story: ``target`` is a person, or empty for the leadership channel."""


@dataclass(frozen=True)
class EscalationStep:
    """One step of the ladder that follows a breach."""

    after_secs: int
    """Working seconds after the breach or the step before, by the calendar of whom it reaches."""
    audience: Audience
    target: str = ""
    """The Slack id of a person, user group or channel; empty where the audience says it all."""
    repeats: int = 0
    """How many more times it is taken, each after the same wait, while nobody answers."""
    is_urgent: bool = False
    """Reaches people outside their working hours too: its wait runs round the clock."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> EscalationStep:
        return cls(**stored | {"audience": Audience(stored["audience"])})


DAY = 9 * HOUR


@dataclass(frozen=True)
class ServiceLevels:
    """One version of a desk's whole policy: targets by urgency, the rules of urgency, and the escalation."""

    targets: tuple[tuple[UrgencyClass, Targets], ...]
    escalation: tuple[EscalationStep, ...]
    acknowledgement_secs: int = DAY
    """Working seconds after which an acknowledgement that nobody followed up expires."""
    longest_answer_secs: int = 5 * DAY
    """Working seconds ahead that Ops may name for its own answer at most."""
    urgency_rules: dict[str, Any] | None = None
    """An admin's mapping, as :mod:`models.urgency` reads it; None: its defaults."""

    def of(self, urgency: UrgencyClass) -> Targets:
        return dict(self.targets)[urgency]

    @cached_property
    def rungs(self) -> tuple[EscalationStep, ...]:
        """The escalation spelled out, one for each time a step is taken."""
        return tuple(step for step in self.escalation for _time in range(step.repeats + 1))

    def to_json(self) -> dict[str, Any]:
        return {
            "targets": {urgency.value: targets.to_json() for urgency, targets in self.targets},
            "escalation": [step.to_json() for step in self.escalation],
            "acknowledgement_secs": self.acknowledgement_secs,
            "longest_answer_secs": self.longest_answer_secs,
            "urgency_rules": self.urgency_rules,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> ServiceLevels:
        """Read a stored policy; the first ones had one set of targets, and the leadership as their only step."""
        if "targets" not in stored:
            return cls.alike(Targets.from_json(stored))
        return cls(
            targets=tuple((kind, Targets.from_json(stored["targets"][kind.value])) for kind in UrgencyClass),
            escalation=tuple(EscalationStep.from_json(step) for step in stored["escalation"]),
            acknowledgement_secs=stored["acknowledgement_secs"],
            longest_answer_secs=stored["longest_answer_secs"],
            urgency_rules=stored.get("urgency_rules"),
        )

    @classmethod
    def usual(cls) -> ServiceLevels:
        """What a new desk begins with: what presses more is owed sooner; the leadership is called in last."""
        standard = Targets()
        high = Targets(HOUR // 2, 2 * HOUR, 2 * HOUR, 2 * HOUR, 4 * HOUR, HOUR // 2)
        critical = Targets(HOUR // 4, HOUR, HOUR, HOUR, 2 * HOUR, HOUR // 4)
        steps = (EscalationStep(standard.escalate_after, Audience.MEDIATOR),)
        return cls(tuple(zip(UrgencyClass, (standard, high, critical), strict=True)), steps)

    @classmethod
    def alike(cls, targets: Targets) -> ServiceLevels:
        """The same targets for every urgency, and the leadership called in after them."""
        steps = (EscalationStep(targets.escalate_after, Audience.MEDIATOR),)
        return cls(tuple((kind, targets) for kind in UrgencyClass), steps)
