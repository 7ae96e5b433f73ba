"""The forms about people and places: roles, the leadership's channel and digest, the log, watched channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.inputs import question
from bot.blocks.settings_inputs import channel, channels, clock_time, one_of, people
from models.i18n import _
from models.weekly_hours import DAY_NAMES

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings.forms import SettingsForm


def roles_questions(form: SettingsForm) -> list[Block]:
    """Who may change the settings, and who is called in."""
    admins, leaders = (people(path, form.value(path)) for path in ("roles/admins", "roles/leaders"))
    return [
        question("roles/admins", _("Admins"), admins, hint=_("They change these settings."), optional=True),
        question("roles/leaders", _("Leaders"), leaders, hint=_("They are called in as mediators."), optional=True),
    ]


def day_words() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def places_questions(form: SettingsForm) -> list[Block]:
    """Where leadership reads, when the digest comes, and where the product tells what it did by itself."""
    words = dict(zip(DAY_NAMES, day_words(), strict=True))
    leadership, log = (channel(path, form.value(path)) for path in ("leadership_channel", "log_channel"))
    without = _("Without one the digest goes to each leader directly, and escalations stay in the card's thread.")
    caught_up = _("Where admins read what was caught up after a standstill.")
    hint = _("By the clock of the default desk.")
    return [
        question("leadership_channel", _("Leadership channel"), leadership, hint=without, optional=True),
        question("digest/day", _("Weekly digest on"), one_of("digest/day", form.value("digest/day"), words)),
        question("digest/at", _("At"), clock_time("digest/at", form.value("digest/at")), hint=hint),
        question("log_channel", _("Log channel"), log, hint=caught_up, optional=True),
    ]


def watched_questions(form: SettingsForm) -> list[Block]:
    """Channels in which free text is read."""
    chosen = channels("watched_channels", form.value("watched_channels"))
    hint = _("There an expedite ask in plain words is noticed, and its author is offered the form, seen by them alone.")
    return [question("watched_channels", _("Watched channels"), chosen, hint=hint, optional=True)]
