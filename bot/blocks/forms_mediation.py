"""The two forms of a mediation: a leader's one question, and the answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import section
from bot.blocks.forms_answer import NOTHING_TYPED, request_form
from bot.blocks.ids import Callback
from bot.blocks.inputs import paragraph, question
from bot.blocks.phrases import quote
from bot.blocks.turns import desk_name, name_in
from models.errors import Field
from models.i18n import _
from models.service_level import Holder

if TYPE_CHECKING:
    from bot.ports import View
    from models.picture import Picture
    from models.timeline import TimelineEntry


def mediator_question_form(picture: Picture, side: Holder) -> View:
    """Ask a leader for their one question to a side."""
    if side is Holder.REQUESTER:
        label, name = _("Your question to Sales"), name_in(picture, picture.request.requester)
    else:
        owner = picture.request.owner
        label, name = _("Your question to Operations"), name_in(picture, owner) if owner else desk_name(picture)
    hint = _("{name} gets it at once, and it is shown in the card's thread. The answer comes back to you.")
    text = paragraph(Field.QUESTION, NOTHING_TYPED)
    asked = question(Field.QUESTION, label, text, hint=hint.format(name=name))
    carried = {"desk": int(side is Holder.DESK)}
    return request_form(Callback.MEDIATOR_QUESTION, picture, [asked], submit=_("Ask"), metadata=carried)


def mediator_answer_form(picture: Picture, asked: TimelineEntry) -> View:
    """Show a mediator's question and ask for the answer."""
    lead = _("*{name} asks:*").format(name=name_in(picture, asked.by))
    answer = question(Field.INFORMATION, _("Your answer"), paragraph(Field.INFORMATION, NOTHING_TYPED))
    blocks = [section(f"{lead}\n{quote(str(asked.facts.get('question', '')))}"), answer]
    carried = {"entry": asked.id}
    return request_form(Callback.MEDIATOR_ANSWER, picture, blocks, submit=_("Send the answer"), metadata=carried)
