"""Direct messages to the one who asked: complete in themselves, with the buttons of their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import details_button, requester_buttons
from bot.blocks.cards import offer_words, open_offer
from bot.blocks.customer import committed_splits, once_taken, words_to_take, you_may_tell
from bot.blocks.elements import actions, button, compose, context, section, table
from bot.blocks.facts import asked_day
from bot.blocks.ids import Action
from bot.blocks.lots import lot_rows, split_words
from bot.blocks.phrases import can_you, escape, money, quote, subject, when
from bot.blocks.story import entry_of, sentence
from bot.blocks.turns import desk_name, turn_line
from bot.blocks.words import status_word
from models.i18n import _
from models.lifecycle import Move, Status
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports import Block, Message
    from models.offer import Offer
    from models.picture import Picture

QUIET = frozenset({Move.WARN, Move.BREACH, Move.ESCALATE, Move.ASK_OUTCOME, Move.NAME_ANSWER_TIME, Move.REPORT_OUTCOME})
"""Entries that change nobody's turn."""


def receipt(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Say the request back to who sent it, and whose turn it is now."""
    request = picture.request
    lead = _("*{label} is with {desk}.* You asked:").format(label=request.label, desk=desk_name(picture))
    said = quote(can_you(request.ask, room=300, today=asked_day(picture)))
    return _told(picture, as_of, [section(f"{lead}\n{said}")])


def offer_for_you(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    offer = open_offer(picture)
    if offer is None or is_over(picture, facts):
        return _since_then(picture, as_of)
    blocks = [section(_offer_lead(picture, offer)), *offer_words(picture, offer)]
    return _told(picture, as_of, [*blocks, section(once_taken(picture, offer.splits))])


def _offer_lead(picture: Picture, offer: Offer) -> str:
    lots = escape(split_words(offer.splits, picture.request.unit, asked_day(picture), bold=True))
    said = _("{desk} can do {lots}. The offer holds until {when}.").format(
        desk=desk_name(picture), lots=lots, when=when(offer.valid_until, picture.calendar.zone)
    )
    cost = _("It costs {amount} extra.").format(amount=money(offer.extra_cost)) if offer.extra_cost else ""
    return f"{your_turn(picture)}\n{said} {cost}".rstrip()


def question_for_you(picture: Picture, facts: dict[str, Any], as_of: datetime) -> Message:
    if picture.request.status is not Status.INFO_NEEDED or is_over(picture, facts):
        return _since_then(picture, as_of)
    asked = _("{desk} needs to know before it can answer:").format(desk=desk_name(picture))
    return _told(picture, as_of, [section(f"{your_turn(picture)}\n{asked}\n{quote(picture.request.question)}")])


def committed(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell that it is committed; once more happened, tell how it stands."""
    splits = committed_splits(picture)
    if picture.request.status is not Status.AGREED or not splits:
        return _since_then(picture, as_of)
    lots = escape(split_words(splits, picture.request.unit, asked_day(picture), bold=True))
    said = _("*{label} is committed* ({subject})\n{desk} ships {lots}.").format(
        label=picture.request.label, subject=_subject(picture), desk=desk_name(picture), lots=lots
    )
    return _told(picture, as_of, [section(said), section(you_may_tell(picture))])


def declined(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell the reason and what they suggest; a bare no does not exist."""
    request = picture.request
    lead = _("*{desk} cannot do {label}* ({subject})").format(
        desk=desk_name(picture), label=request.label, subject=_subject(picture)
    )
    blocks = [section(f"{lead}\n{quote(request.decline_reason)}"), section(_instead(picture))]
    words = _("Ask for that instead…") if request.alternative.strip() else _("Ask for something else…")
    again = button(words, Action.ASK_FOR_ALTERNATIVE, request.id, primary=True)
    return compose([*blocks, _turn(picture, as_of), *actions([again, details_button(picture)])])


def _instead(picture: Picture) -> str:
    request = picture.request
    if request.alternative.strip():
        return f"{_('*What they suggest instead:*')}\n{quote(request.alternative)}"
    lead = _("*They see no alternative.* A question you could take to the customer:")
    return f"{lead}\n{quote(words_to_take(request.ask))}"


def closed(picture: Picture, _facts: dict[str, Any], as_of: datetime) -> Message:
    """Tell how it ended, lot by lot."""
    lead = _("*{label} is closed: {status}* ({subject})").format(
        label=picture.request.label, status=status_word(picture.request.status), subject=_subject(picture)
    )
    lots = [table(lot_rows(picture))] if picture.commitments else []
    word = picture.request.closing_word
    return compose([section(lead), *lots, *([section(quote(word))] if word else []), _turn(picture, as_of)])


def your_turn(picture: Picture) -> str:
    return _("*Your turn on {label}* ({subject})").format(label=picture.request.label, subject=_subject(picture))


def is_over(picture: Picture, facts: dict[str, Any]) -> bool:
    """Whether something happened after what this message told: its buttons would be another turn's."""
    entry = entry_of(picture, facts)
    if entry is None:
        return False
    return entry.undone_at is not None or any(later.id > entry.id for later in _standing(picture))


def _standing(picture: Picture) -> Sequence[Any]:
    return [entry for entry in picture.timeline if entry.undone_at is None and entry.move not in QUIET]


def _since_then(picture: Picture, as_of: datetime) -> Message:
    """Draw a message whose turn is over: what happened last and where it stands, nothing to press."""
    lead = f"*{picture.request.label}* ({_subject(picture)})"
    standing = _standing(picture)
    last = [section(sentence(picture, standing[-1]))] if standing else []
    return compose([section(lead), *last, _turn(picture, as_of)])


def _told(picture: Picture, as_of: datetime, blocks: Sequence[Block]) -> Message:
    return compose([*blocks, _turn(picture, as_of), *requester_buttons(picture, as_of)])


def _turn(picture: Picture, as_of: datetime) -> Block:
    return context(turn_line(picture, as_of, reader=Holder.REQUESTER))


def _subject(picture: Picture) -> str:
    return escape(subject(picture.request.ask))
