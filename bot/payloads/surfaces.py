"""Which blocks a surface refuses although they are well formed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.payloads.problems import Problem, pointer
from bot.payloads.walk import blocks, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads.walk import Node

_ONLY_MESSAGES = frozenset(
    {"container", "table", "data_table", "data_visualization", "markdown", "context_actions", "plan", "task_card"}
)
REFUSED = {
    "message": frozenset({"alert"}),
    "modal": _ONLY_MESSAGES | {"carousel"},
    "home": _ONLY_MESSAGES | {"alert"},
}


def surface_problems(payload: Node, surface: str) -> Iterator[Problem]:
    """Yield the blocks that do not work on `surface` (message, modal, home)."""
    for path, block in blocks(payload):
        if kind(block) in REFUSED[surface]:
            yield Problem(pointer(path), f"{block['type']} blocks are not allowed in a {surface}")
