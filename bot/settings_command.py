"""``expedite-desk settings``: all settings of a workspace as one file, out of the database and back into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa
import typer

from bot.adapters import settings_file
from bot.clock import SystemClock
from bot.config import Settings
from bot.database import Database
from bot.services import settings
from models import Tenant
from models.errors import ExpediteError, FormRefused
from models.i18n import _
from models.settings import from_plain, to_plain
from models.tenant import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

T = TypeVar("T")

TO_THE_SCREEN = "-"


class CommandRefused(ExpediteError):
    """What the command was given does not fit the database."""


def export_to(file: str, team: str) -> None:
    """Write the settings that hold now as YAML, to a file or to the screen."""
    text = in_database(lambda session, _at: exported(session, team))
    if file == TO_THE_SCREEN:
        typer.echo(text, nl=False)
        return
    _file_work(lambda: Path(file).write_text(text, encoding="utf-8"))
    typer.echo(_("The settings are written to {file}.").format(file=file))


def import_from(file: str, team: str, *, dry_run: bool) -> None:
    """Make the settings what a file says, and say what that changes."""
    text = _file_work(typer.get_text_stream("stdin").read if file == TO_THE_SCREEN else _reading(Path(file)))
    for sentence in in_database(lambda session, at: imported(session, team, text, at=at, dry_run=dry_run)):
        typer.echo(sentence)


def exported(session: Session, team: str) -> str:
    """The settings of a workspace as the text of a file."""
    return settings_file.dump(to_plain(settings.read(session, workspace_of(session, team).id)))


def imported(session: Session, team: str, text: str, *, at: datetime, dry_run: bool) -> list[str]:
    """Apply a file, or only say what it would change."""
    tenant = workspace_of(session, team)
    wanted = from_plain(settings_file.load(text))
    sentences = settings.preview(session, tenant.id, wanted)
    if not sentences:
        return [_("Nothing changes: the settings say this already.")]
    if dry_run:
        return [*sentences, _("Nothing was changed: this was a dry run.")]
    server = Actor(tenant.id, slack_id="", name="", roles=frozenset({Role.ADMIN}))
    settings.apply(session, server, wanted, expected_version=tenant.settings_version, at=at)
    return [*sentences, _("Saved. A running app reads the members of new channels and groups when it starts again.")]


def workspace_of(session: Session, team: str) -> Tenant:
    """The workspace a command means: the one that is named, or the only one; raises :class:`CommandRefused`."""
    installed = sa.select(Tenant).where(Tenant.uninstalled_at.is_(None)).order_by(Tenant.team_id)
    found = list(session.scalars(installed.where(Tenant.team_id == team) if team else installed))
    if not found and team:
        raise CommandRefused(_("No workspace {team} is installed here.").format(team=team))
    if not found:
        raise CommandRefused(_("No workspace is installed yet. Start “expedite-desk serve” once, then try again."))
    if len(found) > 1:
        known = ", ".join(f"{one.team_id} ({one.name})" for one in found)
        raise CommandRefused(
            _("Several workspaces are installed. Say which one by --team: {known}.").format(known=known)
        )
    return found[0]


def _reading(path: Path) -> Callable[[], str]:
    return lambda: path.read_text(encoding="utf-8")


def _file_work(work: Callable[[], T]) -> T:
    try:
        return work()
    except (OSError, UnicodeError) as refused:
        said = getattr(refused, "strerror", None) or _("it is not text in UTF-8")
        typer.echo(_("The file cannot be used: {problem}.").format(problem=said), err=True)
        raise typer.Exit(2) from None


def in_database(work: Callable[[Session, datetime], T]) -> T:
    """Run in one transaction; whatever is refused is a sentence for each place, and nothing is changed."""
    database = Database(Settings().database_url)
    try:
        return database.run_now(work, SystemClock().now())
    except FormRefused as refused:
        for path, sentence in refused.problems.items():
            typer.echo(f"{path}: {sentence}", err=True)
        raise typer.Exit(2) from None
    except ExpediteError as refused:
        typer.echo(refused.sentence, err=True)
        raise typer.Exit(2) from None
    except sa.exc.SQLAlchemyError:
        typer.echo(_("The database cannot be read. Check DATABASE_URL, and run “expedite-desk db upgrade”."), err=True)
        raise typer.Exit(2) from None
    finally:
        database.close()
