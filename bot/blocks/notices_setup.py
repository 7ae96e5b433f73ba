"""The test card at the end of the first set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import actions, button, compose, context, header, section
from bot.blocks.ids import Action
from bot.blocks.phrases import cut, inline, one_line
from models.i18n import _

if TYPE_CHECKING:
    from bot.ports import Message


def test_card(facts: dict[str, Any]) -> Message:
    """Draw a card that asks for nothing but to be seen; once it was, it says by whom."""
    desk, by = inline(str(facts.get("desk", "")), 80), inline(str(facts.get("by", "")), 80)
    seen_by = facts.get("seen_by")
    if seen_by:
        said = _("*Test card: it works.* Seen by {name}. Expedite requests for {desk} will arrive here.")
        return compose([section(said.format(name=inline(str(seen_by), 80), desk=desk))])
    title = header(cut(one_line(_("Test card · nothing to do")), 150))
    said = _("{name} sets up Expedite Desk. Expedite requests for {desk} will arrive here, like this one.")
    works = button(_("It works"), Action.TEST_WORKS, facts.get("desk_id", 0), primary=True)
    return compose([title, section(said.format(name=by, desk=desk)), *actions([works]), context(_("This is a test."))])
