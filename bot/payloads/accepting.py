"""A schema made into a plain function that says yes or no, ten times faster than naming every mistake.

Nearly every payload is fine; only one that is refused here is worth the search for its mistakes. A keyword that is
not known here refuses the schema itself, so that a newer schema cannot be half checked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.payloads.unions import Union

if TYPE_CHECKING:
    from collections.abc import Callable

    Accepts = Callable[[Any], bool]

Schema = dict[str, Any]
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "number": (int, float),
}
OBJECTS = frozenset({"properties", "required", "additionalProperties"})
ARRAYS = frozenset({"items", "minItems", "maxItems"})
TEXTS = frozenset({"minLength", "maxLength", "pattern"})
VALUES = frozenset({"const", "enum"})
IMPLYING = {"object": OBJECTS, "array": ARRAYS, "string": TEXTS | VALUES}
"""Keywords whose check sees to the type by itself where the schema names it: every call that is saved counts."""
KNOWN = OBJECTS | ARRAYS | TEXTS | VALUES | {"type", "allOf", "anyOf"}


class UnknownKeyword(Exception):
    """The schema says something that cannot be checked here."""


def accepts(schema: Schema) -> Accepts:
    """Return the function for a schema without references. Raises UnknownKeyword."""
    unknown = schema.keys() - KNOWN
    if unknown:
        raise UnknownKeyword(f"{', '.join(sorted(unknown))} cannot be checked")
    found = [(keywords, make) for keywords, make in _MAKERS if keywords & schema.keys()]
    is_implied = any(keywords <= IMPLYING.get(schema.get("type", ""), frozenset()) for keywords, _ in found)
    return _every([make(schema) for _, make in found if not (is_implied and make is _of_type)])


def _every(parts: list[Accepts]) -> Accepts:
    if not parts:
        return lambda _found: True
    first, rest = parts[0], parts[1:]
    if not rest:
        return first
    others = _every(rest)
    return lambda found: first(found) and others(found)


def _of_type(schema: Schema) -> Accepts:
    kind = TYPES[schema["type"]]
    if schema["type"] == "number":  # to Python, truth is a number
        return lambda found: isinstance(found, kind) and not isinstance(found, bool)
    return lambda found: isinstance(found, kind)


def _object(schema: Schema) -> Accepts:
    known = {key: accepts(value) for key, value in schema.get("properties", {}).items()}
    required = frozenset(schema.get("required", ()))
    others, is_free = schema.get("additionalProperties", {}), schema.get("type") != "object"
    if others not in ({}, False):
        raise UnknownKeyword("additionalProperties with a schema of their own cannot be checked")

    def fits(found: Any) -> bool:
        if not isinstance(found, dict):
            return is_free
        if not required <= found.keys() or (others is False and not found.keys() <= known.keys()):
            return False
        for key, value in found.items():  # noqa: SIM110 `all` with a generator takes twice as long
            if key in known and not known[key](value):
                return False
        return True

    return fits


def _array(schema: Schema) -> Accepts:
    fewest, most = schema.get("minItems", 0), schema.get("maxItems", float("inf"))
    each, is_free = accepts(schema.get("items", {})), schema.get("type") != "array"
    return lambda found: fewest <= len(found) <= most and all(map(each, found)) if isinstance(found, list) else is_free


def _text(schema: Schema) -> Accepts:
    fewest, most, is_free = (
        schema.get("minLength", 0),
        schema.get("maxLength", float("inf")),
        schema.get("type") != "string",
    )
    if "pattern" not in schema:
        return lambda found: fewest <= len(found) <= most if isinstance(found, str) else is_free
    fits = re.compile(schema["pattern"]).search
    return lambda found: fewest <= len(found) <= most and fits(found) is not None if isinstance(found, str) else is_free


def _value(schema: Schema) -> Accepts:
    allowed = frozenset([schema["const"]] if "const" in schema else schema["enum"])
    if all(isinstance(value, str) for value in allowed):
        return lambda found: isinstance(found, str) and found in allowed
    if any(type(value) not in {int, float} for value in allowed):  # 1 and true are equal to Python, not to a schema
        raise UnknownKeyword("only texts or numbers can be held to a list")
    return lambda found: type(found) in {int, float} and found in allowed


def _all(schema: Schema) -> Accepts:
    return _every([accepts(each) for each in schema["allOf"]])


def _any(schema: Schema) -> Accepts:
    """One of the branches that `type` names; they are made when the first payload asks, few are ever needed."""
    branches = Union(schema["anyOf"])

    @lru_cache
    def made(tag: str | None) -> list[Accepts]:
        return [accepts(branch) for branch in branches.tagged(tag)]

    def fits(found: Any) -> bool:
        for branch in made(branches.tag_of(found)):  # noqa: SIM110 the same
            if branch(found):
                return True
        return False

    return fits


_MAKERS: tuple[tuple[frozenset[str], Callable[[Schema], Accepts]], ...] = (
    (frozenset({"type"}), _of_type),
    (OBJECTS, _object),
    (ARRAYS, _array),
    (TEXTS, _text),
    (VALUES, _value),
    (frozenset({"allOf"}), _all),
    (frozenset({"anyOf"}), _any),
)
