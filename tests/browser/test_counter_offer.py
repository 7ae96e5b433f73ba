"""A negotiation in a browser: alternatives, what Sales proposes, another day, and a part that ships."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from bot.demo import Demo
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import JONAS, MARA, PLANT3, SALES

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody can negotiate")

CARD = re.compile(r"EXP-1 ·[\s\S]*asked by")
"""The desk's morning message names the request too."""


@pytest.fixture
async def window(demo: Demo) -> AsyncIterator[Window]:
    async with chromium() as browser:
        opened = await Window.open(browser, demo.sandbox.url)
        yield opened
        assert [] == opened.complaints


async def test_a_staged_counter_offer_is_committed_moved_and_shipped_in_part(window: Window) -> None:
    await window.sit(MARA, SALES)
    await window.asks("100 pcs BRK-2040 for Acme by Friday", reason="line_down")
    await jonas_offers_two_alternatives(window)
    await mara_compares_them_and_proposes_something_else(window)
    await jonas_commits_what_she_proposes(window)
    await jonas_commits_another_day_for_the_second_lot(window)
    await a_part_of_the_first_lot_ships(window)
    await mara_reads_what_holds_now(window)


async def jonas_offers_two_alternatives(window: Window) -> None:
    await window.become(JONAS, PLANT3)
    await window.presses(window.messages(CARD), "offer")
    await window.picks("offer_shape", "staged_lots")
    lots = {"lot_quantity_1": "40", "lot_date_1": "2026-11-27", "lot_quantity_2": "60", "lot_date_2": "2026-12-05"}
    for name, value in lots.items():
        await window.field(name).fill(value)
    await window.presses(window.form, "add_alternative")
    await window.picks("alt2_offer_shape", "instead")
    await expect(window.field("lot_quantity_1")).to_have_value("40")
    await window.field("alt2_substitute_item").fill("BRK-2041")
    await window.submits()
    await expect(window.complaint_at("alt2_offer_date")).to_contain_text("On which day")
    await window.field("alt2_offer_date").fill("2026-11-26")
    await window.submits()
    await expect(window.form).to_contain_text("Sat 5 Dec is no working day of the desk.")
    await expect(window.form).to_contain_text("A substitute was not asked for: BRK-2041.")
    await window.page.keyboard.press("Escape")
    await expect(window.messages(CARD).locator("[data-block=table]")).to_contain_text("Offer 2")


async def mara_compares_them_and_proposes_something_else(window: Window) -> None:
    await window.become(MARA)
    turn = window.messages("Your turn on EXP-1").last
    await expect(turn).to_contain_text("all of it 8 days later than asked, Sat 5 Dec")
    await expect(turn.locator('[data-action-id="accept"]')).to_have_count(2)
    await window.presses(turn, "compare")
    for said in ("40 of 100 pcs on the date", "BRK-2041 instead", "nothing yet"):
        await expect(window.form).to_contain_text(said)
    await window.page.keyboard.press("Escape")
    await window.presses(turn, "counter")
    await expect(window.field("lot_quantity_1")).to_have_value("40")
    for name, value in {"lot_quantity_1": "50", "lot_quantity_2": "50", "lot_date_2": "2026-12-02"}.items():
        await window.field(name).fill(value)
    await window.field("counter_words").fill("Could you work on Saturday?")
    await window.submits()
    await expect(window.form).to_be_hidden()
    await expect(window.messages("You proposed 50 pcs by Fri 27 Nov and 50 pcs by Wed 2 Dec instead")).to_have_count(1)


async def jonas_commits_what_she_proposes(window: Window) -> None:
    await window.become(JONAS, PLANT3)
    card = window.messages(CARD)
    await expect(card).to_contain_text("Could you work on Saturday?")
    await expect(card.locator("[data-block=table]")).to_contain_text("Sales proposes")
    await window.presses(card, "commit_counter")
    await expect(window.page.get_by_test_id("confirm")).to_contain_text("50 pcs by Wed 2 Dec")
    await window.page.get_by_test_id("confirm-yes").click()
    await expect(card.locator("[data-block=table]")).to_contain_text("Committed")


async def jonas_commits_another_day_for_the_second_lot(window: Window) -> None:
    card = window.messages(CARD)
    await window.presses(card, "report_risk")
    await window.form.locator('input[data-block-id="lot"]').nth(1).check()
    await window.field("risk_reason").fill("Resin is late")
    await window.field("new_ship_date").fill("2026-12-03")
    await window.picks("is_firm", "firm")
    await window.submits()
    await expect(window.form).to_be_hidden()
    await expect(card.locator("[data-block=table]")).to_contain_text(re.compile("Wed 2 Dec.*Thu 3 Dec"))


async def a_part_of_the_first_lot_ships(window: Window) -> None:
    await window.moves_clock_to("2026-11-27T16:30")
    card = window.messages(CARD)
    await window.presses(card, "report_outcome")
    await window.picks("outcome", "in_part")
    await window.field("actual_quantity").fill("30")
    await window.field("rest_date").fill("2026-12-01")
    await window.submits()
    await expect(window.form).to_be_hidden()
    await expect(card.locator("[data-block=table]")).to_contain_text("30 of 50 pcs on Fri 27 Nov")
    await expect(card.locator("[data-block=table]")).to_contain_text("20 pcs")


async def mara_reads_what_holds_now(window: Window) -> None:
    await window.become(JONAS, PLANT3)
    await window.open_thread(window.messages(CARD))
    for told in ("offered 1) 40 pcs", "proposed 50 pcs", "as Sales proposed", "committed another day", "30 of 50 pcs"):
        await expect(window.thread).to_contain_text(told)
