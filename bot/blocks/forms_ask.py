"""The form of Sales: at most eight short questions in two steps, then the request said back as a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks import words
from bot.blocks.elements import context, modal
from bot.blocks.forms_left import left_off
from bot.blocks.forms_lines import further_lines
from bot.blocks.forms_message import message_notes
from bot.blocks.forms_order import find_order, renewed
from bot.blocks.ids import Callback
from bot.blocks.inputs import (
    back_button,
    choice,
    day_in,
    day_picker,
    line,
    look_again,
    paragraph,
    question,
    select,
    step,
    ticks,
)
from bot.blocks.phrases import day, escape, inline, one_line, when, working_span
from models.ask import Fee, PartialAcceptance, Told
from models.draft import EDITS_LABEL
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from bot.ports import Block, View
    from models.picture import DeskMeter

NO_PROBLEMS: Mapping[str, str] = {}


def ask_what(
    draft_id: int,
    answers: Mapping[str, Any],
    *,
    meter: DeskMeter | None = None,
    today: date,
    problems: Mapping[str, str] = NO_PROBLEMS,
    has_orders: bool = False,
    orders_down: bool = False,
    left_at: datetime | None = None,
) -> View:
    """Draw step 1: who needs what, by when, and why. ``today`` is the desk's day; with an order book it helps."""
    zone = meter.zone if meter else "UTC"
    start = [
        step(1),
        *left_off(draft_id, left_at, zone),
        *meter_line(meter),
        *look_again(problems),
        *message_notes(answers),
        *_kept_words(answers),
    ]
    questions = [*_what_questions(answers, today), *further_lines(draft_id, answers), *_why_questions(answers)]
    blocks = [*start, *([find_order(is_down=orders_down)] if has_orders else []), *questions]
    return ask_form(
        Callback.ASK_WHAT, draft_id, renewed(blocks, answers), submit=_("Next"), changes=answers.get(EDITS_LABEL)
    )


def _kept_words(answers: Mapping[str, Any]) -> list[Block]:
    """Show in step 1 the words that step 2 asks about: what somebody wrote before the form is not lost."""
    kept = str(answers.get(Field.EXPECTATION) or "")
    if not kept.strip():
        return []
    return [context(_("Kept for the next step: “{text}”").format(text=inline(kept, 300)))]


def _what_questions(answers: Mapping[str, Any], today: date) -> list[Block]:
    now = _("Today at the desk is {day}.").format(day=day(today))
    order, position = line(Field.ORDER_NUMBER, answers), line(Field.LINE_NUMBER, answers, limit=24)
    return [
        question(Field.CUSTOMER, _("Which customer?"), line(Field.CUSTOMER, answers)),
        question(Field.ORDER_NUMBER, _("Order number"), order, optional=True),
        question(Field.LINE_NUMBER, _("Order line"), position, optional=True),
        question(Field.ITEM, _("Which item?"), line(Field.ITEM, answers)),
        question(
            Field.QUANTITY,
            _("How many?"),
            line(Field.QUANTITY, answers, limit=60),
            hint=_("A number and its unit, for example 100 pcs."),
        ),
        question(Field.NEEDED_SHIP_DATE, _("Ship by"), day_picker(Field.NEEDED_SHIP_DATE, answers), hint=now),
        question(
            Field.PROMISE_DATE,
            _("Promised for"),
            day_picker(Field.PROMISE_DATE, answers),
            hint=_("The date the order is confirmed for today, if there is one."),
            optional=True,
        ),
    ]


def _why_questions(answers: Mapping[str, Any]) -> list[Block]:
    reasons = select(Field.REASON_CODE, answers, words.reason_words())
    return [question(Field.REASON_CODE, _("Why is it urgent?"), reasons)]


def ask_flexibility(
    draft_id: int,
    answers: Mapping[str, Any],
    *,
    meter: DeskMeter | None = None,
    today: date,
    problems: Mapping[str, str] = NO_PROBLEMS,
) -> View:
    """Draw step 2: what else would help, what the customer expects and was told."""
    start = [step(2), *meter_line(meter), *look_again(problems)]
    questions = [*_room_questions(answers, today), *_customer_questions(answers), *_cost_questions(answers)]
    questions.append(links_question(answers))
    return ask_form(
        Callback.ASK_FLEXIBILITY,
        draft_id,
        [*start, *questions, back_button(draft_id)],
        submit=_("Next"),
        changes=answers.get(EDITS_LABEL),
    )


def _room_questions(answers: Mapping[str, Any], today: date) -> list[Block]:
    usual = PartialAcceptance.SHIP_COMPLETE.value
    partial = choice(Field.PARTIAL_ACCEPTANCE, answers, words.partial_words(), usual=usual)
    other = {"substitute": _("A substitute item is fine"), "other_site": _("Another site is fine")}
    return [
        question(Field.PARTIAL_ACCEPTANCE, _("Would a part of it help?"), partial, at_once=True),
        *_part_question(answers),
        question(
            Field.LATEST_ACCEPTABLE_DATE,
            _("Latest useful day"),
            day_picker(Field.LATEST_ACCEPTABLE_DATE, answers),
            hint=_later_hint(answers, today),
            optional=True,
        ),
        question(
            Field.SUBSTITUTION,
            _("Anything else that would do?"),
            ticks(Field.SUBSTITUTION, answers, other),
            optional=True,
        ),
    ]


def _part_question(answers: Mapping[str, Any]) -> list[Block]:
    """Ask how small a part may be once a part helps at all."""
    if str(answers.get(Field.PARTIAL_ACCEPTANCE) or "") in {"", PartialAcceptance.SHIP_COMPLETE.value}:
        return []
    least = line(Field.SMALLEST_USEFUL_QUANTITY, answers, limit=60)
    hint = _("Below this it is no use. Leave it empty if any part helps.")
    return [question(Field.SMALLEST_USEFUL_QUANTITY, _("Smallest useful part"), least, hint=hint, optional=True)]


def _told_questions(answers: Mapping[str, Any]) -> list[Block]:
    """Ask what exactly the customer was told once they were told something."""
    told = str(answers.get(Field.TOLD) or "")
    if told in {"", Told.NOTHING.value}:
        return []
    which, hint = _("Which date, roughly?"), _("About how many they expect by then; empty: all of it.")
    if told == Told.FIRM_DATE.value:
        which, hint = _("Which firm date?"), _("How many were promised by then; empty: all of it.")
    amount = line(Field.TOLD_QUANTITY, answers, limit=60)
    return [
        question(Field.TOLD_DATE, which, day_picker(Field.TOLD_DATE, answers), optional=True),
        question(Field.TOLD_QUANTITY, _("How many were they told?"), amount, hint=hint, optional=True),
    ]


def links_question(answers: Mapping[str, Any]) -> Block:
    links = paragraph(Field.LINKS, answers, example=_("One link per line"))
    hint = _("Links that Operations should see: a drawing, a mail, a message. They start with https://.")
    return question(Field.LINKS, _("Files and messages that belong to it"), links, hint=hint, optional=True)


def _later_hint(answers: Mapping[str, Any], today: date) -> str:
    needed = day_in(answers, Field.NEEDED_SHIP_DATE)
    if needed is None:
        return _("Leave it empty if a later day does not help.")
    sentence = _("Needed by {day}. Leave it empty if a later day does not help.")
    return sentence.format(day=day(needed, today))


def _customer_questions(answers: Mapping[str, Any]) -> list[Block]:
    told = choice(Field.TOLD, answers, words.told_options(), usual=Told.NOTHING.value)
    return [
        question(
            Field.EXPECTATION,
            _("What does the customer expect?"),
            paragraph(Field.EXPECTATION, answers),
            hint=_("In their words: what happens there, and when."),
            optional=True,
        ),
        question(Field.TOLD, _("What have they already been told?"), told, at_once=True),
        *_told_questions(answers),
    ]


def _cost_questions(answers: Mapping[str, Any]) -> list[Block]:
    cause = select(Field.CAUSED_BY, answers, words.cause_words())
    fee = select(Field.FEE, answers, words.fee_words(), usual=Fee.NOT_DISCUSSED.value)
    return [
        question(Field.CAUSED_BY, _("Who caused it?"), cause, optional=True),
        question(
            Field.VALUE_AT_STAKE,
            _("Value at stake, in your currency"),
            line(Field.VALUE_AT_STAKE, answers, limit=30),
            hint=_("An amount, for example 48000."),
            optional=True,
        ),
        question(Field.FEE, _("Expedite fee or premium freight"), fee, optional=True),
    ]


def meter_line(meter: DeskMeter | None) -> list[Block]:
    """Return what to expect of the desk: its usual answer, when it can start, how full it is."""
    if meter is None:
        return []
    parts = [escape(one_line(meter.desk_name))]
    if meter.usual_answer_secs is not None:
        parts.append(_("usually answers in {span}").format(span=working_span(meter.usual_answer_secs)))
    parts.append(_hours(meter))
    parts.append(_("{open} of {cap} hot places in use").format(open=meter.hot_open, cap=meter.hot_cap))
    return [context(" · ".join(parts))]


def _hours(meter: DeskMeter) -> str:
    if not meter.is_open:
        return _("back at work {when}").format(when=when(meter.next_open, meter.zone))
    if meter.closes is None:
        return _("at work now")
    return _("at work now, until {when}").format(when=when(meter.closes, meter.zone))


def ask_form(
    callback: Callback, draft_id: int, blocks: Sequence[Block], *, submit: str, changes: str | None = None
) -> View:
    """Draw a step; ``changes`` names the request that it changes. Closing it is told: what was typed is kept."""
    title = _("Change {label}").format(label=changes) if changes else _("New expedite request")
    view = modal(callback, title, blocks, submit=submit, metadata={"draft": draft_id})
    return {**view, "notify_on_close": True}
