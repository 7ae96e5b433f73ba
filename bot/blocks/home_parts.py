"""The parts of App Home: choosing one, narrowing it down, turning its pages; and what each of them shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.customer_words import customer_words, gap_of, is_nothing_yet
from bot.blocks.elements import actions, button, context, modal, option, plain, section
from bot.blocks.home_leaders import leader_blocks
from bot.blocks.ids import Action, Callback
from bot.blocks.inputs import line as text_line
from bot.blocks.inputs import question
from bot.blocks.lists import line_button, two_lines
from bot.blocks.phrases import cut, day_or_today, escape, inline, quantity
from bot.blocks.words import status_word
from models.errors import Field
from models.home_choice import LONGEST_SEARCH, TURN, HomePart
from models.i18n import _, ngettext
from models.lifecycle import OPEN, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports import Block, View
    from models.commitment import Commitment
    from models.home_choice import HomeChoice
    from models.home_page import DeskWeek, HomePage
    from models.picture import HomeLine, HomePicture, Picture

ALL = "all"
LONGEST_WORDS = 300
"""Characters of what a customer may be told, in a list."""


def choosing(home: HomePicture) -> list[Block]:
    """Return the row in which a part is chosen and narrowed down, and what it is narrowed down to."""
    if len(home.parts) < 2 or home.choice is None:  # noqa: PLR2004 one part needs no choosing
        return []
    menus = [_parts_menu(home)]
    if home.page is not None or home.leaders is not None:
        menus += [*_desk_menu(home, home.choice), _standing_menu(home, home.choice)]
        menus.append(button(_("Search a customer…"), Action.HOME_SEARCH, 0))
    if home.choice.is_narrowed and len(menus) > 1:
        menus.append(button(_("Show all"), Action.HOME_ALL, 0))
    return [*actions(menus), *_search_words(home, home.choice)]


def part_blocks(home: HomePicture, as_of: datetime) -> list[Block]:
    """Return the part that is shown, where it is not the work list."""
    if home.leaders is not None:
        return [*_mediations(home.leaders.mediations, as_of), *leader_blocks(home.leaders)]
    if home.page is None:
        return []
    week = _week(home.desk_week, as_of) if home.desk_week is not None else []
    return [*_queue(home.page, _title(home.page, home), as_of), *week]


def search_form(choice: HomeChoice) -> View:
    """Ask for a part of a customer's name; nothing shows all."""
    hint = _("A part of the name is enough. Leave it empty to see all customers.")
    typed = text_line(Field.CUSTOMER, {Field.CUSTOMER: choice.customer}, limit=LONGEST_SEARCH)
    asked = question(Field.CUSTOMER, _("Customer"), typed, hint=hint, optional=True)
    return modal(Callback.HOME_SEARCH, _("Search a customer"), [asked], submit=_("Search"))


def _menu(action: Action, spoken: str, options: Sequence[Block], chosen: str) -> Block:
    initial = next((one for one in options if one["value"] == chosen), options[0])
    return {
        "type": "static_select",
        "action_id": action.value,
        "placeholder": plain(spoken, 150),
        "options": list(options),
        "initial_option": initial,
    }


def _parts_menu(home: HomePicture) -> Block:
    words = {
        HomePart.NOW: _("What needs me now"),
        HomePart.MINE: _("My requests"),
        HomePart.DESK: _("The desk"),
        HomePart.LEADERS: _("For leaders"),
    }
    options = [option(words[part], part.value) for part in home.parts]
    return _menu(Action.HOME_PART, _("Show…"), options, (home.part or HomePart.NOW).value)


def _desk_menu(home: HomePicture, choice: HomeChoice) -> list[Block]:
    if len(home.desks) < 2:  # noqa: PLR2004 one desk needs no choosing
        return []
    options = [option(_("All my desks"), "0"), *[option(name, str(one)) for one, name in list(home.desks.items())[:99]]]
    return [_menu(Action.HOME_DESK, _("Desk"), options, str(choice.desk_id or 0))]


def _standing_menu(home: HomePicture, choice: HomeChoice) -> Block:
    turn = [] if home.page is None else [option(_("Our turn") if home.desk_week else _("My turn"), TURN)]
    standings = [option(status_word(status), status.value) for status in Status if status in OPEN]
    options = [option(_("All that is open"), ALL), *turn, *standings]
    return _menu(Action.HOME_STANDING, _("Where it stands"), options, choice.standing or ALL)


def _search_words(home: HomePicture, choice: HomeChoice) -> list[Block]:
    if not choice.customer or (home.page is None and home.leaders is None):
        return []
    return [context(_("Only customers whose name contains “{words}”.").format(words=inline(choice.customer)))]


def _title(page: HomePage, home: HomePicture) -> str:
    said = _("My open requests: {n}") if home.desk_week is None else _("Queue by time left: {n}")
    return said.format(n=page.total)


def _queue(page: HomePage, title: str, as_of: datetime) -> list[Block]:
    if not page.lines:
        return [section(f"*{title}*"), context(_("Nothing is open here."))]
    rows = [section(_row(line, page, as_of), accessory=line_button(line)) for line in page.lines]
    return [section(f"*{title}*"), *rows, *_turning(page)]


def _row(line: HomeLine, page: HomePage, as_of: datetime) -> str:
    shown = page.for_customers.get(line.request.id)
    said = [] if shown is None else [_may_tell(shown)]
    return "\n".join([two_lines(line, as_of), *said])


def _may_tell(shown: Picture) -> str:
    """Say what the customer may be told: never more than is committed."""
    customer = inline(shown.request.customer, 60)
    if is_nothing_yet(shown) and gap_of(shown) is None:
        return _("{customer} may be told: we are on it, and nothing is promised yet.").format(customer=customer)
    words = cut(escape(customer_words(shown).phone), LONGEST_WORDS)
    return _("{customer} may be told: “{words}”").format(customer=customer, words=words)


def _turning(page: HomePage) -> list[Block]:
    """Return the buttons that turn the page, with where one is; nothing where all is shown."""
    if page.pages == 1:
        return []
    last = page.first + len(page.lines) - 1
    where = _("{first} to {last} of {total}").format(first=page.first, last=last, total=page.total)
    back = [button(_("Back"), Action.HOME_BACK, page.number - 1)] if page.number else []
    on = [button(_("Next"), Action.HOME_NEXT, page.number + 1)] if page.number + 1 < page.pages else []
    return [context(where), *actions([*back, *on])]


def _week(week: DeskWeek, as_of: datetime) -> list[Block]:
    meters = [
        _("{desk} · hot list {open} of {cap}").format(desk=escape(name), open=taken, cap=cap)
        for name, taken, cap in week.meters
    ]
    due = _("Committed for this week: {n}").format(n=week.due_total)
    risky = _("At risk: {n}").format(n=week.at_risk_total)
    return [
        *([context("\n".join(meters))] if meters else []),
        *_lots(due, week.due, week.due_total, as_of),
        *_lots(risky, week.at_risk, week.at_risk_total, as_of),
    ]


def _lots(title: str, lines: Sequence[HomeLine], total: int, as_of: datetime) -> list[Block]:
    rows = [
        section(_lot_words(line, line.commitment, as_of), accessory=line_button(line))
        for line in lines
        if line.commitment is not None
    ]
    left = total - len(lines)
    more = ngettext("and {n} more", "and {n} more", left).format(n=left)
    return [section(f"*{title}*"), *rows, *([context(more)] if left > 0 else [])]


def _lot_words(line: HomeLine, lot: Commitment, as_of: datetime) -> str:
    when = day_or_today(lot.committed_ship_date, line.calendar.local_day(as_of))
    asked = line.request.ask.line(lot.line)
    said = _("*{label}* · {quantity} of {item} for {customer}, due {day}").format(
        label=line.request.label,
        quantity=escape(quantity(lot.quantity, asked.unit)),
        item=inline(asked.item, 60),
        customer=inline(line.request.customer, 60),
        day=when,
    )
    if lot.at_risk_since is None:
        return said
    return said + "\n" + _("*At risk:* {reason}").format(reason=inline(lot.risk_reason, 200))


def _mediations(page: HomePage, as_of: datetime) -> list[Block]:
    return _queue(page, _("Where a mediator was called in: {n}").format(n=page.total), as_of)
