"""“Continue where you left off”: a form that was closed unsent, opened again, and the way to an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, context
from bot.blocks.ids import Action
from bot.blocks.phrases import when
from models.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Block


def left_off(draft_id: int, left_at: datetime | None, zone: str) -> list[Block]:
    """Return the note on a form that goes on; nothing on one that was just begun."""
    if left_at is None:
        return []
    said = _("*You continue where you left off*, {when}. Nothing of it was sent.").format(when=when(left_at, zone))
    return [context(said), *actions([button(_("Start afresh"), Action.START_AFRESH, draft_id)])]
