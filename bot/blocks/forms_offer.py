"""The forms about lots: a counter-offer in one of three shapes, and what became of a committed lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.blocks.elements import actions, button, context, divider, section
from bot.blocks.facts import asked_day, later_words, part_words
from bot.blocks.forms_answer import NOTHING_TYPED, in_working_time, request_form
from bot.blocks.ids import Action, Callback, lot_date, lot_line, lot_quantity
from bot.blocks.inputs import choice, day_picker, instant_picker, line, paragraph, question, select
from bot.blocks.phrases import amount_of, cut, day, escape, moment, number, one_line, quantity, told_words
from bot.blocks.words import outcome_words, paid_words, shape_words
from models.errors import Field
from models.i18n import _
from models.offer import MOST_ALTERNATIVES, OfferShape, field_of, line_field, most_lots
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    further: Sequence[int] = (),
    as_of: datetime,
) -> View:
    """Ask the desk what it can do instead; the questions follow the shape, ``rows`` is the number of lots shown.

    ``further`` are the numbers of lots shown for each alternative beside the first.
    """
    most = most_lots(picture.request.ask)
    shown = [max(1, min(many, most)) for many in (rows, *further[: MOST_ALTERNATIVES - 1])]
    filled = {**_first_lot(picture.request.ask), **answers, Field.OFFER_SHAPE.value: shape.value}
    blocks = [_what_helps(picture)]
    for n, many in enumerate(shown, start=1):
        blocks += _alternative(picture, filled, n, many, is_one_of_several=len(shown) > 1)
    blocks += [*_add_alternative(picture, shown), _valid_until(picture, answers, as_of)]
    carried = {"rows": shown[0], **({"further": shown[1:]} if shown[1:] else {})}
    return request_form(Callback.OFFER, picture, blocks, submit=_("Send the offer"), metadata=carried)


def _alternative(
    picture: Picture, answers: Mapping[str, Any], number: int, rows: int, *, is_one_of_several: bool
) -> list[Block]:
    """Return the questions about one alternative, with what was answered before."""
    field = field_of(number, Field.OFFER_SHAPE)
    shape = shape_in(answers, number)
    shapes = choice(field, {field: shape.value}, shape_words())
    head = [divider(), section(_("*Alternative {n}*").format(n=number))] if is_one_of_several else []
    asked = question(field, _("What can you do?"), shapes, at_once=True)
    about = _Form(picture, answers, number)
    questions = [asked, *_shape_questions(about, shape, rows), *_terms(about)]
    return [*head, *(questions if number == 1 else map(_may_be_empty, questions))]


def _may_be_empty(block: Block) -> Block:
    """Let a further alternative be left empty; where it is not, what is missing is told at its field."""
    return {**block, "optional": True} if block["type"] == "input" else block


def shape_in(answers: Mapping[str, Any], number: int) -> OfferShape:
    """Return the kind of alternative that was chosen."""
    chosen = str(answers.get(field_of(number, Field.OFFER_SHAPE)) or "")
    return OfferShape(chosen) if chosen in set(OfferShape) else OfferShape.PART_ON_DATE


class _Form(NamedTuple):
    """One alternative in the form: what it is about, what was answered, and its number."""

    picture: Picture
    answers: Mapping[str, Any]
    number: int = 1

    def field(self, name: str) -> str:
        return field_of(self.number, name)


def _add_alternative(picture: Picture, shown: Sequence[int]) -> list[Block]:
    if len(shown) >= MOST_ALTERNATIVES:
        return []
    words = _("Sales takes one of them. One that is left empty is not sent.")
    add = button(_("Add an alternative"), Action.ADD_ALTERNATIVE, picture.request.id)
    return [*actions([add]), *([context(words)] if len(shown) > 1 else [])]


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


def _shape_questions(about: _Form, shape: OfferShape, rows: int) -> list[Block]:
    ask = about.picture.request.ask
    if shape is OfferShape.PART_ON_DATE:
        return [_part_question(about, line) for line in range(1, len(ask.lines) + 1)]
    if shape is OfferShape.EVERYTHING_LATER:
        return [_later_question(about, line) for line in range(1, len(ask.lines) + 1)]
    if shape is OfferShape.INSTEAD:
        return _instead_questions(about)
    lots = [
        block for row in range(1, rows + 1) for block in lot_questions(about.answers, row, ask, number=about.number)
    ]
    return [*lots, *_add_lot(about, rows)]


def _part_question(about: _Form, number: int) -> Block:
    ask, field = about.picture.request.ask, about.field(line_field(Field.OFFER_QUANTITY, number))
    asked, today = ask.line(number), asked_day(about.picture)
    label = _("How many by {day}?").format(day=day(asked.needed_ship_date, today))
    if ask.more_lines:
        label = _("How many of {item} by {day}?").format(
            item=cut(one_line(asked.item), 60), day=day(asked.needed_ship_date, today)
        )
    hint = _("Less than the {quantity} asked for.").format(quantity=quantity(asked.quantity, asked.unit))
    return question(field, label, line(field, about.answers, limit=60), hint=hint, optional=bool(ask.more_lines))


def _later_question(about: _Form, number: int) -> Block:
    ask, field = about.picture.request.ask, about.field(line_field(Field.OFFER_DATE, number))
    asked = ask.line(number)
    label = _("All {quantity}, when?").format(quantity=amount_of(ask, asked.quantity, number))
    usual = {field: asked.needed_ship_date.isoformat()} if ask.more_lines else {}
    return question(field, label, day_picker(field, {**usual, **about.answers}))


def _instead_questions(about: _Form) -> list[Block]:
    """Return which item or site, how many and when; at least one of the first two is needed."""
    ask = about.picture.request.ask
    item, site, many = (about.field(name) for name in (Field.SUBSTITUTE_ITEM, Field.OTHER_SITE, Field.OFFER_QUANTITY))
    when = about.field(Field.OFFER_DATE)
    words = _("Sales did not ask for a substitute.")
    if ask.substitute_allowed:
        words = _("Sales said a substitute is fine.")
    place = _("Sales did not ask for another site.")
    if ask.other_site_allowed:
        place = _("Sales said another site is fine.")
    return [
        *_which_line(about.answers, about.field(Field.OFFER_LINE), ask),
        question(item, _("Which item instead?"), line(item, about.answers), hint=words, optional=True),
        question(site, _("From which site?"), line(site, about.answers), hint=place, optional=True),
        question(many, _("How many?"), line(many, about.answers, limit=60), hint=_("Empty: all of it."), optional=True),
        question(when, _("Shipped by"), day_picker(when, about.answers)),
    ]


def lot_questions(answers: Mapping[str, Any], row: int, ask: Ask, *, number: int = 1, needed: int = 2) -> list[Block]:
    """Return quantity and day of one lot, and its line where there are several; later lots may stay empty."""
    amount, ship_date = field_of(number, lot_quantity(row)), field_of(number, lot_date(row))
    spare = row > needed
    how_many, when = _("Lot {n}: how many?").format(n=row), _("Lot {n}: shipped by").format(n=row)
    return [
        *_which_line(answers, field_of(number, lot_line(row)), ask, usual=min(row, len(ask.lines))),
        question(amount, how_many, line(amount, answers, limit=60), optional=spare),
        question(ship_date, when, day_picker(ship_date, answers), optional=spare),
    ]


def _which_line(answers: Mapping[str, Any], field: str, ask: Ask, *, usual: int = 1) -> list[Block]:
    """Return the choice of the line that is answered; nothing where there is only one."""
    if not ask.more_lines:
        return []
    words = {str(n): cut(one_line(amount_of(ask, one.quantity, n)), 75) for n, one in enumerate(ask.lines, start=1)}
    return [question(field, _("Which line?"), select(field, answers, words, usual=str(usual)))]


def _add_lot(about: _Form, rows: int) -> list[Block]:
    if rows >= most_lots(about.picture.request.ask):
        return []
    return actions([button(_("Add a lot"), Action.ADD_LOT, f"{about.picture.request.id}:{about.number}")])


def _terms(about: _Form) -> list[Block]:
    words, cost, payer = (about.field(name) for name in (Field.CONDITIONS, Field.EXTRA_COST, Field.PAID_BY))
    what = _("Why this and not all of it, what it depends on.")
    amount = _("An amount, for example 620.")
    return [
        question(words, _("What should Sales know?"), paragraph(words, about.answers), hint=what, optional=True),
        question(cost, _("Extra cost"), line(cost, about.answers, limit=30), hint=amount, optional=True),
        question(payer, _("Who pays it?"), select(payer, about.answers, paid_words()), optional=True),
    ]


def _valid_until(picture: Picture, answers: Mapping[str, Any], as_of: datetime) -> Block:
    usual = in_working_time(picture.hours_of(Holder.REQUESTER), as_of, picture.targets.decision)
    until = instant_picker(Field.VALID_UNTIL, answers, usual)
    hint = _("Sales can take it until then.")
    if usual is not None:
        hint = _("Sales can take it until then. Usual would be {time} at the desk.").format(
            time=moment(usual, picture.calendar.zone)
        )
    return question(Field.VALID_UNTIL, _("The offer holds until"), until, hint=hint, optional=True)


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
