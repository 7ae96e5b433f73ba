"""A whole request between two people, each in a window of their own that nobody touches but them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from playwright.async_api import Locator, expect

from tests.browser.window import CHROMIUM, Window, chromium, running_demo
from tests.builders import JONAS, MARA, PLANT3, SALES

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)  # 09:00 in Berlin

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody meets anybody")


@dataclass(frozen=True)
class Two:
    """Mara asks, Jonas answers."""

    mara: Window
    jonas: Window

    @property
    def card(self) -> Locator:
        """The request in the desk's channel, as Jonas sees it."""
        return self.jonas.messages(re.compile(r"EXP-1 ·[\s\S]*asked by"))

    @property
    def receipt(self) -> Locator:
        """The request in Mara's direct messages."""
        return (
            self.mara.messages("you asked the Plant 3 desk").or_(self.mara.messages("is with the Plant 3 desk")).first
        )

    @property
    def turn(self) -> Locator:
        """The newest message that asks Mara to move."""
        return self.mara.messages("Your turn on EXP-1").last


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    async with running_demo(TUESDAY_MORNING) as demo, chromium() as browser:
        mara, jonas = [await Window.open(browser, demo.sandbox.url) for _ in range(2)]
        await mara.sit(MARA, SALES)
        await jonas.sit(JONAS, PLANT3)
        yield Two(mara, jonas)
        async with httpx.AsyncClient(base_url=demo.sandbox.url) as http:
            assert [] == (await http.get("/sandbox/api/errors")).json()["errors"]
        assert [] == mara.complaints + jonas.complaints


async def test_two_people_bring_a_request_from_the_ask_to_the_outcome(two: Two) -> None:
    await mara_is_told_what_her_form_lacks(two.mara)
    await the_request_appears_with_jonas_by_itself(two)
    await a_reaction_is_taken_back_and_both_see_it(two)
    await a_question_is_asked_and_answered(two)
    await mara_refuses_the_first_offer_and_takes_the_second(two)
    await time_passes_for_both(two)
    await jonas_reports_and_mara_reads_it(two)
    await expect(two.card).to_have_count(1)


async def mara_is_told_what_her_form_lacks(mara: Window) -> None:
    """Two wrong answers at once, each with its own sentence; what was right stays."""
    await mara.types("/expedite 100 pcs BRK-2040 for Acme by Friday")
    await expect(mara.field("item")).to_have_value("BRK-2040")
    await mara.field("item").fill("")
    await mara.submits()
    await expect(mara.complaint_at("item")).to_be_visible()
    await expect(mara.complaint_at("reason_code")).to_be_visible()
    await mara.field("item").fill("BRK-2040")
    await mara.field("reason_code").select_option("line_down")
    await mara.field("needed_ship_date").fill("2026-11-23")
    await mara.submits()
    await expect(mara.complaint_at("needed_ship_date")).to_be_visible()
    await expect(mara.complaint_at("item")).to_have_count(0)
    await mara.field("needed_ship_date").fill("2026-11-27")
    await mara.submits()
    await mara.picks("partial_acceptance", "balance_later")
    await mara.field("smallest_useful_quantity").fill("400")
    await mara.submits()
    await expect(mara.complaint_at("smallest_useful_quantity")).to_be_visible()
    await mara.field("smallest_useful_quantity").fill("40")
    await mara.submits()
    await mara.submits()
    await expect(mara.form).to_be_hidden()
    await mara.become(MARA)


async def the_request_appears_with_jonas_by_itself(two: Two) -> None:
    await expect(two.card).to_contain_text("Can you ship 100 pcs of BRK-2040 by Fri 27 Nov?")
    await expect(two.card).to_contain_text("Waiting on Plant 3 desk")
    await expect(two.receipt).to_contain_text("Waiting on Plant 3 desk")


async def a_reaction_is_taken_back_and_both_see_it(two: Two) -> None:
    await two.jonas.reacts(two.card, "👀")
    await expect(two.receipt).to_contain_text("answer:")
    await expect(two.card.locator('[data-action-id="acknowledge"]')).to_have_count(0)
    await two.card.locator("[data-reaction=eyes]").click()
    await expect(two.card.locator('[data-action-id="acknowledge"]')).to_be_visible()
    await expect(two.receipt).to_contain_text("first answer:")


async def a_question_is_asked_and_answered(two: Two) -> None:
    await two.jonas.chooses(two.card, "Ask a question")
    await two.jonas.field("question").fill("Is revision C fine?")
    await two.jonas.submits()
    await expect(two.turn).to_contain_text("Is revision C fine?")
    await expect(two.card).to_contain_text("Waiting on Mara Lindqvist")
    await two.mara.presses(two.turn, "give_information")
    await two.mara.field("information").fill("Yes, C or newer")
    await two.mara.submits()
    await expect(two.card).to_contain_text("Waiting on Plant 3 desk")
    await two.jonas.open_thread(two.card)
    await expect(two.jonas.thread).to_contain_text("Yes, C or newer")
    await two.jonas.page.get_by_test_id("thread-close").click()


async def offers(two: Two, lots: tuple[tuple[str, str], ...], words: str) -> None:
    await two.jonas.presses(two.card, "offer")
    await two.jonas.picks("offer_shape", "staged_lots")
    for number, (quantity, day) in enumerate(lots, start=1):
        await two.jonas.field(f"lot_quantity_{number}").fill(quantity)
        await two.jonas.field(f"lot_date_{number}").fill(day)
    await two.jonas.field("conditions").fill(words)
    await two.jonas.submits()
    await expect(two.jonas.form).to_contain_text("The offer is sent.")
    await two.jonas.page.keyboard.press("Escape")
    await expect(two.jonas.form).to_be_hidden()


async def mara_refuses_the_first_offer_and_takes_the_second(two: Two) -> None:
    await offers(two, (("20", "2026-11-27"), ("80", "2026-12-09")), "As the plan stands today")
    await expect(two.turn).to_contain_text("20 pcs by Fri 27 Nov")
    await two.mara.presses(two.turn, "refuse")
    await two.mara.field("refuse_reason").fill("They cannot start on 20")
    await two.mara.submits()
    await expect(two.card).to_contain_text("Waiting on Plant 3 desk")
    await jonas_offers_in_his_own_words(two.jonas, two.card)
    await expect(two.turn).to_contain_text("40 pcs by Fri 27 Nov")
    await two.mara.presses(two.turn, "accept")
    await expect(two.card.locator("[data-block=table]")).to_contain_text("Committed")


async def jonas_offers_in_his_own_words(jonas: Window, card: Locator) -> None:
    """A reply in the thread is said back to him alone; what he confirms is the offer, and the line gives way."""
    await jonas.open_thread(card)
    await jonas.types("We can do 40 on Friday and the other 60 on Wed 2 Dec", box="thread-composer")
    line = jonas.thread.locator("[data-ts]").filter(has_text="reads as an offer")
    await expect(line).to_contain_text("40 pcs by Fri 27 Nov")
    await expect(line).to_contain_text("60 pcs by Wed 2 Dec")
    await jonas.presses(line, "confirm_reply")
    await expect(jonas.thread).to_contain_text("Confirmed on EXP-1.")
    await expect(jonas.thread.locator('[data-action-id="confirm_reply"]')).to_have_count(0)
    await jonas.page.get_by_test_id("thread-close").click()


async def time_passes_for_both(two: Two) -> None:
    await two.mara.pushes_clock("clock-monday")
    for window in (two.mara, two.jonas):
        await expect(window.page.get_by_test_id("clock-now")).to_contain_text("Mon 30 Nov 2026, 08:00")


async def jonas_reports_and_mara_reads_it(two: Two) -> None:
    for lot in ("40 pcsFri 27 Nov", "60 pcsWed 2 Dec"):
        await two.jonas.presses(two.card, "report_outcome")
        await two.jonas.picks("outcome", "in_full")
        await two.jonas.submits()
        await expect(two.jonas.form).to_be_hidden()
        await expect(two.card.locator("[data-block=table]")).to_contain_text(re.compile(rf"{lot}(?!open)"))
    await expect(two.card.locator('[data-action-id="report_outcome"]')).to_have_count(0)
    await expect(two.receipt).to_contain_text("shipped")
