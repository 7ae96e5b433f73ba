"""The forms about lots: a counter-offer in one of three shapes, and what became of a committed lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import actions, button, context, section
from bot.blocks.facts import asked_day, later_words, part_words
from bot.blocks.forms_answer import NOTHING_TYPED, in_working_time, request_form
from bot.blocks.ids import LOT_ROWS, Action, Callback, lot_date, lot_quantity
from bot.blocks.inputs import choice, day_picker, instant_picker, line, paragraph, question
from bot.blocks.phrases import amount_of, day, escape, moment, number, quantity, told_words
from bot.blocks.words import outcome_words, shape_words
from models.errors import Field
from models.i18n import _
from models.offer import OfferShape
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.ports import Block, View
    from models.ask import Ask
    from models.commitment import Commitment
    from models.picture import Picture


def offer_form(
    picture: Picture,
    answers: Mapping[str, Any],
    *,
    shape: OfferShape = OfferShape.PART_ON_DATE,
    rows: int = 2,
    as_of: datetime,
) -> View:
    """Ask the desk what it can do instead; the questions follow the shape, ``rows`` is the number of lots shown."""
    shapes = choice(Field.OFFER_SHAPE, {Field.OFFER_SHAPE: shape.value}, shape_words())
    first = question(Field.OFFER_SHAPE, _("What can you do?"), shapes, at_once=True)
    shown = max(1, min(rows, LOT_ROWS))
    filled = {**_first_lot(picture.request.ask), **answers}
    blocks = [_what_helps(picture), first, *_shape_questions(picture, filled, shape, shown)]
    blocks += _terms(picture, answers, as_of)
    return request_form(Callback.OFFER, picture, blocks, submit=_("Send the offer"), metadata={"rows": shown})


def _what_helps(picture: Picture) -> Block:
    """Return what the card says of the room there is: the form covers the card."""
    ask, today = picture.request.ask, asked_day(picture)
    told = _("told: {told}").format(told=told_words(ask, today))
    return context(" · ".join([escape(part_words(ask)), later_words(ask, today), escape(told)]))


def _first_lot(ask: Ask) -> dict[str, str]:
    """Return what the first lot would be at best: what helps least, on the day it is needed."""
    least = ask.smallest_useful_quantity
    amount = {} if least is None else {lot_quantity(1): number(least)}
    return {**amount, lot_date(1): ask.needed_ship_date.isoformat()}


def _shape_questions(picture: Picture, answers: Mapping[str, Any], shape: OfferShape, rows: int) -> list[Block]:
    if shape is OfferShape.PART_ON_DATE:
        return [_part_question(picture, answers)]
    if shape is OfferShape.EVERYTHING_LATER:
        label = _("All {quantity}, when?").format(quantity=_asked(picture))
        return [question(Field.OFFER_DATE, label, day_picker(Field.OFFER_DATE, answers))]
    lots = [block for row in range(1, rows + 1) for block in _lot_questions(answers, row)]
    return [*lots, *_add_lot(picture, rows)]


def _part_question(picture: Picture, answers: Mapping[str, Any]) -> Block:
    label = _("How many by {day}?").format(day=day(picture.request.needed_ship_date, asked_day(picture)))
    hint = _("Less than the {quantity} asked for.").format(quantity=_asked(picture))
    return question(Field.OFFER_QUANTITY, label, line(Field.OFFER_QUANTITY, answers, limit=60), hint=hint)


def _lot_questions(answers: Mapping[str, Any], row: int) -> list[Block]:
    """Return quantity and day of one lot; the first two are needed, later ones may stay empty."""
    amount, ship_date = lot_quantity(row), lot_date(row)
    spare = row > 2  # noqa: PLR2004 lots are two at least
    how_many, when = _("Lot {n}: how many?").format(n=row), _("Lot {n}: shipped by").format(n=row)
    return [
        question(amount, how_many, line(amount, answers, limit=60), optional=spare),
        question(ship_date, when, day_picker(ship_date, answers), optional=spare),
    ]


def _add_lot(picture: Picture, rows: int) -> list[Block]:
    if rows >= LOT_ROWS:
        return []
    return actions([button(_("Add a lot"), Action.ADD_LOT, picture.request.id)])


def _terms(picture: Picture, answers: Mapping[str, Any], as_of: datetime) -> list[Block]:
    usual = in_working_time(picture.hours_of(Holder.REQUESTER), as_of, picture.targets.decision)
    until = instant_picker(Field.VALID_UNTIL, answers, usual)
    hint = _("Sales can take it until then.")
    if usual is not None:
        hint = _("Sales can take it until then. Usual would be {time} at the desk.").format(
            time=moment(usual, picture.calendar.zone)
        )
    cost = line(Field.EXTRA_COST, answers, limit=30)
    words = paragraph(Field.CONDITIONS, answers)
    what = _("Why this and not all of it, what it depends on.")
    return [
        question(Field.CONDITIONS, _("What should Sales know?"), words, hint=what, optional=True),
        question(Field.EXTRA_COST, _("Extra cost"), cost, hint=_("An amount, for example 620."), optional=True),
        question(Field.VALID_UNTIL, _("The offer holds until"), until, hint=hint, optional=True),
    ]


def outcome_form(picture: Picture, commitment: Commitment, *, as_of: datetime) -> View:
    """Ask the desk what became of one lot."""
    lot = amount_of(picture.request.ask, commitment.quantity, commitment.line)
    due = day(commitment.committed_ship_date, picture.day_at_desk(as_of))
    said = _("*Did these ship?* {quantity}, committed for {day}.").format(quantity=escape(lot), day=due)
    blocks = [section(said), *_outcome_questions()]
    carried = {"commitment": commitment.id}
    return request_form(Callback.OUTCOME, picture, blocks, submit=_("Report it"), metadata=carried)


def _outcome_questions() -> list[Block]:
    part, late = _("Only if a part of it shipped."), _("Only if it shipped on another day.")
    amount = line(Field.ACTUAL_QUANTITY, NOTHING_TYPED, limit=60)
    when = day_picker(Field.ACTUAL_SHIP_DATE, NOTHING_TYPED)
    rest = day_picker(Field.REST_DATE, NOTHING_TYPED)
    after = _("Only if a part of it shipped: the rest is then committed for this day. Empty: the rest will not ship.")
    return [
        question(Field.OUTCOME, _("Did it ship?"), choice(Field.OUTCOME, NOTHING_TYPED, outcome_words())),
        question(Field.ACTUAL_QUANTITY, _("How many shipped?"), amount, hint=part, optional=True),
        question(Field.ACTUAL_SHIP_DATE, _("Which day?"), when, hint=late, optional=True),
        question(Field.REST_DATE, _("When does the rest ship?"), rest, hint=after, optional=True),
    ]


def _asked(picture: Picture) -> str:
    return quantity(picture.request.quantity, picture.request.unit)
