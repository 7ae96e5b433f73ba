"""Words people see: one door to gettext for every layer.

Sentences are looked up when they are shown, never at import, so that one process can speak several languages.
English is the source language; another language is a compiled catalogue named ``expedite_desk`` in a folder of
translations handed to :func:`speak`.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOMAIN = "expedite_desk"

_current: ContextVar[gettext.NullTranslations | None] = ContextVar("translations", default=None)
_spoken: list[gettext.NullTranslations] = []
"""The process's own language: a context variable would not reach the threads in which cards are drawn."""


def _(message: str) -> str:
    """Translate one sentence into the language in force."""
    translations = _in_force()
    return message if translations is None else translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a sentence that counts something; ``n`` chooses the form."""
    translations = _in_force()
    if translations is None:
        return singular if n == 1 else plural
    return translations.ngettext(singular, plural, n)


@contextmanager
def speaking(translations: gettext.NullTranslations) -> Iterator[None]:
    """Use these translations inside the block, for this task only."""
    token = _current.set(translations)
    try:
        yield
    finally:
        _current.reset(token)


def speak(language: str, folder: Path) -> None:
    """Set the process's language; one that has no catalogue falls back to English."""
    _spoken[:] = [gettext.translation(DOMAIN, folder, [language], fallback=True)]


def _in_force() -> gettext.NullTranslations | None:
    return _current.get() or next(iter(_spoken), None)
