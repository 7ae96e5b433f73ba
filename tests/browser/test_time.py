"""The clock pushed in the page, over weekends in which the desk's zone changes its offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.browser.window import CHROMIUM, Window, chromium, running_demo
from tests.builders import HELENA, JONAS, LEADERS, PLANT3

BERLIN = ZoneInfo("Europe/Berlin")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody pushes the clock")


@dataclass(frozen=True)
class Weekend:
    """A weekend in whose Sunday night an hour is lost or comes twice."""

    friday: str
    sunday: str
    monday: str
    week: str


SPRING = Weekend("2028-03-24", "2028-03-26", "2028-03-27", "Expedites, week 12 · Mon 20 Mar – Sun 26 Mar")
AUTUMN = Weekend("2028-10-27", "2028-10-29", "2028-10-30", "Expedites, week 43 · Mon 23 Oct – Sun 29 Oct")


@pytest.mark.parametrize("weekend", [SPRING, AUTUMN], ids=["spring", "autumn"])
async def test_neither_a_weekend_nor_the_hour_it_takes_or_gives_counts_as_working_time(weekend: Weekend) -> None:
    """Asked on Friday 16:30: half of the hour for a first answer is left when the desk opens on Monday at seven."""
    starts = datetime.fromisoformat(f"{weekend.friday}T16:30").replace(tzinfo=BERLIN)
    async with running_demo(starts) as demo, chromium() as browser:
        window = await Window.open(browser, demo.sandbox.url)
        await window.sit(JONAS, PLANT3)
        await window.asks("100 pcs BRK-2040 for Acme by Wednesday", reason="new_business")
        await window.become(JONAS, PLANT3)
        await expect(window.messages("EXP-1 ·")).to_contain_text("until 07:30")
        await nothing_happens_until_the_desk_opens(window, weekend)
        await half_of_the_time_is_gone_when_it_opens(window, weekend)
        await the_time_is_up_on_monday(window, weekend)
        await leaders_read_the_digest_at_eight_and_are_asked_to_help(window, weekend)
        assert [] == window.complaints


async def nothing_happens_until_the_desk_opens(window: Window, weekend: Weekend) -> None:
    quiet = (f"{weekend.sunday}T01:59", f"{weekend.sunday}T03:30", f"{weekend.sunday}T23:00", f"{weekend.monday}T06:59")
    for moment in quiet:
        await window.moves_clock_to(moment)
        await expect(window.became_due).to_contain_text("Nothing became due")
    await expect(window.page.get_by_test_id("clock-now")).to_contain_text(", 06:59")


async def half_of_the_time_is_gone_when_it_opens(window: Window, weekend: Weekend) -> None:
    await window.moves_clock_to(f"{weekend.monday}T07:10")
    await expect(window.became_due).to_contain_text("07:10 #ops-plant-3 Half the time is gone.")
    await expect(window.became_due).to_contain_text("20 min of working time left")


async def the_time_is_up_on_monday(window: Window, weekend: Weekend) -> None:
    await window.moves_clock_to(f"{weekend.monday}T07:31")
    await expect(window.became_due.get_by_role("listitem")).to_have_count(1)
    await expect(window.became_due).to_contain_text("07:31 #ops-plant-3 Time is up.")
    await expect(window.messages("EXP-1 ·")).to_contain_text("first answer overdue since 07:30")


async def leaders_read_the_digest_at_eight_and_are_asked_to_help(window: Window, weekend: Weekend) -> None:
    await window.become(HELENA, LEADERS)
    await window.moves_clock_to(f"{weekend.monday}T07:58")
    await expect(window.messages("Can you help? EXP-1")).to_have_count(0)  # half an hour has not quite passed
    await window.pushes_clock("clock-monday")
    await expect(window.page.get_by_test_id("clock-now")).to_contain_text(", 08:00")
    await window.moves_clock_to(f"{weekend.monday}T08:05")
    await expect(window.messages("Can you help? EXP-1")).to_have_count(1)
    await expect(window.messages(weekend.week)).to_have_count(1)
