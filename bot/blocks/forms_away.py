"""Being away: the form, and what App Home says of one's own absence and of those one stands in for."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.blocks.elements import button, context, modal, section
from bot.blocks.ids import Action, Callback
from bot.blocks.inputs import day_picker, person_picker, question, time_picker
from bot.blocks.phrases import day, inline, listed
from models.errors import Field
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.ports import Block, View
    from models.picture import HomePicture


def away_form(answers: Mapping[str, Any], *, today: date, zone: str) -> View:
    """Ask from when to when somebody is away, and who stands in; times are those of their own zone."""
    usual = {Field.AWAY_FROM: today.isoformat(), **answers}
    whole_day = _("Without a time, from midnight; today means from now on.")
    monday = _("The first day you are there again. Without a time, from midnight.")
    deputy = _("Your turns go to them meanwhile, and they may act for you. Without one your turns wait for you.")
    blocks = [
        question(Field.AWAY_FROM, _("Away from"), day_picker(Field.AWAY_FROM, usual), hint=whole_day),
        question(Field.AWAY_FROM_TIME, _("At"), time_picker(Field.AWAY_FROM_TIME, usual), optional=True),
        question(Field.BACK_ON, _("Back on"), day_picker(Field.BACK_ON, usual), hint=monday),
        question(Field.BACK_ON_TIME, _("At"), time_picker(Field.BACK_ON_TIME, usual), optional=True),
        question(Field.DEPUTY, _("Who stands in?"), person_picker(Field.DEPUTY, usual), hint=deputy, optional=True),
        context(_("Days and times are those of {zone}.").format(zone=inline(zone))),
    ]
    return modal(Callback.AWAY, _("Away"), blocks, submit=_("Save"))


def away_button() -> Block:
    return button(_("Away…"), Action.GO_AWAY, 0)


def home_absence(home: HomePicture, as_of: datetime) -> list[Block]:
    """Return what App Home says on top of people who are away: the reader, and those they act for."""
    return [*_own(home, as_of), *_others(home)]


def _own(home: HomePicture, as_of: datetime) -> list[Block]:
    absence = home.absence
    if absence is None:
        return []
    is_running = absence.starts_at <= as_of
    until = _moment(absence.ends_at, home.zone)
    said = _("*You are away* until {until}").format(until=until)
    if not is_running:
        said = _("*You will be away* from {since} until {until}").format(
            since=_moment(absence.starts_at, home.zone), until=until
        )
    if home.deputy_name:
        said += "; " + _("{name} stands in").format(name=inline(home.deputy_name, 80))
    words = _("Back now") if is_running else _("Call it off")
    return [section(said, accessory=button(words, Action.BE_BACK, absence.id))]


def _others(home: HomePicture) -> list[Block]:
    if not home.standing_in:
        return []
    people = [
        _("{name} (until {until})").format(name=inline(name, 80), until=_moment(until, home.zone))
        for name, until in home.standing_in
    ]
    return [context(_("You stand in for {people}.").format(people=listed(people)))]


def _moment(at: datetime, zone: str) -> str:
    """A day, and its time where that is not midnight."""
    local = at.astimezone(ZoneInfo(zone) if zone else UTC)
    if (local.hour, local.minute) == (0, 0):
        return day(local.date())
    return _("{day} {time}").format(day=day(local.date()), time=f"{local:%H:%M}")
