"""The schemas, compiled once: unions are decided by `type`, so that a pointer names the real culprit."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator, ValidationError, validators

from bot.payloads.problems import Problem, pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Schema = dict[str, Any]
FOLDER = Path(__file__).parent


def _inlined(node: Any, definitions: Schema, open_refs: tuple[str, ...] = ()) -> Any:
    """Return the node with every reference replaced by what it names: looking references up is half of the cost."""
    if isinstance(node, list):
        return [_inlined(item, definitions, open_refs) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in open_refs:
            return {}  # a definition inside itself: one level is enough for payloads of this app
        return _inlined(definitions[name], definitions, (*open_refs, name))
    return {key: _inlined(value, definitions, open_refs) for key, value in node.items()}


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


class _Union:
    """The branches of one `anyOf`, by tag."""

    def __init__(self, schemas: list[Schema]) -> None:
        self.all = list(_branches(schemas))
        self.by_tag: dict[str, list[Schema]] = {}
        for schema in self.all:
            tag = _tag(schema)
            if tag is not None:
                self.by_tag.setdefault(tag, []).append(schema)

    def candidates(self, instance: Any) -> list[Schema]:
        if not isinstance(instance, dict):
            return self.all
        tag = instance.get("type")
        if tag is None and isinstance(instance.get("text"), dict):
            tag = f"text:{instance['text'].get('type')}"
        return self.by_tag.get(str(tag), [])

    @property
    def knows(self) -> str:
        return ", ".join(sorted(tag.removeprefix("text:") for tag in self.by_tag))


_unions: dict[int, _Union] = {}  # by the identity of the list in the schema, which lives as long as the process


def _union(schemas: list[Schema]) -> _Union:
    if id(schemas) not in _unions:
        _unions[id(schemas)] = _Union(schemas)
    return _unions[id(schemas)]


def _any_of(validator: Any, schemas: list[Schema], instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Descend into the branch that `type` names; among several of one type into the one that fits best."""
    union = _union(schemas)
    candidates = union.candidates(instance)
    if not candidates:
        found = instance.get("type") if isinstance(instance, dict) else instance
        yield ValidationError(f"unsupported type {found!r}, expected one of: {union.knows}")
        return
    best: list[ValidationError] | None = None
    for branch in candidates:
        errors = list(validator.descend(instance, branch))
        if not errors:
            return
        best = errors if best is None or len(errors) < len(best) else best
    yield from best or []


_Validator = validators.extend(Draft7Validator, {"anyOf": _any_of})  # type: ignore[no-untyped-call]


@cache
def _block_kit(name: str) -> Any:
    definitions = json.loads((FOLDER / "block_kit.schema.json").read_text(encoding="utf-8"))["definitions"]
    return _Validator(_inlined(definitions[name], definitions))


@cache
def _manifest() -> Draft7Validator:
    return Draft7Validator(json.loads((FOLDER / "app_manifest.schema.json").read_text(encoding="utf-8")))


def _sentence(error: ValidationError) -> str:
    limit = error.validator_value
    shaped = {
        "maxLength": f"must be at most {limit} characters",
        "minLength": f"must be at least {limit} characters",
        "maxItems": f"must have at most {limit} items",
        "minItems": f"must have at least {limit} items",
        "type": f"must be of type {limit}",
        "pattern": f"does not match the pattern {limit}",
    }
    if error.validator == "maxLength" and isinstance(error.instance, str):
        return f"{shaped['maxLength']}, has {len(error.instance)}"
    return str(shaped.get(str(error.validator), error.message))


def schema_problems(name: str, payload: Any) -> Iterator[Problem]:
    """Yield what the Block Kit definition `name` (Message, ModalView, HomeView) refuses."""
    for error in _block_kit(name).iter_errors(payload):
        yield Problem(pointer(error.absolute_path), _sentence(error))


def manifest_problems(manifest: Any) -> Iterator[Problem]:
    """Yield what Slack's schema of app manifests refuses."""
    for error in _manifest().iter_errors(manifest):
        yield Problem(pointer(error.absolute_path), _sentence(error))
