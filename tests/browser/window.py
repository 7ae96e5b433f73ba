"""A browser window at the sandbox, with a person in front of it."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright, expect

from bot import migrating
from bot.demo import Demo
from tests.builders import MARA, SALES

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.async_api import Browser, ConsoleMessage, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WITH_A_MOUSE = (
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
)
"""Without a screen Chromium takes itself for a touch device."""


@asynccontextmanager
async def running_demo(starts: datetime) -> AsyncIterator[Demo]:
    """The whole product without Slack, on a free port, in a folder that goes away."""
    with TemporaryDirectory(prefix="expedite-desk-") as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        await asyncio.to_thread(migrating.upgrade, url)
        demo = Demo(port=0, database_url=url, starts=starts)
        await demo.start()
        try:
            yield demo
        finally:
            await demo.stop()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *WITH_A_MOUSE])
        try:
            yield browser
        finally:
            await browser.close()


class Window:
    """What a person does in the page and sees there; ``complaints`` is what the browser found wrong."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    async def open(cls, browser: Browser, url: str, **settings: Any) -> Window:
        page = await browser.new_page(**{"viewport": {"width": 1280, "height": 860}, **settings})
        page.set_default_timeout(15_000)
        return cls(page, url)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    async def sit(self, who: str, place: str) -> None:
        """Start as this person at this place."""
        await self.page.goto(f"{self.url}/?as={who}#{place}")
        await self.page.wait_for_selector("body[data-ready=yes]")

    async def become(self, who: str, channel: str | None = None) -> None:
        """Change places with somebody: to a channel, or to what the desk wrote to them."""
        await self.page.get_by_test_id(f"person-{who}").click()
        await expect(self.page.get_by_test_id(f"person-{who}")).to_have_attribute("aria-checked", "true")
        links = self.page.get_by_test_id("sidebar")
        direct = links.locator("#dm-list").get_by_role("link", name="Expedite Desk")
        await (links.get_by_test_id(f"channel-link-{channel}") if channel else direct).click()

    async def types(self, text: str, *, box: str = "composer") -> None:
        await self.page.get_by_test_id(box).fill(text)
        await self.page.get_by_test_id(box).press("Enter")

    def messages(self, words: str | re.Pattern[str]) -> Locator:
        """The messages with these words, the newest last."""
        found = self.page.get_by_test_id("messages").locator("[data-ts]")
        return found.filter(has_text=words)

    @property
    def thread(self) -> Locator:
        return self.page.get_by_test_id("thread")

    async def open_thread(self, message: Locator) -> None:
        await message.hover()
        await message.get_by_label("Reply in thread").click()
        await expect(self.thread).to_be_visible()

    async def reacts(self, message: Locator, sign: str) -> None:
        await message.hover()
        await message.get_by_label("Add reaction").click()
        await self.page.get_by_test_id("reaction-picker").get_by_role("button").filter(has_text=sign).click()

    async def presses(self, message: Locator, action: str) -> None:
        await message.locator(f'[data-action-id="{action}"]').first.click()

    async def chooses(self, message: Locator, words: str) -> None:
        """Choose one of the rarer moves behind the three dots."""
        await self.presses(message, "more")
        await self.page.get_by_role("menuitem").filter(has_text=words).click()

    @property
    def form(self) -> Locator:
        return self.page.get_by_test_id("modal")

    def field(self, name: str) -> Locator:
        return self.form.locator(f':is(input, textarea, select)[data-block-id="{name}"]')

    def complaint_at(self, name: str) -> Locator:
        return self.form.get_by_test_id(f"error-{name}")

    async def picks(self, name: str, value: str) -> None:
        await self.form.locator(f'input[data-block-id="{name}"][value="{value}"]').check()

    async def submits(self) -> None:
        await self.form.get_by_test_id("modal-submit").click()

    async def asks(self, text: str, *, who: str = MARA, reason: str) -> None:
        """Ask for something from #sales: both pages of the form, and what is read back."""
        await self.become(who, SALES)
        await self.types(f"/expedite {text}")
        await self.field("reason_code").select_option(reason)
        await self.submits()
        await self.picks("partial_acceptance", "ship_complete")
        await self.submits()
        await expect(self.form).to_contain_text("Can you ship")
        await self.submits()
        await expect(self.form).to_be_hidden()

    async def pushes_clock(self, button: str) -> None:
        await self.page.get_by_test_id(button).click()
        await expect(self.page.get_by_test_id("clock-bar")).to_have_attribute("aria-busy", "false", timeout=30_000)

    async def moves_clock_to(self, local: str) -> None:
        """Go to a day and a time in the zone of the workspace, such as 2028-03-27T07:31."""
        await self.page.get_by_test_id("clock-to").fill(local)
        await self.pushes_clock("clock-go")

    @property
    def became_due(self) -> Locator:
        return self.page.get_by_test_id("clock-due")
