"""The short forms of both sides: a time, a question, an answer, a no with an alternative, a refusal, a withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.alternatives import alternatives, choice_words
from bot.blocks.elements import modal, option, section
from bot.blocks.facts import asked_day
from bot.blocks.ids import Callback
from bot.blocks.inputs import instant_picker, paragraph, question, select, ticks
from bot.blocks.phrases import can_you, escape, moment, quote
from bot.blocks.turns import desk_name
from bot.blocks.words import ending_words
from models.business_calendar import NoWorkingTimeAhead
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.ports import Block, View
    from models.business_calendar import BusinessCalendar
    from models.picture import Picture

NOTHING_TYPED: dict[str, Any] = {}


def answer_time_form(picture: Picture, answers: Mapping[str, Any] = NOTHING_TYPED, *, as_of: datetime) -> View:
    """Ask the desk by when it will answer."""
    suggested = in_working_time(picture.calendar, as_of, picture.targets.answer)
    usual = _("It must lie in the desk's working hours.")
    if suggested is not None:
        usual = _("It must lie in the desk's working hours. Usual would be {time} at the desk.").format(
            time=moment(suggested, picture.calendar.zone)
        )
    when = instant_picker(Field.ANSWER_DUE, answers, suggested)
    asked = question(Field.ANSWER_DUE, _("By when will you answer?"), when, hint=usual)
    return request_form(Callback.ANSWER_TIME, picture, [asked], submit=_("Name this time"))


def in_working_time(calendar: BusinessCalendar, as_of: datetime, seconds: int) -> datetime | None:
    """Return the instant some working time ahead; None where the calendar has none ahead."""
    try:
        return calendar.add(as_of, seconds)
    except NoWorkingTimeAhead:
        return None


def question_form(picture: Picture, answers: Mapping[str, Any] = NOTHING_TYPED) -> View:
    """Ask the desk what it needs to know from Sales."""
    hint = _("Sales is asked at once, and the clock waits for them.")
    text = paragraph(Field.QUESTION, answers)
    asked = question(Field.QUESTION, _("What do you need to know?"), text, hint=hint)
    return request_form(Callback.QUESTION, picture, [asked], submit=_("Ask Sales"))


def information_form(picture: Picture) -> View:
    """Show Sales the desk's question and ask for the answer."""
    lead = _("*{desk} asks:*").format(desk=desk_name(picture))
    answer = question(Field.INFORMATION, _("Your answer"), paragraph(Field.INFORMATION, NOTHING_TYPED))
    blocks = [section(f"{lead}\n{quote(picture.request.question)}"), answer]
    return request_form(Callback.INFORMATION, picture, blocks, submit=_("Send the answer"))


def decline_form(picture: Picture, answers: Mapping[str, Any] = NOTHING_TYPED) -> View:
    """Ask the desk for the reason and for an alternative, or the explicit word that there is none."""
    none = {"none": _("We looked, and see no alternative")}
    blocks = [
        question(
            Field.DECLINE_REASON,
            _("Why can it not be done?"),
            paragraph(Field.DECLINE_REASON, answers),
            hint=_("Sales passes this on in their own words."),
        ),
        question(
            Field.ALTERNATIVE,
            _("What could you do instead?"),
            paragraph(Field.ALTERNATIVE, NOTHING_TYPED),
            hint=_("Another day, a part, a substitute, another site: a plain no helps nobody."),
            optional=True,
        ),
        question(Field.NO_ALTERNATIVE, _("Or"), ticks(Field.NO_ALTERNATIVE, NOTHING_TYPED, none), optional=True),
    ]
    return request_form(Callback.DECLINE, picture, blocks, submit=_("Decline"))


def refuse_form(picture: Picture) -> View:
    """Show Sales the offer and ask why it does not help, and what is next."""
    element: Block = {
        "type": "radio_buttons",
        "action_id": Field.REFUSE_NEXT.value,
        "options": [
            option(_("Please look again"), "look_again"),
            option(_("Let it go: close the request"), "close"),
        ],
    }
    element["initial_option"] = element["options"][0]
    why = paragraph(Field.REFUSE_REASON, NOTHING_TYPED)
    hint = _("What would help instead? The desk can only work with what it knows.")
    blocks = [
        *_offered(picture),
        question(Field.REFUSE_REASON, _("Why does the offer not help?"), why, hint=hint),
        question(Field.REFUSE_NEXT, _("What next?"), element),
    ]
    return request_form(Callback.REFUSE, picture, blocks, submit=_("Refuse the offer"))


def _offered(picture: Picture) -> list[Block]:
    offers = alternatives(picture)
    if not offers:
        return []
    lots = choice_words(picture, offers, bold=True)
    return [section(_("{desk} can do {lots}.").format(desk=desk_name(picture), lots=lots))]


def withdraw_form(picture: Picture) -> View:
    """Ask Sales whether the request shall be taken back, and why."""
    said = _(
        "*Withdraw {label}?* The desk stops working on it, and it is closed. A new request can be sent at any time."
    )
    why = question(
        Field.REFUSE_REASON, _("In your words"), paragraph(Field.REFUSE_REASON, NOTHING_TYPED), optional=True
    )
    because = select(Field.ENDED_BECAUSE, NOTHING_TYPED, ending_words())
    kind = question(Field.ENDED_BECAUSE, _("What happened?"), because, optional=True)
    blocks = [section(said.format(label=picture.request.label)), kind, why]
    return request_form(Callback.WITHDRAW, picture, blocks, submit=_("Withdraw it"), close=_("Keep it"))


def request_form(
    callback: Callback,
    picture: Picture,
    blocks: Sequence[Block],
    *,
    submit: str,
    close: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> View:
    """Make a form about a request: its question on top, its id carried along."""
    asked = section(f"*{escape(can_you(picture.request.ask, today=asked_day(picture)))}*")
    carried = {"request": picture.request.id, **(metadata or {})}
    return modal(callback, picture.request.label, [asked, *blocks], submit=submit, close=close, metadata=carried)
