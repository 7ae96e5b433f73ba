"""Web addresses that belong to a request: files and messages, as people paste them. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINKS = 5
LONGEST = 500
_LINK = re.compile(r"https?://[^\s<>|\"\\^`{}\x00-\x1f]{1,490}", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether this is a web address that can be shown as a link: http or https, with a host, and nothing around it."""
    if not _LINK.fullmatch(text) or len(text) > LONGEST:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.username is None


def shown_link(link: str) -> str:
    """A link's name: what it points to and where, so that it cannot pretend to be another."""
    parts = urlsplit(link)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return f"{last} ({parts.hostname})" if last else str(parts.hostname)


def links_in(typed: str) -> tuple[str, ...]:
    """The addresses that somebody typed, set apart by blanks or lines. Raises :class:`ValueError` with a sentence."""
    words = list(dict.fromkeys(word.strip("<>,;") for word in typed.split() if word.strip("<>,;")))
    wrong = next((word for word in words if not is_link(word)), None)
    if wrong is not None:
        raise ValueError(_("“{text}” is not a web address that starts with https://.").format(text=wrong[:80]))
    if len(words) > MOST_LINKS:
        raise ValueError(_("These are {n} links; at most {most} fit.").format(n=len(words), most=MOST_LINKS))
    return tuple(words)


def known_links(texts: Iterable[str]) -> list[str]:
    """Those of these texts that are links, each once, as many as fit."""
    return [text for text in dict.fromkeys(texts) if is_link(text)][:MOST_LINKS]
