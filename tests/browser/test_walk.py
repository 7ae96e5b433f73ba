"""The main job as people do it: in a browser, from the command to the digest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.window import CHROMIUM, Window, chromium, running_demo
from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)  # 09:00 in Berlin
QUESTION = "Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?"
FROM_THE_TEXT = {
    "customer": "Acme",
    "order_number": "SO-48213",
    "item": "BRK-2040",
    "quantity": "200 pcs",
    "needed_ship_date": "2026-11-27",
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody walks through the page")


@pytest.fixture
async def window() -> AsyncIterator[Window]:
    """One window at a running demo; in the end neither the page nor the wire may have complained."""
    async with running_demo(TUESDAY_MORNING) as demo, chromium() as browser:
        opened = await Window.open(browser, demo.sandbox.url)
        yield opened
        async with httpx.AsyncClient(base_url=demo.sandbox.url) as http:
            assert [] == (await http.get("/sandbox/api/errors")).json()["errors"]
        assert [] == opened.complaints


async def test_the_main_job_works_in_a_browser(window: Window) -> None:
    await mara_starts_from_the_command(window)
    await a_refused_field_keeps_the_other_answers(window)
    await mara_says_what_would_help_and_sends(window)
    await mara_gets_the_number_and_the_due_time(window)
    await jonas_acknowledges_and_takes_it_back(window)
    await jonas_replies_and_names_a_time(window)
    await jonas_offers_two_lots(window)
    await mara_takes_the_offer(window)
    await the_card_and_its_thread_tell_the_story(window)
    await the_day_comes_and_the_outcome_is_reported(window)
    await helena_reads_the_digest(window)


async def test_free_text_becomes_a_sent_request_in_a_browser(window: Window) -> None:
    await window.sit(MARA, SALES)
    await window.types("Can we get SO-48213 pulled in to Friday? Acme needs 200 pcs BRK-2040, their line stops.")
    line = window.messages("Shall this go to Operations")
    await expect(line).to_contain_text("names an order")
    await window.presses(line, "nudge_open")
    for field, value in FROM_THE_TEXT.items():
        await expect(window.field(field)).to_have_value(value)
    await window.field("reason_code").select_option("line_down")
    await window.submits()
    await window.submits()
    await expect(window.form).to_contain_text("Can you ship 200 pcs of BRK-2040 by Fri 27 Nov?")
    await window.submits()
    await expect(window.form).to_be_hidden()

    await window.become(JONAS, PLANT3)
    card = window.messages("EXP-1")
    await expect(card.get_by_role("link", name="from a message")).to_have_count(1)


async def mara_starts_from_the_command(window: Window) -> None:
    await window.sit(MARA, SALES)
    await window.types("/expedite 100 pcs BRK-2040 for Acme by Friday")
    await expect(window.field("customer")).to_have_value("Acme")
    await expect(window.field("item")).to_have_value("BRK-2040")
    await expect(window.field("quantity")).to_have_value("100 pcs")
    await expect(window.field("needed_ship_date")).to_have_value("2026-11-27")


async def a_refused_field_keeps_the_other_answers(window: Window) -> None:
    await window.field("order_number").fill("SO-1001")
    await window.field("reason_code").select_option("line_down")
    await window.field("quantity").fill("ten")
    await window.submits()
    await expect(window.complaint_at("quantity")).to_contain_text("“ten” is no quantity")
    for wrong in ("0", "-1"):  # the same sentence twice: the second has to be seen too
        await window.field("quantity").fill(wrong)
        await expect(window.complaint_at("quantity")).to_have_count(0)
        await window.submits()
        await expect(window.complaint_at("quantity")).to_contain_text("more than zero")
    await expect(window.field("order_number")).to_have_value("SO-1001")
    await expect(window.field("reason_code")).to_have_value("line_down")
    await expect(window.field("customer")).to_have_value("Acme")
    await window.field("quantity").fill("100 pcs")
    await window.submits()


async def mara_says_what_would_help_and_sends(window: Window) -> None:
    await window.picks("partial_acceptance", "balance_later")
    await window.field("smallest_useful_quantity").fill("40")
    await window.field("latest_acceptable_date").fill("2026-12-04")
    await window.field("expectation").fill("Line 2 restarts on Monday; they can start on 40")
    await window.picks("told", "soft_date")
    await window.field("told_date").fill("2026-11-30")
    await window.submits()
    await expect(window.form).to_contain_text(QUESTION)
    await expect(window.form).to_contain_text("40 pcs by then would help")
    await window.submits()
    await expect(window.form).to_be_hidden()


async def mara_gets_the_number_and_the_due_time(window: Window) -> None:
    await window.become(MARA)
    receipt = window.messages("EXP-1")
    await expect(receipt).to_contain_text(QUESTION)
    await expect(receipt).to_contain_text(re.compile(r"first answer: 15 min of working time left, until 09:1\d"))


async def jonas_acknowledges_and_takes_it_back(window: Window) -> None:
    await window.become(JONAS, PLANT3)
    card = window.messages(f"EXP-1 · {QUESTION}")
    await expect(card).to_have_count(1)
    looks_into_it = card.locator('[data-action-id="acknowledge"]')
    await window.reacts(card, "👀")
    await expect(looks_into_it).to_have_count(0)
    await card.get_by_role("button").filter(has_text="👀").click()
    await expect(looks_into_it).to_be_visible()


async def jonas_replies_and_names_a_time(window: Window) -> None:
    card = window.messages("EXP-1 ·")
    await window.open_thread(card)
    await window.types("Looking at the resin stock now", box="thread-composer")
    await expect(card.locator('[data-action-id="acknowledge"]')).to_have_count(0)
    await window.page.get_by_test_id("thread-close").click()
    await window.chooses(card, "Name a time")
    await window.field("answer_due").fill("2026-11-24T20:00")
    await window.submits()
    await expect(window.complaint_at("answer_due")).to_contain_text("closed then")
    await window.field("answer_due").fill("2026-11-24T11:00")
    await window.submits()
    await expect(card).to_contain_text("11:00")


async def jonas_offers_two_lots(window: Window) -> None:
    card = window.messages("EXP-1 ·")
    await window.presses(card, "offer")
    await window.picks("offer_shape", "staged_lots")
    lots = {"lot_quantity_1": "40", "lot_date_1": "2026-11-27", "lot_quantity_2": "60", "lot_date_2": "2026-12-02"}
    for name, value in lots.items():
        await window.field(name).fill(value)
    await window.field("conditions").fill("Resin lands on Tuesday")
    await window.submits()
    await expect(card.locator("[data-block=table]")).to_contain_text("60 pcs")
    await expect(card).to_contain_text("Waiting on Mara Lindqvist")


async def mara_takes_the_offer(window: Window) -> None:
    await window.become(MARA)
    offered = window.messages("Your turn on EXP-1").last
    await expect(offered).to_contain_text("40 pcs by Fri 27 Nov")
    await expect(offered).to_contain_text("60 pcs by Wed 2 Dec")
    await window.presses(offered, "accept")
    await expect(window.page.get_by_test_id("messages").locator('[data-action-id="accept"]')).to_have_count(0)


async def the_card_and_its_thread_tell_the_story(window: Window) -> None:
    await window.become(JONAS, PLANT3)
    card = window.messages("EXP-1 ·")
    await expect(card).to_have_count(1)
    await expect(card.locator("[data-block=table]")).to_contain_text("Committed")
    await window.open_thread(card)
    for told in ("looking into it", "back", "Looking at the resin stock", "11:00", "offered 40 pcs", "took the offer"):
        await expect(window.thread).to_contain_text(told)
    await window.page.get_by_test_id("thread-close").click()


async def the_day_comes_and_the_outcome_is_reported(window: Window) -> None:
    await window.pushes_clock("clock-monday")
    card = window.messages("EXP-1 ·")
    await window.presses(card, "report_outcome")
    await window.picks("outcome", "in_full")
    await window.submits()
    await expect(window.form).to_be_hidden()
    await expect(card.locator("[data-block=table]")).to_contain_text(re.compile(r"40 pcsFri 27 Nov(?!open)"))


async def helena_reads_the_digest(window: Window) -> None:
    await window.become(HELENA, LEADERS)
    digest = window.messages("week 48")
    await expect(digest).to_have_count(1)
    await expect(digest).to_contain_text("Requests")
