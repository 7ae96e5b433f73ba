"""Unions are decided by `type`: only the branch that a payload names is worth comparing it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Schema = dict[str, Any]


def _branches(schemas: Iterable[Schema]) -> Iterator[Schema]:
    for schema in schemas:
        if "anyOf" in schema:
            yield from _branches(schema["anyOf"])
        else:
            yield schema


def _tag(schema: Schema) -> str | None:
    """Return what `type` must be in this branch; options have none and are told apart by their text."""
    properties = schema.get("properties", {})
    constant = properties.get("type", {}).get("const")
    if constant is None and "text" in properties:
        parts = properties["text"].get("allOf", [properties["text"]])
        constant = parts[0].get("properties", {}).get("type", {}).get("const")
        return None if constant is None else f"text:{constant}"
    return constant if isinstance(constant, str) else None


class Union:
    """The branches of one `anyOf`, by tag."""

    def __init__(self, schemas: list[Schema]) -> None:
        self.all = list(_branches(schemas))
        self.by_tag: dict[str, list[Schema]] = {}
        for schema in self.all:
            tag = _tag(schema)
            if tag is not None:
                self.by_tag.setdefault(tag, []).append(schema)

    @staticmethod
    def tag_of(instance: Any) -> str | None:
        """Return the tag that a payload carries; what is no object has none and may be any of the branches."""
        if not isinstance(instance, dict):
            return None
        tag = instance.get("type")
        if tag is None and isinstance(instance.get("text"), dict):
            tag = f"text:{instance['text'].get('type')}"
        return str(tag)

    def tagged(self, tag: str | None) -> list[Schema]:
        """Return the branches that a payload with this tag may be."""
        return self.all if tag is None else self.by_tag.get(tag, [])

    @property
    def knows(self) -> str:
        """Return the tags, for a sentence."""
        return ", ".join(sorted(tag.removeprefix("text:") for tag in self.by_tag))
