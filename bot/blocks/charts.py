"""Native charts (``data_visualization``), each followed by its twin: a line of text with the same numbers.

Slack takes two of them in a message, titles of at most 50 and labels of at most 20 characters, and may refuse the block
where a workspace does not have it yet; then the twins stay.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.blocks.elements import context
from bot.blocks.phrases import cut, escape
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ports import Block, Message

CHART = "data_visualization"
LONGEST_TITLE, LONGEST_LABEL = 50, 20
MOST_SEGMENTS = 6


def line_chart(title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> list[Block]:
    """Return lines over the same categories, and what they say: “*Title* (asked / in target): W47 23 / 19 · …”."""
    drawn = [
        {
            "name": cut(name, LONGEST_LABEL),
            "data": [{"label": one, "value": value} for one, value in zip(categories, values, strict=True)],
        }
        for name, values in series.items()
    ]
    chart = {"type": "line", "series": drawn, "axis_config": {"categories": list(categories)}}
    points = zip(categories, *series.values(), strict=True)
    said = [_("{label} {values}").format(label=label, values=" / ".join(map(str, values))) for label, *values in points]
    head = _("*{title}* ({series})").format(title=escape(title), series=escape(" / ".join(series)))
    return [_block(title, chart), context(f"{head}: {' · '.join(said)}")]


def pie_chart(title: str, parts: Mapping[str, int]) -> list[Block]:
    """Return a circle of the largest parts, and what it says; nothing where there is nothing to share out.

    Parts beyond the sixth are one: the chart and its twin show the same segments.
    """
    shown = _largest({name: value for name, value in parts.items() if value > 0})
    if not shown:
        return []
    segments = [{"label": cut(name, LONGEST_LABEL), "value": value} for name, value in shown.items()]
    said = [_("{label} {values}").format(label=escape(name), values=value) for name, value in shown.items()]
    head = _("*{title}*").format(title=escape(title))
    return [_block(title, {"type": "pie", "segments": segments}), context(f"{head}: {' · '.join(said)}")]


def without_charts(message: Message) -> Message:
    """Return the message with its charts left out; their twins stay."""
    return replace(message, blocks=[block for block in message.blocks if block["type"] != CHART])


def _largest(parts: Mapping[str, int]) -> dict[str, int]:
    ordered = sorted(parts.items(), key=lambda one: (-one[1], one[0]))
    if len(ordered) <= MOST_SEGMENTS:
        return dict(ordered)
    kept, rest = ordered[: MOST_SEGMENTS - 1], ordered[MOST_SEGMENTS - 1 :]
    return {**dict(kept), _("all others"): sum(value for _name, value in rest)}


def _block(title: str, chart: Block) -> Block:
    return {"type": CHART, "title": cut(title, LONGEST_TITLE), "chart": chart}
