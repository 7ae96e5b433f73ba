"""The sandbox page in a real browser: it draws and works every block and element the app may use."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, Request, async_playwright, expect

from bot.sandbox import Sandbox, SandboxClock, World

Json = dict[str, Any]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday 09:00 in Berlin
TEN_O_CLOCK = int(START.timestamp()) + 3600
WEEKS = ["W45", "W46", "W47", "W48"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: the page is not tried in a browser")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def button(action_id: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def field(name: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **more}


def series(name: str, *values: float) -> Json:
    return {"name": name, "data": [{"label": w, "value": v} for w, v in zip(WEEKS, values, strict=True)]}


def chart(kind: str) -> Json:
    if kind == "pie":
        drawn: Json = {"type": "pie", "segments": [{"label": "Line down", "value": 9}, {"label": "Other", "value": 3}]}
    else:
        lines = [series("Median", 2.4, 2.1, 2.9, 1.7), series("9 in 10", 6, 5, 7, 4)]
        drawn = {"type": kind, "series": lines, "axis_config": {"categories": WEEKS, "y_label": "hours"}}
    return {"type": "data_visualization", "title": f"As {kind}", "chart": drawn}


TWO = [option("One", "one"), option("Two", "two")]
HOSTILE = "&lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|press me> *bold* `&lt;b&gt;`"
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}]},
        {"type": "rich_text_list", "style": "bullet", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0JONAS"}]}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code"}]},
    ],
}  # fmt: skip
TABLE = {
    "type": "table",
    "rows": [[{"type": "raw_text", "text": text} for text in row] for row in ((" ", "Asked"), ("By Fri", "100 pcs"))],
}
CARD: list[Json] = [
    {"type": "header", "text": plain("EXP-12 · Can you ship 100 pcs?")},
    {"type": "section", "text": mrkdwn(HOSTILE)},
    {"type": "section", "fields": [mrkdwn("*If not all of it*\n40 would help"), mrkdwn("*By when*\nFri")]},
    {"type": "section", "text": mrkdwn("A day"), "accessory": {"type": "datepicker", "action_id": "day"}},
    {"type": "context", "elements": [mrkdwn(f"due <!date^{TEN_O_CLOCK}^{{date_short_pretty}} {{time}}|later>")]},
    {
        "type": "actions",
        "block_id": "moves",
        "elements": [
            button("ack", "We'll look into it", style="primary", value="12"),
            button("no", "Refuse", style="danger", value="12", confirm={
                "title": plain("Refuse it?"), "text": mrkdwn("Sales is *told*."),
                "confirm": plain("Refuse"), "deny": plain("Keep")}),
            {"type": "overflow", "action_id": "rarer", "options": [option("Decline…", "decline:12")]},
            {"type": "static_select", "action_id": "choose", "placeholder": plain("Choose"), "options": TWO},
            {"type": "timepicker", "action_id": "time", "initial_time": "08:00"},
        ],
    },
    {"type": "divider"},
    TABLE,
    RICH,
    {"type": "image", "image_url": "https://example.com/press.png", "alt_text": "Press 4"},
]  # fmt: skip
FORM: Json = {
    "type": "modal", "callback_id": "ask", "title": plain("Ask"), "submit": plain("Send"), "close": plain("Cancel"),
    "blocks": [
        {"type": "alert", "level": "warning", "text": mrkdwn("Already *open*")},
        field("item", {"type": "plain_text_input", "initial_value": "BRK-2040"}),
        field("words", {"type": "plain_text_input", "multiline": True}),
        field("count", {"type": "number_input", "is_decimal_allowed": False}),
        field("reason", {"type": "static_select", "options": TWO}),
        field("customer", {"type": "external_select", "min_query_length": 1}),
        field("partial", {"type": "radio_buttons", "options": TWO}, dispatch_action=True),
        field("also", {"type": "checkboxes", "options": TWO}),
        field("day", {"type": "datepicker"}),
        field("time", {"type": "timepicker"}),
        field("until", {"type": "datetimepicker"}),
        field("desks", {"type": "multi_static_select", "options": TWO}),
        field("who", {"type": "users_select"}),
        field("note", {"type": "plain_text_input"}, optional=True, hint=plain("Anything else")),
    ],
}  # fmt: skip
HOME = {"type": "home", "blocks": [
    {"type": "header", "text": plain("Your turn: 1")},
    {"type": "section", "text": mrkdwn("*EXP-12*"), "accessory": button("answer", "Answer", value="12")},
]}  # fmt: skip
ANSWERS: Json = {
    "item": "BRK-2040", "words": "they can start on 40", "count": "100", "reason": "two", "customer": "acme",
    "partial": "one", "also": ["one", "two"], "day": "2026-12-11", "time": "14:30", "until": 1796994000,
    "desks": ["two"], "who": "U0PRIYA", "note": None,
}  # fmt: skip


class App:
    """Stands for an app on the other side of the wire: opens FORM on a command, HOME on opening; remembers the rest."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox, self.http = sandbox, http
        self.heard: list[Json] = []
        self.is_connected = asyncio.Event()

    async def call(self, method: str, **arguments: Any) -> Json:
        token = self.sandbox.app.app_token if method == "apps.connections.open" else self.sandbox.app.bot_token
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(self.sandbox.api_url + method, json=arguments, headers=headers) as response:
            answer: Json = await response.json()
        assert answer["ok"], answer
        return answer

    async def listen(self) -> None:
        async with self.http.ws_connect((await self.call("apps.connections.open"))["url"]) as socket:
            async for frame in socket:
                self.is_connected.set()
                envelope = frame.json()
                if "envelope_id" in envelope:
                    answer = await self.answer(envelope["payload"])
                    await socket.send_json({"envelope_id": envelope["envelope_id"], **answer})

    async def answer(self, payload: Json) -> Json:
        self.heard.append(payload)
        if "command" in payload:
            await self.call("views.open", trigger_id=payload["trigger_id"], view=FORM)
        if payload.get("event", {}).get("type") == "app_home_opened":
            await self.call("views.publish", user_id=payload["event"]["user"], view=HOME)
        if payload.get("type") == "block_suggestion":
            return {"payload": {"options": [option("Acme Corp", "acme")]}}
        if payload.get("type") == "block_actions" and payload["actions"][0]["action_id"] == "partial":
            extra = field("smallest", {"type": "plain_text_input"}, optional=True)
            view = FORM | {"blocks": [*FORM["blocks"][:7], extra, *FORM["blocks"][7:]]}
            await self.call("views.update", view_id=payload["view"]["id"], view=view)
        return {}

    async def hears(self, kind: str) -> Json:
        """Wait for the newest interaction of this type."""
        for _ in range(100):
            found = [payload for payload in self.heard if payload.get("type") == kind]
            if found:
                return found[-1]
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {kind} came")


class Windows:
    """Opens pages as different people; collects what went wrong in any of them."""

    def __init__(self, browser: Browser, sandbox: Sandbox) -> None:
        self.browser, self.sandbox = browser, sandbox
        self.complaints: list[str] = []

    async def open(self, person: str, place: str, *, width: int = 1280, height: int = 860) -> Page:
        context = await self.browser.new_context(viewport={"width": width, "height": height}, timezone_id="Asia/Tokyo")
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("request", self.check_request)
        await page.goto(f"{self.sandbox.url}/?as={person}#{place}")
        await page.locator("body[data-ready=yes]").wait_for()
        return page

    def check_request(self, request: Request) -> None:
        if not request.url.startswith((self.sandbox.url, "data:")):
            self.complaints.append(f"asked outside: {request.url}")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    running = Sandbox(World.seeded(SandboxClock(START)))
    running.world.rate_limits = False
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[App]:
    async with aiohttp.ClientSession() as http:
        running = App(sandbox, http)
        listening = asyncio.create_task(running.listen())
        await asyncio.wait_for(running.is_connected.wait(), 5)
        yield running
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@pytest.fixture
async def windows(sandbox: Sandbox) -> AsyncIterator[Windows]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = Windows(browser, sandbox)
        yield opened
        await browser.close()
    assert opened.complaints == []


async def test_every_block_of_a_message_is_drawn_and_hostile_text_stays_text(app: App, windows: Windows) -> None:
    page = await windows.open("U0JONAS", "C0PLANT3")
    posted = await app.call("chat.postMessage", channel="C0PLANT3", text="EXP-12", blocks=CARD)
    for kinds in (("bar", "pie"), ("line", "area")):
        await app.call("chat.postMessage", channel="C0PLANT3", text="charts", blocks=[chart(kind) for kind in kinds])
    card = page.get_by_test_id(f"message-{posted['ts']}")
    for kind in {block["type"] for block in CARD}:
        await expect(card.locator(f"[data-block={kind}]").first).to_be_visible()
    for kind in ("bar", "pie", "line", "area"):
        await expect(page.locator(f"[data-chart={kind}] svg[role=img]")).to_be_visible()
    await expect(page.locator(".unknown")).to_have_count(0)
    await expect(card.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    await expect(card.locator("img, script, a[href^=javascript]")).to_have_count(0)
    await expect(card.get_by_text("today 10:00")).to_be_visible()  # Jonas' zone, not the computer's


async def test_controls_of_a_message_reach_the_app_and_confirm_first_where_asked(app: App, windows: Windows) -> None:
    page = await windows.open("U0JONAS", "C0PLANT3")
    await app.call("chat.postMessage", channel="C0PLANT3", text="EXP-12", blocks=CARD)
    await page.locator("[data-action-id=ack]").click()
    assert "ack" == (await app.hears("block_actions"))["actions"][0]["action_id"]
    await page.locator("[data-action-id=no]").click()
    await expect(page.get_by_test_id("confirm")).to_contain_text("Sales is told.")
    await page.get_by_test_id("confirm-no").click()
    await page.locator("[data-action-id=rarer]").click()
    await page.get_by_role("menuitem", name="Decline…").click()
    await expect(page.locator("[data-action-id=rarer]:not(.clicked)")).to_be_visible()
    await page.locator("select[data-action-id=choose]").select_option("two")
    await expect(page.locator(".clicked")).to_have_count(0)
    actions = [p["actions"][0] for p in app.heard if p.get("type") == "block_actions"]
    assert ["ack", "rarer", "choose"] == [action["action_id"] for action in actions]
    assert ["decline:12", "two"] == [action["selected_option"]["value"] for action in actions[1:]]


async def fill(page: Page) -> None:
    """Answer every question of FORM; the one that makes the app redraw the form comes in the middle."""
    form = page.get_by_test_id("modal")
    await form.get_by_label("words").fill(ANSWERS["words"])
    await form.get_by_label("count").fill("100")
    await form.get_by_label("reason").select_option("two")
    await form.get_by_label("customer").press_sequentially("acm")
    await form.get_by_role("option", name="Acme Corp").click()
    await form.get_by_label("note").fill("half-typed")
    await form.get_by_role("radio", name="One").check()
    await form.get_by_label("smallest").wait_for()
    await expect(form.get_by_label("note")).to_have_value("half-typed")
    await expect(form.get_by_label("customer")).to_have_value("Acme Corp")
    await form.get_by_label("note").fill("")
    for name in ("One", "Two"):
        await form.get_by_role("group", name="also").get_by_label(name).check()
    await form.get_by_role("group", name="desks").get_by_label("Two").check()
    await form.locator("[data-action-id=day]").fill("2026-12-11")
    await form.locator("[data-action-id=time]").fill("14:30")
    await form.locator("[data-action-id=until]").fill("2026-12-11T14:00")
    await form.get_by_label("who").select_option("U0PRIYA")


async def test_a_form_keeps_what_was_typed_shows_errors_at_the_field_and_submits_every_element(
    app: App, windows: Windows
) -> None:
    page = await windows.open("U0MARA", "C0SALES")
    await page.get_by_test_id("composer").fill("/expedite 100 pcs")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("modal")).to_be_visible()
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-words")).to_have_text("Please complete this required field.")
    await expect(page.get_by_label("words")).to_be_focused()
    await fill(page)
    await expect(page.get_by_test_id("error-words")).to_have_count(0)
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    view = (await app.hears("view_submission"))["view"]
    values = {block: next(iter(entry.values())) for block, entry in view["state"]["values"].items()}
    chosen = {name: told(values[name]) for name in ANSWERS}
    assert chosen == ANSWERS


def told(entry: Json) -> Any:
    """Return the value in one entry of state.values."""
    value = next(value for key, value in entry.items() if key != "type")
    if isinstance(value, dict):
        return value["value"]
    return [each["value"] for each in value] if isinstance(value, list) else value


async def test_two_windows_stay_in_step_and_a_private_hint_is_seen_by_one(app: App, windows: Windows) -> None:
    mara, tobias = await windows.open("U0MARA", "C0SALES"), await windows.open("U0TOBIAS", "C0SALES")
    await tobias.get_by_test_id("composer").fill("half a thought")
    await mara.get_by_test_id("composer").fill("Can we help @Jonas?")
    await mara.keyboard.press("Enter")
    said = tobias.locator("article", has_text="Can we help @Jonas Keller?")
    await expect(said).to_be_visible()
    await app.call("chat.postEphemeral", channel="C0SALES", user="U0MARA", text="Only for Mara")
    await expect(mara.locator(".ephemeral", has_text="Only visible to you")).to_contain_text("Only for Mara")
    await expect(tobias.get_by_text("Only for Mara")).to_have_count(0)
    await said.hover()
    await said.get_by_role("button", name="Add reaction").click()
    await tobias.get_by_role("button", name="eyes").click()
    reaction = mara.locator("article", has_text="Can we help").locator("[data-reaction=eyes]")
    await expect(reaction).to_have_attribute("aria-pressed", "false")
    await reaction.click()
    await expect(said.locator("[data-reaction=eyes]")).to_contain_text("2")
    await expect(tobias.get_by_test_id("composer")).to_have_value("half a thought")


async def test_the_home_is_drawn_on_a_phone_and_the_clock_moves(app: App, windows: Windows) -> None:
    page = await windows.open("U0JONAS", "home", width=390, height=844)
    await expect(page.get_by_test_id("home").get_by_text("Your turn: 1")).to_be_visible()
    await page.get_by_role("button", name="Answer").click()
    assert "view" == (await app.hears("block_actions"))["container"]["type"]
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Move the clock").click()
    await page.get_by_test_id("clock-monday").click()
    await expect(page.get_by_test_id("clock-now")).to_contain_text("Mon 30 Nov 2026, 08:00")
    await page.get_by_test_id("sidebar-button").click()
    await page.get_by_test_id("channel-link-C0PLANT3").click()
    await expect(page.get_by_role("heading", name="#ops-plant-3")).to_be_visible()
    await page.get_by_test_id("person-U0MARA").click()
    await expect(page.get_by_role("heading", name="#sales")).to_be_visible()
