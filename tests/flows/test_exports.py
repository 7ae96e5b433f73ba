"""Exports: what is in the files, who may take what away, and that the README tells of every column."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import bot.__main__ as command_line
from bot.services.export_columns import columns_of
from bot.services.exports import export_file, export_text, may_export
from models import Digest, TurnInterval
from models.commitment import Outcome
from models.errors import NotYours
from models.lifecycle import Status
from models.scorecards import Filters, Period
from models.scorecards.export import Export
from models.service_level import ClockKind, Holder
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MINUTE, NOON, ZONE, Workspace
from tests.rows import a_commitment, a_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database import Database

WEEK = Period.week_of(NOON.date(), ZONE)
README = Path(__file__).resolve().parents[2] / "README.md"


def _rows(database: Database, workspace: Workspace, kind: Export, filters: Filters | None = None) -> list[dict]:
    text = database.run_now(export_text, workspace.tenant_id, kind, WEEK, filters or Filters(), NOON + 7 * DAY)
    return list(csv.DictReader(io.StringIO(text)))


def test_files_hold_the_rows_behind_the_figures(database: Database, workspace: Workspace) -> None:
    database.run_now(_a_week, workspace)

    kept, open_one = _rows(database, workspace, Export.REQUESTS)
    turns = _rows(database, workspace, Export.INTERVALS)
    (lot,) = _rows(database, workspace, Export.COMMITMENTS)
    (digest,) = _rows(database, workspace, Export.DIGESTS)

    assert (kept["customer"], kept["asked_at"], kept["otif"]) == ("'=Acme", "2026-11-24T12:00:00+00:00", "yes")
    assert (kept["waited_secs"], kept["within_target"], kept["desk_secs"]) == ("600", "yes", "900")
    assert (kept["requester"], kept["owner"], kept["ending"]) == ("Mara Lindqvist", "Jonas Keller", "kept")
    assert (open_one["within_target"], open_one["otif"], open_one["closed_at"]) == ("no", "", "")
    assert [(one["holder"], one["ends_at"], one["working_secs"]) for one in turns] == [
        ("desk", "2026-11-24T13:00:00+00:00", "900"),
        ("desk", "", ""),
    ]
    assert (lot["quantity"], lot["actual_ship_date"], lot["made_by"]) == ("100", "2026-11-27", "Jonas Keller")
    assert (digest["week_of"], digest["figures"]) == ("2026-11-23", '{"requests": 2}')
    assert len(_rows(database, workspace, Export.INTERVALS, Filters(customer="contoso"))) == 1


def test_everybody_takes_away_what_they_may_see(workspace: Workspace) -> None:
    assert may_export(workspace.helena, Export.DIGESTS).is_empty
    assert may_export(workspace.jonas, Export.REQUESTS).desks == {workspace.desk_id}
    assert may_export(workspace.mara, Export.COMMITMENTS).requester == workspace.mara.slack_id
    for actor in (workspace.jonas, workspace.mara):
        with pytest.raises(NotYours, match="leaders"):
            may_export(actor, Export.DIGESTS)


def test_the_command_writes_a_file_or_the_screen(
    database: Database, database_url: str, workspace: Workspace, tmp_path: Path
) -> None:
    database.run_now(_a_week, workspace)
    days, file = ["--from", "2026-11-23", "--to", "2026-11-29"], tmp_path / "rows.csv"

    shown = _command(database_url, "requests", *days)
    said = _command(database_url, "commitments", *days, "--file", str(file))
    refused = [_command(database_url, *words) for words in (["lines"], ["requests", "--from", "soon"])]

    assert shown.stdout.splitlines()[0].startswith("request,desk,customer")
    assert len(shown.stdout.splitlines()) == 3
    assert str(file) in said.stdout
    assert file.read_text(encoding="utf-8-sig").count("\n") == 2
    assert [(one.exit_code, "none of" in one.stderr or "no day" in one.stderr) for one in refused] == [(2, True)] * 2


def test_a_file_is_named_after_its_days(database: Database, workspace: Workspace) -> None:
    file = database.run_now(export_file, workspace.tenant_id, Export.DIGESTS, WEEK, Filters(), NOON)

    assert file.name == "expedite-digests-2026-11-23-2026-11-29.csv"


def test_the_readme_tells_of_every_column() -> None:
    text = README.read_text(encoding="utf-8")
    for kind in Export:
        part = text.partition(f"\n**{kind.value}**\n")[2].partition("\n\n**")[0].partition("\n## ")[0]
        written = re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.MULTILINE)

        assert written == [(column.name, column.meaning) for column in columns_of(kind)]


def _command(url: str, *words: str):
    return CliRunner().invoke(command_line.cli, ["export", *words], env={"DATABASE_URL": url})


def _a_week(session: Session, workspace: Workspace) -> None:
    kept = a_request(
        session,
        workspace,
        customer="=Acme",
        owner=JONAS,
        first_responded_at=NOON + 10 * MINUTE,
        status=Status.FULFILLED,
        closed_at=NOON + 3 * DAY,
    )
    a_commitment(session, kept, outcome=Outcome.IN_FULL, actual_quantity=Decimal(100), actual_ship_date=FRIDAY)
    waiting = a_request(session, workspace, customer="Contoso", asked_at=NOON + DAY)
    for request, ended in ((kept, {"ends_at": NOON + HOUR, "working_secs": 900}), (waiting, {})):
        session.add(
            TurnInterval(
                tenant_id=request.tenant_id,
                request_id=request.id,
                desk_id=request.desk_id,
                holder=Holder.DESK,
                kind=ClockKind.FIRST_RESPONSE,
                calendar_id=request.calendar_id,
                starts_at=request.asked_at,
                **ended,
            )
        )
    week = date(2026, 11, 23)
    session.add(Digest(tenant_id=workspace.tenant_id, week_of=week, made_at=NOON, figures={"requests": 2}))
