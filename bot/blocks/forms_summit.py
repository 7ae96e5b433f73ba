"""The forms about the summit: a topic, and what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import context, modal, option, section
from bot.blocks.ids import Callback
from bot.blocks.inputs import day_picker, paragraph, person_picker, question
from bot.blocks.phrases import day, escape
from bot.blocks.summit_words import figure_value, figure_words, page_title
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.ports import Block, View
    from models.summit_page import SummitPicture

NAMED, WITHOUT_NAME = "named", "without_name"


def topic_form(text: str) -> View:
    """Ask what to put on the table, filled with the words after the command."""
    hint = _("Without a name nothing is kept that says who you are, not even when you wrote it.")
    topic = paragraph(Field.TOPIC, {Field.TOPIC: text}, limit=1_500)
    return modal(
        Callback.RAISE_TOPIC,
        _("Raise a topic"),
        [
            section(_("*What should Sales and Operations talk about at the next summit?*")),
            question(Field.TOPIC, _("Topic"), topic),
            question(Field.TOPIC_NAME, _("Who raises it"), _named(), hint=hint),
        ],
        submit=_("Raise it"),
    )


def topic_raised(said: date | None) -> View:
    """Say back when it will be talked about."""
    sentence = _("*It is on the table* of the next summit.")
    if said is not None:
        sentence = _("*It is on the table* of the summit on {day}.").format(day=day(said))
    return modal(Callback.RAISE_TOPIC, _("Raise a topic"), [section(sentence)])


def agreement_form(picture: SummitPicture) -> View:
    """Ask what was agreed, who does it until when, and which figure it is meant to move."""
    answers: Mapping[str, Any] = {}
    what = _("One thing that somebody does.")
    moves = _("At the next summit this figure is held against today's.")
    return modal(
        Callback.AGREE,
        _("Record an agreement"),
        [
            context(escape(page_title(picture))),
            question(Field.AGREED, _("What"), paragraph(Field.AGREED, answers, limit=600), hint=what),
            question(Field.AGREED_WHO, _("Who"), person_picker(Field.AGREED_WHO, answers)),
            question(Field.AGREED_BY, _("Until when"), day_picker(Field.AGREED_BY, answers)),
            question(Field.FIGURE, _("Which figure should move?"), _figures(picture), hint=moves, optional=True),
        ],
        submit=_("Record"),
        metadata={"summit": picture.summit.id},
    )


def page_sent() -> View:
    """Say where the files are."""
    said = _("*The page is on its way to you*, as Markdown and as a file that any browser prints to PDF.")
    return modal(Callback.SUMMIT_SENT, _("Summit"), [section(said)])


def _figures(picture: SummitPicture) -> Block:
    figures = picture.page.figures
    options = [
        option(words, figure.value, description=_("now {value}").format(value=figure_value(figure, figures[figure])))
        for figure, words in figure_words().items()
        if figures.get(figure) is not None
    ]
    if not options:
        options = [option(words, figure.value) for figure, words in figure_words().items()]
    return {"type": "static_select", "action_id": Field.FIGURE.value, "options": options}


def _named() -> Block:
    options = [option(_("With my name"), NAMED), option(_("Without a name"), WITHOUT_NAME)]
    element: Block = {"type": "radio_buttons", "action_id": Field.TOPIC_NAME.value, "options": options}
    return {**element, "initial_option": options[0]}
