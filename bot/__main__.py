"""The command line: ``expedite-desk`` or ``python -m bot``."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from importlib import metadata
from pathlib import Path  # noqa: TC003 typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.config import Mode, Settings, SettingsRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading import Line

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Expedite requests between Sales and Operations.")
db = typer.Typer(no_args_is_help=True, help="The database's schema.")
cli.add_typer(db, name="db")
orders = typer.Typer(no_args_is_help=True, help="The order book that helps to fill in the form.")
cli.add_typer(orders, name="orders")
read = typer.Typer(
    no_args_is_help=True,
    help="What the app makes of texts of your own: read messages|replies < FILE.jsonl, one JSON object a line.",
)
cli.add_typer(read, name="read")
settings = typer.Typer(no_args_is_help=True, help="All settings of a workspace as one file.")
cli.add_typer(settings, name="settings")

Team = Annotated[str, typer.Option(help="The workspace's id (T…), where the database holds several.")]


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8300,
    history: Annotated[bool, typer.Option("--history", help="Play weeks of a company's life first.")] = False,
    seed: Annotated[int, typer.Option(help="Which history; the same seed plays the same one.")] = 1,
) -> None:
    """Try everything without Slack: a local stand-in with a page, people to play and a clock to push."""
    from bot.demo import run_demo  # noqa: PLC0415 only the demo pays for the sandbox

    asyncio.run(run_demo(port=port, history_seed=seed if history else None))


@cli.command()
def year(
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How many weeks.")] = 52,
    seed: Annotated[int, typer.Option(help="Which story; the same seed plays the same one.")] = 1,
) -> None:
    """Let an invented company live a year in the sandbox, and say what ran when: each exactly once, or exit code 1."""
    from bot.year import run_year  # noqa: PLC0415 only this pays for the sandbox

    if run_year(weeks=weeks, seed=seed):
        raise typer.Exit(1)


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


@orders.command("import")
def import_orders(
    file: Annotated[Path, typer.Argument(help="A CSV file whose first line names the columns; - reads the input.")],
    team: Annotated[str, typer.Option(help="The workspace's team id, where there is more than one.")] = "",
) -> None:
    """Make the order book what a file says, and name each line that could not be read."""
    from bot import ordering  # noqa: PLC0415 quick start of every other command

    with _sentences():
        for sentence in ordering.import_orders(_settings(), file, team):
            typer.echo(sentence)


@read.command("messages")
def read_messages() -> None:
    """Read messages as they stand in a channel, from standard input; prints a JSON line for each.

    A line has "text", "now" (when it was posted, such as 2026-03-10T09:20:00-05:00), and may have an "id".

    Printed are the "id" (or the line's number), whether it is an "expedite" ask, the "score" from 0 to 1, the
    "reasons", and the "fields" an ask states: quantity, unit, item, order, line, customer, needed_date, promised_date,
    partial_ok, demanding. Lines that cannot be read are named on standard error, and the exit code is then 1.
    """
    from bot import reading  # noqa: PLC0415 quick start of every other command

    _read_through(reading.message_read)


@read.command("replies")
def read_replies() -> None:
    """Read what Ops answer in a thread, from standard input; prints a JSON line for each.

    A line has "text", "now" (when it was written, such as 2026-03-10T09:20:00-05:00), and may have an "id" and the
    "request" it answers: "quantity", "unit", "item", "needed_date" (such as 2026-03-20).

    Printed are the "id" (or the line's number), the "meaning" (acknowledge, commit, counter, decline, need_info,
    chatter), the "offer" with "quantity" and "ship_date" of each part, and "answer_by", when an answer is promised;
    null where nothing is said. Lines that cannot be read are named on standard error, and the exit code is then 1.
    """
    from bot import reading  # noqa: PLC0415 quick start of every other command

    _read_through(reading.reply_read)


def _read_through(read_one: Callable[[Line], dict[str, Any]]) -> None:
    from bot import reading  # noqa: PLC0415 quick start of every other command

    def show(line: str) -> None:
        sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "backslashreplace"))

    try:
        all_read = reading.read_lines(
            sys.stdin.buffer, read_one, show=show, complain=lambda sentence: typer.echo(sentence, err=True)
        )
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever listened has heard enough ("| head"); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    raise typer.Exit(0 if all_read else 1)


@cli.command("export")
def export_rows(
    what: Annotated[str, typer.Argument(help="requests, intervals, commitments or digests.")],
    first: Annotated[str, typer.Option("--from", help="First day, such as 2026-11-01; without one, last week's.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, such as 2026-11-30; it is included.")] = "",
    file: Annotated[str, typer.Option(help="Where to write it; “-” is the screen.")] = "-",
    team: Team = "",
) -> None:
    """Write the rows behind the figures as CSV; the README tells of the columns."""
    from bot import export_command  # noqa: PLC0415 quick start of every other command

    with _sentences():
        said = export_command.export(_settings(), what, first, last, file, team)
        if said:
            typer.echo(said)


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


@cli.command()
def summit(
    month: Annotated[str, typer.Option(help="Which one, like 2026-11; without it the one that was posted last.")] = "",
    form: Annotated[str, typer.Option("--format", help="md, or html: any browser prints it to PDF.")] = "md",
    team: Team = "",
) -> None:
    """Print the page of a monthly summit."""
    from bot import summit_command  # noqa: PLC0415 quick start of every other command

    summit_command.print_page(month, form, team)


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
