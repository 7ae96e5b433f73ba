"""“What may I tell the customer now?” Ready words that never say more than is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.facts import asked_day
from bot.blocks.lots import split_words
from bot.blocks.phrases import escape, one_line, quantity, quote
from bot.blocks.turns import short_name
from models.commitment import Outcome
from models.i18n import _
from models.offer import OfferState, ShipmentSplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.ask import Ask
    from models.offer import Offer
    from models.picture import Picture


def committed_splits(picture: Picture) -> list[ShipmentSplit]:
    """Return what is committed and still to ship: what became of the rest is known, it is no promise any more."""
    lots = [lot for lot in picture.commitments if lot.outcome is Outcome.OPEN]
    return [ShipmentSplit(lot.committed_ship_date, lot.quantity, lot.line) for lot in lots]


def you_may_tell(picture: Picture) -> str:
    """Return what may be said today, in mrkdwn: only what is committed, or that nothing is."""
    splits = committed_splits(picture)
    lead = _("You may tell {customer} now:").format(customer=_customer(picture))
    if not splits:
        nothing = _("We are checking what we can do and will come back to you. Nothing is promised yet.")
        return f"{lead}\n{quote(nothing)}"
    promise = " ".join(filter(None, [_promise(picture, splits), taken_instead(picture)]))
    return f"{lead}\n{quote(promise)}"


def once_taken(picture: Picture, offers: Sequence[Offer]) -> str:
    """Return what may be said after an offer is taken, and only then, in mrkdwn."""
    if len(offers) != 1:
        return _("Nothing is committed until you take one. Then you get the words for {customer}.").format(
            customer=_customer(picture)
        )
    (offer,) = offers
    lead = _("Nothing is committed until you take it. Once you have, you may tell {customer}:")
    promise = " ".join(filter(None, [_promise(picture, offer.splits), instead_sentence(picture, offer)]))
    return f"{lead.format(customer=_customer(picture))}\n{quote(promise)}"


def _promise(picture: Picture, splits: Sequence[ShipmentSplit]) -> str:
    said = split_words(splits, picture.request.ask, asked_day(picture))
    return _("We will ship {lots}.").format(lots=said)


def taken_instead(picture: Picture) -> str:
    """Say in plain text that another item was agreed; empty where it is the one asked for."""
    offer = picture.offer
    is_taken = offer is not None and offer.state is OfferState.ACCEPTED
    return instead_sentence(picture, offer) if offer is not None and is_taken else ""


def instead_sentence(picture: Picture, offer: Offer) -> str:
    """Say to the customer in plain text that it is another item; where it ships from is our own affair."""
    if not offer.substitute.strip():
        return ""
    lines = {split.line for split in offer.splits} or {1}
    return _("It is {substitute} instead of {item}.").format(
        substitute=one_line(offer.substitute), item=one_line(picture.request.ask.line(min(lines)).item)
    )


def _customer(picture: Picture) -> str:
    return escape(short_name(picture.request.customer))


def words_to_take(ask: Ask) -> str:
    """Return a question Sales can put to a customer who has left no room at all, in plain text."""
    half = (ask.quantity / 2).to_integral_value()
    if half < 1:
        return _("“Would a later day also work, or a similar item?”")
    return _("“Could you start with {part} on that day and take the rest a week later?”").format(
        part=quantity(half, ask.unit)
    )
