"""The settings at a glance, a change said back before it is made, and the record of changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, context, divider, header, modal, packed, section
from bot.blocks.ids import Action, Callback
from bot.blocks.phrases import cut, day, escape, one_line
from bot.blocks.settings_people import day_words
from bot.blocks.settings_summit import summit_told
from models.i18n import _
from models.settings.forms import NEW_DESK, Part, Subject
from models.weekly_hours import spell_week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ports import Block, View
    from models.settings import DeskSettings, WorkspaceSettings

MOST_DESKS = 20
"""Desks with buttons of their own; a window has room for 100 blocks."""
SENTENCE_LIMIT = 700
_CHANNEL = re.compile(r"(?<![\w<])#([CG][A-Z0-9]{2,30})\b")


def settings_menu(settings: WorkspaceSettings, *, saved: Sequence[str] = ()) -> View:
    """Draw everything there is to change, with what was just saved above it."""
    blocks = [block for desk in settings.desks[:MOST_DESKS] for block in _desk(desk)]
    blocks += actions([_change(_("Add a desk…"), Subject(Part.DESK, NEW_DESK))])
    if len(settings.desks) > MOST_DESKS:
        blocks.append(context(_("The other desks can be changed by `expedite-desk settings export`.")))
    blocks += [divider(), *_sales(settings), *_workspace(settings)]
    return modal(Callback.SETTINGS_MENU, _("Settings"), [*_saved(saved), *blocks])


def _saved(sentences: Sequence[str]) -> list[Block]:
    return [*packed([linked(sentence) for sentence in sentences]), divider()] if sentences else []


def _desk(desk: DeskSettings) -> list[Block]:
    name = cut(escape(one_line(desk.name)), 120)
    lead = f"*{name}* · {linked('#' + desk.channel)}" + (f" · {_('default')}" if desk.is_default else "")
    hours = f"{escape(cut(spell_week(desk.hours.week), 200)) or '–'} ({escape(desk.hours.zone)})"
    parts = (
        (_("Desk…"), Part.DESK),
        (_("Hours…"), Part.HOURS),
        (_("Closed dates…"), Part.CLOSED),
        (_("Service levels…"), Part.LEVELS),
        (_("Urgency…"), Part.URGENCY),
        (_("Escalation…"), Part.ESCALATION),
        (_("Reactions…"), Part.REACTIONS),
    )
    buttons = [_change(words, Subject(part, desk.id), spoken=f"{words} {desk.name}") for words, part in parts]
    return [section(f"{lead}\n{hours}"), {"type": "actions", "elements": _numbered(buttons)}]


def _sales(settings: WorkspaceSettings) -> list[Block]:
    hours = settings.sales_hours
    said = _("as the desk's") if hours is None else escape(cut(spell_week(hours.week), 200))
    buttons = [_change(_("Hours…"), Subject(Part.SALES), spoken=_("Hours of Sales"))]
    if hours is not None:
        buttons.append(_change(_("Closed dates…"), Subject(Part.SALES_CLOSED), spoken=_("Closed dates of Sales")))
    lead = section(_("*Hours of Sales*\n{hours}").format(hours=said))
    return [lead, {"type": "actions", "elements": _numbered(buttons)}]


def _workspace(settings: WorkspaceSettings) -> list[Block]:
    watched = " ".join(linked(f"#{one}") for one in settings.watched_channels[:20]) or "–"
    rows = (
        (_("People"), _people(settings), Part.ROLES),
        (_("Leadership, digest and log"), _places(settings), Part.PLACES),
        (_("Watched channels"), watched, Part.WATCHED),
        (_("Monthly summit"), summit_told(settings), Part.SUMMIT),
    )
    blocks = [
        section(f"*{title}*\n{said}", accessory=_change(_("Change…"), Subject(part), spoken=f"{_('Change…')} {title}"))
        for title, said, part in rows
    ]
    record = button(_("What was changed…"), Action.SETTINGS_RECORD, 0)
    return [*blocks, divider(), *actions([record])]


def _people(settings: WorkspaceSettings) -> str:
    counts = {"admins": len(settings.admins), "leaders": len(settings.leaders)}
    return _("Admins: {admins} · leaders: {leaders}").format(**counts)


def _places(settings: WorkspaceSettings) -> str:
    channel = linked(f"#{settings.leadership_channel}") if settings.leadership_channel else "–"
    when = {"day": day_words()[settings.digest.weekday], "time": f"{settings.digest.at:%H:%M}"}
    return _("{channel} · digest on {day} at {time}").format(channel=channel, **when)


def preview_view(draft_id: int, sentences: Sequence[str]) -> View:
    """Say a change back; nothing is changed until it is saved."""
    again = actions([button(_("Back to the form"), Action.SETTINGS_BACK, draft_id)])
    if not sentences:
        said = _("Nothing changes: the settings say this already.")
        return modal(Callback.SETTINGS_PREVIEW, _("Settings"), [section(said), *again])
    lines = [f"• {linked(cut(one_line(sentence), SENTENCE_LIMIT))}" for sentence in sentences]
    blocks = [section(_("*This would change:*")), *packed(lines), *again]
    return modal(Callback.SETTINGS_PREVIEW, _("Settings"), blocks[:90], submit=_("Save"), metadata={"draft": draft_id})


def record_view(changes: Sequence[tuple[datetime, str, str]]) -> View:
    """Draw who changed what and when, newest first; the days are those of the times given."""
    lines = [
        _("*{who}*, {day}: {what}").format(
            who=escape(cut(one_line(who), 80)), day=day(at.date()), what=linked(cut(one_line(what), SENTENCE_LIMIT))
        )
        for at, who, what in changes
    ]
    back = actions([button(_("Back to the settings"), Action.SETTINGS, 0)])
    said = packed(lines, apart="\n\n", limit=2_000) if lines else [section(_("Nothing was changed yet."))]
    return modal(Callback.SETTINGS_MENU, _("What was changed"), [header(_("Newest first")), *said, *back])


def linked(sentence: str) -> str:
    """Make a sentence of a service safe, and its channels links."""
    return _CHANNEL.sub(r"<#\1>", escape(sentence))


def _change(words: str, subject: Subject, *, spoken: str = "") -> Block:
    return button(words, Action.SETTINGS_PART, subject, spoken=spoken)


def _numbered(buttons: Sequence[Block]) -> list[Block]:
    """Make names of several buttons of a row differ, as Slack wants; what was pressed is in the value."""
    return [{**one, "action_id": f"{one['action_id']}:{n}"} for n, one in enumerate(buttons)]
