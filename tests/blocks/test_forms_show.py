"""A request in a window: its whole story, and to each viewer the moves that are theirs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.blocks import forms
from bot.blocks.buttons import MOVE_OF
from bot.blocks.ids import Action
from models.lifecycle import Move, Status, allows
from models.picture import Picture
from tests.builders import NOON
from tests.drawings import VIEWERS, full_picture
from tests.pictures import Words, a_picture, an_entry
from tests.reading import buttons_in, menu_in, text_of

NO_MOVES = {Action.EXPLAIN, Action.COMPARE, Action.GET_RECORD, Action.CUSTOMER_SAID}


def shown(picture: Picture, *, to: str = "the desk") -> dict[str, Any]:
    return forms.show_request(picture, as_of=NOON, viewer=VIEWERS[to])


def moves_in(view: dict[str, Any]) -> set[Move]:
    """Every move that a view offers, on a button or in the menu."""
    names = [element["action_id"] for element in buttons_in(view["blocks"])]
    names += [option["value"].split(":")[0] for option in menu_in(view["blocks"])]
    return {MOVE_OF[Action(name)] for name in names if name not in NO_MOVES}


def test_the_whole_story_is_told_with_times_and_what_was_taken_back() -> None:
    taken_back = an_entry(Move.ACKNOWLEDGE, row_id=2)
    taken_back.undone_at = NOON
    view = shown(a_picture(timeline=[an_entry(Move.ASK, row_id=1), taken_back]))
    assert "Jonas Keller is looking into it (taken back)" in text_of(view)


def test_a_modal_says_in_lines_what_a_card_says_in_a_table() -> None:
    view = shown(a_picture(Status.OFFERED))
    assert "• By Fri 4 Dec · Offered: 60 pcs" in text_of(view)
    assert "table" not in {block["type"] for block in view["blocks"]}


def test_a_request_that_is_shown_does_not_offer_to_show_itself() -> None:
    for status in Status:
        assert "open_request" not in json.dumps(shown(full_picture(status, Words())))


@pytest.mark.parametrize("status", [status for status in Status if status.is_open])
def test_a_request_that_is_shown_offers_each_viewer_their_own_moves_only(status: Status) -> None:
    sales = {Move.ACCEPT, Move.REFUSE, Move.COUNTER, Move.GIVE_INFORMATION, Move.WITHDRAW, Move.EDIT}
    possible = {move for move in MOVE_OF.values() if allows(status, move)}
    assert moves_in(shown(a_picture(status), to="the requester")) == possible & sales
    assert moves_in(shown(a_picture(status), to="the desk")) == possible - sales
    assert moves_in(shown(a_picture(status), to="somebody")) == set()


def test_a_request_that_is_shown_speaks_to_its_viewer() -> None:
    lines = {who: text_of(shown(a_picture(Status.OFFERED), to=who)) for who in VIEWERS}
    assert "*Waiting on Mara Lindqvist, Sales*" in lines["the desk"]
    assert "*Waiting on you*" in lines["the requester"]
    assert "*Waiting on Mara Lindqvist, Sales*" in lines["somebody"]


def test_the_only_move_there_is_stands_on_a_button() -> None:
    view = shown(a_picture(), to="the requester")
    row, _below = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    assert [(element["type"], element["action_id"], element.get("style")) for element in row] == [
        ("button", Action.WITHDRAW, None)
    ]
