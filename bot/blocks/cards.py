"""The card: one request, one message, always up to date. The question on top, the turn line last, then the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.alternatives import alternatives, mind_notes, offered_words, standing_counter
from bot.blocks.buttons import card_buttons
from bot.blocks.calls import called_in
from bot.blocks.changes import changed
from bot.blocks.elements import compose, context, header, section, table
from bot.blocks.facts import asked_day, asked_lines, customer_line, four_facts, linked, why_line
from bot.blocks.forms_customer import gap_warning
from bot.blocks.lots import lot_rows, offer_rows
from bot.blocks.phrases import HEADER_LIMIT, headline, quote, subject
from bot.blocks.story import answered_choices, available_words, newest
from bot.blocks.turns import desk_name, name_in, turn_line
from models.i18n import _
from models.lifecycle import Move, Status

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, Message
    from models.offer import Offer
    from models.picture import Picture


def request_card(picture: Picture, *, as_of: datetime) -> Message:
    """Draw the card of the operations channel; closed ones carry no buttons."""
    blocks = [header(title(picture)), *body(picture), context(turn_line(picture, as_of)), *called_in(picture)]
    return compose([*blocks, *card_buttons(picture, as_of)])


def title(picture: Picture) -> str:
    """Return the question while it is one; afterwards what it is about."""
    request = picture.request
    if request.status.awaits_answer or request.status is Status.OFFERED:
        return headline(request.label, request.ask, today=asked_day(picture))
    return f"{request.label} · {subject(request.ask, room=HEADER_LIMIT - len(request.label) - 3)}"


def body(picture: Picture) -> list[Block]:
    """Return everything between title and turn line, in the order people ask for it."""
    offers, counter = alternatives(picture), standing_counter(picture)
    who = [section(customer_line(picture)), *asked_lines(picture.request.ask, asked_day(picture))]
    if picture.request.ask.is_inquiry:
        note = context(_("A question before a promise: the answer binds nobody."))
        return [*who, note, *talk(picture), *possible(picture)]
    if offers:
        words = [block for offer in offers for block in offer_words(picture, offer)]
        return [*who, table(offer_rows(picture, offers)), *words, *mind_notes(picture, offers)]
    if counter is not None:
        return [*who, *counter_words(picture, counter), *talk(picture), why_line(picture)]
    if picture.commitments:
        return [*who, table(lot_rows(picture)), *gap_warning(picture), why_line(picture)]
    return [
        *who,
        four_facts(picture),
        *linked(picture.request.ask),
        *changed(picture),
        *talk(picture),
        why_line(picture),
    ]


def possible(picture: Picture) -> list[Block]:
    """Return what the desk said is available, of a question that is answered."""
    choices = answered_choices(picture)
    if picture.request.status is not Status.ANSWERED or not choices:
        return []
    said = available_words(picture)
    return [section(_("*Possible now:* {lots}. Nothing is committed.").format(lots=said))]


def counter_words(picture: Picture, counter: Offer) -> list[Block]:
    """Return what Sales proposes beside the offer it answers, and their words."""
    offers = [picture.offer] if picture.offer else []
    lead = _("*{name} proposes instead:* {lots}").format(
        name=name_in(picture, counter.made_by), lots=offered_words(picture, counter)
    )
    said = f"{lead}\n{quote(counter.conditions)}" if counter.conditions.strip() else lead
    return [table(offer_rows(picture, offers, counter)), section(said), *mind_notes(picture, [counter])]


def offer_words(picture: Picture, offer: Offer) -> list[Block]:
    """Return the conditions with the name of who set them."""
    if not offer.conditions.strip():
        return []
    return [section(f"{quote(offer.conditions)}\n— {name_in(picture, offer.made_by)}")]


def talk(picture: Picture) -> list[Block]:
    """Return the words that were exchanged and still matter: each said by whom, then quoted."""
    request, desk = picture.request, desk_name(picture)
    sales = name_in(picture, request.requester)
    said = []
    if request.question:
        asked = newest(picture, Move.ASK_INFORMATION)
        asker = name_in(picture, asked.by) if asked else desk
        said.append((_("*{name} asked:*").format(name=asker), request.question))
    if request.information:
        said.append((_("*{name} answered:*").format(name=sales), request.information))
    return [section(f"{lead}\n{quote(text)}") for lead, text in [*said, *_last_words(picture, desk, sales)]]


def _last_words(picture: Picture, desk: str, sales: str) -> list[tuple[str, str]]:
    request = picture.request
    if request.status is Status.DECLINED:
        reason = (_("*{desk} cannot do it:*").format(desk=desk), request.decline_reason)
        instead = (_("*What they suggest instead:*"), request.alternative or _("They see no alternative."))
        return [reason, instead]
    if not request.closing_word:
        return []
    if request.status is Status.CANCELLED:
        return [(_("*{name}: the customer cancelled the order.*").format(name=sales), request.closing_word)]
    if request.status is Status.WITHDRAWN:
        return [(_("*{name} withdrew it:*").format(name=sales), request.closing_word)]
    return [(_("*{name} refused the last offer:*").format(name=sales), request.closing_word)]
