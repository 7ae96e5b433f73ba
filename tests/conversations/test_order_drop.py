"""A CSV file dropped where a desk works: offered to an admin alone, read within limits, and told what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.blocks.ids import Action
from bot.ports import Refused, Unknown
from models import OrderLine
from tests import payloads
from tests.builders import JONAS, PLANT3, SAM

if TYPE_CHECKING:
    from tests.conversations.conftest import Talk

BOOK = (
    "order;line;item;customer;qty;unit\n4711;10;BRK-2040;Müller;100;pcs\n;10;X;Y;1;pcs\n4712;10;GSK-7;Acme;lots;pcs\n"
)
SALES = "C0SALES"
HOSTILE = [
    (b"x" * 2_000_001, "larger than 2 MB"),
    (b"PK\x03\x04\x00\x00", "not a text file"),
    (b"<!DOCTYPE html><html>order</html>", "a web page"),
    (b"", "must name the columns"),
    (b"order\n" + b'"' * 200_000, "book is as it was"),
    ("order,qty\n4711,=1+1\n".encode("utf-16"), "book is as it was"),
    (b"\xff\xff\xff,order\n", "book is as it was"),
    (b"name,amount\nx,1\n", "must name the columns"),
]
FAULTS = [
    (Refused("missing_scope: files:read"), "install it again"),
    (Refused("file_http_302"), "did not hand over"),
    (Unknown("TimeoutError"), "Press again"),
]


def dropped(who: str, name: str = "orders.csv", *, channel: str = PLANT3, **facts: Any) -> dict[str, Any]:
    file = {"id": "F1", "name": name, "size": 200, **facts.pop("file", {})}
    said = {"channel": channel, "channel_type": "channel", "ts": payloads.stamp(), "text": "", "files": [file]}
    return payloads.event(who, "message", subtype="file_share", **said, **facts)


async def drop(talk: Talk, content: bytes, who: str = SAM) -> dict[str, Any]:
    """Drop a file and press the button of the offer."""
    talk.slack.files["F1"] = content
    await talk.send(dropped(who))
    offer = talk.slack.whispers[-1]
    [row] = [block for block in offer.message.blocks if block["type"] == "actions"]
    take: dict[str, Any] = row["elements"][0]
    await talk.send(payloads.click_whisper(who, take, None))
    return take


def orders(talk: Talk) -> list[tuple[str, str]]:
    wanted = sa.select(OrderLine.order_number, OrderLine.customer).order_by(OrderLine.order_number)
    return [(number, customer) for number, customer in talk.database.run_now(lambda s: s.execute(wanted).all())]


async def test_an_admin_is_offered_to_import_it_and_told_each_bad_line(talk: Talk) -> None:
    await drop(talk, BOOK.encode("cp1252"))

    [offer] = talk.slack.whispers
    assert (offer.slack_id, offer.channel, "orders.csv" in offer.message.text) == (SAM, PLANT3, True)
    [told] = talk.slack.answers
    assert told is not None
    assert "1 order line is in the book now. 2 could not be read" in told.text
    assert ("Line 3 has no order number" in told.text, "Line 4" in told.text) == (True, True)
    assert orders(talk) == [("4711", "Müller")]


async def test_a_repeated_delivery_offers_once_and_others_and_other_files_are_offered_nothing(talk: Talk) -> None:
    again = dropped(SAM)
    for body in (again, again, dropped(JONAS), dropped(SAM, "photo.png"), dropped(SAM, channel=SALES)):
        await talk.send(body)
    await talk.send(dropped(SAM, thread_ts="1.1"))
    await talk.send(dropped(SAM, bot_id="B1"))

    assert [whisper.slack_id for whisper in talk.slack.whispers] == [SAM]


async def test_whoever_is_no_admin_any_more_imports_nothing(talk: Talk) -> None:
    await drop(talk, BOOK.encode())
    button = {"type": "button", "action_id": Action.IMPORT_ORDERS.value, "value": "F1"}
    talk.slack.answers.clear()
    await talk.send(payloads.click_whisper(JONAS, button, None))

    assert (talk.slack.answers, talk.slack.calls["read_file"]) == ([], 1)
    assert "Only admins" in talk.slack.whispers[-1].message.text


async def test_a_hostile_file_is_a_sentence_and_changes_nothing(talk: Talk) -> None:
    await drop(talk, BOOK.encode())
    before = orders(talk)
    for content, said in HOSTILE:
        await drop(talk, content)
        told = talk.slack.answers[-1]
        assert told is not None
        assert said in told.text
        assert orders(talk) == before


async def test_a_file_that_slack_does_not_hand_over_is_a_sentence(talk: Talk) -> None:
    for fault, said in FAULTS:
        talk.slack.will_fail(fault, on="read_file")
        await drop(talk, BOOK.encode())
        told = talk.slack.answers[-1]
        assert told is not None
        assert (said in told.text, orders(talk)) == (True, [])
