"""Whatever people type: it neither pings anybody nor breaks a message, on any surface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawings import OURS, Drawing, everything
from tests.pictures import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = (
    *("<!channel>", "<!here|x>", "<@U1>", "<#C1|x>", "<http://x|y>", "<!date^0^{time}|x>", "@channel"),
    *(
        "&",
        "&amp;",
        "<",
        ">",
        "*",
        "_",
        "`",
        "~",
        "```",
        "\n",
        "\r\n",
        "\u2028",
        " ",
        "\t",
        "{name}",
        "{",
        "}",
        "%s",
        "%",
    ),
    *(":smile:", "⟦", "⟧", "ÄÖ", "漢字", "🙂", "\u202e", "BRK-2040", "word", "x" * 90, "\u200b"),
)
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
names = pieces.map(lambda text: text[:120].strip() or "Acme")
WORST = (
    Words(name="&" * 120, unit="<" * 24, text="&" * 1500, desk=">" * 80),
    Words(name="<!channel>" * 12, unit="<@U1>", text="<!channel> \n" * 120, desk="<!here>"),
    Words(name="<!channel>000", unit="Acme", text="", desk="Acme"),
    Words(name="x" * 120, unit="y" * 24, text="z" * 1500, desk="d" * 80),
    Words(name="a b " * 30, unit="p c", text="\n" * 1499 + "x", desk="the desk"),
    Words(name="🙂" * 120, unit="🙂" * 24, text="🙂 " * 750, desk="🙂" * 80),
)


def texts_in(node: Any) -> Iterator[dict[str, Any]]:
    """Every text object of a payload."""
    if isinstance(node, dict):
        if node.get("type") in {"mrkdwn", "plain_text"}:
            yield node
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_in(value)


def pings_in(drawing: Drawing) -> list[str]:
    said = [text["text"] for text in texts_in(drawing.blocks) if text["type"] == "mrkdwn"]
    said.append(drawing.payload.get("text", ""))
    return [text for text in said if "<" in OURS.sub("", text)]


def assert_harmless(words: Words) -> None:
    for drawing in everything(words):
        assert drawing.problems == [], drawing.name
        assert pings_in(drawing) == [], drawing.name
        assert len(drawing.payload.get("text", "")) <= 3_900, drawing.name


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names, unit=names.map(lambda text: text[:24]), text=pieces.map(lambda text: text[:1500]), desk=names)
def test_nothing_typed_pings_or_breaks_a_surface(name: str, unit: str, text: str, desk: str) -> None:
    assert_harmless(Words(name=name, unit=unit, text=text, desk=desk[:80]))


@pytest.mark.parametrize(
    "words", WORST, ids=["entities", "mentions", "a cut link", "no spaces", "empty lines", "emoji"]
)
def test_the_longest_words_fit_every_surface(words: Words) -> None:
    assert_harmless(words)


def test_typed_mentions_are_not_parsed_even_without_brackets() -> None:
    """Slack turns a plain “@channel” in mrkdwn into a mention unless the text is verbatim."""
    for drawing in everything(Words(text="@channel #sales")):
        assert all(text["verbatim"] for text in texts_in(drawing.blocks) if text["type"] == "mrkdwn"), drawing.name


def test_typed_emoji_names_stay_as_typed_in_headlines() -> None:
    for drawing in everything(Words(name="Acme :fire:")):
        assert not any(text["emoji"] for text in texts_in(drawing.blocks) if text["type"] == "plain_text"), drawing.name
