"""The forms of a desk's policy: how long each turn may take, what makes a request urgent, who hears of a breach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import actions, button, context, divider, section
from bot.blocks.ids import Action
from bot.blocks.inputs import line, question, ticks
from bot.blocks.settings_inputs import channel, group, one_of, person
from bot.blocks.words import reason_words
from models.i18n import _
from models.service_level import Audience, UrgencyClass
from models.settings.forms import STEP_ROWS
from models.settings.writing import TURNS
from models.urgency import UrgencyRules

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings.forms import SettingsForm

SPAN = 20
RULES = "service_levels/urgency_rules"


def levels_questions(form: SettingsForm) -> list[Block]:
    """A span for each kind of turn and each class of urgency, in working time."""
    blocks: list[Block] = [context(_("All spans are working time, like “1 h 30 min”."))]
    for urgency in UrgencyClass:
        blocks += [divider(), section(f"*{urgency_word(urgency)}*")]
        blocks += [_span(form, f"service_levels/{urgency.value}/{turn}", _turn(turn, urgency)) for turn in TURNS]
    expiry, longest = "service_levels/acknowledgement_expires_after", "service_levels/longest_answer"
    return [
        *blocks,
        divider(),
        _span(form, expiry, _("An acknowledgement nobody follows up expires after")),
        _span(form, longest, _("Ops may name a time for its answer at most this far ahead")),
    ]


def urgency_word(urgency: UrgencyClass) -> str:
    return {
        UrgencyClass.STANDARD: _("Standard"),
        UrgencyClass.HIGH: _("High"),
        UrgencyClass.CRITICAL: _("Critical"),
    }[urgency]


def _turn(turn: str, urgency: UrgencyClass) -> str:
    words = {
        "first_response": _("{urgency}: first answer within"),
        "answer": _("{urgency}: answer after looking into it within"),
        "information": _("{urgency}: Sales answers a question within"),
        "decision": _("{urgency}: Sales decides on an offer within"),
        "outcome": _("{urgency}: report on what shipped within"),
    }
    return words[turn].format(urgency=urgency_word(urgency))


def _span(form: SettingsForm, path: str, label: str) -> Block:
    return question(path, label, line(path, {path: form.value(path)}, limit=SPAN, example=_("1 h 30 min")))


def urgency_questions(form: SettingsForm) -> list[Block]:
    """Which class each reason gives, and the limits of days and of value."""
    usual = UrgencyRules().to_json()
    own = form.value(RULES) or {}
    classes = {urgency.value: urgency_word(urgency) for urgency in UrgencyClass}
    blocks = []
    for reason, said in reason_words().items():
        path = f"{RULES}/by_reason/{reason.value}"
        chosen = form.answers.get(path) or (own or usual)["by_reason"].get(reason.value)
        blocks.append(question(path, said, one_of(path, chosen or UrgencyClass.STANDARD.value, classes)))
    return [*blocks, divider(), *(_limit(form, name, label, own or usual) for name, label in _limits())]


def _limits() -> list[tuple[str, str]]:
    return [
        ("critical_within_days", _("Critical when at most so many working days are left")),
        ("high_within_days", _("High when at most so many working days are left")),
        ("critical_above", _("Critical when more than this is at stake")),
        ("high_above", _("High when more than this is at stake")),
    ]


def _limit(form: SettingsForm, name: str, label: str, held: Any) -> Block:
    path = f"{RULES}/{name}"
    value = form.answers.get(path, held.get(name))
    text = "" if value in (None, "never") else str(value)
    return question(path, label, line(path, {path: text}, limit=SPAN), hint=_("Empty: never."), optional=True)


def escalation_questions(form: SettingsForm) -> list[Block]:
    """One row of questions for each step, and a button for one more."""
    steps = form.plain.get("escalation") or []
    rows = min(max(form.rows, len(steps), 1), STEP_ROWS)
    lead = _("The steps begin when time is up, and stop with the answer. Nobody is reached twice by the same way.")
    blocks = [context(lead)]
    for row in range(1, rows + 1):
        step = steps[row - 1] if row <= len(steps) else {}
        blocks += [divider(), *_step(form, row, step)]
    return [*blocks, *(actions([button(_("Add a step"), Action.ADD_STEP, form.subject)]) if rows < STEP_ROWS else [])]


def _step(form: SettingsForm, row: int, step: dict[str, Any]) -> list[Block]:
    at = f"escalation/{row}"
    audience, target = step.get("notify", ""), step.get("target", "")
    held = {
        "after": step.get("after", ""),
        "notify": audience,
        "person": target if audience in {Audience.PERSON, Audience.MEDIATOR} else "",
        "group": target if audience == Audience.GROUP else "",
        "channel": target if audience == Audience.CHANNEL else "",
        "repeat": str(step.get("repeat", "")),
        "urgent": ["urgent"] if step.get("urgent") else [],
    }
    says = {f"{at}/{name}": form.answers.get(f"{at}/{name}", value) for name, value in held.items()}
    return _step_questions(form, row, at, says)


def _step_questions(form: SettingsForm, row: int, at: str, says: dict[str, Any]) -> list[Block]:
    after, notify, urgent = f"{at}/after", f"{at}/notify", f"{at}/urgent"
    wait = line(after, says, limit=SPAN, example=_("30 min"))
    hint = _("Working time after the step before. Empty: no such step.")
    again = line(f"{at}/repeat", says, limit=3, example="0")
    box = ticks(urgent, says, {"urgent": _("Also outside their working hours")})
    whom = one_of(notify, says[notify], _audiences())
    chosen = person(f"{at}/person", says[f"{at}/person"])
    told = _("For a leader as mediator, nobody means the leadership channel.")
    return [
        question(after, _("Step {n}: wait").format(n=row), wait, hint=hint, optional=True),
        question(notify, _("Step {n}: then reach").format(n=row), whom, optional=True),
        question(f"{at}/person", _("Person"), chosen, hint=told, optional=True),
        question(f"{at}/channel", _("Channel"), channel(f"{at}/channel", says[f"{at}/channel"]), optional=True),
        question(f"{at}/group", _("User group"), group(f"{at}/group", says[f"{at}/group"], form.groups), optional=True),
        question(f"{at}/repeat", _("How many more times"), again, optional=True),
        question(urgent, _("Urgent"), box, optional=True),
    ]


def _audiences() -> dict[str, str]:
    return {
        Audience.DESK.value: _("The desk"),
        Audience.PERSON.value: _("A person"),
        Audience.GROUP.value: _("A user group"),
        Audience.CHANNEL.value: _("A channel"),
        Audience.MEDIATOR.value: _("A leader, as mediator"),
    }
