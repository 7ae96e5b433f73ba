"""``expedite-desk export``: the rows behind the figures as CSV, out of the database into a file or onto the screen."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.config import SettingsRefused
from bot.database import Database
from bot.services.exports import export_text
from bot.settings_command import CommandRefused, workspace_of
from models.i18n import _
from models.scorecards import Filters
from models.scorecards.export import Export
from models.scorecards.period import ONE_DAY, WEEK, Period

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.config import Settings

TO_THE_SCREEN = "-"


def export(settings: Settings, kind: str, first: str, last: str, file: str, team: str) -> str:
    """Write one export; gives what to say. Raises :class:`SettingsRefused` with the sentence that ends the command."""
    database = Database(settings.database_url)
    try:
        text = database.run_now(_exported, _kind(kind), _day(first), _day(last), team, at=SystemClock().now())
        return _written(text, file)
    except OSError as refused:
        raise SettingsRefused(_("{file} cannot be written: {reason}").format(file=file, reason=refused)) from refused
    except CommandRefused as refused:
        raise SettingsRefused(str(refused)) from refused
    finally:
        database.close()


def _exported(session: Session, kind: Export, first: date | None, last: date | None, team: str, *, at: datetime) -> str:
    """Return the rows of the days that are named, of the last full week where none is."""
    tenant = workspace_of(session, team)
    week = Period.week_of(at.astimezone(ZoneInfo(tenant.zone)).date() - WEEK, tenant.zone)
    start, end = first or week.start, (last or week.last_day) + ONE_DAY
    if end <= start:
        raise SettingsRefused(_("The last day is before the first. Write --from and --to like 2026-11-30."))
    return export_text(session, tenant.id, kind, Period(start, end, tenant.zone), Filters(), at)


def _kind(word: str) -> Export:
    try:
        return Export(word)
    except ValueError:
        kinds = ", ".join(Export)
        raise SettingsRefused(_("“{word}” is none of: {kinds}.").format(word=word, kinds=kinds)) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingsRefused(_("“{day}” is no day. Write it like 2026-11-30.").format(day=text)) from None


def _written(text: str, file: str) -> str:
    if file == TO_THE_SCREEN:
        sys.stdout.buffer.write(text.encode())
        return ""
    Path(file).write_bytes(text.encode("utf-8-sig"))
    return _("The rows are written to {file}.").format(file=file)
