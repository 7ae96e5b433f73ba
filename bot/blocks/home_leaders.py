"""What leaders see on App Home beside the mediations: the figures of the last digest, and what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.digest import figure_rows, week_title
from bot.blocks.digest_words import agreement_lines
from bot.blocks.elements import actions, button, context, divider, packed, section, table_lines
from bot.blocks.ids import Action
from bot.blocks.phrases import escape
from models.i18n import _

if TYPE_CHECKING:
    from bot.ports import Block
    from models.home_page import LeadersPart


def leader_blocks(leaders: LeadersPart) -> list[Block]:
    """Return the last week in lines, as Home has no tables, and the agreements."""
    return [divider(), *_figures(leaders), *packed(agreement_lines(leaders.agreements, leaders.people))]


def _figures(leaders: LeadersPart) -> list[Block]:
    page = leaders.week
    decisions = actions([button(_("Open decisions"), Action.DECISIONS, 0)])
    if page is None:
        return [section(_("*No digest was made yet.* `/expedite scorecard this week` shows the figures.")), *decisions]
    lines = [f"*{escape(week_title(page.card.period.start))}*", *map(escape, table_lines(figure_rows(page)))]
    more = context(_("Any days, and whose: `/expedite scorecard help`."))
    return [*packed(lines), more, *decisions]
