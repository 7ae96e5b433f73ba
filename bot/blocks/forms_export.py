"""The form for the rows behind the figures: which of them, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import button, context, modal
from bot.blocks.ids import Action, Callback
from bot.blocks.inputs import choice, day_picker, question
from models.errors import Field
from models.i18n import _
from models.scorecards.export import Export

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from bot.ports import Block, View
    from models.scorecards import Period


def export_form(period: Period, *, is_leader: bool) -> View:
    """Ask what to export; ``period`` is proposed. Digests are offered to leaders only."""
    answers: Mapping[str, Any] = {
        Field.EXPORT_FIRST: period.start.isoformat(),
        Field.EXPORT_LAST: period.last_day.isoformat(),
    }
    words = {kind: word for kind, word in _words().items() if is_leader or kind is not Export.DIGESTS}
    which = choice(Field.EXPORT_KIND, answers, words, usual=Export.REQUESTS)
    blocks = [
        question(Field.EXPORT_KIND, _("What?"), which),
        question(Field.EXPORT_FIRST, _("First day"), day_picker(Field.EXPORT_FIRST, answers)),
        question(Field.EXPORT_LAST, _("Last day"), day_picker(Field.EXPORT_LAST, answers)),
        context(_("A CSV file comes to your direct messages with this app, with what you may see.")),
    ]
    return modal(Callback.EXPORT, _("Export"), blocks, submit=_("Send me the file"))


def export_button() -> Block:
    return button(_("Export…"), Action.EXPORT, 0, spoken=_("Export the rows behind the figures as a CSV file"))


def _words() -> dict[StrEnum, str]:
    return {
        Export.REQUESTS: _("Requests asked, closed or due in these days"),
        Export.INTERVALS: _("Whose turn it was, and how long"),
        Export.COMMITMENTS: _("Commitments and what became of them"),
        Export.DIGESTS: _("Digests as they were sent"),
    }
