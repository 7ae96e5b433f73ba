"""Finding an order in the form: offered while somebody types, filled in when it is chosen, never in the way."""

from __future__ import annotations

from typing import Any

import pytest

import handlers
from bot.app import make_bolt
from bot.config import Settings
from bot.ports import OrdersDown
from bot.services import order_book
from handlers.conversation import Conversation
from models import Tenant
from models.order_row import OrderRow
from tests import payloads
from tests.builders import MARA, NOON
from tests.conversations.conftest import Talk

BOOK = [
    "order,line,item,customer,quantity,unit,promise date\n",
    "4711,10,BRK-2040,<Acme> & Sons,100,pcs,2026-12-11\n",
    "4799,,GSK-7,Contoso,,,\n",
]


@pytest.fixture
async def book(talk: Talk) -> None:
    def take_over(session: Any) -> None:
        order_book.import_file(session, session.query(Tenant.id).scalar(), BOOK, at=NOON)

    await talk.database.run(take_over)


def inputs(view: dict[str, Any]) -> dict[str, Any]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


async def options(talk: Talk, typed: str) -> list[dict[str, Any]]:
    answer = await talk.send(payloads.suggestion(MARA, talk.form, "order_line", typed))
    return list(answer["options"])


async def choose(talk: Talk, option: dict[str, Any], **typed: Any) -> dict[str, Any]:
    element = {"type": "external_select", "action_id": "order_line", "selected_option": option}
    await talk.send(payloads.click_in_view(MARA, element, talk.form, **typed))
    return talk.form


async def test_without_an_order_book_the_form_does_not_ask_for_one(talk: Talk) -> None:
    await talk.types(MARA, "")

    assert "order_line" not in inputs(talk.form)


@pytest.mark.usefixtures("book")
async def test_lines_are_offered_while_somebody_types(talk: Talk) -> None:
    await talk.types(MARA, "")

    (option,) = await options(talk, "brk")

    assert option["text"]["text"] == "4711 / 10 · BRK-2040"
    assert option["description"]["text"] == "<Acme> & Sons · 100 pcs · promised for Fri 11 Dec"


@pytest.mark.usefixtures("book")
async def test_a_chosen_line_fills_the_form_in_and_it_can_be_sent(talk: Talk) -> None:
    """The blocks get new ids: Slack would keep the empty answers under the old ones."""
    await talk.types(MARA, "")
    (option,) = await options(talk, "4711")
    filled = await choose(talk, option, needed_ship_date="2026-12-04", reason_code="line_down")

    shown = inputs(filled)
    assert shown["order_number~1"]["initial_value"] == "4711"
    assert shown["quantity~1"]["initial_value"] == "100 pcs"
    assert shown["needed_ship_date~1"]["initial_date"] == "2026-12-04"
    second = (await talk.submits(MARA, filled))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.submits(MARA, review)
    assert "order 4711" in talk.card.text


@pytest.mark.usefixtures("book")
async def test_an_answer_that_cannot_be_is_told_at_the_field_of_the_filled_form(talk: Talk) -> None:
    await talk.types(MARA, "")
    (option,) = await options(talk, "4711")
    filled = await choose(talk, option, needed_ship_date="2026-12-04", reason_code="line_down")

    answer = await talk.submits(MARA, filled, **{"quantity~1": "lots"})

    assert list(answer["errors"]) == ["quantity~1"]


@pytest.mark.usefixtures("book")
async def test_a_line_that_left_the_book_is_told_and_the_form_stays(talk: Talk) -> None:
    await talk.types(MARA, "")
    gone = {"text": {"type": "plain_text", "text": "gone"}, "value": "999999"}

    filled = await choose(talk, gone, customer="Acme")

    assert "There is no request #999999" not in str(filled)
    assert "no longer in the order book" in str(filled)


class Erp:
    """An ERP that says what a test gives it, or is down."""

    def __init__(self, rows: list[OrderRow] | None) -> None:
        self.rows = rows

    @property
    def is_resting(self) -> bool:
        return self.rows is None

    async def lines(self, typed: str) -> list[OrderRow]:
        if self.rows is None:
            raise OrdersDown("500")
        return [row for row in self.rows if row.order_number.startswith(typed)]


def connect(talk: Talk, erp: Erp) -> None:
    """The same listeners, with an ERP behind them."""
    conversation = Conversation(talk.database, talk.clock, talk.slack, erp)
    talk.bolt = make_bolt(Settings(_env_file=None), talk.installations)
    handlers.register(talk.bolt, conversation)


async def test_lines_of_an_erp_are_offered_and_kept(talk: Talk) -> None:
    connect(talk, Erp([OrderRow(order_number="9001", item="VLV-7", customer="Acme")]))
    await talk.types(MARA, "")
    assert [option["text"]["text"] for option in await options(talk, "90")] == ["9001 · VLV-7"]

    connect(talk, Erp(None))

    assert [option["text"]["text"] for option in await options(talk, "90")] == ["9001 · VLV-7"]


async def test_an_erp_that_is_down_is_said_in_the_form_and_the_form_works(talk: Talk) -> None:
    connect(talk, Erp(None))
    await talk.types(MARA, "100 pcs BRK-2040 for Acme by Friday")
    assert "The order book does not answer right now." in str(talk.form)
    assert await options(talk, "47") == []

    await talk.asks()

    assert "100 pcs" in talk.card.text
