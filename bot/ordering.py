"""Taking over an order book by command: a file in, sentences out."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.clock import SystemClock
from bot.config import SettingsRefused
from bot.database import Database
from bot.services import order_book
from bot.services.order_file import OrderFileRefused
from bot.settings_command import CommandRefused, workspace_of
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.config import Settings
    from bot.services.order_book import Imported


def import_orders(settings: Settings, file: Path, team: str) -> list[str]:
    """Take over a file; gives what to say. Raises :class:`SettingsRefused` with the sentence that ends the command."""
    database = Database(settings.database_url)
    try:
        with _opened(file) as lines:
            done = database.run_now(_import, team, lines)
    except (OSError, UnicodeDecodeError) as refused:
        raise SettingsRefused(_("{file} cannot be read: {reason}").format(file=file, reason=refused)) from refused
    except (OrderFileRefused, CommandRefused) as refused:
        raise SettingsRefused(str(refused)) from refused
    finally:
        database.close()
    return [*done.sentences, _summary(done)]


def _import(session: Session, team: str, lines: Iterable[str]) -> Imported:
    return order_book.import_file(session, workspace_of(session, team).id, lines, at=SystemClock().now())


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[str]]:
    if str(file) == "-":
        yield sys.stdin
        return
    with file.open(encoding="utf-8", newline="") as lines:
        yield lines


def _summary(done: Imported) -> str:
    said = ngettext("{n} order line is in the book now.", "{n} order lines are in the book now.", done.lines)
    parts = [said.format(n=done.lines)]
    if done.removed:
        parts.append(_("{n} that the file does not name were forgotten.").format(n=done.removed))
    if done.refused:
        parts.append(_("{n} could not be read and were left out.").format(n=done.refused))
    return " ".join(parts)
