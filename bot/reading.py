"""What the reader makes of a file of texts, line by line: for admins to try on text of their own.

A line is a JSON object: ``text``, ``now`` (when it was written, with the writer's offset from UTC) and, if wanted, an
``id`` that is given back. A reply may have the ``request`` it answers: ``quantity``, ``unit``, ``item``,
``needed_date``. Lines are read and answered one at a time, so that a file of any length can be piped through.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.reader import read_message
from bot.reader.replies import read_reply
from bot.reader.replies_pieces import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.reader.replies_offer import OfferPart

FIELDS = (
    *("quantity", "unit", "item", "order", "line", "customer", "needed_date", "promised_date"),
    *("partial_ok", "demanding"),
)
_YEARS = range(1970, 2101)
_LARGEST = Decimal(10) ** 12
_MOST_SHOWN = 60


class LineRefused(ValueError):
    """A line that is no text to read; says in a sentence what is wrong with it."""


@dataclass(frozen=True)
class Line:
    """A line of the file: its text, when it was written, and the request it answers."""

    text: str
    now: datetime
    asked: Asked


def read_lines(
    lines: Iterable[bytes],
    read: Callable[[Line], dict[str, Any]],
    *,
    show: Callable[[str], None],
    complain: Callable[[str], None],
) -> bool:
    """Show what is read in every line, complain of those that cannot be read, and return whether there were none."""
    all_read = True
    for number, written in enumerate(lines, start=1):
        if not written.strip():
            continue
        try:
            row = _row(written)
            found = read(_line(row))
        except LineRefused as refused:
            complain(f"Line {number} was not read: {refused}")
            all_read = False
        else:
            show(json.dumps({"id": row.get("id", number)} | found, ensure_ascii=False))
    return all_read


def message_read(line: Line) -> dict[str, Any]:
    """Read a message of a channel; ``fields`` holds only what an ask states."""
    found = read_message(line.text, now=line.now)
    told = {name: _plain(getattr(found.fields, name)) for name in FIELDS} if found.expedite else {}
    return {
        "expedite": found.expedite,
        "score": found.score,
        "reasons": [reason.value for reason in found.reasons],
        "fields": {name: value for name, value in told.items() if value is not None},
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else value


def reply_read(line: Line) -> dict[str, Any]:
    """Read a reply; ``offer`` and ``answer_by`` are null where none is said."""
    found = read_reply(line.text, now=line.now, asked=line.asked)
    return {
        "meaning": found.meaning.value,
        "offer": [_part(part) for part in found.offer] or None,
        "answer_by": found.answer_by.isoformat() if found.answer_by else None,
    }


def _part(part: OfferPart) -> dict[str, Any]:
    said = {"quantity": None if part.quantity is None else _number(part.quantity)}
    said["ship_date"] = part.ship_date.isoformat() if part.ship_date else None
    return {name: value for name, value in said.items() if value is not None}


def _number(amount: Decimal) -> Any:
    return int(amount) if amount == int(amount) else float(amount)


def _row(written: bytes) -> dict[str, Any]:
    try:
        row = json.loads(written.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineRefused("it is not written in UTF-8. Save the file as UTF-8.") from None
    except (ValueError, RecursionError):
        raise LineRefused('it is no JSON. Write an object a line, such as {"text": "…", "now": "…"}.') from None
    if not isinstance(row, dict):
        raise LineRefused('it is no JSON object. Write {"text": "…", "now": "…"}.')
    return row


def _line(row: dict[str, Any]) -> Line:
    text = row.get("text")
    if not isinstance(text, str):
        raise LineRefused("it has no “text”, or one that is no text in quotes.")
    request = row.get("request") or {}
    if not isinstance(request, dict):
        raise LineRefused('its “request” is no object. Write {"quantity": 40, "needed_date": "2026-03-20"}.')
    return Line(text, _moment(row.get("now")), _asked(request))


def _moment(written: object) -> datetime:
    try:
        now = datetime.fromisoformat(str(written))
        if now.utcoffset() is not None and now.year in _YEARS:
            return now
    except ValueError:
        pass
    raise LineRefused(f"“now” is {_shown(written)}. Write a moment with its offset, such as 2026-03-10T09:20:00-05:00.")


def _asked(request: dict[str, Any]) -> Asked:
    unit, item = (str(request[name]) if request.get(name) else None for name in ("unit", "item"))
    return Asked(_quantity(request.get("quantity")), unit, item, _day(request.get("needed_date")))


def _quantity(written: object) -> Decimal | None:
    if written is None:
        return None
    if isinstance(written, int | float) and not isinstance(written, bool) and 0 < written < _LARGEST:
        return Decimal(str(written))
    raise LineRefused(f"the request's “quantity” is {_shown(written)}. Write a number above zero.")


def _day(written: object) -> date | None:
    if written is None:
        return None
    try:
        day = date.fromisoformat(str(written))
        if day.year in _YEARS:
            return day
    except ValueError:
        pass
    raise LineRefused(f"the request's “needed_date” is {_shown(written)}. Write a day such as 2026-03-20.")


def _shown(written: object) -> str:
    if written is None:
        return "missing"
    shown = str(written)
    return f"“{shown[:_MOST_SHOWN]}…”" if len(shown) > _MOST_SHOWN else f"“{shown}”"
