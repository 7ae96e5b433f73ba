"""``expedite-desk summit``: the page of a monthly summit, printed for those who mail it or print it to PDF."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from bot.courier.files_summit import html, markdown
from bot.settings_command import CommandRefused, in_database, workspace_of
from models.i18n import _
from models.summit_queries import newest_summit, summit_of, summit_picture

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORMATS = {"md": markdown, "html": html}


def print_page(month: str, form: str, team: str) -> None:
    """Write the page to the screen; what cannot be is said in a sentence, with exit code 2."""
    typer.echo(in_database(lambda session, _at: page(session, team, month, form)), nl=False)


def page(session: Session, team: str, month: str, form: str) -> str:
    """The page of that month's summit, or of the newest; raises :class:`CommandRefused`."""
    if form not in FORMATS:
        raise CommandRefused(_("“{form}” is not a format. Choose one of: md, html.").format(form=form))
    tenant = workspace_of(session, team)
    found = summit_of(session, tenant.id, _month(month)) if month else newest_summit(session, tenant.id)
    if found is None and month:
        raise CommandRefused(_("No page of a summit in {month} is there.").format(month=month))
    if found is None:
        raise CommandRefused(_("No summit was prepared yet. Its page is posted a week before the first one."))
    return FORMATS[form](summit_picture(session, found))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise CommandRefused(_("“{text}” is not a month. Write it like 2026-11.").format(text=text)) from None
