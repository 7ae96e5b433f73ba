"""Which file a row of the outbox becomes. Made when it is sent: from the state, and the rights, of that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.blocks.list_rows import list_columns, list_rows
from bot.blocks.record import record_text
from bot.courier import files_summit
from bot.courier.week_file import week_file
from bot.ports import File, Message
from bot.services import exports, lists
from bot.services.acting import actor_of, require_colleague
from bot.services.csv_text import csv_file
from bot.services.exporting import HOME, MOST_LINES
from models import OutboxMessage
from models.errors import ExpediteError
from models.home_pages import home_shown
from models.home_queries import home_picture
from models.i18n import _
from models.outbox import Notice

if TYPE_CHECKING:
    from models.tenant import Actor

Maker = Callable[[Session, OutboxMessage, datetime], File | Message]
"""Makes a file of a row, or says in a message why there is none: whoever asked may have lost the right to see it."""


def make(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """The file as it is at this instant."""
    try:
        return MAKERS[row.notice](session, row, at)
    except ExpediteError as refused:
        return Message(refused.sentence)


def list_file(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """What is open for a person, as their list or their Home shows it, but whole."""
    actor = _reader(session, row)
    whose = (session, actor.tenant_id, actor.slack_id, at)
    is_home = row.facts.get("where") == HOME
    home = home_shown(*whose, whole=MOST_LINES) if is_home else home_picture(*whose, most=MOST_LINES)
    day = at.astimezone(ZoneInfo(home.zone)).date().isoformat()
    said = _("The open requests you can see, as they are now.")
    title = _("Open requests, {day}").format(day=day)
    return csv_file(f"expedites-{day}.csv", title, list_columns(), list_rows(home, at), comment=said)


def record_file(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """The whole story of a request as text to print."""
    actor = _reader(session, row)
    shown = lists.with_link(session, lists.picture_of(session, actor, row.request_id or 0, at=at))
    label, day = shown.request.label, shown.day_at_desk(at).isoformat()
    title = _("Record of {label}, {day}").format(label=label, day=day)
    text = record_text(shown, as_of=at).encode("utf-8-sig")
    return File(
        f"{label.lower()}-{day}.txt", title, text, _("The record of {label}, as it is now.").format(label=label)
    )


def export_file(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """The rows behind the figures of some days, as far as their reader may see them now."""
    return exports.made_for(session, _reader(session, row), row.facts, at)


MAKERS: Mapping[Notice, Maker] = {
    Notice.LIST_FILE: list_file,
    Notice.RECORD_FILE: record_file,
    Notice.EXPORT_FILE: export_file,
    Notice.DIGEST_ROWS: week_file,
    Notice.SUMMIT_INVITATION: files_summit.make_invitation,
    Notice.SUMMIT_MARKDOWN: files_summit.make_markdown,
    Notice.SUMMIT_HTML: files_summit.make_html,
    Notice.FORECAST: files_summit.make_forecast,
}


def _reader(session: Session, row: OutboxMessage) -> Actor:
    """Who gets the file, with the rights they have now; raises :class:`NotYours`."""
    actor = actor_of(session, row.tenant_id, row.channel)
    require_colleague(actor)
    return actor
