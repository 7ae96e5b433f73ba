"""Text as people type it, in the form in which Slack stores it: escaped, with mentions as ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.world import World

TOKEN = re.compile(r"(<(?:[@#!][^<>\s]+|https?://[^<>\s]+)>)")
BROADCAST = re.compile(r"@(here|channel|everyone)\b")
ADDRESS = re.compile(r"(?<![<|])\bhttps?://[^\s<>]+")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stored(world: World, text: str, *, with_names: bool = False) -> str:
    """Return the stored form; `with_names` adds names to mentions, as in slash commands."""
    parts = TOKEN.split(text)
    return "".join(part if TOKEN.fullmatch(part) else _plain(world, part, with_names=with_names) for part in parts)


def _plain(world: World, text: str, *, with_names: bool) -> str:
    text = ADDRESS.sub(lambda found: f"<{found.group()}>", escaped(text))
    if not with_names:
        text = BROADCAST.sub(r"<!\1>", text)
    for name, token in _mentions(world, with_names=with_names):
        text = re.sub(rf"(?<![\w<]){re.escape(name)}(?![\w-])", token, text, flags=re.IGNORECASE)
    return text


def _mentions(world: World, *, with_names: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for person in world.people.values():
        token = f"<@{person.id}|{person.name}>" if with_names else f"<@{person.id}>"
        first_name = person.real_name.split()[0]
        found += [(f"@{name}", token) for name in (person.real_name, person.name, first_name)]
    for channel in world.channels.values():
        if not channel.is_im:
            token = f"<#{channel.id}|{channel.name}>" if with_names else f"<#{channel.id}>"
            found.append((f"#{channel.name}", token))
    return sorted(found, key=lambda pair: -len(pair[0]))
