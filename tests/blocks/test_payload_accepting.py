"""The quick yes agrees with the thorough search, whatever is broken in a payload."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.payloads import check_message, check_view
from bot.payloads.accepting import UnknownKeyword, accepts
from bot.payloads.schema import block_kit, is_accepted, mistakes
from bot.payloads.unions import Union
from bot.payloads.walk import nodes
from tests.blocks.test_payload_checks import GOOD_MESSAGE, GOOD_MODAL

CHARTS = "data_visualization"
MESSAGE = {**GOOD_MESSAGE, "blocks": [b for b in GOOD_MESSAGE["blocks"] if b["type"] != CHARTS]}
HOME = {"type": "home", "blocks": GOOD_MODAL["blocks"]}
TYPES = ["section", "actions", "context", "button", "static_select", "mrkdwn", "plain_text", "carousel", "image"]
WRONG = st.one_of(
    st.sampled_from([None, True, 1, 2.5, "", "words", "x" * 3001, [], {}, [{}], {"type": "divider"}, {"type": []}]),
    st.sampled_from(TYPES),
    st.sampled_from([{"type": "plain_text", "text": "Go"}, {"type": "mrkdwn", "text": "*Go*"}]),
)


@st.composite
def broken(draw: st.DrawFn, good: dict[str, Any]) -> dict[str, Any]:
    """A good payload in which up to three things were taken away, added or replaced."""
    payload = copy.deepcopy(good)
    for _ in range(draw(st.integers(0, 3))):
        _, node = draw(st.sampled_from([each for each in nodes(payload) if each[1]] or [((), payload)]))
        key = draw(st.sampled_from([*sorted(node), "colour", "type", "text", "initial_date", "accessory"]))
        if draw(st.booleans()):
            node.pop(key, None)
        else:
            node[key] = copy.deepcopy(draw(WRONG))
    return payload


@pytest.mark.parametrize(("name", "good"), [("Message", MESSAGE), ("ModalView", GOOD_MODAL), ("HomeView", HOME)])
def test_what_is_taken_at_once_has_no_mistake_and_what_is_not_has_one(name: str, good: dict[str, Any]) -> None:
    @settings(max_examples=50, deadline=None)
    @given(broken(good))
    def agree(payload: dict[str, Any]) -> None:
        assert is_accepted(name, payload) == (not list(mistakes(name, payload)))

    assert is_accepted(name, good)
    agree()


@settings(max_examples=40, deadline=None)
@given(broken(GOOD_MESSAGE), broken(GOOD_MODAL))
def test_no_payload_is_too_broken_to_be_judged(message: dict[str, Any], view: dict[str, Any]) -> None:
    check_message(message)
    check_view(view)


@pytest.mark.parametrize("name", ["Message", "ModalView", "HomeView"])
def test_every_branch_of_the_schema_can_be_checked(name: str) -> None:
    """Branches are made when a payload first asks for them: here all of them are asked for."""
    for _, node in nodes(block_kit(name)):
        for branch in Union(node.get("anyOf", [])).all:
            accepts(branch)


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {}},
        {"properties": {"a": {"format": "uri"}}},
        {"additionalProperties": {"type": "string"}},
        {"enum": [True]},
        {"const": None},
    ],
)
def test_a_schema_that_says_more_than_can_be_checked_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(UnknownKeyword):
        accepts(schema)


@pytest.mark.parametrize(
    ("schema", "taken", "refused"),
    [
        ({"type": "number"}, [1, 2.5], [True, "1"]),
        ({"type": "boolean"}, [True], [1, 0]),
        ({"pattern": "^a"}, ["abc", 7], ["ba"]),
        ({"const": "a"}, ["a"], ["b", [], {}]),
        ({"enum": [0, 1]}, [0, 1, 1.0], [True, "1", 2, None, []]),
        ({"items": {"type": "string"}, "maxItems": 1}, [[], ["a"], "ab"], [["a", "b"], [1]]),
        ({"required": ["a"]}, [{"a": 1}, []], [{}]),
        ({"properties": {"a": {}}, "additionalProperties": False}, [{}, {"a": 1}], [{"b": 1}]),
    ],
)
def test_a_keyword_concerns_what_the_standard_says(
    schema: dict[str, Any], taken: list[Any], refused: list[Any]
) -> None:
    check = accepts(schema)
    assert (taken, []) == ([each for each in taken if check(each)], [each for each in refused if check(each)])
