"""Processes are killed at random while Slack misbehaves: nothing that was acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = "6"
"""A short form; ``make chaos`` goes on for minutes."""


@pytest.mark.parametrize(("database", "workers"), [("sqlite", "1"), ("postgresql", "3")])
def test_what_people_were_told_is_shown_exactly_once(database: str, workers: str) -> None:
    ended = _chaos("--database", database, "--workers", workers, "--seconds", SECONDS)

    print(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "| lost 0 | doubled 0 | unsettled 0 |" in ended.stdout


def test_the_judge_sees_what_is_doubled() -> None:
    """A Slack that finds nothing of what it took makes every doubt a second message."""
    ended = _chaos("--dark", "--seconds", "6")

    assert ended.returncode == 1
    assert "| lost 0 |" in ended.stdout
    assert "| doubled 0 |" not in ended.stdout


def _chaos(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.chaos.run", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
