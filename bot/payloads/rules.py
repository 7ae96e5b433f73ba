"""Documented rules of Block Kit that the schema does not hold."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.payloads.problems import Problem, pointer
from bot.payloads.walk import blocks, elements, items, kind, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads.walk import Node, Path

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LARGEST_VIEW = 250_000
MOST_OPTIONS = 100
LONGEST_ALT_TEXT = 2000
LONGEST_IMAGE_URL = 3000
MARKDOWN_IN_ONE_MESSAGE = 12_000
WITH_OPTIONS = frozenset({"static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes"})


def block_count(payload: Node, surface: str) -> Iterator[Problem]:
    """Hold a message to 50 blocks and a view to 100."""
    found = payload.get("blocks")
    if isinstance(found, list) and len(found) > MOST_BLOCKS[surface]:
        yield Problem("/blocks", f"no more than {MOST_BLOCKS[surface]} blocks allowed in a {surface}, has {len(found)}")


def unique_ids(payload: Node) -> Iterator[Problem]:
    """No two blocks share a block_id; no two elements of one block share an action_id."""
    seen: set[str] = set()
    for path, block in blocks(payload):
        yield from _repeated(block, "block_id", seen, path)
        seen_here: set[str] = set()
        for where, element in elements(block, path):
            yield from _repeated(element, "action_id", seen_here, where)


def _repeated(node: Node, key: str, seen: set[str], path: Path) -> Iterator[Problem]:
    name = node.get(key)
    if not isinstance(name, str):
        return
    if name in seen:
        yield Problem(pointer((*path, key)), f"{key} {name!r} is used twice")
    seen.add(name)


def filled_blocks(payload: Node) -> Iterator[Problem]:
    """`actions` and `context` hold something; a section has text or fields."""
    for path, block in blocks(payload):
        if kind(block) in {"actions", "context"} and not block.get("elements"):
            yield Problem(pointer((*path, "elements")), f"{kind(block)} must have at least one element")
        if kind(block) == "section" and not block.get("text") and not block.get("fields"):
            yield Problem(pointer(path), "section must have text or fields")


def submit_with_input(view: Node) -> Iterator[Problem]:
    """Ask for a submit button where a modal asks for input."""
    if view.get("submit") is None and any(block.get("type") == "input" for _, block in blocks(view)):
        yield Problem("/submit", "missing required property 'submit': the view has an input block")


def everywhere(payload: Node) -> Iterator[Problem]:
    """Hold options, dates and images to their rules, wherever they stand."""
    for path, node in nodes(payload):
        found = kind(node)
        if found in WITH_OPTIONS:
            yield from _options(node, path)
        elif found == "image":
            yield from _image(node, path)
        if "initial_date" in node:
            yield from _date(node, path)


def _options(element: Node, path: Path) -> Iterator[Problem]:
    """One hundred options at most, one at least, and a start that is one of them."""
    groups = [group for _, group in items(element, "option_groups", path)]
    offered = [option for _, option in items(element, "options", path)]
    for group in groups:
        inside = [option for _, option in items(group, "options", path)]
        if len(inside) > MOST_OPTIONS:
            yield Problem(pointer((*path, "option_groups")), f"at most {MOST_OPTIONS} options in a group")
        offered += inside
    if not offered:
        yield Problem(pointer(path), f"{element['type']} must have options")
    if groups and element.get("options"):
        yield Problem(pointer(path), "options and option_groups exclude each other")
    yield from _initial_options(element, path, offered)


def _initial_options(element: Node, path: Path, offered: list[Node]) -> Iterator[Problem]:
    chosen = list(items(element, "initial_options", path))
    if isinstance(element.get("initial_option"), dict):
        chosen.append(((*path, "initial_option"), element["initial_option"]))
    for where, option in chosen:
        if option not in offered:
            yield Problem(pointer(where), "is none of the options offered")


def _date(element: Node, path: Path) -> Iterator[Problem]:
    """No initial date that the calendar does not know."""
    value = element["initial_date"]
    if isinstance(value, str) and not _exists(value):
        yield Problem(pointer((*path, "initial_date")), f"{value!r} is not a date")


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _image(image: Node, path: Path) -> Iterator[Problem]:
    """A description and an address within limits of their own."""
    for key, limit in (("alt_text", LONGEST_ALT_TEXT), ("image_url", LONGEST_IMAGE_URL)):
        if len(str(image.get(key) or "")) > limit:
            yield Problem(pointer((*path, key)), f"must be at most {limit} characters")


def only_once(message: Node) -> Iterator[Problem]:
    """Hold a message to one table, and its markdown blocks to one limit together."""
    found = list(blocks(message))
    for path, _ in [entry for entry in found if entry[1].get("type") == "table"][1:]:
        yield Problem(pointer(path), "only one table is allowed in a message")
    if sum(len(str(block.get("text") or "")) for _, block in found if block.get("type") == "markdown") > (
        MARKDOWN_IN_ONE_MESSAGE
    ):
        yield Problem("/blocks", f"markdown blocks hold more than {MARKDOWN_IN_ONE_MESSAGE} characters together")


def view_size(view: Any) -> Iterator[Problem]:
    """Hold a view to 250 kB on the wire."""
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > LARGEST_VIEW:
        yield Problem("", f"view is larger than {LARGEST_VIEW} bytes, has {size}")
