"""The native chart block `data_visualization`, which no schema describes yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from bot.payloads.problems import Problem, pointer
from bot.payloads.walk import blocks, items, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads.walk import Node, Path

CHART = "data_visualization"
MOST_CHARTS = 2
LONGEST_TITLE = 50
LONGEST_LABEL = 20
LONGEST_AXIS_LABEL = 50
MOST_SERIES = 6
MOST_CATEGORIES = 20
LONGEST_BLOCK_ID = 255
WITH_AXES = frozenset({"bar", "line", "area"})
KEYS = frozenset({"type", "block_id", "title", "chart"})


def without_charts(payload: Node) -> Node:
    """Return the payload with a divider in each chart's place, so that positions stay and the schema can judge."""
    found = payload.get("blocks")
    if not isinstance(found, list) or not any(isinstance(b, dict) and b.get("type") == CHART for b in found):
        return payload
    calm = [{"type": "divider"} if isinstance(b, dict) and b.get("type") == CHART else b for b in found]
    return {**payload, "blocks": calm}


def chart_problems(payload: Node) -> Iterator[Problem]:
    """Yield what is wrong with the charts of a message."""
    charts = [(path, block) for path, block in blocks(payload) if block.get("type") == CHART]
    for path, _ in charts[MOST_CHARTS:]:
        yield Problem(pointer(path), f"at most {MOST_CHARTS} {CHART} blocks in a message")
    for path, block in charts:
        yield from _frame(block, path)


def _frame(block: Node, path: Path) -> Iterator[Problem]:
    for key in sorted(block.keys() - KEYS):
        yield Problem(pointer((*path, key)), f"unknown property {key!r}")
    yield from _label(block, "title", LONGEST_TITLE, path)
    if "block_id" in block:
        yield from _label(block, "block_id", LONGEST_BLOCK_ID, path)
    chart, where = block.get("chart"), (*path, "chart")
    if isinstance(chart, dict) and kind(chart) == "pie":
        yield from _pie(chart, where)
    elif isinstance(chart, dict) and kind(chart) in WITH_AXES:
        yield from _axes(chart, where)
    else:
        yield Problem(pointer(where), "chart must be of type pie, bar, line or area")


def _pie(chart: Node, path: Path) -> Iterator[Problem]:
    segments = list(items(chart, "segments", path))
    yield from _count(len(segments), "segments", MOST_SERIES, path)
    for where, segment in segments:
        yield from _label(segment, "label", LONGEST_LABEL, where)
        value = segment.get("value")
        if not _is_number(value) or value <= 0:
            yield Problem(pointer((*where, "value")), "pie values must be above 0")


def _axes(chart: Node, path: Path) -> Iterator[Problem]:
    axis = chart.get("axis_config")
    where = (*path, "axis_config")
    if not isinstance(axis, dict):
        yield Problem(pointer(where), "missing required property 'axis_config'")
        return
    for key in ("x_label", "y_label"):
        if key in axis:
            yield from _label(axis, key, LONGEST_AXIS_LABEL, where)
    categories = axis.get("categories") if isinstance(axis.get("categories"), list) else []
    yield from _categories(categories or [], (*where, "categories"))
    yield from _all_series(chart, path, categories or [])


def _categories(categories: list[Any], path: Path) -> Iterator[Problem]:
    yield from _count(len(categories), "categories", MOST_CATEGORIES, path[:-1])
    if len(set(map(str, categories))) != len(categories):
        yield Problem(pointer(path), "categories must differ")
    for position, name in enumerate(categories):
        yield from _label({"category": name}, "category", LONGEST_LABEL, (*path, position), at=(*path, position))


def _all_series(chart: Node, path: Path, categories: list[Any]) -> Iterator[Problem]:
    series = list(items(chart, "series", path))
    yield from _count(len(series), "series", MOST_SERIES, path)
    if len({str(one.get("name")) for _, one in series}) != len(series):
        yield Problem(pointer((*path, "series")), "series names must differ")
    for where, one in series:
        yield from _label(one, "name", LONGEST_LABEL, where)
        points = [point for _, point in items(one, "data", where)]
        if sorted(str(p.get("label")) for p in points) != sorted(map(str, categories)):
            yield Problem(pointer((*where, "data")), "every series must have one value for each category")
        if not all(_is_number(p.get("value")) for p in points):
            yield Problem(pointer((*where, "data")), "every value must be a number")


def _count(found: int, key: str, most: int, path: Path) -> Iterator[Problem]:
    if not 1 <= found <= most:
        yield Problem(pointer((*path, key)), f"must have 1 to {most} {key}, has {found}")


def _label(node: Node, key: str, longest: int, path: Path, at: Path | None = None) -> Iterator[Problem]:
    text = node.get(key)
    if not isinstance(text, str) or not 1 <= len(text) <= longest:
        yield Problem(pointer(at or (*path, key)), f"{key} must be a text of 1 to {longest} characters")


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
