"""The forms of working hours and of closed dates, with public holidays to tick and a calendar to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, context
from bot.blocks.ids import Action
from bot.blocks.inputs import line, paragraph, question, ticks
from bot.blocks.phrases import cut, day
from models.i18n import _
from models.settings.forms import (
    CALENDAR_FILE,
    LONGEST_TEXT,
    PROPOSALS_A_BLOCK,
    PROPOSED,
    Part,
    closed_block,
    lines_of,
    years_shown,
)

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings.forms import SettingsForm

LONGEST_ZONE = 64
OPTION = 75


def hours_questions(form: SettingsForm) -> list[Block]:
    """Zone and week; Sales may have none of their own."""
    is_sales = form.subject.part is Part.SALES
    week = str(form.value("hours/week") or "")
    lines = week if "\n" in week else week.replace("; ", "\n")
    hint = _("One line for each day or several, for example “Mon-Fri 07:00-12:00,12:30-17:00”.")
    if is_sales:
        hint = _("As “Mon-Fri 08:00-17:00”, counted in each person's own zone. Empty: by the desk's hours.")
    zone = line("hours/zone", {"hours/zone": form.value("hours/zone")}, limit=LONGEST_ZONE, example=_("Europe/Berlin"))
    text = paragraph("hours/week", {"hours/week": lines}, example=_("Mon-Fri 08:00-17:00"))
    label = _("Time zone of people whose zone is not known") if is_sales else _("Time zone")
    return [
        question("hours/zone", label, zone, optional=is_sales),
        question("hours/week", _("Hours of the week"), text, hint=hint, optional=is_sales),
    ]


def closed_questions(form: SettingsForm) -> list[Block]:
    """Closed dates year by year, and two ways to get more of them."""
    blocks = [_year(form, year) for year in years_shown(form)]
    region = line("hours/holidays", {"hours/holidays": form.value("hours/holidays")}, limit=12, example=_("DE-BY"))
    told = _("A country, or a country and a part of it: DE, DE-BY, US-CA.")
    pasted = paragraph(CALENDAR_FILE, form.answers, limit=LONGEST_TEXT)
    what = _("The text of an iCalendar file (.ics). Its whole-day events are added; a long one can be pasted in parts.")
    return [
        *blocks,
        question("hours/holidays", _("Public holidays of"), region, hint=told, optional=True),
        *actions([button(_("Propose public holidays"), Action.PROPOSE_DATES, form.subject)]),
        *_proposals(form),
        question(CALENDAR_FILE, _("From a calendar"), pasted, hint=what, optional=True),
    ]


def _year(form: SettingsForm, year: int) -> Block:
    name = closed_block(year)
    hint = _("One a line: the day, then its name. For example “{year}-12-31 Stocktaking”.").format(year=year)
    text = form.answers.get(name, lines_of(form, year))
    label = _("Closed dates in {year}").format(year=year)
    return question(name, label, paragraph(name, {name: text}, limit=LONGEST_TEXT), hint=hint, optional=True)


def _proposals(form: SettingsForm) -> list[Block]:
    """Boxes to tick, ten at most together."""
    blocks: list[Block] = []
    for start in range(0, len(form.proposals), PROPOSALS_A_BLOCK):
        name = f"{PROPOSED}/{start // PROPOSALS_A_BLOCK}"
        words = {
            when.isoformat(): cut(f"{day(when)} {when.year} {said}", OPTION)
            for when, said in form.proposals[start : start + PROPOSALS_A_BLOCK]
        }
        label = _("Close on these days?") if not start else _("And on these?")
        blocks.append(question(name, label, ticks(name, form.answers, words), optional=True))
    if blocks:
        blocks.append(context(_("Only what is ticked is taken over.")))
    return blocks
