"""The desk's early warning: which lot may slip, why, and the day it thinks of or commits now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import option
from bot.blocks.forms_answer import NOTHING_TYPED, request_form
from bot.blocks.ids import Callback
from bot.blocks.inputs import day_picker, paragraph, question, ticks
from bot.blocks.lots import open_lots
from bot.blocks.phrases import amount_of, day
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block, View
    from models.picture import Picture


def risk_form(picture: Picture, *, as_of: datetime, lot_id: int | None = None, is_firm: bool = False) -> View:
    """Ask what may slip; the tick makes the difference between a warning and a commitment.

    ``lot_id`` is the lot somebody pressed a button of; ``is_firm`` sets the tick.
    """
    ticked: dict[str, list[str]] = {Field.IS_FIRM: ["firm"]} if is_firm else {}
    firm = {"firm": _("This day is firm: we commit it, Sales may tell it")}
    when = _("The day you think of. Sales can take it, and then it is committed.")
    blocks = [
        *_which_lot(picture, as_of, lot_id),
        question(
            Field.RISK_REASON,
            _("What stands in the way?"),
            paragraph(Field.RISK_REASON, NOTHING_TYPED),
            hint=_("An early warning helps more than a silent miss: Sales hears it at once."),
        ),
        question(
            Field.NEW_SHIP_DATE,
            _("Which day instead?"),
            day_picker(Field.NEW_SHIP_DATE, NOTHING_TYPED),
            hint=when,
            optional=True,
        ),
        question(Field.IS_FIRM, _("Is it firm?"), ticks(Field.IS_FIRM, ticked, firm), optional=True),
    ]
    return request_form(Callback.RISK, picture, blocks, submit=_("Tell Sales"))


def _which_lot(picture: Picture, as_of: datetime, lot_id: int | None) -> list[Block]:
    lots = sorted(open_lots(picture), key=lambda lot: lot.id != lot_id)
    if len(lots) <= 1:
        return []
    today = picture.day_at_desk(as_of)
    words = _("{quantity} due {day}")
    options = [
        option(
            words.format(
                quantity=amount_of(picture.request.ask, lot.quantity, lot.line), day=day(lot.committed_ship_date, today)
            ),
            str(lot.id),
        )
        for lot in lots
    ]
    chosen: Block = {"type": "radio_buttons", "action_id": Field.LOT.value, "options": options[:10]}
    return [question(Field.LOT, _("Which lot?"), {**chosen, "initial_option": options[0]})]
