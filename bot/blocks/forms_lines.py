"""Further lines in the form of Sales: the same short questions for each, added and taken out while it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import actions, button, section
from bot.blocks.ids import Action
from bot.blocks.inputs import day_picker, line, question
from models.ask import MOST_LINES, field_of
from models.draft import lines_in
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ports import Block


def further_lines(draft_id: int, answers: Mapping[str, Any]) -> list[Block]:
    """Return the questions of line 2 and later, and the button for another one while there is room."""
    count = lines_in(answers)
    blocks = [block for number in range(2, count + 1) for block in _line_questions(draft_id, answers, number)]
    if count < MOST_LINES:
        blocks += actions([button(_("Add another line"), Action.ADD_LINE, draft_id)])
    return blocks


def _line_questions(draft_id: int, answers: Mapping[str, Any], number: int) -> list[Block]:
    item, amount, by, position = (
        field_of(field, number) for field in (Field.ITEM, Field.QUANTITY, Field.NEEDED_SHIP_DATE, Field.LINE_NUMBER)
    )
    words = {"n": number}
    out = button(
        _("Remove"),
        Action.REMOVE_LINE,
        f"{draft_id}:{number}",
        spoken=_("Remove line {n}").format(n=number),
    )
    same = _("Empty: the same day as line 1.")
    return [
        section(f"*{_('Line {n}').format(**words)}*", accessory=out),
        question(item, _("Line {n}: which item?").format(**words), line(item, answers)),
        question(amount, _("Line {n}: how many?").format(**words), line(amount, answers, limit=60)),
        question(by, _("Line {n}: ship by").format(**words), day_picker(by, answers), hint=same, optional=True),
        question(position, _("Line {n}: order line").format(**words), line(position, answers, limit=24), optional=True),
    ]
