"""“/expedite ask”: three questions before a promise is made, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.buttons import details_button, into_request_button
from bot.blocks.elements import actions, compose, context, modal, section
from bot.blocks.forms_left import left_off
from bot.blocks.forms_order import renewed
from bot.blocks.ids import Callback
from bot.blocks.inputs import day_picker, line, look_again, question
from bot.blocks.phrases import day, escape, quote, subject
from bot.blocks.story import available_words, newest
from bot.blocks.turns import desk_name
from models.errors import Field
from models.i18n import _
from models.lifecycle import Move, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.ports import Block, Message, View
    from models.picture import Picture


def inquiry_form(
    draft_id: int,
    answers: Mapping[str, Any],
    *,
    today: date,
    problems: Mapping[str, str] | None = None,
    left_at: datetime | None = None,
    zone: str = "UTC",
) -> View:
    """Ask what, by when and, if it is known, for whom. ``today`` is the desk's day."""
    lead = context(_("A question before you promise anything: nothing is asked for yet, and nothing gets reserved."))
    when = _("Today at the desk is {day}.").format(day=day(today))
    what = line(Field.WHAT, answers, example=_("100 pcs BRK-2040"))
    blocks = [
        *left_off(draft_id, left_at, zone),
        lead,
        *look_again(problems or {}),
        question(Field.WHAT, _("What, and how many?"), what),
        question(Field.NEEDED_SHIP_DATE, _("By when?"), day_picker(Field.NEEDED_SHIP_DATE, answers), hint=when),
        question(Field.CUSTOMER, _("For which customer?"), line(Field.CUSTOMER, answers), optional=True),
    ]
    carried = {"draft": draft_id}
    view = modal(
        Callback.INQUIRY, _("Ask before promising"), renewed(blocks, answers), submit=_("Ask"), metadata=carried
    )
    return {**view, "notify_on_close": True}


def inquiry_answered(picture: Picture, _facts: dict[str, Any], _as_of: datetime) -> Message:
    """Tell what is available, that it binds nobody, and how it becomes a request."""
    request = picture.request
    if request.status is not Status.ANSWERED:
        return compose(
            [section(f"*{request.label}* ({escape(subject(request.ask))})"), *actions([details_button(picture)])]
        )
    lead = _("*{desk} answered {label}* ({subject})\nPossible now: {lots}.").format(
        desk=desk_name(picture),
        label=request.label,
        subject=escape(subject(request.ask)),
        lots=available_words(picture),
    )
    note = _("Nothing is committed and nothing is reserved. Please promise no date before you have asked for it.")
    row = [into_request_button(picture, primary=True), details_button(picture)]
    return compose([section(lead), *_conditions(picture), section(note), *actions(row)])


def _conditions(picture: Picture) -> list[Block]:
    answer = newest(picture, Move.ANSWER)
    words = str(answer.facts.get("conditions") or "") if answer else ""
    return [section(quote(words))] if words.strip() else []
