"""Spans of working time as people write them: “1 h 30 min”. Pure."""

from __future__ import annotations

import re

from models.i18n import _

_UNITS = {"h": 3600, "min": 60, "s": 1}
_SPELLED = {
    "h": "h hr hrs hour hours",
    "min": "m min mins minute minutes",
    "s": "s sec secs second seconds",
}
_UNIT_OF = {word: unit for unit, words in _SPELLED.items() for word in words.split()}
_PIECE = re.compile(r"\s*(\d{1,6})\s*([a-z]+)", re.IGNORECASE)
_MINUTES = re.compile(r"\d{1,6}")


def parse_duration(text: str) -> int:
    """Return the seconds of a span like “1 h 30 min”; a bare number counts minutes.

    Raise ValueError with a sentence.
    """
    typed = text.strip()
    if _MINUTES.fullmatch(typed):
        return int(typed) * 60
    pieces = _PIECE.findall(typed)
    units = [_UNIT_OF.get(unit.lower(), "") for _number, unit in pieces]
    is_whole = bool(pieces) and "" not in units and not _PIECE.sub("", typed).strip()
    if not is_whole or units != [unit for unit in _UNITS if unit in units]:
        raise ValueError(_("“{text}” is not a span of time. Write it like “1 h 30 min”.").format(text=typed))
    return sum(int(number) * _UNITS[unit] for (number, _unit), unit in zip(pieces, units, strict=True))


def spell_duration(seconds: int) -> str:
    """Write a span so that :func:`parse_duration` reads it back."""
    parts = []
    for unit, size in _UNITS.items():
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts) or "0 min"
