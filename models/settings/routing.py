"""Which desk a request goes to by itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from models.settings.document import Routing


def takes(routing: Routing, *, item: str, customer: str) -> bool:
    """Whether the rule names this item or this customer; capitals and space around the words do not matter."""
    return _matches(routing.items, item) or _matches(routing.customers, customer)


def _matches(patterns: Iterable[str], text: str) -> bool:
    said = " ".join(text.split())
    return bool(said) and any(_compiled(pattern).fullmatch(said) for pattern in patterns)


@lru_cache(maxsize=1_024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern knows two signs only: item numbers are full of brackets and dots that mean themselves."""
    signs = {"*": ".*", "?": "."}
    spelled = "".join(signs.get(sign) or re.escape(sign) for sign in " ".join(pattern.split()))
    return re.compile(spelled, re.IGNORECASE)
