"""The whole form in a window: two lines and a conditional question, closed, gone on with, sent, and changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.window import CHROMIUM, Window, chromium, running_demo
from tests.builders import JONAS, MARA, PLANT3, SALES

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)  # 09:00 in Berlin

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody fills in anything")


@pytest.fixture
async def mara() -> AsyncIterator[Window]:
    async with running_demo(TUESDAY_MORNING) as demo, chromium() as browser:
        window = await Window.open(browser, demo.sandbox.url)
        await window.sit(MARA, SALES)
        yield window
        async with httpx.AsyncClient(base_url=demo.sandbox.url) as http:
            assert [] == (await http.get("/sandbox/api/errors")).json()["errors"]
        assert [] == window.complaints


async def test_a_form_in_two_lines_is_closed_gone_on_with_sent_and_changed(mara: Window) -> None:
    await two_lines_are_typed_and_the_form_is_closed(mara)
    await the_form_goes_on_where_it_was_left(mara)
    await what_depends_on_an_answer_is_asked_and_it_is_sent(mara)
    await the_request_is_changed(mara)


async def two_lines_are_typed_and_the_form_is_closed(mara: Window) -> None:
    await mara.types("/expedite 100 pcs BRK-2040 for Acme by Friday")
    await mara.field("order_number").fill("SO-7")
    await mara.presses(mara.form, "add_line")
    await mara.field("item_2").fill("SEAL-7")
    await expect(mara.field("order_number")).to_have_value("SO-7")
    await mara.field("quantity_2").fill("40 m")
    await mara.form.get_by_test_id("modal-close").click()
    await expect(mara.form).to_be_hidden()


async def the_form_goes_on_where_it_was_left(mara: Window) -> None:
    await mara.types("/expedite")
    await expect(mara.form).to_contain_text("You continue where you left off")
    await expect(mara.field("quantity_2")).to_have_value("40 m")
    await mara.field("reason_code").select_option("line_down")
    await mara.submits()


async def what_depends_on_an_answer_is_asked_and_it_is_sent(mara: Window) -> None:
    await mara.field("expectation").fill("Line 2 restarts on Monday")
    await expect(mara.field("told_date")).to_have_count(0)
    await mara.picks("told", "firm_date")
    await mara.field("told_date").fill("2026-11-27")
    await expect(mara.field("expectation")).to_have_value("Line 2 restarts on Monday")
    await mara.submits()
    await expect(mara.form).to_contain_text("Also 40 m of SEAL-7 by Fri 27 Nov.")
    await mara.submits()
    await expect(mara.form).to_be_hidden()


async def the_request_is_changed(mara: Window) -> None:
    await mara.become(MARA)
    await mara.presses(mara.messages("EXP-1 is with the Plant 3 desk").first, "edit_request")
    await mara.field("quantity_2").fill("60 m")
    await mara.submits()
    await mara.submits()
    await expect(mara.form).to_contain_text("More is asked than before: the clock starts anew.")
    await mara.submits()
    await expect(mara.form).to_be_hidden()
    await mara.become(JONAS, PLANT3)
    await expect(mara.messages("EXP-1 ·")).to_contain_text("Line 2, quantity: 40 m → 60 m")
