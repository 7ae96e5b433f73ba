"""What Slack has published about its answers (data/slack_answers.json), and whether an answer agrees with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Shape = Any
PUBLISHED = json.loads((Path(__file__).parent / "data" / "slack_answers.json").read_text(encoding="utf-8"))
SHAPES: dict[str, Shape] = PUBLISHED["shapes"]
METHODS: dict[str, dict[str, Shape]] = PUBLISHED["methods"]
KINDS: dict[str, type] = {"text": str, "number": int, "flag": bool, "list": list, "object": dict}


def disagreements(method: str, answer: dict[str, Any]) -> list[str]:
    """Name every place where an answer of this method is not as Slack's would be."""
    shape = SHAPES["done"] | METHODS[method] if answer.get("ok") else SHAPES["refused"]
    return list(_compare(shape, answer, method))


def _compare(shape: Shape, found: Any, where: str) -> Iterator[str]:
    if isinstance(shape, dict):
        yield from _object(shape, found, where)
    elif isinstance(shape, list):
        yield from _each(shape[0], found, where)
    elif "|" in shape:
        told = [list(_compare(each.strip(), found, where)) for each in shape.split("|")]
        yield from min(told, key=len)
    elif not (found is None and shape.endswith("?")):
        yield from _single(shape.removesuffix("?"), found, where)


def _object(shape: dict[str, Shape], found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where} is {found!r}, Slack sends an object"
        return
    known = {key.removesuffix("!"): part for key, part in shape.items()}
    for key in shape:
        if key.endswith("!") and key[:-1] not in found:
            yield f"{where}.{key[:-1]} is missing"
    for key, value in found.items():
        if key in known or "*" in known:
            yield from _compare(known.get(key, known.get("*")), value, f"{where}.{key}")
        else:
            yield f"{where}.{key} is no key that Slack sends"


def _each(shape: Shape, found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, list):
        yield f"{where} is {found!r}, Slack sends a list"
        return
    for position, item in enumerate(found):
        yield from _compare(shape, item, f"{where}.{position}")


def _single(shape: str, found: Any, where: str) -> Iterator[str]:
    if shape.startswith("@"):
        yield from _compare(SHAPES[shape[1:]], found, where)
    elif type(found) is not KINDS[shape]:
        yield f"{where} is {found!r}, Slack sends a {shape}"
