"""Direct messages to the one who asked: complete in themselves, with the buttons of their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import alternatives, difference_words, mind, money_words, offered_words
from bot.blocks.buttons import (
    compare_button,
    details_button,
    receipt_buttons,
    requester_buttons,
    take_button,
    tell_button,
)
from bot.blocks.cards import offer_words
from bot.blocks.customer import committed_splits, once_taken, words_to_take, you_may_tell
from bot.blocks.elements import actions, button, compose, context, section
from bot.blocks.facts import asked_day, asked_lines
from bot.blocks.forms_customer import gap_warning
from bot.blocks.ids import Action
from bot.blocks.lots import split_words
from bot.blocks.phrases import can_you, escape, quote, subject
from bot.blocks.story import entry_of, sentence
from bot.blocks.turns import desk_name, is_lapsed, turn_line
from models.i18n import _
from models.lifecycle import Move, Status
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports import Block, Message
    from models.offer import Offer
    from models.picture import Picture

HANDS = frozenset({Move.HAND_OVER, Move.TAKE})
QUIET = HANDS | {
    Move.WARN,
    Move.BREACH,
    Move.ESCALATE,
    Move.ASK_OUTCOME,
    Move.NAME_ANSWER_TIME,
    Move.REPORT_OUTCOME,
    Move.SNOOZE,
    Move.STILL_ON_IT,
    Move.ASK_AGAIN,
    Move.MEDIATE,
    Move.EDIT,
}
"""Entries that change nobody's turn."""
WITH_THE_DESK = frozenset({Status.ASKED, Status.ACKNOWLEDGED})
ANSWERS_TO_AN_OFFER = frozenset(
    {Move.ACCEPT, Move.REFUSE, Move.COUNTER, Move.OFFER, Move.COMMIT, Move.WITHDRAW, Move.DECLINE}
)


def receipt(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Say the request back to who sent it, and whose turn it is now."""
    request = picture.request
    sentence = _("*{label}* · you asked the {desk}:")
    if request.status in WITH_THE_DESK:
        sentence = _("*{label} is with the {desk}.* You asked:")
    lead = sentence.format(label=request.label, desk=desk_name(picture))
    said = quote(can_you(request.ask, room=300, today=asked_day(picture)))
    lines = asked_lines(request.ask, asked_day(picture))
    return compose([section(f"{lead}\n{said}"), *lines, turn(picture, as_of), *receipt_buttons(picture)])


def offer_for_you(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    """Show what the desk can do instead, each alternative with its own button."""
    offers = alternatives(picture)
    if _is_taken(picture, facts):
        return _taken(picture)
    if not offers or is_over(picture, facts):
        return since_then(picture)
    shown = offer_to_choose(picture, offers[0]) if len(offers) == 1 else _to_choose_from(picture, offers, as_of)
    return _told(picture, as_of, [*shown, section(once_taken(picture, offers))])


def _is_taken(picture: Picture, facts: dict[str, Any]) -> bool:
    """Whether this very offer was taken: an older one that a newer offer replaced was not."""
    if picture.request.status is not Status.AGREED:
        return False
    told = entry_of(picture, facts)
    later = [entry for entry in _standing(picture) if told is None or entry.id > told.id]
    answers = [entry.move for entry in later if entry.move in ANSWERS_TO_AN_OFFER]
    return (answers[:1] if told else answers[-1:]) == [Move.ACCEPT]


def _taken(picture: Picture) -> Message:
    """Say what was agreed, and keep what may be said now: it was promised for this moment."""
    lots = escape(split_words(committed_splits(picture), picture.request.ask, asked_day(picture), bold=True))
    lead = _("*{label}* ({subject})\nYou took the offer: {lots}.").format(
        label=picture.request.label, subject=subject_of(picture), lots=lots
    )
    return compose([section(lead), section(you_may_tell(picture))])


def offer_to_choose(picture: Picture, offer: Offer) -> list[Block]:
    lots = offered_words(picture, offer, bold=True)
    said = _("{desk} can do {lots}.").format(desk=desk_name(picture), lots=lots)
    lead = f"{your_turn(picture)}\n{said} {money_words(offer)}".rstrip()
    return [section(lead), *offer_words(picture, offer), against(picture, offer), *_mind(picture, offer)]


def _to_choose_from(picture: Picture, offers: Sequence[Offer], as_of: datetime) -> list[Block]:
    said = _("{desk} can do one of these. Take the one that helps most:").format(desk=desk_name(picture))
    blocks = [section(f"{your_turn(picture)}\n{said}")]
    for offer in offers:
        take = None if is_lapsed(picture, as_of) else take_button(picture, offer)
        blocks.append(section(one_of_several(picture, offer), accessory=take))
        blocks += [*offer_words(picture, offer), *_mind(picture, offer)]
    return blocks


def one_of_several(picture: Picture, offer: Offer) -> str:
    """Say one alternative with its number, its cost, and what is different from what was asked."""
    lots = offered_words(picture, offer, bold=True)
    lead = _("{n}. {lots}.").format(n=offer.alternative, lots=lots)
    different = " · ".join(difference_words(picture, offer))
    return "\n".join(filter(None, [f"{lead} {money_words(offer)}".rstrip(), escape(different)]))


def against(picture: Picture, offer: Offer) -> Block:
    """Name the differences to what was asked and told, with the way to see all of it side by side."""
    different = escape(" · ".join(difference_words(picture, offer)))
    return section(
        _("*Against what you asked:* {differences}").format(differences=different), accessory=compare_button(picture)
    )


def _mind(picture: Picture, offer: Offer) -> list[Block]:
    said = mind(picture, offer)
    return [section(said)] if said else []


def question_for_you(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    if picture.request.status is not Status.INFO_NEEDED or is_over(picture, facts):
        return since_then(picture)
    asked = _("{desk} needs to know before it can answer:").format(desk=desk_name(picture))
    return _told(picture, as_of, [section(f"{your_turn(picture)}\n{asked}\n{quote(picture.request.question)}")])


def committed(picture: Picture, _facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell that it is committed; once it ended, tell how. The receipt says when it goes on."""
    splits = committed_splits(picture)
    if picture.request.status.is_open and not splits:
        return _taken_back(picture)
    if picture.request.status is not Status.AGREED or not splits:
        return since_then(picture)
    lots = escape(split_words(splits, picture.request.ask, asked_day(picture), bold=True))
    said = _("*{label} is committed* ({subject})\n{desk} ships {lots}.").format(
        label=picture.request.label, subject=subject_of(picture), desk=desk_name(picture), lots=lots
    )
    buttons = [tell_button(picture), details_button(picture)]
    return compose([section(said), section(you_may_tell(picture)), *gap_warning(picture), *actions(buttons)])


def _taken_back(picture: Picture) -> Message:
    """Say it plainly: the customer may have been told in between."""
    words = _("*{label}* ({subject})\n{desk} took the commitment back: nothing is committed. Please tell no date yet.")
    said = words.format(label=picture.request.label, subject=subject_of(picture), desk=desk_name(picture))
    return compose([section(said), *actions([details_button(picture)])])


def declined(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell the reason and what they suggest; a bare no does not exist."""
    request = picture.request
    lead = _("*{desk} cannot do {label}* ({subject})").format(
        desk=desk_name(picture), label=request.label, subject=subject_of(picture)
    )
    blocks = [section(f"{lead}\n{quote(request.decline_reason)}"), section(_instead(picture))]
    words = _("Ask for that instead…") if request.alternative.strip() else _("Ask for something else…")
    again = button(words, Action.ASK_FOR_ALTERNATIVE, request.id, primary=True)
    return compose([*blocks, turn(picture, as_of), *actions([again, tell_button(picture), details_button(picture)])])


def _instead(picture: Picture) -> str:
    request = picture.request
    if request.alternative.strip():
        return f"{_('*What they suggest instead:*')}\n{quote(request.alternative)}"
    lead = _("*They see no alternative.* A question you could take to the customer:")
    return f"{lead}\n{quote(words_to_take(request.ask))}"


def your_turn(picture: Picture) -> str:
    return _("*Your turn on {label}* ({subject})").format(label=picture.request.label, subject=subject_of(picture))


def is_over(picture: Picture, facts: dict[str, Any]) -> bool:
    """Whether something happened after what this message told: its buttons would be another turn's."""
    entry = entry_of(picture, facts)
    if entry is None:
        return False
    # Taking back what came later is no turn of its own: this one stands where it stood.
    later = [one for one in _standing(picture) if one.id > entry.id and one.move is not Move.UNDO]
    return entry.undone_at is not None or bool(later)


def is_in_other_hands(picture: Picture, facts: dict[str, Any]) -> bool:
    """Whether somebody else holds it since this message was sent to who held it."""
    entry = entry_of(picture, facts)
    later = [one for one in picture.timeline if one.move in HANDS and one.undone_at is None]
    return is_over(picture, facts) or (entry is not None and any(one.id > entry.id for one in later))


def _standing(picture: Picture) -> Sequence[Any]:
    return [entry for entry in picture.timeline if entry.undone_at is None and entry.move not in QUIET]


def since_then(picture: Picture) -> Message:
    """Draw a message whose turn is over: what happened then, and nothing to press.

    It is not drawn again, so it says nothing of whose turn it is: the receipt does.
    """
    lead = f"*{picture.request.label}* ({subject_of(picture)})"
    standing = _standing(picture)
    last = [sentence(picture, standing[-1], reader=picture.request.requester)] if standing else []
    return compose([section("\n".join([lead, *last]))])


def _told(picture: Picture, as_of: datetime, blocks: Sequence[Block]) -> Message:
    return compose([*blocks, turn(picture, as_of), *requester_buttons(picture, as_of)])


def turn(picture: Picture, as_of: datetime) -> Block:
    return context(turn_line(picture, as_of, reader=Holder.REQUESTER))


def subject_of(picture: Picture) -> str:
    return escape(subject(picture.request.ask))
