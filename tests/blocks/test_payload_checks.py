"""What Slack refuses is refused here, at the place where the mistake is."""

from __future__ import annotations

import copy
import time

import pytest

from bot.payloads import check_home, check_manifest, check_message, check_modal, check_view


def plain(text="words"):
    return {"type": "plain_text", "text": text}


def section(text="words", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id="go", **more):
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def option(value="1", text="One"):
    return {"text": plain(text), "value": value}


def select(**more):
    return {"type": "static_select", "action_id": "pick", "options": [option(), option("2", "Two")], **more}


def text_input(block_id="what", **more):
    element = {"type": "plain_text_input", "action_id": "value", **more}
    return {"type": "input", "block_id": block_id, "label": plain("What"), "element": element}


def message(*blocks, **more):
    return {"text": "words", "blocks": list(blocks), **more}


def modal(*blocks, **more):
    view = {"type": "modal", "title": plain("Ask"), "submit": plain("Send"), "blocks": list(blocks)}
    return view | more


def bar_chart(**more):
    points = [{"label": "Mon", "value": 1}, {"label": "Tue", "value": 2.5}]
    chart = {
        "type": "bar",
        "series": [{"name": "Asked", "data": points}],
        "axis_config": {"categories": ["Mon", "Tue"]},
    }
    return {"type": "data_visualization", "title": "Requests", "chart": chart | more}


def pie_chart(*values):
    segments = [{"label": f"Part {number}", "value": value} for number, value in enumerate(values)]
    return {"type": "data_visualization", "title": "Causes", "chart": {"type": "pie", "segments": segments}}


GOOD_MESSAGE = message(
    {"type": "header", "text": plain("Expedite")},
    section(fields=[{"type": "mrkdwn", "text": "*Item*\nDN50"}]),
    section(accessory=select(initial_option=option())),
    {"type": "actions", "elements": [button("a"), button("b", style="primary", value="7"), select()]},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart"},
    {"type": "divider"},
    bar_chart(),
    pie_chart(1, 2),
)
GOOD_MODAL = modal(
    text_input(max_length=300),
    {**text_input("when"), "element": {"type": "datepicker", "action_id": "d", "initial_date": "2026-12-24"}},
    {**text_input("how"), "element": {"type": "checkboxes", "action_id": "c", "options": [option()]}},
    {**text_input("who"), "element": {"type": "external_select", "action_id": "e", "min_query_length": 1}},
)


def test_what_slack_takes_passes():
    assert check_message(GOOD_MESSAGE) == []
    assert check_modal(GOOD_MODAL) == []
    assert check_home({"type": "home", "blocks": [section(), *GOOD_MODAL["blocks"]]}) == []
    assert check_message({"text": "words only"}) == []


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        (message(section("x" * 3001)), "/blocks/0/text/text"),
        (message({"type": "actions", "elements": [button(text=plain("x" * 76))]}), "/blocks/0/elements/0/text/text"),
        (message({"type": "header", "text": {"type": "mrkdwn", "text": "no"}}), "/blocks/0/text/type"),
        (message({"type": "carpet"}), "/blocks/0"),
        (message(section(colour="red")), "/blocks/0"),
        (message(section(accessory={"type": "lever"})), "/blocks/0/accessory"),
        (message({"type": "actions", "elements": [button(value="x" * 2001)]}), "/blocks/0/elements/0/value"),
        (message(*[section()] * 51), "/blocks"),
        (message(section(block_id="a"), section(block_id="a")), "/blocks/1/block_id"),
        (message({"type": "actions", "elements": [button(), button()]}), "/blocks/0/elements/1/action_id"),
        (message({"type": "actions", "elements": []}), "/blocks/0/elements"),
        (message({"type": "context", "elements": []}), "/blocks/0/elements"),
        (message({"type": "section"}), "/blocks/0"),
        (message(section(accessory=select(options=[]))), "/blocks/0/accessory"),
        (message(section(accessory=select(initial_option=option("9", "Nine")))), "/blocks/0/accessory/initial_option"),
        (
            message(section(accessory={"type": "datepicker", "initial_date": "2026-02-30"})),
            "/blocks/0/accessory/initial_date",
        ),
        (message({"type": "image", "image_url": "https://example.com", "alt_text": "x" * 2001}), "/blocks/0/alt_text"),
        (message({"type": "image", "alt_text": "x"}), "/blocks/0"),
        (message({"type": "alert", "text": plain()}), "/blocks/0"),
        (message(*[{"type": "markdown", "text": "x" * 7000}] * 2), "/blocks"),
        ({"text": "x", "metadata": {}, "rocket": 1}, ""),
    ],
)
def test_a_mistake_in_a_message_is_found_where_it_is(bad, pointer):
    assert pointer in [problem.pointer for problem in check_message(bad)]


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        (modal(section(), title=plain("x" * 25)), "/title/text"),
        (modal(text_input(), submit=None), "/submit"),
        (modal(*[section()] * 101), "/blocks"),
        (modal(section(), private_metadata="x" * 3001), "/private_metadata"),
        (modal(bar_chart()), "/blocks/0"),
        (modal(text_input(initial_value=3)), "/blocks/0/element/initial_value"),
        (modal({**text_input(), "element": button()}), "/blocks/0/element"),
        (modal(*[section("x" * 2900) for _ in range(99)]), ""),
    ],
)
def test_a_mistake_in_a_modal_is_found_where_it_is(bad, pointer):
    assert pointer in [problem.pointer for problem in check_modal(bad)]


@pytest.mark.parametrize(
    ("bad", "pointer"),
    [
        (message(*[pie_chart(1)] * 3), "/blocks/2"),
        (message(pie_chart(1, 0)), "/blocks/0/chart/segments/1/value"),
        (message(pie_chart(*range(1, 9))), "/blocks/0/chart/segments"),
        (message({**bar_chart(), "title": "x" * 51}), "/blocks/0/title"),
        (message(bar_chart(type="radar")), "/blocks/0/chart"),
        (message(bar_chart(axis_config={"categories": ["Mon"]})), "/blocks/0/chart/series/0/data"),
        (message(bar_chart(axis_config={"categories": ["Mon", "x" * 21]})), "/blocks/0/chart/axis_config/categories/1"),
        (message(bar_chart(series=[])), "/blocks/0/chart/series"),
    ],
)
def test_a_chart_keeps_the_limits_that_no_schema_holds(bad, pointer):
    assert pointer in [problem.pointer for problem in check_message(bad)]


def test_the_sentence_names_limit_and_length():
    (problem,) = check_message(message(section("x" * 3001)))
    assert problem.sentence == "must be at most 3000 characters, has 3001"


def test_a_view_without_a_known_type_is_refused():
    assert [problem.pointer for problem in check_view({"type": "drawer", "blocks": []})] == ["/type"]


def test_a_shortcut_name_of_25_characters_is_refused_by_the_manifest():
    """Slack allows 24; "Turn into expedite request" would be 26."""
    shortcut = {"name": "x" * 25, "type": "message", "callback_id": "turn", "description": "Turn it"}
    manifest = {"display_information": {"name": "Expedite Desk"}, "features": {"shortcuts": [shortcut]}}
    assert [problem.pointer for problem in check_manifest(manifest)] == ["/features/shortcuts/0/name"]
    shortcut["name"] = "x" * 24
    assert check_manifest(manifest) == []


def test_checking_leaves_the_payload_alone():
    before = copy.deepcopy(GOOD_MESSAGE)
    check_message(GOOD_MESSAGE)
    assert before == GOOD_MESSAGE


def test_a_large_message_is_checked_in_a_few_milliseconds():
    """Every outgoing payload passes here; a check that is felt would be switched off."""
    large = message(*[section(), {"type": "actions", "elements": [button(str(n)) for n in range(5)]}] * 20)
    check_message(large)
    start = time.perf_counter()
    for _ in range(5):
        check_message(large)
    assert (time.perf_counter() - start) / 5 < 0.1
