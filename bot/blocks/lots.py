"""Quantities and dates side by side: what was asked, offered and told; what was committed and what shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import EMPTY_CELL
from bot.blocks.phrases import amount_of, cut, day, listed, money, number, one_line, quantity, told_words
from bot.blocks.turns import short_name
from bot.blocks.words import fee_fact, paid_words
from models.ask import Fee, Told
from models.commitment import Outcome
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from models.ask import Ask
    from models.commitment import Commitment
    from models.offer import Offer, ShipmentSplit
    from models.picture import Picture


def offer_rows(picture: Picture, offers: Sequence[Offer], counter: Offer | None = None) -> list[list[str]]:
    """Return asked / offered / told as rows of plain text, a row per date; ``counter`` is what Sales would take."""
    ask, columns = picture.request.ask, [*offers, *([counter] if counter else [])]
    offered = [_("Offered")] if len(offers) == 1 else [_("Offer {n}").format(n=one.alternative) for one in offers]
    told = _("Told {customer}").format(customer=short_name(ask.customer, 30))
    return [
        [_("What"), _("Asked"), *offered, *([_("Sales proposes")] if counter else []), told],
        *[
            _offer_row(picture, columns, line, when)
            for line in range(1, len(ask.lines) + 1)
            for when in _dates(picture, columns, line)
        ],
        *_named(_("Item"), cut(one_line(ask.item), 60), [one.substitute for one in columns]),
        *_named(_("Site"), EMPTY_CELL, [one.site for one in columns]),
        *_cost(ask, columns),
    ]


def _dates(picture: Picture, offers: Sequence[Offer], line: int) -> list[date]:
    ask = picture.request.ask
    told = {ask.told_date} if ask.told is not Told.NOTHING and ask.told_date else set()
    offered = {split.ship_date for offer in offers for split in offer.splits if split.line == line}
    return sorted({ask.line(line).needed_ship_date, *offered} | told)


def _offer_row(picture: Picture, offers: Sequence[Offer], line: int, when: date) -> list[str]:
    ask = picture.request.ask
    asked, today = ask.line(line), picture.day_at_desk(picture.request.asked_at)
    wanted = quantity(asked.quantity, asked.unit) if when == asked.needed_ship_date else EMPTY_CELL
    row = _("By {day}").format(day=day(when, today))
    if ask.more_lines:
        row = _("{item} by {day}").format(item=cut(one_line(asked.item), 60), day=day(when, today))
    shipped = [_shipped_then(offer, line, when, asked.unit) for offer in offers]
    return [row, wanted, *shipped, _told_cell(picture, line, when)]


def _shipped_then(offer: Offer, line: int, when: date, unit: str) -> str:
    found = [split for split in offer.splits if split.line == line and split.ship_date == when]
    return " + ".join(quantity(split.quantity, unit) for split in found) or EMPTY_CELL


def _named(head: str, asked: str, names: Sequence[str]) -> list[list[str]]:
    """Return the row of what ships instead, where anything does."""
    if not any(name.strip() for name in names):
        return []
    return [[head, asked, *[cut(one_line(name), 60) if name.strip() else EMPTY_CELL for name in names], EMPTY_CELL]]


def _told_cell(picture: Picture, line: int, when: date) -> str:
    ask = picture.request.ask
    if ask.told is Told.NOTHING or ask.told_date is None:
        return told_words(ask) if when == ask.needed_ship_date and line == 1 else EMPTY_CELL
    if when != ask.told_date:
        return EMPTY_CELL
    told = ask.told_quantity if line == 1 and ask.told_quantity is not None else ask.line(line).quantity
    sentence = _("{quantity}, firm") if ask.told is Told.FIRM_DATE else _("about {quantity}")
    return sentence.format(quantity=quantity(told, ask.line(line).unit))


def _cost(ask: Ask, offers: Sequence[Offer]) -> list[list[str]]:
    if ask.fee is Fee.NOT_DISCUSSED and all(offer.extra_cost is None and offer.paid_by is None for offer in offers):
        return []
    extra = [_cost_cell(offer) for offer in offers]
    return [[_("Extra cost"), fee_fact(ask.fee, short_name(ask.customer, 30)), *extra, EMPTY_CELL]]


def _cost_cell(offer: Offer) -> str:
    amount = "" if offer.extra_cost is None else money(offer.extra_cost)
    payer = "" if offer.paid_by is None else paid_words()[offer.paid_by]
    return ", ".join(filter(None, (amount, payer))) or EMPTY_CELL


def split_words(splits: Sequence[ShipmentSplit], ask: Ask, today: date | None = None, *, bold: bool = False) -> str:
    """Say lots in plain text: “40 pcs by Fri 12 Dec and 60 pcs by Wed 17 Dec”; of several lines, each by its item."""
    sentence = _("{quantity} by {day}")
    mark = "*" if bold else ""
    lots = [
        mark
        + sentence.format(quantity=amount_of(ask, split.quantity, split.line), day=day(split.ship_date, today))
        + mark
        for split in splits
    ]
    return listed(lots)


def committed_words(picture: Picture) -> str:
    """Say every committed lot with what became of it, in plain text."""
    ask, today = picture.request.ask, picture.day_at_desk(picture.request.asked_at)
    return listed(
        [
            _("{quantity} by {day}: {shipped}").format(
                quantity=amount_of(ask, lot.quantity, lot.line),
                day=day(lot.committed_ship_date, today),
                shipped=shipped_words(lot, ask.line(lot.line).unit, today),
            )
            for lot in picture.commitments
        ]
    )


def lot_rows(picture: Picture) -> list[list[str]]:
    """Return the committed lots as rows of plain text; a moved date gets a column of its own."""
    lots = picture.commitments
    moved = any(lot.committed_ship_date != lot.original_ship_date for lot in lots)
    heads = [_("Lot"), _("Committed"), *([_("Now")] if moved else []), _("Shipped")]
    return [heads, *[_lot_row(picture, lot, moved=moved) for lot in lots]]


def _lot_row(picture: Picture, lot: Commitment, *, moved: bool) -> list[str]:
    today = picture.day_at_desk(picture.request.asked_at)
    now = [day(lot.committed_ship_date, today)] if moved else []
    ask = picture.request.ask
    amount = amount_of(ask, lot.quantity, lot.line)
    return [amount, day(lot.original_ship_date, today), *now, shipped_words(lot, ask.line(lot.line).unit, today)]


def shipped_words(lot: Commitment, unit: str, today: date | None = None) -> str:
    """Say what became of a lot, in plain text."""
    shipped = day(lot.actual_ship_date or lot.committed_ship_date, today)
    actual = lot.quantity if lot.actual_quantity is None else lot.actual_quantity
    if lot.outcome is Outcome.IN_PART:
        return _("{part} of {whole} on {day}").format(
            part=number(actual), whole=quantity(lot.quantity, unit), day=shipped
        )
    simple = {
        Outcome.OPEN: _("open"),
        Outcome.IN_FULL: _("in full on {day}"),
        Outcome.LATE: _("in full, late, on {day}"),
        Outcome.MISSED: _("not shipped"),
        Outcome.CANCELLED: _("cancelled"),
    }
    return simple[lot.outcome].format(day=shipped)


def open_lots(picture: Picture) -> list[Commitment]:
    """Return the lots nobody has reported on yet, soonest first."""
    lots = [lot for lot in picture.commitments if lot.outcome is Outcome.OPEN]
    return sorted(lots, key=lambda lot: (lot.committed_ship_date, lot.position))
