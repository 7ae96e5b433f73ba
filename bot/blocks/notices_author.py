"""What the author of a message is told of the request made of it, and the requester of what the author says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import details_button
from bot.blocks.elements import actions, button, compose, section
from bot.blocks.facts import asked_day, message_link
from bot.blocks.forms_answer import request_form
from bot.blocks.ids import Action, Callback
from bot.blocks.inputs import paragraph, question
from bot.blocks.notices_requester import subject_of
from bot.blocks.phrases import escape, say_back
from bot.blocks.story import entry_of, newest, sentence
from bot.blocks.turns import name_in
from models.errors import Field
from models.i18n import _
from models.lifecycle import Move
from models.origin import author_of, origin_in

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Message, View
    from models.picture import Picture


def turned_into(picture: Picture, _facts: dict[str, Any], _as_of: datetime) -> Message:
    """Ask the author whether the request says what they meant; once they answered, tell what they said."""
    request = picture.request
    lead = _("*{name} turned your message into {label}.* {link}").format(
        name=name_in(picture, request.requester), label=request.label, link=_link(picture)
    )
    said = escape(" ".join(say_back(request.ask, today=asked_day(picture))))
    blocks = [section(f"{lead.strip()}\n{said}")]
    answers = [newest(picture, move) for move in (Move.VOUCH, Move.CORRECT)]
    author = author_of(picture.timeline)
    told = [section(sentence(picture, entry, reader=author)) for entry in answers if entry is not None]
    if not request.status.is_open:
        return compose([*blocks, *told, *actions([details_button(picture)])])
    ask = [] if told else [section(_("Is it right?"))]
    vouched = newest(picture, Move.VOUCH) is not None
    confirm = [] if vouched else [button(_("Yes, that is right"), Action.VOUCH, request.id, primary=True)]
    correct = button(_("Correct…"), Action.CORRECT, request.id)
    return compose([*blocks, *told, *ask, *actions([*confirm, correct, details_button(picture)])])


def corrected(picture: Picture, facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell the requester what the author of the message says, and what they can do about it."""
    lead = f"*{picture.request.label}* ({subject_of(picture)})"
    entry = entry_of(picture, facts)
    told = [lead] if entry is None else [lead, sentence(picture, entry)]
    hint = _("Operations sees it in the thread. If they need something else, withdraw the request and ask anew.")
    rest = [section(hint)] if picture.request.status.is_open else []
    return compose([section("\n".join(told)), *rest, *actions([details_button(picture)])])


def correction_form(picture: Picture) -> View:
    """Ask the author what is not right."""
    hint = _("Whoever sent the request is told, and Operations reads it in the thread.")
    words = paragraph(Field.CORRECTION, {})
    asked = question(Field.CORRECTION, _("What is not right?"), words, hint=hint)
    return request_form(Callback.CORRECTION, picture, [asked], submit=_("Tell them"))


def _link(picture: Picture) -> str:
    asked = newest(picture, Move.ASK)
    link = message_link(origin_in(asked.facts)) if asked is not None else ""
    return f"({link})" if link else ""
