"""All settings as one file: out of a real database and back into it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import settings as tried
from typer.testing import CliRunner

import bot.__main__ as command_line
from bot.adapters import settings_file
from bot.database import Database
from bot.services import settings
from models import SettingChange
from models.errors import ExpediteError
from models.settings import WorkspaceSettings, from_plain, to_plain
from tests.builders import Workspace, furnish
from tests.documents import documents

MOVED = "Plant 3 desk, working hours: week Mon-Fri 07:00-17:00 → week Mon-Fri 06:00-14:00"
ROOT = Path(__file__).resolve().parents[2]


def run(url: str, *words: str, typed: str | None = None) -> Result:
    """The command in this process: starting one costs a second."""
    return CliRunner().invoke(command_line.cli, ["settings", *words], input=typed, env={"DATABASE_URL": url})


def in_a_process(url: str, *words: str) -> str:
    command = [sys.executable, "-m", "bot", "settings", *words]
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONUTF8": "1"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    assert ended.stderr == ""
    return ended.stdout


@tried(max_examples=25, deadline=None)
@given(documents())
def test_any_document_survives_its_file(document: WorkspaceSettings) -> None:
    assert document == from_plain(settings_file.load(settings_file.dump(to_plain(document))))


def test_a_file_goes_out_and_comes_back_between_processes(sqlite_url: str, tmp_path: Path) -> None:
    database, file = Database(sqlite_url), tmp_path / "settings.yaml"
    database.run_now(furnish)
    assert in_a_process(sqlite_url, "export", str(file)) == f"The settings are written to {file}.\n"

    file.write_text(file.read_text(encoding="utf-8").replace("07:00-17:00", "06:00-14:00"), encoding="utf-8")
    told, saved = in_a_process(sqlite_url, "import", str(file)).splitlines()
    assert (told, saved[:6]) == (MOVED, "Saved.")
    assert run(sqlite_url, "export").stdout == file.read_text(encoding="utf-8")
    (change,) = database.run_now(lambda session: session.query(SettingChange).all())
    assert (change.by, change.part) == (None, "desks/Plant 3 desk/hours")
    database.close()


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    database: Database, database_url: str, workspace: Workspace
) -> None:
    exported = run(database_url, "export").stdout
    unchanged = run(database_url, "import", "-", typed=exported)
    assert (unchanged.exit_code, unchanged.stdout) == (0, "Nothing changes: the settings say this already.\n")

    wanted = exported.replace("07:00-17:00", "06:00-14:00")
    tried_out = run(database_url, "import", "--dry-run", "-", typed=wanted)
    assert tried_out.stdout.splitlines() == [MOVED, "Nothing was changed: this was a dry run."]
    assert run(database_url, "export").stdout == exported
    assert run(database_url, "import", "-", typed=wanted).stdout.splitlines()[0] == MOVED
    assert run(database_url, "export").stdout == wanted


def test_every_mistake_of_a_file_is_a_line_with_its_path(
    database: Database, database_url: str, workspace: Workspace
) -> None:
    exported = run(database_url, "export").stdout
    wrong = exported.replace("Mon-Fri 07:00-17:00", "Mon-Fri 17:00-09:00").replace("hot_cap: 8", "hot_cap: many")

    refused = run(database_url, "import", "-", typed=wrong)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == ("desks/Plant 3 desk/hot_cap: “many” is not a whole number. Write digits only.\n")
    mended = run(database_url, "import", "-", typed=wrong.replace("hot_cap: many", "hot_cap: 8"))
    assert mended.stderr.startswith("desks/Plant 3 desk/hours/week: 17:00-09:00 on Mon ends before it starts.")
    assert database.run_now(settings.version_of, workspace.tenant_id) == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "Line 1"),
        ("desks:\n  Plant 3:\n  Plant 3:\n", "Line 3: “Plant 3” stands here twice."),
        ("- a\n- b", "settings: Named values belong here"),
        ("a: &x\n  b: *x\n", "Line 1"),
        ("? [1]\n: 2\n", "Line 1: a name is missing"),
        ("!!python/object/apply:os.system [ls]", "Named values belong here"),
        ("", "settings: Named values belong here"),
    ],
)
def test_a_file_that_is_not_understood_is_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ExpediteError) as refused:
        from_plain(settings_file.load(text))

    problems = getattr(refused.value, "problems", {"": refused.value.sentence})
    assert sentence in "\n".join(f"{path}: {said}" for path, said in problems.items())


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    """NO is a country, 12:30 a time; YAML's own reading is false and 750."""
    assert settings_file.load("holidays: NO\nat: 12:30\nwhen: 2026-12-25") == {
        "holidays": "NO",
        "at": "12:30",
        "when": "2026-12-25",
    }


def test_without_a_workspace_or_a_database_the_command_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    nobody = run(database_url, "export")
    assert (nobody.exit_code, nobody.stderr) == (
        2,
        "No workspace is installed yet. Start “expedite-desk serve” once, then try again.\n",
    )
    nothing = run(f"sqlite:///{tmp_path / 'empty.db'}", "export")
    assert (nothing.exit_code, "expedite-desk db upgrade" in nothing.stderr) == (2, True)
    no_file = run(database_url, "import", str(tmp_path / "none.yaml"))
    assert (no_file.exit_code, no_file.stderr) == (2, "The file cannot be used: No such file or directory.\n")
