"""The replies that the reader is measured on, and learns from: labelled lines and our own, as they are written down."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.reader.replies_pieces import Asked

DATA = Path(__file__).with_name("data")
LETTERS = {"A": "acknowledge", "C": "commit", "O": "counter", "D": "decline", "N": "need_info", "X": "chatter"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_HEAD = re.compile(
    r"## (?P<count>\d+) (?P<unit>\w+) (?P<item>.+) by (?P<due_day>\w+) (?P<due>\S+)"
    r" \| (?P<now_day>\w+) (?P<day>\S+) (?P<clock>\S+) (?P<offset>\S+)"
)
_LINE = re.compile(
    r"(?P<letter>[ACODNX])(?P<plus>\+?) (?P<text>.+?)(?: => (?P<offer>[^=@]*(?:@[\d-]+[^@=]*)*))?(?: @@ (?P<due>.+))?"
)


@dataclass(frozen=True)
class Labelled:
    """A reply and what it means, in the words of the labelled lines; ``offer`` is None where none is stated."""

    text: str
    now: datetime
    request: dict[str, Any]
    meaning: str
    offer: list[dict[str, Any]] | None
    answer_by: str | None

    @property
    def asked(self) -> Asked:
        count, day = self.request.get("quantity"), self.request.get("needed_date")
        return Asked(
            None if count is None else Decimal(str(count)),
            self.request.get("unit"),
            self.request.get("item"),
            date.fromisoformat(day) if day else None,
        )


def labelled(name: str) -> list[Labelled]:
    """The replies of a file with one JSON object a line."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [_labelled(json.loads(line)) for line in lines]


def written(name: str) -> list[Labelled]:
    """The replies of a file of our own; a weekday that does not fit its date is a slip and raises."""
    found, request, now = [], {}, datetime.min  # noqa: DTZ901 replaced by the first head
    for line in (DATA / name).read_text("utf-8").splitlines():
        if head := _HEAD.fullmatch(line):
            request, now = _request(head), _now(head)
        elif line and not line.startswith("# "):
            found.append(_written(line, request, now))
    return found


def _labelled(row: dict[str, Any]) -> Labelled:
    now = datetime.fromisoformat(row["now"])
    return Labelled(row["text"], now, row["request"], row["meaning"], row.get("offer"), row.get("answer_by"))


def _request(head: re.Match[str]) -> dict[str, Any]:
    _fitting(head["due"], head["due_day"])
    return {"quantity": int(head["count"]), "unit": head["unit"], "item": head["item"], "needed_date": head["due"]}


def _now(head: re.Match[str]) -> datetime:
    _fitting(head["day"], head["now_day"])
    return datetime.fromisoformat(f"{head['day']}T{head['clock']}:00{head['offset']}")


def _fitting(day: str, weekday: str) -> None:
    if DAYS[date.fromisoformat(day).weekday()] != weekday:
        raise ValueError(f"{day} is no {weekday}.")


def _written(line: str, request: dict[str, Any], now: datetime) -> Labelled:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"No reply as described in the file: {line}")
    offer = [_part(part, now) for part in found["offer"].split(", ")] if found["offer"] else None
    due = _moment(found["due"], now) if found["due"] else None
    return Labelled(found["text"].strip(), now, request, LETTERS[found["letter"]], offer, due)


def _part(written: str, now: datetime) -> dict[str, Any]:
    count, _at, day = written.strip().partition("@")
    part: dict[str, Any] = {"quantity": int(count)} if count else {}
    return part | ({"ship_date": _next(day, now).isoformat()} if day else {})


def _moment(written: str, now: datetime) -> str:
    day, clock = written.split()
    return datetime.combine(_next(day, now), time.fromisoformat(clock), now.tzinfo).isoformat()


def _next(day: str, now: datetime) -> date:
    """A month and a day: the next such day; up to two months back it is this year's."""
    found = date.fromisoformat(f"{now.year}-{day}")
    return found if (now.date() - found).days < 60 else found.replace(year=now.year + 1)
