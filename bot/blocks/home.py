"""App Home: a work list ordered by time left; one line of what, one line of when, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.cooling import turned_off
from bot.blocks.elements import actions, button, context, divider, header, packed, section
from bot.blocks.forms_away import away_button, home_absence
from bot.blocks.forms_clock import clock_choice
from bot.blocks.forms_export import export_button
from bot.blocks.home_parts import choosing, part_blocks
from bot.blocks.ids import Action
from bot.blocks.lists import help_blocks, line_button, list_button, new_request_button, two_lines, work_groups
from bot.blocks.pairs import home_pairs
from bot.blocks.phrases import cut, escape, one_line
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports import Block, View
    from models.picture import HomeLine, HomePicture

MOST_LINES = 20
"""Lines of one list; four lists with titles stay within a Home's 100 blocks."""
MOST_PROBLEMS = 10


def home_view(home: HomePicture, *, as_of: datetime) -> View:
    """Draw one person's Home: what needs them now, what waits for others, what an admin must know."""
    blocks = [*_problems(home), *home_absence(home, as_of), *choosing(home), *_shown(home, as_of)]
    _mark_first_button(blocks)
    blocks = [*_set_up(home), *blocks, *turned_off(home.left), *_pairs(home), *_settings(home)]
    return {"type": "home", "blocks": blocks}


def _shown(home: HomePicture, as_of: datetime) -> list[Block]:
    chosen = part_blocks(home, as_of)
    if chosen:
        return [
            *chosen,
            divider(),
            *actions([new_request_button(), away_button(), list_button("home"), export_button()]),
        ]
    groups = [(name, lines) for name, lines in work_groups(home) if lines]
    lists = [block for name, lines in groups for block in _group(name, lines, as_of)]
    return _listed(home, lists) if lists else _empty(home)


def _listed(home: HomePicture, lists: Sequence[Block]) -> list[Block]:
    return [
        *_meter(home),
        *lists,
        divider(),
        *actions([new_request_button(), away_button(), *clock_choice(home), list_button("home"), export_button()]),
    ]


def _empty(home: HomePicture) -> list[Block]:
    if not home.is_set_up:
        said = _("No operations desk is set up in this workspace yet. Ask an admin to set the desk's channel.")
        return [header(_("Welcome to Expedite Desk")), section(said), *help_blocks()]
    said = _("*Nothing waits for you.* When a customer needs something sooner, ask Operations here.")
    start = actions([new_request_button(primary=True), away_button(), export_button()])
    return [header(_("Expedite Desk")), section(said), *start, *_meter(home), divider(), *help_blocks()]


def _meter(home: HomePicture) -> list[Block]:
    if home.desk_name is None:
        return []
    said = _("{desk} · hot list {open} of {cap}").format(
        desk=escape(home.desk_name), open=home.hot_open, cap=home.hot_cap
    )
    return [context(said)]


def _group(name: str, lines: Sequence[HomeLine], as_of: datetime) -> list[Block]:
    rows = [section(two_lines(line, as_of), accessory=line_button(line)) for line in lines[:MOST_LINES]]
    return [section(f"*{name}*"), *rows]


def _set_up(home: HomePicture) -> list[Block]:
    """Lead whoever can do it through the first steps, until somebody has seen a test card."""
    if not home.needs_set_up:
        return []
    lead = _("*Set up Expedite Desk in three steps:* the desk, the people, and a test card.")
    if home.is_set_up:
        lead = _("*The set-up is not finished:* check the desk and the people, then send a test card.")
    said = section(lead)
    return [said, *actions([button(_("Set up…"), Action.SET_UP, 0, primary=not home.is_set_up)]), divider()]


def _pairs(home: HomePicture) -> list[Block]:
    return [] if home.wants_pairs is None or not home.is_set_up else home_pairs(is_wanted=home.wants_pairs)


def _settings(home: HomePicture) -> list[Block]:
    return actions([button(_("Settings…"), Action.SETTINGS, 0)]) if home.is_admin else []


def _mark_first_button(blocks: Sequence[Block]) -> None:
    """Make the first line's button the primary one, unless another is already."""
    accessories = [block["accessory"] for block in blocks if "accessory" in block]
    if accessories:
        accessories[0]["style"] = "primary"


def _problems(home: HomePicture) -> list[Block]:
    """Tell an admin what could not be delivered."""
    if not home.undelivered:
        return []
    lines = [f"• {cut(escape(one_line(line)), 500)}" for line in home.undelivered[:MOST_PROBLEMS]]
    return [*packed([f"*{_('Not delivered: please look into it')}*", *lines], limit=2_900), divider()]
