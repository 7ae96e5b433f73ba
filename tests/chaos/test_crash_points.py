"""Wherever the process ends, after a restart every request, card, warning and digest exists exactly once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.scenarios import SCENARIOS

ROOT = Path(__file__).parents[2]
MOST = {"sqlite": 12, "postgresql": 8}
"""A spread over each story, its first and last point among them; ``make chaos`` tries every point."""
LONG_STORIES = {"digest"}
"""Stories of many messages: each run takes twice as long, so half as many are tried."""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_ending_anywhere_loses_nothing_and_doubles_nothing(scenario: str, database: str) -> None:
    most = MOST[database] // (2 if scenario in LONG_STORIES else 1)
    ended = _crash_points(scenario, "--database", database, "--most", str(most))

    print(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "0 wrong" in ended.stdout


def test_the_judge_sees_a_doubled_message() -> None:
    """Where nobody can look into Slack, posting again after a crash shows a message twice; the judge must say so."""
    ended = _crash_points("dark")

    assert ended.returncode == 1
    assert "doubled=('1:card:1',)" in ended.stdout


def _crash_points(*args: str) -> subprocess.CompletedProcess[str]:
    """In an interpreter of its own: forking is safe only from a process without threads."""
    command = [sys.executable, "-m", "tests.chaos.crash_points", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
