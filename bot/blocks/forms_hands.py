"""The forms of who holds a request: another member of the desk, or another desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import context, option
from bot.blocks.forms_answer import request_form
from bot.blocks.ids import Callback
from bot.blocks.inputs import paragraph, person_picker, question
from bot.blocks.turns import desk_name
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Block, View
    from models.desk import Desk
    from models.picture import Picture

MOST_DESKS = 100
"""Options Slack shows in one menu."""
NOTHING_TYPED: dict[str, Any] = {}


def hand_over_form(picture: Picture) -> View:
    """Ask who of the desk holds it from now on."""
    who = person_picker(Field.HAND_TO, NOTHING_TYPED)
    hint = _("A member of {desk}. They are told at once.").format(desk=picture.desk.name)
    blocks = [question(Field.HAND_TO, _("Who holds it from now on?"), who, hint=hint), _note()]
    return request_form(Callback.HAND_OVER, picture, blocks, submit=_("Hand over"))


def reassign_form(picture: Picture, desks: Sequence[Desk]) -> View:
    """Ask which desk it goes to."""
    options = [option(desk.name, str(desk.id)) for desk in desks[:MOST_DESKS]]
    menu: Block = {"type": "static_select", "action_id": Field.DESK.value, "options": options}
    said = _(
        "That desk begins anew, by its own hours and service levels. What {desk} did so far stays on its account."
    ).format(desk=desk_name(picture))
    blocks = [question(Field.DESK, _("Which desk?"), menu), _note(), context(said)]
    return request_form(Callback.REASSIGN, picture, blocks, submit=_("Move it"))


def _note() -> Block:
    hint = _("What should they know? Both sides can read it.")
    return question(Field.NOTE, _("A word with it"), paragraph(Field.NOTE, NOTHING_TYPED), hint=hint, optional=True)
