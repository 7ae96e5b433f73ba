"""A leader called in as mediator: who was called, what they asked, what they heard. Pure reading of the timeline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from models.lifecycle import Move
from models.service_level import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.offer import Offer
    from models.request_clock import RequestClock
    from models.service_level import Holder
    from models.timeline import TimelineEntry

_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


class Step(StrEnum):
    """What an entry of :attr:`Move.MEDIATE` did."""

    ASK = "ask"
    ANSWER = "answer"
    TOGETHER = "together"


@dataclass(frozen=True, kw_only=True)
class Mediation:
    """What a mediator is told beyond the picture of the request."""

    costs: Mapping[Holder, int] = field(default_factory=dict)
    """Working seconds each side has had, by its own hours, until the mediator was called."""
    offers: Mapping[int, Offer] = field(default_factory=dict)
    """Every offer that was made, by its id."""
    card_link: str = ""
    """Where the card and its thread are; empty while nobody knows."""


def is_person(slack_id: str | None) -> bool:
    """Whether an id names a person, who may be mentioned or written to."""
    return bool(_PERSON.fullmatch(slack_id or ""))


def is_call(entry: TimelineEntry) -> bool:
    """Whether a mediator was called in here; steps of the escalation that reach others are no calls."""
    audience = entry.facts.get("audience", Audience.MEDIATOR)
    return entry.move is Move.ESCALATE and audience == Audience.MEDIATOR and entry.undone_at is None


def call_of(timeline: Sequence[TimelineEntry], clocks: Sequence[RequestClock]) -> TimelineEntry | None:
    """Return the newest call that still stands: the turn it was about has not ended."""
    running = {clock.id for clock in clocks}
    calls = [entry for entry in timeline if is_call(entry) and entry.facts.get("clock") in running]
    return calls[-1] if calls else None


def called(entry: TimelineEntry) -> str | None:
    """Return the person who was called in; None for the leadership as a whole."""
    slack_id = str(entry.facts.get("called") or "")
    return slack_id if is_person(slack_id) else None


def called_people(timeline: Sequence[TimelineEntry]) -> list[str]:
    """Return everybody who was ever called in for this request."""
    people = [called(entry) for entry in timeline if is_call(entry)]
    return [slack_id for slack_id in people if slack_id]


def steps(timeline: Sequence[TimelineEntry], since: TimelineEntry | None = None) -> list[TimelineEntry]:
    """Return what mediators and those they asked did, after a call or altogether; what was taken back is left out."""
    first = 0 if since is None else since.id
    return [entry for entry in timeline if entry.move is Move.MEDIATE and entry.undone_at is None and entry.id > first]


def step_of(entry: TimelineEntry) -> Step:
    return Step(entry.facts.get("step", Step.ASK))


def answer_to(timeline: Sequence[TimelineEntry], asked: TimelineEntry) -> TimelineEntry | None:
    """Return the answer to a mediator's question; None while it is open."""
    answers = (entry for entry in steps(timeline) if step_of(entry) is Step.ANSWER)
    return next((entry for entry in answers if entry.facts.get("asked") == asked.id), None)
