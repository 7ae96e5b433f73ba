"""Lists as CSV that a spreadsheet may open: RFC 4180, and no cell of it is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.ports import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets begin to calculate at: OWASP, “CSV injection”."""
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The heads and the rows as text, a line each.

    Nothing is the empty cell; days are ISO 8601, instants with their offset; yes and no are words of the caller's.
    A cell that would begin a formula gets an apostrophe before it, numbers do not.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def csv_file(
    name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, comment: str = ""
) -> File:
    """The same as a file. It begins with a byte order mark: without it spreadsheets read umlauts as Latin-1."""
    return File(name, title, csv_text(columns, rows).encode("utf-8-sig"), comment)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if _is_risky(text) else text


def _is_risky(text: str) -> bool:
    begins = text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA)
    return begins and _NUMBER.fullmatch(text) is None
