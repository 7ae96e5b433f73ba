"""Files on their way: made when they are sent, shown once, and looked for when nobody knows whether they are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.ports import File, Message, NotAccepted, Refused, SlackFault, Unknown
from bot.services.csv_text import csv_file, csv_text
from models.outbox import Delivery, Notice, Surface
from tests.builders import MARA, Workspace
from tests.fakes import FakeClock, FakeSlack
from tests.outbox import Post

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.database import Database
    from models import OutboxMessage

LIST = File("list.csv", "Open requests", b"a,b\r\n1,2\r\n", "As you asked.")


def a_file_or_a_sentence(_session: Session, row: OutboxMessage, _at: datetime) -> File | Message:
    return Message("You may not see it any more.") if row.facts.get("lost") else LIST


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def post(database: Database, workspace: Workspace, slack: FakeSlack, clock: FakeClock) -> Post:
    return Post(database, slack, clock, workspace.tenant_id, {"render": a_file_or_a_sentence})


def put(post: Post, **facts: Any) -> int:
    surface = {"surface": Surface.FILE, "notice": Notice.RECEIPT, "channel": MARA, "is_live": False}
    return post.put("list:1", **surface, **facts)


@pytest.mark.parametrize("was_accepted", [True, False])
async def test_a_file_in_doubt_is_looked_for_before_it_is_sent_again(
    post: Post, slack: FakeSlack, clock: FakeClock, was_accepted: bool
) -> None:
    slack.will_fail(Unknown("TimeoutError"), on="upload", after_accepting=was_accepted)
    row_id = put(post)
    await post.send_all()
    assert post.row(row_id).state is Delivery.UNSURE
    clock.advance(30)
    assert await post.courier.reconcile() == 1
    await post.send_all()

    [shown] = slack.to(MARA)
    assert (shown.file, post.row(row_id).state) == (LIST, Delivery.SENT)
    assert slack.calls["upload"] == (1 if was_accepted else 2)


async def test_who_lost_the_right_to_see_a_file_is_told_so_instead(post: Post, slack: FakeSlack) -> None:
    row_id = put(post, facts={"lost": True})
    await post.send_all()

    [shown] = slack.to(MARA)
    assert (shown.text, shown.file, post.row(row_id).state) == ("You may not see it any more.", None, Delivery.SENT)


@dataclass
class Slack:
    """Takes uploads over the wire; ``answers`` says what a step answers instead of what it usually does."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    async def method(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        told = {**request.query, **(await self._body(request))}
        self.asked.append((name, told))
        usual = {
            "conversations.open": {"channel": {"id": "D1"}},
            "files.getUploadURLExternal": {"upload_url": f"{self.url}/room", "file_id": "F1"},
            "files.completeUploadExternal": {"files": [{"id": "F1"}]},
            "conversations.history": {"messages": self.shown},
        }[name]
        return web.json_response({"ok": True, **usual, **self.answers.get(name, {})})

    async def _body(self, request: web.Request) -> dict[str, Any]:
        if request.method != "POST":
            return {}
        return dict(await (request.json() if request.content_type == "application/json" else request.post()))

    async def room(self, request: web.Request) -> web.Response:
        self.asked.append(("bytes", {"content": await request.read()}))
        return web.Response(status=self.answers.get("bytes", 200))


@pytest.fixture
async def wire() -> AsyncIterator[tuple[Slack, SlackGatewayHttp]]:
    slack, app = Slack(), web.Application()
    app.router.add_route("*", "/api/{method}", slack.method)
    app.router.add_post("/room", slack.room)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def token_of(_team_id: str) -> str:
        return "xoxb"

    gateway = SlackGatewayHttp(token_of, f"{slack.url}/api/")
    yield slack, gateway
    await gateway.close()
    await runner.cleanup()


async def test_a_file_goes_in_three_steps_and_is_found_again_by_its_name(wire: tuple[Slack, SlackGatewayHttp]) -> None:
    slack, gateway = wire
    await gateway.upload("T1", MARA, LIST, key="7:list:1", thread_ts="1.5")

    assert [name for name, _told in slack.asked] == [
        *("conversations.open", "files.getUploadURLExternal", "bytes", "files.completeUploadExternal")
    ]
    _open, (_, room), (_, sent), (_, shown) = slack.asked
    assert (room["length"], sent["content"]) == (str(len(LIST.content)), LIST.content)
    assert (shown["channel_id"], shown["thread_ts"], shown["initial_comment"]) == ("D1", "1.5", "As you asked.")
    slack.shown = [{"ts": "2.0", "files": [{"name": "list.csv"}]}, {"ts": "3.0", "files": [{"name": room["filename"]}]}]
    since = datetime(2026, 12, 7, tzinfo=UTC)
    found = await gateway.find_posted("T1", MARA, "7:list:1", since=since)
    assert found is not None
    assert (found.ts, await gateway.find_posted("T1", MARA, "7:list:2", since=since)) == ("3.0", None)


@pytest.mark.parametrize(
    ("step", "answer", "meaning"),
    [
        ("files.getUploadURLExternal", {"ok": False, "error": "internal_error"}, NotAccepted),
        ("files.getUploadURLExternal", {"ok": False, "error": "missing_scope", "needed": "files:write"}, Refused),
        ("bytes", 500, NotAccepted),
        ("bytes", 404, NotAccepted),
        ("bytes", 413, Refused),
        ("files.completeUploadExternal", {"ok": False, "error": "internal_error"}, Unknown),
        ("files.completeUploadExternal", {"ok": False, "error": "channel_not_found"}, Refused),
    ],
)
async def test_only_the_last_step_of_an_upload_leaves_a_doubt(
    wire: tuple[Slack, SlackGatewayHttp], step: str, answer: Any, meaning: type[SlackFault]
) -> None:
    slack, gateway = wire
    slack.answers[step] = answer
    with pytest.raises(meaning):
        await gateway.upload("T1", "C1", LIST, key="7:list:1")


def test_no_cell_of_a_list_is_taken_for_a_formula_and_numbers_stay_numbers() -> None:
    rows = [
        ["=1+1", "+49 30 1", "-2", "-2,5", "@sum", "\tx", " =x", "+3.25"],
        [None, Decimal("1E+2"), date(2026, 12, 7), datetime(2026, 12, 7, 9, tzinfo=timezone(timedelta(hours=1)))],
        ['say "ja"', "a,b", "zwei\nZeilen", -3],
    ]
    assert csv_text(["no", "=x"], rows).split("\r\n") == [
        "no,'=x",
        "'=1+1,'+49 30 1,-2,\"-2,5\",'@sum,'\tx,' =x,+3.25",
        ",100,2026-12-07,2026-12-07T09:00:00+01:00",
        '"say ""ja""","a,b","zwei\nZeilen",-3',
        "",
    ]
    assert csv_file("a.csv", "A", ["ü"], []).content == b"\xef\xbb\xbf\xc3\xbc\r\n"
