"""Reading plain words one at a time: each that cannot be read leaves its sentence at its path, and a stand-in. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from models.i18n import _
from models.settings.durations import parse_duration

T = TypeVar("T")
Words = TypeVar("Words", bound=StrEnum)

_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no", ""})
NOTHING = frozenset({"", "null", "~"})
"""How a settings file says that there is none."""


class Reader:
    """A place in the settings: ``path`` is how people find it, ``problems`` are shared by all places."""

    def __init__(self, value: Any, path: str = "", problems: dict[str, str] | None = None) -> None:
        self.value = value
        self.path = path
        self.problems: dict[str, str] = {} if problems is None else problems

    def at(self, key: object) -> Reader:
        """The place below this one; what is not there reads as nothing."""
        inside = self.value.get(key) if isinstance(self.value, Mapping) else None
        return Reader(inside, f"{self.path}/{key}".lstrip("/"), self.problems)

    def complain(self, sentence: str) -> None:
        """Say what is wrong here; the first sentence about a place stays."""
        self.problems.setdefault(self.path, sentence)

    @property
    def is_nothing(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and self.value.strip().lower() in NOTHING)

    def text(self) -> str:
        """One line of text; nothing is empty text."""
        if self.value is None:
            return ""
        if isinstance(self.value, (Mapping, list, tuple)):
            self.complain(_("Write one value here, not a list."))
            return ""
        return " ".join(str(self.value).split())

    def id(self) -> str:
        """A Slack id, or nothing."""
        return "" if self.is_nothing else self.text()

    def parsed(self, parse: Callable[[str], T], instead: T) -> T:
        """What ``parse`` makes of the text; its ValueError becomes the sentence."""
        try:
            return parse(self.text())
        except ValueError as refused:
            self.complain(str(refused))
            return instead

    def duration(self, usual: int) -> int:
        return usual if self.is_nothing else self.parsed(parse_duration, usual)

    def whole(self, usual: int) -> int:
        return usual if self.is_nothing else self.parsed(_whole, usual)

    def flag(self) -> bool:
        word = "" if self.is_nothing else self.text().lower()
        if word not in _TRUE | _FALSE:
            self.complain(_("Write true or false."))
        return word in _TRUE

    def word(self, kind: type[Words], usual: Words) -> Words:
        return usual if self.is_nothing else self.parsed(lambda text: _one_of(kind, text), usual)

    def items(self) -> list[Reader]:
        """The entries of a list, each at its number, the first being 1."""
        if self.is_nothing:
            return []
        if not isinstance(self.value, (list, tuple)):
            self.complain(_("Write a list here: one entry a line, each after a dash."))
            return []
        return [Reader(value, f"{self.path}/{n}", self.problems) for n, value in enumerate(self.value, 1)]

    def texts(self) -> tuple[str, ...]:
        """A list of lines of text, without empty ones; said twice is a mistake."""
        found: list[str] = []
        for entry in self.items():
            text = entry.text()
            if text in found:
                self.complain(_("“{text}” is listed twice. Keep it once.").format(text=text))
            elif text:
                found.append(text)
        return tuple(found)

    def mapping(self, known: Iterable[str] | None = None) -> bool:
        """Whether this is a set of named values; names that nobody reads are complained about."""
        if not isinstance(self.value, Mapping):
            self.complain(_("Named values belong here, each like “name: value”."))
            return False
        for key in self.value if known is not None else ():
            if key not in (names := list(known or ())):
                self.at(key).complain(_unknown(str(key), names))
        return True


def _unknown(key: str, names: list[str]) -> str:
    close = get_close_matches(key, names, n=1)
    if close:
        return _("“{name}” is not a setting. Did you mean “{close}”?").format(name=key, close=close[0])
    return _("“{name}” is not a setting here. Known are: {names}.").format(name=key, names=", ".join(names))


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:  # noqa: PLR2004 more digits than any setting has
        raise ValueError(_("“{text}” is not a whole number. Write digits only.").format(text=text))
    return int(text)


def _one_of(kind: type[Words], text: str) -> Words:
    try:
        return kind(text.lower())
    except ValueError:
        words = ", ".join(member.value for member in kind)
        raise ValueError(_("“{text}” is not one of: {words}.").format(text=text, words=words)) from None
