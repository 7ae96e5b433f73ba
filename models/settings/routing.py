"""Which desk a request goes to by itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from models.settings.document import Routing

T = TypeVar("T")


def takes(routing: Routing, *, item: str, customer: str) -> bool:
    """Whether the rule names this item or this customer; capitals and space around the words do not matter."""
    return _matches(routing.items, item) or _matches(routing.customers, customer)


def first_named(rules: Iterable[tuple[T, Mapping[str, Any]]], *, item: str, customer: str) -> T | None:
    """Whoever comes first in the admins' order and has a rule that names the item or the customer.

    ``rules`` are as desks keep them: patterns, and ``order``.
    """
    for whose, kept in sorted(rules, key=lambda rule: rule[1].get("order", 0)):
        rule = Routing(tuple(kept.get("items", ())), tuple(kept.get("customers", ())))
        if takes(rule, item=item, customer=customer):
            return whose
    return None


def _matches(patterns: Iterable[str], text: str) -> bool:
    said = " ".join(text.split())
    return bool(said) and any(_compiled(pattern).fullmatch(said) for pattern in patterns)


@lru_cache(maxsize=1_024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern knows two signs only: item numbers are full of brackets and dots that mean themselves."""
    signs = {"*": ".*", "?": "."}
    spelled = "".join(signs.get(sign) or re.escape(sign) for sign in " ".join(pattern.split()))
    return re.compile(spelled, re.IGNORECASE)
