"""What follows from a commitment: who is pushed back for it, and thanks when it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.forms_answer import NOTHING_TYPED, request_form
from bot.blocks.ids import Callback
from bot.blocks.inputs import line, paragraph, question
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from bot.ports import Block, View
    from models.picture import Picture

ROWS = 3


def bumped_form(picture: Picture) -> View:
    """Ask the desk which orders ship later for this one; whoever answers for them is told."""
    blocks = [block for row in range(1, ROWS + 1) for block in _row(row)]
    return request_form(Callback.BUMPED, picture, blocks, submit=_("Tell their owners"))


def _row(row: int) -> list[Block]:
    order, days, owner = (f"{name}_{row}" for name in (Field.BUMPED_ORDER, Field.BUMPED_DAYS, Field.BUMPED_OWNER))
    spare = row > 1
    whose: Block = {"type": "users_select", "action_id": owner}
    how_far = line(days, NOTHING_TYPED, limit=4, example="2")
    return [
        question(order, _("Order {n} that is pushed back").format(n=row), line(order, NOTHING_TYPED), optional=spare),
        question(days, _("By how many working days?"), how_far, optional=spare),
        question(owner, _("Who in Sales answers for it?"), whose, hint=_("They hear it at once."), optional=True),
    ]


def thanks_form(picture: Picture) -> View:
    """Ask for a line of thanks, and for what the customer said; both may stay empty."""
    words = paragraph(Field.THANKS, NOTHING_TYPED, limit=500)
    said = paragraph(Field.CUSTOMER_SAID, NOTHING_TYPED, limit=500)
    hint = _("It goes into the thread of the card, with the names of those who made it happen.")
    blocks = [
        question(Field.THANKS, _("A line to them"), words, hint=hint, optional=True),
        question(Field.CUSTOMER_SAID, _("What did the customer say?"), said, optional=True),
    ]
    return request_form(Callback.THANKS, picture, blocks, submit=_("Say thanks"))


def customer_said_form(picture: Picture) -> View:
    """Ask the requester what the customer said in the end; what was said before stands in it."""
    before = {Field.CUSTOMER_SAID.value: picture.request.customer_said}
    said = paragraph(Field.CUSTOMER_SAID, before, limit=500)
    hint = _("It stays with the request: the desk and the leadership read it in the record.")
    blocks = [question(Field.CUSTOMER_SAID, _("What did the customer say?"), said, hint=hint)]
    return request_form(Callback.CUSTOMER_SAID, picture, blocks, submit=_("Keep it"))
