"""A summit as a calendar's file (iCalendar, RFC 5545): one event in UTC, which every calendar shows in its own zone."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from bot.blocks.phrases import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1); what is longer goes on in the next one after a space."""


def invitation(
    *, uid: str, starts_at: datetime, ends_at: datetime, made_at: datetime, title: str, agenda: Sequence[str]
) -> bytes:
    """The file's bytes. The same summit keeps its ``uid``: taken in twice, it is one event."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Expedite Desk//Summit//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{text(uid)}",
        f"DTSTAMP:{instant(made_at)}",
        f"DTSTART:{instant(starts_at)}",
        f"DTEND:{instant(ends_at)}",
        f"SUMMARY:{text(one_line(title))}",
        f"DESCRIPTION:{text(chr(10).join(one_line(line) for line in agenda))}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def text(value: str) -> str:
    """A text value (RFC 5545, 3.3.11): backslash, semicolon and comma escaped, a line break as an escaped n.

    Other control characters are not allowed in one and are left out.
    """
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return "".join(character for character in value if character >= " " and character != "\x7f")


def instant(at: datetime) -> str:
    """An instant in UTC (RFC 5545, 3.3.5)."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def folded(line: str) -> Iterable[bytes]:
    """A line in pieces of 75 octets at most, never cut inside a character."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
