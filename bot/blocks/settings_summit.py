"""The form about the monthly summit and the words of the company, and what the menu says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.inputs import line, question
from bot.blocks.phrases import inline
from bot.blocks.settings_inputs import clock_time, one_of
from bot.blocks.settings_people import day_words
from models.i18n import _
from models.settings.checks import LONGEST_WORDS
from models.summit_date import SummitWeek
from models.weekly_hours import DAY_NAMES

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings import WorkspaceSettings
    from models.settings.forms import SettingsForm


def summit_questions(form: SettingsForm) -> list[Block]:
    """When both sides meet, and what the company is there for."""
    days = dict(zip(DAY_NAMES, day_words(), strict=True))
    weeks = {str(week): said for week, said in week_words().items()}
    minutes = {"summit/minutes": form.value("summit/minutes")}
    moved = _("On a day on which the default desk is closed it moves to the next working day.")
    posted = _("By the clock of the default desk. Its page is posted a week before, with an invitation.")
    shown = _("In one line. It stands on the summit's page and on the digest.")
    example = _("We keep breweries running.")
    return [
        question("summit/week", _("Which one of the month"), one_of("summit/week", form.value("summit/week"), weeks)),
        question("summit/day", _("Day"), one_of("summit/day", form.value("summit/day"), days), hint=moved),
        question("summit/at", _("At"), clock_time("summit/at", form.value("summit/at")), hint=posted),
        question("summit/minutes", _("How many minutes"), line("summit/minutes", minutes, limit=4)),
        question(
            "words",
            _("What the company is there for"),
            line("words", {"words": form.value("words")}, limit=LONGEST_WORDS, example=example),
            hint=shown,
            optional=True,
        ),
    ]


def week_words() -> dict[SummitWeek, str]:
    """The days of a name in a month, counted; never for none."""
    return {
        SummitWeek.FIRST: _("The first"),
        SummitWeek.SECOND: _("The second"),
        SummitWeek.THIRD: _("The third"),
        SummitWeek.FOURTH: _("The fourth"),
        SummitWeek.LAST: _("The last"),
        SummitWeek.NEVER: _("Never"),
    }


def summit_told(settings: WorkspaceSettings) -> str:
    """Say when it is, and the words of the company."""
    rule = settings.summit
    words = inline(settings.words) if settings.words else "–"
    if rule.week is SummitWeek.NEVER:
        return _("Never · words: {words}").format(words=words)
    day = day_words()[rule.weekday]
    return _("{which} {day} of the month at {time} · words: {words}").format(
        which=week_words()[rule.week], day=day, time=f"{rule.at:%H:%M}", words=words
    )
