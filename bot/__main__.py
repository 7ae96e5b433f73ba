"""The command line: ``expedite-desk`` or ``python -m bot``."""

from __future__ import annotations

import asyncio
import gc
import json
from importlib import metadata
from typing import Annotated

import typer

from bot.config import Mode, Settings, SettingsRefused

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Expedite requests between Sales and Operations.")
db = typer.Typer(no_args_is_help=True, help="The database's schema.")
cli.add_typer(db, name="db")
settings = typer.Typer(no_args_is_help=True, help="All settings of a workspace as one file.")
cli.add_typer(settings, name="settings")

Team = Annotated[str, typer.Option(help="The workspace's id (T…), where the database holds several.")]


@cli.command()
def demo(port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8300) -> None:
    """Try everything without Slack: a local stand-in with a page, people to play and a clock to push."""
    from bot.demo import run_demo  # noqa: PLC0415 only the demo pays for the sandbox

    asyncio.run(run_demo(port=port))


@cli.command()
def serve() -> None:
    """Serve a real workspace, in Socket Mode or over HTTP, as the environment says."""
    gc.disable()  # nothing that is imported is garbage: looking for some takes a tenth of the start
    from bot import serve as serving  # noqa: PLC0415 the other commands start without Bolt

    gc.freeze()
    gc.enable()

    with _sentences():
        asyncio.run(serving.serve(_settings()))


@cli.command()
def manifest(
    mode: Annotated[Mode, typer.Option(help="How Slack reaches the app.")] = Mode.SOCKET,
    url: Annotated[str, typer.Option(help="Public address of an HTTP installation.")] = "https://expedite.example.com",
) -> None:
    """Print the app manifest to paste at Slack."""
    from bot.manifest import manifest as make  # noqa: PLC0415 quick start of every other command

    typer.echo(json.dumps(make(mode, url=url), indent=2))


@cli.command()
def doctor(
    retry: Annotated[
        bool, typer.Option("--retry", help="Send again what Slack refused, once the cause is mended.")
    ] = False,
) -> None:
    """Say what could not be delivered, and what to do about it."""
    from bot.clock import SystemClock  # noqa: PLC0415 quick start of every other command
    from bot.database import Database  # noqa: PLC0415 the same
    from bot.services import doctor as checks  # noqa: PLC0415 the same

    database = Database(_settings().database_url)
    findings = database.run_now(checks.findings)
    for sentence in findings:
        typer.echo(f"- {sentence}")
    if retry:
        again = database.run_now(checks.retry, at=SystemClock().now())
        typer.echo(f"{again} message(s) will be sent again by the running app.")
    database.close()
    if not findings:
        typer.echo("Everything that was to be delivered is delivered.")
    raise typer.Exit(1 if findings and not retry else 0)


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(metadata.version("expedite-desk"))


@db.command()
def upgrade() -> None:
    """Bring the schema up to date; safe to run from several places at once."""
    from bot import migrating  # noqa: PLC0415 Alembic is only needed here

    migrating.upgrade(_settings().database_url)
    typer.echo("The database is up to date.")


@db.command()
def current() -> None:
    """Say which revision the database has."""
    from bot import migrating  # noqa: PLC0415 Alembic is only needed here

    typer.echo(migrating.current(_settings().database_url) or "The database is empty.")


@settings.command("export")
def export_settings(
    file: Annotated[str, typer.Argument(help="Where to write them; “-” is the screen.")] = "-", team: Team = ""
) -> None:
    """Write the settings that hold now as YAML."""
    from bot import settings_command  # noqa: PLC0415 quick start of every other command

    settings_command.export_to(file, team)


@settings.command("import")
def import_settings(
    file: Annotated[str, typer.Argument(help="The file to read; “-” is the standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    team: Team = "",
) -> None:
    """Make the settings what a file says, and say what that changes."""
    from bot import settings_command  # noqa: PLC0415 quick start of every other command

    settings_command.import_from(file, team, dry_run=dry_run)


def _settings() -> Settings:
    return Settings()


class _sentences:  # noqa: N801 reads as a phrase: with _sentences()
    """Ends the command with a sentence instead of a traceback when the settings are refused."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, SettingsRefused):
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None


def main() -> None:
    """Entry point of the console script."""
    cli()


if __name__ == "__main__":
    main()
