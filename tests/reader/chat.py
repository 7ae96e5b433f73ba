"""Lines of ordinary workplace chat, where the reader has to be silent: written ones and ones made from patterns."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

from tests.reader.scoring_messages import DATA, Row

NOW = datetime(2025, 6, 3, 9, 15, tzinfo=UTC).isoformat()
_SLOT = re.compile(r"\{(\w+)\}")


def written_lines() -> list[str]:
    return [line for line in (DATA / "chat.txt").read_text(encoding="utf-8").splitlines() if line]


def made_lines(name: str, count: int, seed: int = 7) -> list[str]:
    """Fill the patterns of a file; a slot ``{day}`` is one of the words on the line that begins with "day:"."""
    patterns: list[str] = []
    words: dict[str, list[str]] = {}
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        slot, colon, rest = line.partition("::")
        if colon:
            words[slot] = [word.strip() for word in rest.split("|")]
        elif line:
            patterns.append(line)
    pick = random.Random(seed)
    return [fill(pick.choice(patterns), words, pick) for _ in range(count)]


def fill(pattern: str, words: dict[str, list[str]], pick: random.Random) -> str:
    for _ in range(3):
        pattern = _SLOT.sub(lambda slot: pick.choice(words[slot[1]]), pattern)
    return pattern


def as_row(line: str) -> Row:
    return {"id": "", "text": line, "expedite": False, "kind": "chat", "now": NOW, "fields": {}}
