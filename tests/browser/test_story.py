"""The story menu: a history played before one's eyes, the tour, back to the beginning; and Slack gone for a while."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from bot.demo import Demo
from tests.browser.window import CHROMIUM, Window, chromium
from tests.builders import HELENA, JONAS, LEADERS, MARA, PLANT3, SALES

A_MINUTE = 60_000
"""Milliseconds that a week of history may take on a busy machine."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: nobody can open the menu")


@pytest.fixture
async def window(demo: Demo) -> AsyncIterator[Window]:
    async with chromium() as browser:
        opened = await Window.open(browser, demo.sandbox.url)
        yield opened
        assert [] == opened.complaints


async def chooses_story(window: Window, words: str) -> None:
    """With the keyboard alone."""
    await window.page.get_by_role("button", name="Story", exact=True).press("Enter")
    await window.page.get_by_role("menuitem").filter(has_text=words).press("Enter")


async def test_a_history_is_played_before_ones_eyes_and_forgotten_again(window: Window, demo: Demo) -> None:
    await window.sit(JONAS, PLANT3)
    story = window.page.get_by_test_id("story")
    await demo.sandbox.control("POST", "story", name="history", weeks=1)
    await expect(story.get_by_role("progressbar")).to_be_visible()
    await expect(window.page.get_by_test_id("composer")).not_to_be_focused()
    await window.page.get_by_role("button", name="Story", exact=True).press("Enter")
    await expect(window.page.get_by_test_id("toast")).to_contain_text("The menu is back when it is done.")

    await expect(story).to_contain_text(re.compile(r"played in .* requests, .* messages"), timeout=A_MINUTE)
    await expect(story.get_by_role("progressbar")).to_be_hidden()
    await expect(window.messages("EXP-").last).to_be_in_viewport()
    await window.become(HELENA, LEADERS)
    await expect(window.messages("Expedites, week 47")).to_be_visible()

    await chooses_story(window, "Start again from the beginning")
    await window.page.get_by_test_id("confirm-yes").press("Enter")
    await expect(window.messages("Expedites, week 47")).to_have_count(0)
    await expect(window.page.get_by_test_id("clock-now")).to_contain_text("24 Nov 2026, 09:0")
    await window.become(MARA, SALES)
    await expect(window.messages("lead times last week")).to_be_visible()


async def test_a_history_is_only_played_by_somebody_who_means_it(window: Window, demo: Demo) -> None:
    await window.sit(JONAS, PLANT3)
    await chooses_story(window, "12 weeks of history")
    await expect(window.page.get_by_test_id("confirm")).to_contain_text("Everything in the demo so far is forgotten")
    await window.page.get_by_test_id("confirm-no").press("Enter")

    assert demo.sandbox.stage.stories.playing is None


async def test_the_guided_tour_is_in_the_menu(window: Window) -> None:
    await window.sit(JONAS, PLANT3)
    await window.page.get_by_test_id("hint-close").click()
    await chooses_story(window, "Guided tour, 8 steps")
    await expect(window.page.get_by_test_id("hints")).to_contain_text("Try this, 1 of 8")
    await window.page.get_by_test_id("hint-go").press("Enter")
    await expect(window.page.get_by_test_id("composer")).to_have_value(re.compile("^/expedite 100 pcs"))


async def test_slack_goes_down_in_plain_sight_and_comes_back(window: Window, demo: Demo) -> None:
    await window.sit(MARA, SALES)
    await window.page.get_by_role("button", name="Wire", exact=True).press("Enter")
    await window.page.get_by_role("button", name="Faults").press("Enter")
    banner = window.page.get_by_test_id("down")
    await expect(banner).to_be_hidden()
    await window.page.get_by_test_id("fault-down").fill("600")
    await window.page.get_by_role("button", name="Go down").press("Enter")
    await expect(banner).to_contain_text(re.compile(r"Slack is down for the app\..*9 min \d+ s left"))
    assert demo.sandbox.world.outage.is_on
    await window.page.get_by_label("Close the wire").click()
    await window.types("/expedite list")
    await expect(window.page.get_by_test_id("command-error")).to_contain_text("dispatch_failed")

    await banner.get_by_role("button", name="End it").press("Enter")
    await expect(banner).to_be_hidden()
    assert not demo.sandbox.world.outage.is_on


async def test_a_long_channel_is_read_to_its_beginning_and_back(window: Window, demo: Demo) -> None:
    """Only a stretch of it is on the page at a time."""
    for number in range(150):
        await demo.sandbox.control(
            "POST", "post", channel=SALES, text=f"Line {number:03} of a long talk", **{"as": MARA}
        )
    await window.sit(JONAS, PLANT3)
    await window.become(MARA, SALES)
    await expect(window.messages("Line 149")).to_be_in_viewport()
    rows = window.page.get_by_test_id("messages").locator("[data-ts]")
    await window.page.get_by_test_id("messages").hover()
    await scrolls(window, -600, until="Line 000")
    assert await rows.count() < 120
    await expect(window.messages("Quote for the ball valves")).to_have_count(1)
    await window.page.get_by_test_id("messages").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    await scrolls(window, 600, until="Line 149")
    await demo.sandbox.control("POST", "post", channel=SALES, text="The end", **{"as": MARA})
    await expect(window.messages("The end")).to_be_in_viewport()


async def scrolls(window: Window, by: int, *, until: str) -> None:
    """Turn the wheel until somebody can read it."""
    for _turn in range(100):
        if await window.messages(until).count():
            break
        await window.page.mouse.wheel(0, by)
        await window.page.wait_for_timeout(30)
    await window.messages(until).scroll_into_view_if_needed()
    await expect(window.messages(until)).to_be_in_viewport()
