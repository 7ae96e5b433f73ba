"""Holds readings of messages against their labels: of asks precision and recall, of fields right, wrong, missing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.reader import read_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reader import MessageReading
    from bot.reader.weights import Layers

DATA = Path(__file__).with_name("data")
FIELDS = (
    "quantity", "unit", "item", "order", "customer", "needed_date", "promised_date", "partial_ok", "demanding",
)  # fmt: skip
Row = dict[str, Any]


def rows_of(*files: str) -> list[Row]:
    return [json.loads(line) for name in files for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def reading_of(row: Row, layers: Layers | None = None) -> MessageReading:
    return read_message(row["text"], now=datetime.fromisoformat(row["now"]), layers=layers)


@dataclass
class Figures:
    """Counts of messages by what they are and were taken for, and of fields of the asks that were seen."""

    true: int = 0
    false: int = 0
    missed: int = 0
    silent: int = 0
    fields: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FIELDS})
    mistakes: list[tuple[float, Row]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.true / ((self.true + self.false) or 1)

    @property
    def recall(self) -> float:
        return self.true / ((self.true + self.missed) or 1)

    def share(self, what: str) -> float:
        """The share of stated fields, over all fields, that were read right, wrong or not; "invented" of the same."""
        stated = sum(count[name] for count in self.fields.values() for name in ("right", "wrong", "missing"))
        return sum(count[what] for count in self.fields.values()) / (stated or 1)


def figures(pairs: Iterable[tuple[Row, MessageReading]]) -> Figures:
    """Count; fields are counted of the asks that were noticed, for of others nothing is read."""
    found = Figures()
    for row, reading in pairs:
        if row["expedite"] != reading.expedite:
            found.mistakes.append((reading.score, row))
        if row["expedite"] and reading.expedite:
            found.true += 1
            if row["fields"] is not None:
                _count_fields(found, row, reading)
        elif row["expedite"]:
            found.missed += 1
        elif reading.expedite:
            found.false += 1
        else:
            found.silent += 1
    return found


def _count_fields(found: Figures, row: Row, reading: MessageReading) -> None:
    for name in FIELDS:
        wanted, read = row["fields"].get(name), plain(getattr(reading.fields, name))
        if wanted is None:
            found.fields[name]["invented"] += read is not None
        elif read is None:
            found.fields[name]["missing"] += 1
        else:
            found.fields[name]["right" if read == wanted else "wrong"] += 1


def plain(value: object) -> object:
    """A value as the labels write it."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def shown(name: str, found: Figures) -> str:
    """The figures as lines to print."""
    asks = found.true + found.missed
    lines = [
        f"{name}: {asks} asks, {found.false + found.silent} others; "
        f"precision {found.precision:.3f}, recall {found.recall:.3f}"
    ]
    lines += [
        f"  {one:<14} right {count['right']:>3}  wrong {count['wrong']:>2}  missing {count['missing']:>2}  "
        f"not stated {count['invented']:>2}"
        for one, count in found.fields.items()
    ]
    shares = ", ".join(f"{what} {found.share(what):.1%}" for what in ("right", "wrong", "missing"))
    return "\n".join([*lines, f"  of stated fields: {shares}"])
