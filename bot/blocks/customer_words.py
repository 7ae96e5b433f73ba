"""Ready words for the customer, by mail and by phone: in the words of the state, never more than is committed. Plain.

Where the customer was told more than is committed, the words repair it: they name what was said and what holds now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.blocks.customer import taken_instead
from bot.blocks.facts import asked_day
from bot.blocks.lots import split_words
from bot.blocks.phrases import amount_of, cut, day, listed, one_line, quantity
from models.commitment import Outcome
from models.i18n import _, ngettext
from models.lifecycle import Status
from models.offer import ShipmentSplit, as_asked
from models.promise_gap import DONE, promise_gap

if TYPE_CHECKING:
    from models.picture import Picture
    from models.promise_gap import PromiseGap

CALLED_OFF = frozenset({Status.WITHDRAWN, Status.CANCELLED})


@dataclass(frozen=True)
class CustomerWords:
    """What may be said now. Without ``mail`` there is nothing to tell yet that is more than “we are on it”."""

    subject: str
    mail: str
    phone: str


def gap_of(picture: Picture) -> PromiseGap | None:
    """Return the promise gap of a request as it stands."""
    return promise_gap(picture.request.ask, picture.commitments)


def customer_words(picture: Picture) -> CustomerWords:
    """Put together the words of this state."""
    said = [*_repair(picture), *_state(picture)]
    phone = " ".join(said)
    greeting, ending = _("Hello,"), _("Best regards")
    return CustomerWords(_subject(picture), f"{greeting}\n\n{phone}\n\n{ending}", phone)


def gap_words(picture: Picture, gap: PromiseGap) -> str:
    """Say the gap in days and units, in plain text: for the requester and the desk."""
    ask, today = picture.request.ask, asked_day(picture)
    told = _("The customer was told {quantity} by {day}.").format(
        quantity=amount_of(ask, gap.told_quantity, gap.line), day=day(gap.told_date, today)
    )
    short = _("{quantity} of it are not committed by then").format(
        quantity=quantity(gap.units, ask.line(gap.line).unit)
    )
    if gap.days is None or gap.covered_on is None:
        return _("{told} {short}, and no later day is committed for the rest.").format(told=told, short=short)
    late = ngettext("{days} day later", "{days} days later", gap.days).format(days=gap.days)
    return _("{told} {short}; all of it is by {day}, {late}.").format(
        told=told, short=short, day=day(gap.covered_on, today), late=late
    )


def is_nothing_yet(picture: Picture) -> bool:
    """Whether nothing may be told but that we are on it."""
    return (picture.request.status.is_open or picture.request.ask.is_inquiry) and not picture.commitments


def _subject(picture: Picture) -> str:
    request = picture.request
    order = _("your order {number}").format(number=one_line(request.order_number)) if request.order_number else ""
    about = order or _("your order of {item}").format(item=one_line(request.item))
    return cut(_("About {order}").format(order=about), 150)


def _repair(picture: Picture) -> list[str]:
    gap = gap_of(picture)
    if gap is None or picture.request.status in CALLED_OFF:
        return []
    told = _("We had told you {quantity} by {day}.").format(
        quantity=amount_of(picture.request.ask, gap.told_quantity, gap.line),
        day=day(gap.told_date, asked_day(picture)),
    )
    if is_nothing_yet(picture):
        return [told, _("We cannot confirm this yet; please do not plan on it until you hear from us.")]
    return [told, _("We are sorry: we cannot keep this in full. This is what holds now.")]


def _state(picture: Picture) -> list[str]:
    if is_nothing_yet(picture):
        return [_("We are checking what we can do for you and will come back to you. Nothing is promised yet.")]
    sentences = [*_shipped(picture), *_to_come(picture)]
    return sentences or [_nothing_ships(picture)]


def _shipped(picture: Picture) -> list[str]:
    ask, today = picture.request.ask, asked_day(picture)
    lots = [
        _("{quantity} on {day}").format(
            quantity=amount_of(ask, lot.quantity if lot.actual_quantity is None else lot.actual_quantity, lot.line),
            day=day(lot.actual_ship_date or lot.committed_ship_date, today),
        )
        for lot in picture.commitments
        if lot.outcome in DONE
    ]
    return [_("We shipped {lots}.").format(lots=listed(lots))] if lots else []


def _to_come(picture: Picture) -> list[str]:
    lots = [lot for lot in picture.commitments if lot.outcome is Outcome.OPEN]
    splits = sorted(ShipmentSplit(lot.committed_ship_date, lot.quantity, lot.line) for lot in lots)
    if not splits:
        return []
    said = split_words(splits, picture.request.ask, asked_day(picture))
    return [_("We will ship {lots}.").format(lots=said), *filter(None, [taken_instead(picture)])]


def _nothing_ships(picture: Picture) -> str:
    request = picture.request
    if request.status in CALLED_OFF:
        return _("We have stopped looking for an earlier shipment. Nothing earlier is promised.")
    lots = split_words(as_asked(request.ask), request.ask, asked_day(picture))
    return _("We looked into it: we cannot ship {lots}, and have no other date to promise yet.").format(lots=lots)
