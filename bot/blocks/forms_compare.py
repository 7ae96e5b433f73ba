"""Asked, offered and told side by side, with the differences in words; what Sales would take instead; what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import (
    alternatives,
    difference_words,
    mind,
    money_words,
    offered_words,
    standing_counter,
    warning_words,
)
from bot.blocks.buttons import move_button, take_button
from bot.blocks.elements import actions, button, context, divider, fields, header, modal, section
from bot.blocks.facts import asked_day, later_words, part_words
from bot.blocks.forms_answer import request_form
from bot.blocks.forms_customer import gap_warning
from bot.blocks.forms_offer import lot_questions
from bot.blocks.ids import Action, Callback, lot_date, lot_line, lot_quantity
from bot.blocks.inputs import paragraph, question
from bot.blocks.lots import committed_words, split_words
from bot.blocks.phrases import can_you, cut, escape, number, quote, told_words
from bot.blocks.turns import desk_name, is_lapsed, name_in, short_name
from models.errors import Field
from models.i18n import _
from models.offer import as_asked, most_lots

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.ports import Block, View
    from models.offer import Offer
    from models.picture import Picture
    from models.tenant import Actor


def compare_view(picture: Picture, *, as_of: datetime, viewer: Actor) -> View:
    """Show what was asked, what is offered and what the customer was told; Sales takes an alternative from here."""
    request = picture.request
    offers, counter = alternatives(picture), standing_counter(picture)
    may_take = picture.acts_for(viewer.slack_id, request.requester) and not is_lapsed(picture, as_of)
    blocks = [header(cut(can_you(request.ask, today=asked_day(picture)), 150)), context(_room(picture))]
    for offer in [*offers, *([counter] if counter else [])]:
        blocks += [divider(), *_side_by_side(picture, offer, is_one_of_several=len(offers) > 1)]
        if may_take and not offer.by_sales:
            blocks += actions([take_button(picture, offer)])
    if not offers and counter is None:
        blocks += [divider(), *_nothing_open(picture)]
    return modal(Callback.COMPARE, request.label, blocks, metadata={"request": request.id})


def _room(picture: Picture) -> str:
    ask, today = picture.request.ask, asked_day(picture)
    return " · ".join([escape(part_words(ask)), later_words(ask, today)])


def _side_by_side(picture: Picture, offer: Offer, *, is_one_of_several: bool) -> list[Block]:
    different = "\n".join(f"• {escape(one)}" for one in difference_words(picture, offer))
    head = _("Offer {n}").format(n=offer.alternative) if is_one_of_several else _("Offered")
    if offer.by_sales:
        head = _("{name} proposes").format(name=name_in(picture, offer.made_by))
    offered = " ".join(filter(None, [f"{offered_words(picture, offer)}.", escape(money_words(offer))]))
    said, warned = offer.conditions.strip(), mind(picture, offer)
    return [
        fields([*_asked(picture), _pair(head, offered), *_told(picture), _pair(_("The difference"), different)]),
        *([section(quote(said))] if said else []),
        *([section(warned)] if warned else []),
    ]


def _nothing_open(picture: Picture) -> list[Block]:
    """Return what is committed against what was asked and told, or that nothing was offered."""
    if not picture.commitments:
        nothing = _pair(_("Offered"), _("nothing yet"))
        return [fields([*_asked(picture), nothing, *_told(picture)])]
    committed = _pair(_("Committed"), escape(committed_words(picture)))
    return [fields([*_asked(picture), committed, *_told(picture)]), *gap_warning(picture)]


def _asked(picture: Picture) -> list[str]:
    ask = picture.request.ask
    return [_pair(_("Asked"), escape(split_words(as_asked(ask), ask, asked_day(picture))))]


def _told(picture: Picture) -> list[str]:
    ask = picture.request.ask
    head = _("Told {customer}").format(customer=escape(short_name(ask.customer, 30)))
    return [_pair(head, escape(told_words(ask, asked_day(picture))))]


def _pair(head: str, text: str) -> str:
    return f"*{head}*\n{text}"


def counter_form(picture: Picture, answers: Mapping[str, Any] | None = None, *, rows: int = 2) -> View:
    """Ask Sales what it would take instead: it opens with the lots of the offer, to be changed."""
    offers = alternatives(picture)
    filled = _lots_of(offers[0]) if answers is None and offers else (answers or {})
    ask, most = picture.request.ask, most_lots(picture.request.ask)
    shown = max(1, min(rows, most))
    lots = [block for row in range(1, shown + 1) for block in lot_questions(filled, row, ask, needed=1)]
    more = [button(_("Add a lot"), Action.ADD_COUNTER_LOT, picture.request.id)] if shown < most else []
    words = paragraph(Field.COUNTER_WORDS, filled)
    hint = _("What it hangs on, and what the customer could live with.")
    asked = question(Field.COUNTER_WORDS, _("Your words to the desk"), words, hint=hint, optional=True)
    carried = {"rows": shown, **({"offer": offers[0].id} if offers else {})}
    blocks = [*_offered(picture), *lots, *actions(more), asked]
    return request_form(Callback.COUNTER, picture, blocks, submit=_("Propose this"), metadata=carried)


def _lots_of(offer: Offer) -> dict[str, str]:
    filled: dict[str, str] = {}
    for row, lot in enumerate(offer.splits, start=1):
        filled |= {lot_quantity(row): number(lot.quantity), lot_date(row): lot.ship_date.isoformat()}
        filled[lot_line(row)] = str(lot.line)
    return filled


def _offered(picture: Picture) -> list[Block]:
    offers = alternatives(picture)
    lines = [f"• {offered_words(picture, offer)}" for offer in offers]
    lead = _("*{desk} can do:*").format(desk=desk_name(picture))
    what = context(_("The desk can commit this as you write it, or make another offer. Its offer is answered by it."))
    return [section("\n".join([lead, *lines])), what] if offers else [what]


def offer_sent(picture: Picture) -> View | None:
    """Tell whoever made an offer what Sales reads with it; None where there is nothing to mind."""
    offers = alternatives(picture)
    named = _("Offer {n}: {words}") if len(offers) > 1 else "{words}"
    lines = [
        "• " + named.format(n=offer.alternative, words=escape(one))
        for offer in offers
        for one in warning_words(picture, offer)
    ]
    if not lines:
        return None
    lead = _("*The offer is sent.* Sales reads with it:")
    change = actions([move_button(picture, Action.OFFER)])
    blocks = [section("\n".join([lead, *lines])), *change]
    return modal(Callback.COMPARE, picture.request.label, blocks, metadata={"request": picture.request.id})
