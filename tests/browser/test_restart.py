"""The app ends in the middle of things and another begins: people lose nothing and see nothing twice."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.demo import Demo
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import JONAS, MARA, PLANT3, SALES

WITHOUT_APP = "sandbox · no app is connected"
CONNECTED = "sandbox · the app is connected"
PATIENCE = 20_000  # ms, for an app that begins while others use the machine

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody is there when the app ends")


async def test_a_restart_in_the_middle_of_a_form_loses_no_answer_and_doubles_no_card(demo: Demo) -> None:
    async with chromium() as browser:
        window = await Window.open(browser, demo.sandbox.url)
        await window.sit(MARA, SALES)
        await window.types("/expedite 100 pcs BRK-2040 for Acme by Friday")
        await window.field("reason_code").select_option("line_down")
        await demo.restart_app()
        await expect(window.page.get_by_test_id("connected")).to_have_text(CONNECTED)
        await window.submits()
        await window.picks("partial_acceptance", "ship_complete")
        await demo.restart_app()
        await window.submits()
        await expect(window.form).to_contain_text("Can you ship 100 pcs of BRK-2040")
        await window.submits()
        await expect(window.form).to_be_hidden()
        await demo.restart_app()
        await window.become(JONAS, PLANT3)
        card = window.messages("EXP-1 ·")
        await window.reacts(card, "👀")
        await expect(card.locator('[data-action-id="acknowledge"]')).to_have_count(0)
        await expect(card).to_have_count(1)
        await window.become(MARA)
        await expect(window.messages("EXP-1")).to_have_count(1)
        assert [] == window.complaints


async def test_who_presses_while_no_app_runs_is_told_and_what_became_due_meanwhile_is_told_once(demo: Demo) -> None:
    async with chromium() as browser:
        window = await Window.open(browser, demo.sandbox.url)
        await window.sit(JONAS, PLANT3)
        await window.asks("100 pcs BRK-2040 for Acme by Friday", reason="new_business")
        await window.become(JONAS, PLANT3)
        card = window.messages("EXP-1 ·")
        await expect(card).to_have_count(1)
        await demo.stop_app()
        await expect(window.page.get_by_test_id("connected")).to_have_text(WITHOUT_APP)
        await window.presses(card, "acknowledge")
        await expect(window.page.get_by_test_id("toast")).to_be_visible()
        for move in ("clock-60", "clock-15"):
            await window.pushes_clock(move)
            await expect(window.became_due).to_contain_text("Nothing became due")
        await demo.start_app()
        await window.open_thread(card)
        overdue = window.thread.locator("article", has_text="Time is up")
        await expect(overdue).to_have_count(1, timeout=PATIENCE)
        await demo.restart_app()
        await expect(window.page.get_by_test_id("connected")).to_have_text(CONNECTED)
        await window.page.get_by_test_id("thread-close").click()
        await window.open_thread(card)
        await expect(overdue).to_have_count(1)
        await window.page.get_by_test_id("thread-close").click()
        await window.presses(card, "acknowledge")
        await expect(card.locator('[data-action-id="acknowledge"]')).to_have_count(0, timeout=PATIENCE)
        await expect(card).to_have_count(1)
