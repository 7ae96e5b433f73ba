"""Which file a row of the outbox becomes. Made when it is sent: from the state, and the rights, of that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.courier import files_summit
from bot.ports import File, Message
from models import OutboxMessage
from models.outbox import Notice

Maker = Callable[[Session, OutboxMessage, datetime], File | Message]
"""Makes a file of a row, or says in a message why there is none: whoever asked may have lost the right to see it."""

MAKERS: Mapping[Notice, Maker] = {
    Notice.SUMMIT_INVITATION: files_summit.make_invitation,
    Notice.SUMMIT_MARKDOWN: files_summit.make_markdown,
    Notice.SUMMIT_HTML: files_summit.make_html,
    Notice.FORECAST: files_summit.make_forecast,
}


def make(session: Session, row: OutboxMessage, at: datetime) -> File | Message:
    """The file as it is at this instant."""
    return MAKERS[row.notice](session, row, at)
