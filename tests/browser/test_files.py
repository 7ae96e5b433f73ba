"""Files in the page: shown under their message, opened beside it as text, and shared by a person."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from playwright.async_api import async_playwright, expect

from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.ports import File
from bot.sandbox import Sandbox, SandboxClock, World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TEAM = "T0NORTHBR"
LIST = File("list.csv", "Open requests", "a,ü\r\n<b>1</b>,2\r\n".encode("utf-8-sig"), "As you asked.")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: no file is looked at")


async def test_a_file_is_shown_opens_as_text_and_can_be_shared() -> None:
    sandbox = Sandbox(World.seeded(SandboxClock(datetime(2026, 11, 24, 8, tzinfo=UTC))))
    await sandbox.start()

    async def token_of(_team_id: str) -> str:
        return sandbox.app.bot_token

    gateway = SlackGatewayHttp(token_of, sandbox.api_url)
    await gateway.upload(TEAM, "U0MARA", LIST, key="1:list")
    direct = await gateway.open_direct(TEAM, "U0MARA")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(f"{sandbox.url}/?as=U0MARA&channel={direct}")
        link = page.locator("a.file")
        await expect(link).to_contain_text("Open requests")
        async with page.context.expect_page() as opened:
            await link.click()
        content = await opened.value
        assert await content.inner_text("body") == "a,ü\n<b>1</b>,2\n"
        await page.goto(f"{sandbox.url}/?as=U0MARA&channel=C0SALES")
        orders = {"name": "orders.csv", "mimeType": "text/csv", "buffer": b"order\n4711\n"}
        await page.get_by_test_id("file").set_input_files(files=[orders])  # type: ignore[list-item]
        await expect(page.locator("#messages a.file")).to_contain_text("orders.csv")
        await browser.close()
    await gateway.close()
    await sandbox.stop()
