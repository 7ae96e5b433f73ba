from __future__ import annotations

import ast
from pathlib import Path

OURS = ("bot", "handlers", "models", "migrations")
ALLOWED = ("bot.sandbox", "bot.payloads")
SANDBOX = Path(__file__).parents[2] / "bot" / "sandbox"


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_sandbox_knows_nothing_of_the_app_but_the_payload_checks():
    """What stands in for Slack must not share the app's idea of Slack."""
    names = {name for path in SANDBOX.rglob("*.py") for name in imported(path) if name.split(".")[0] in OURS}
    assert [name for name in names if not name.startswith(ALLOWED)] == []
