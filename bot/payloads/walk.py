"""Walking a payload: its blocks and elements, each with the path where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
Node = dict[str, Any]


def kind(node: Node) -> str:
    """Return an object's `type`; whatever is no text there is the schema's business."""
    found = node.get("type")
    return found if isinstance(found, str) else ""


def items(node: Any, key: str, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield the objects of the list `node[key]`; anything that is no object is the schema's business."""
    found = node.get(key) if isinstance(node, dict) else None
    if isinstance(found, list):
        for position, item in enumerate(found):
            if isinstance(item, dict):
                yield (*path, key, position), item


def blocks(payload: Any, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every block, also those inside containers and carousels."""
    for where, block in items(payload, "blocks", path):
        yield where, block
        yield from items(block, "child_blocks", where)
        if kind(block) == "carousel":
            yield from items(block, "elements", where)


def elements(block: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Yield the interactive elements and images that one block holds."""
    yield from items(block, "elements", path)
    yield from items(block, "actions", path)
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            yield (*path, key), block[key]


def nodes(node: Any) -> Iterator[tuple[Path, Node]]:
    """Yield every object of a payload, in no order that matters."""
    rest: list[tuple[Path, Any]] = [((), node)]
    while rest:
        path, found = rest.pop()
        if isinstance(found, dict):
            yield path, found
            rest += [((*path, key), value) for key, value in found.items() if isinstance(value, dict | list)]
        elif isinstance(found, list):
            rest += [((*path, position), value) for position, value in enumerate(found)]
