"""The schemas, compiled once: a quick yes for most payloads, and for the others a pointer to the real culprit."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator, ValidationError, validators

from bot.payloads.accepting import accepts
from bot.payloads.problems import Problem, pointer
from bot.payloads.unions import Union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads.accepting import Accepts

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


_unions: dict[int, Union] = {}  # by the identity of the list in the schema, which lives as long as the process


def _union(schemas: list[Schema]) -> Union:
    if id(schemas) not in _unions:
        _unions[id(schemas)] = Union(schemas)
    return _unions[id(schemas)]


def _any_of(validator: Any, schemas: list[Schema], instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Descend into the branch that `type` names; among several of one type into the one that fits best."""
    branches = _union(schemas)
    candidates = branches.tagged(branches.tag_of(instance))
    if not candidates:
        found = instance.get("type") if isinstance(instance, dict) else instance
        yield ValidationError(f"unsupported type {found!r}, expected one of: {branches.knows}")
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
def block_kit(name: str) -> Schema:
    """Return the Block Kit definition `name` with every reference replaced."""
    definitions = json.loads((FOLDER / "block_kit.schema.json").read_text(encoding="utf-8"))["definitions"]
    inlined: Schema = _inlined(definitions[name], definitions)
    return inlined


@cache
def _accepted(name: str) -> Accepts:
    return accepts(block_kit(name))


@cache
def _validator(name: str) -> Any:
    return _Validator(block_kit(name))


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
    if not is_accepted(name, payload):
        yield from mistakes(name, payload)


def is_accepted(name: str, payload: Any) -> bool:
    """Say whether the definition takes the payload: the same answer as an empty search, without the search."""
    return _accepted(name)(payload)


def mistakes(name: str, payload: Any) -> Iterator[Problem]:
    """Search for every mistake and its place."""
    for error in _validator(name).iter_errors(payload):
        yield Problem(pointer(error.absolute_path), _sentence(error))


def manifest_problems(manifest: Any) -> Iterator[Problem]:
    """Yield what Slack's schema of app manifests refuses."""
    for error in _manifest().iter_errors(manifest):
        yield Problem(pointer(error.absolute_path), _sentence(error))
