"""Every message that is not a card, a digest or a Home: direct messages, notes in threads, calls to the leadership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import (
    forms_inquiry,
    notices_author,
    notices_clock,
    notices_desk,
    notices_mediation,
    notices_outcome,
    notices_requester,
    notices_risk,
)
from bot.blocks.cards import request_card
from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.ids import Action
from bot.blocks.notices_requester import subject_of
from bot.blocks.notices_setup import test_card
from bot.blocks.phrases import escape
from bot.blocks.story import entry_of, sentence, undo_hint
from bot.blocks.turns import due_words, is_running, name_in, turn_line
from models.i18n import _
from models.lifecycle import Move
from models.outbox import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.ports import Message
    from models.picture import Picture
    from models.timeline import TimelineEntry

    Draw = Callable[[Picture, dict[str, Any], datetime], Message]


def draw(notice: Notice, *, picture: Picture | None, facts: dict[str, Any], as_of: datetime) -> Message:
    """Draw a message from the request as it is now. Only FORM_LINK does without a picture."""
    if notice is Notice.TEST_CARD:
        return test_card(facts)
    if notice is Notice.FORM_LINK or picture is None:
        return _form_link(facts)
    if "over_to" in facts:
        return _passed_on(picture, str(facts["over_to"]), facts)
    drawn = _drawings()[notice](picture, facts, as_of)
    return _to_deputy(picture, str(facts["instead_of"]), drawn) if facts.get("instead_of") else drawn


def hint(sentence: str, *, value: str = "", action: Action | None = None, label: str = "") -> Message:
    """Draw an ephemeral: one sentence, made safe here, and at most one button."""
    pressed = [] if action is None or not label else [button(label, action, value or 0, primary=True)]
    return compose([section(escape(sentence)), *actions(pressed)])


def _drawings() -> dict[Notice, Draw]:
    return {
        Notice.CARD: _card,
        Notice.RECEIPT: notices_requester.receipt,
        Notice.OFFER_FOR_YOU: notices_requester.offer_for_you,
        Notice.QUESTION_FOR_YOU: notices_requester.question_for_you,
        Notice.COMMITTED: notices_requester.committed,
        Notice.DECLINED: notices_requester.declined,
        Notice.CLOSED: notices_outcome.closed,
        Notice.SHORTFALL: notices_outcome.shortfall,
        Notice.AT_RISK: notices_risk.at_risk,
        Notice.BUMPED: notices_risk.bumped,
        Notice.RECOMMITTED: notices_risk.recommitted,
        Notice.INQUIRY_ANSWERED: forms_inquiry.inquiry_answered,
        Notice.TURN_WARNING: notices_clock.turn_warning,
        Notice.DESK_TURN: notices_desk.desk_turn,
        Notice.WITHDRAWN: notices_desk.withdrawn,
        Notice.OUTCOME_WANTED: notices_desk.outcome_wanted,
        Notice.STORY: _story,
        Notice.CLOCK: notices_clock.clock_note,
        Notice.ESCALATION: notices_clock.escalation,
        Notice.HANDED_OVER: notices_desk.handed_over,
        Notice.CARD_MOVED: notices_desk.card_moved,
        Notice.MEDIATION: notices_mediation.mediation,
        Notice.MEDIATION_NOTE: notices_mediation.mediation_note,
        Notice.MEDIATOR_ASKS: notices_mediation.mediator_asks,
        Notice.MEDIATOR_TOLD: notices_mediation.mediator_told,
        Notice.FOLLOW_UP: notices_clock.follow_up,
        Notice.TURNED_INTO: notices_author.turned_into,
        Notice.CORRECTED: notices_author.corrected,
    }


def _to_deputy(picture: Picture, person: str, drawn: Message) -> Message:
    """Say to whom somebody is told this for, above all else."""
    said = _("You stand in for {name}.").format(name=name_in(picture, person))
    return compose([context(said), *drawn.blocks])


def _passed_on(picture: Picture, acting: str, facts: dict[str, Any]) -> Message:
    """Let go of a deputy: the person is back, or somebody else stands in."""
    sentence = _("{name} is back: nothing is left for you to do here.")
    if acting != facts.get("instead_of"):
        sentence = _("{name} has it now: nothing is left for you to do here.")
    lead = f"*{picture.request.label}* ({subject_of(picture)})"
    return compose([section(f"{lead}\n{sentence.format(name=name_in(picture, acting))}")])


def _card(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    return request_card(picture, as_of=as_of)


def _form_link(facts: dict[str, Any]) -> Message:
    said = _("*Your expedite form is ready.* What you typed is kept: open it, check it, send it.")
    resume = button(_("Open the form…"), Action.RESUME_DRAFT, facts.get("draft", 0), primary=True)
    return compose([section(said), *actions([resume])])


def _story(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    entry = entry_of(picture, facts)
    if entry is None:
        return compose([section(turn_line(picture, as_of))])
    undo = undo_hint(entry)
    said = sentence(picture, entry) + _again(picture, entry, as_of)
    return compose([section(said), *([context(undo)] if undo else [])])


def _again(picture: Picture, entry: TimelineEntry, as_of: datetime) -> str:
    """Say what is owed once more after a step was taken back."""
    if entry.move is not Move.UNDO or picture.clock is None or not is_running(picture.clock, as_of):
        return ""
    return " · " + due_words(picture.clock, picture.hours_of(picture.clock.holder), as_of)
