"""The order book in the form: find a line by typing, and see the form filled in from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import option, plain
from bot.blocks.inputs import question
from bot.blocks.phrases import day, one_line, quantity
from models.draft import ROUND
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ports import Block

FEWEST_CHARACTERS = 2


def find_order(*, is_down: bool = False) -> Block:
    """Return the question that looks into the order book while somebody types."""
    element = {
        "type": "external_select",
        "action_id": Field.ORDER_LINE.value,
        "min_query_length": FEWEST_CHARACTERS,
        "placeholder": plain(_("Order, item or customer"), 150),
    }
    hint = _("The order book does not answer right now. The questions below are enough.")
    if not is_down:
        hint = _("Fills in what the order book knows. It can be left empty: the questions below are enough.")
    return question(Field.ORDER_LINE, _("Find the order"), element, hint=hint, optional=True, at_once=True)


def order_options(lines: Sequence[Any]) -> list[Block]:
    """Return lines of the order book as options: the order and its item, then how much, for whom and by when."""
    return [option(_title(line), str(line.id), description=_details(line)) for line in lines]


def renewed(blocks: Sequence[Block], answers: Mapping[str, Any]) -> list[Block]:
    """Return the questions under new ids where answers were filled in for somebody.

    Slack keeps what was typed under an id, whatever the form says it should be now.
    """
    mark = str(answers.get(ROUND) or "")
    if not mark:
        return list(blocks)
    return [
        {**block, "block_id": f"{block['block_id']}~{mark}"} if block["type"] == "input" else block for block in blocks
    ]


def _title(line: Any) -> str:
    number = _("{order} / {line}").format(order=line.order_number, line=line.line_number) if line.line_number else ""
    return one_line(" · ".join(part for part in (number or line.order_number, line.item) if part))


def _details(line: Any) -> str:
    parts = [line.customer]
    if line.quantity:
        parts.append(quantity(line.quantity, line.unit) if line.unit else f"{line.quantity:f}")
    if line.promise_date:
        parts.append(_("promised for {day}").format(day=day(line.promise_date)))
    return " · ".join(part for part in parts if part)
