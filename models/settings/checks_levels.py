"""What cannot be in service levels and escalations: spans out of range, a ladder that goes round in circles. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.i18n import _
from models.service_level import HOUR, Audience, EscalationStep, ServiceLevels
from models.settings.durations import spell_duration
from models.settings.writing import TURNS

SHORTEST, LONGEST = 60, 1_000 * HOUR
MOST_STEPS, MOST_REPEATS = 8, 10
TARGETS = {
    Audience.PERSON: re.compile(r"[UW][A-Z0-9]{2,30}"),
    Audience.GROUP: re.compile(r"S[A-Z0-9]{2,30}"),
    Audience.CHANNEL: re.compile(r"[CG][A-Z0-9]{2,30}"),
    Audience.MEDIATOR: re.compile(r"([UW][A-Z0-9]{2,30})?"),
    Audience.DESK: re.compile(r""),
}
"""What the target of a step looks like, by whom it reaches."""

Problems = Iterator[tuple[str, str]]


def levels_problems(levels: ServiceLevels) -> Problems:
    """The mistakes of a desk's policy, by their place in the desk."""
    for urgency, targets in levels.targets:
        for turn in TURNS:
            yield from _span(f"service_levels/{urgency.value}/{turn}", getattr(targets, turn))
    yield from _span("service_levels/acknowledgement_expires_after", levels.acknowledgement_secs)
    yield from _span("service_levels/longest_answer", levels.longest_answer_secs)
    yield from _ladder(levels.escalation)


def _span(path: str, seconds: int) -> Problems:
    if not SHORTEST <= seconds <= LONGEST:
        sentence = _("This is between {least} and {most} of working time.")
        yield path, sentence.format(least=spell_duration(SHORTEST), most=spell_duration(LONGEST))


def _ladder(steps: tuple[EscalationStep, ...]) -> Problems:
    if len(steps) > MOST_STEPS:
        yield "escalation", _("An escalation has at most {most} steps.").format(most=MOST_STEPS)
    reached: dict[tuple[Audience, str], int] = {}
    for n, step in enumerate(steps, 1):
        at = f"escalation/{n}"
        yield from _step(at, step)
        earlier = reached.setdefault((step.audience, step.target), n)
        if earlier != n:
            sentence = _(
                "This step reaches nobody new: step {n} reaches them already, and it would go round in circles. "
                "Let that step repeat, or choose somebody else."
            )
            yield f"{at}/notify", sentence.format(n=earlier)


def _step(at: str, step: EscalationStep) -> Problems:
    yield from _span(f"{at}/after", step.after_secs)
    if step.repeats > MOST_REPEATS:
        sentence = _("A step that repeats without end is heard by nobody. {most} times is the most.")
        yield f"{at}/repeat", sentence.format(most=MOST_REPEATS)
    if not TARGETS[step.audience].fullmatch(step.target):
        yield f"{at}/target", _target_sentence(step.audience)


def _target_sentence(audience: Audience) -> str:
    return {
        Audience.PERSON: _("Which person does this step reach?"),
        Audience.GROUP: _("Which user group does this step reach? Its id looks like S0PLANT3."),
        Audience.CHANNEL: _("Which channel does this step reach?"),
        Audience.MEDIATOR: _("Name the leader, or nobody for the leadership channel."),
        Audience.DESK: _("A step that reaches the desk needs no target."),
    }[audience]
