"""A workspace one can talk to: payloads go in through Bolt's dispatch, Slack's side is a fake that remembers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

import handlers
from bot.adapters.vault import Vault
from bot.app import make_bolt
from bot.config import Settings
from bot.courier import Courier
from bot.installations import Installations
from bot.services import absences, digest, pairs, summits, watch
from handlers.conversation import Conversation
from models import Tenant
from tests import payloads
from tests.builders import JONAS, LEADERS, MARA, PLANT3, TEAM, Workspace
from tests.fakes import FakeClock, FakeSlack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_bolt.async_app import AsyncApp
    from sqlalchemy.orm import Session

    from bot.database import Database
    from tests.fakes import Shown


@dataclass
class Talk:
    """What people do, and what they see."""

    bolt: AsyncApp
    slack: FakeSlack
    courier: Courier
    clock: FakeClock
    database: Database
    installations: Installations
    errors: list[dict[str, str]] = field(default_factory=list)

    async def send(self, body: str | dict[str, Any]) -> dict[str, Any]:
        """Dispatch one payload, deliver what it caused, give Bolt's answer as JSON (or text under ``text``)."""
        headers = {"content-type": ["application/json"]} if isinstance(body, dict) else {}
        response = await self.bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers, mode="socket_mode"))
        assert response.status == 200, response.body
        await self.deliver()
        return _json(response.body)

    async def deliver(self) -> None:
        """Let the courier bring everything over, a second later each time: a channel takes one message a second."""
        for _ in range(12):
            if not await self.courier.send_due() and await self.courier.is_idle():
                return
            self.clock.advance(1)

    async def pass_time(self, **span: float) -> None:
        """Move the clock, and do what is due."""
        self.clock.advance(**span)
        await self.tick()

    async def tick(self) -> None:
        while await self.database.run(absences.begin_and_end, self.clock.now()):
            pass
        while await self.database.run(watch.sweep, self.clock.now()):
            pass
        await self.database.run(digest.digest_due, self.clock.now())
        await self.database.run(summits.summits_due, self.clock.now())
        await self.database.run(pairs.pairs_due, self.clock.now())
        await self.deliver()

    # What people do

    async def types(self, user: str, text: str) -> dict[str, Any]:
        return await self.send(payloads.command(user, text))

    async def presses(self, user: str, shown: Shown, action_id: str) -> dict[str, Any]:
        element = button(shown.message.blocks, action_id)
        return await self.send(payloads.click(user, element, channel=shown.channel, ts=shown.ts))

    async def reacts(self, user: str, name: str, *, removed: bool = False) -> None:
        await self.send(payloads.reaction(user, name, self.card.ts, removed=removed))

    async def replies(self, user: str, text: str) -> str:
        body = payloads.reply(user, text, self.card.ts)
        await self.send(body)
        return str(body["event"]["ts"])

    async def submits(self, user: str, view: dict[str, Any], **typed: Any) -> dict[str, Any]:
        return await self.send(payloads.submission(user, view, **typed))

    async def asks(self, text: str = "100 pcs BRK-2040 for Acme by Friday", **typed: Any) -> Shown:
        """Mara fills in the form and sends it; gives the card."""
        await self.types(MARA, text)
        second = (await self.submits(MARA, self.form, **{"reason_code": "line_down", **typed}))["view"]
        review = (await self.submits(MARA, second))["view"]
        answer = await self.submits(MARA, review)
        assert answer == {"response_action": "clear"}, answer
        return self.card

    async def opens(self, user: str, action_id: str) -> dict[str, Any]:
        """Press a button of the card that opens a form; gives the form."""
        await self.presses(user, self.card, action_id)
        return self.form

    # What people see

    @property
    def card(self) -> Shown:
        return self.slack.in_channel(PLANT3)[-1]

    @property
    def form(self) -> dict[str, Any]:
        view_id, view = list(self.slack.forms.items())[-1]
        return {**view, "id": view_id}

    @property
    def thread(self) -> list[str]:
        return [note.text for note in self.slack.in_thread(self.card.ts)]

    @property
    def leaders(self) -> list[str]:
        return [shown.text for shown in self.slack.in_channel(LEADERS)]

    def heard(self, user: str) -> list[str]:
        return [shown.text for shown in self.slack.to(user)]

    def whispered(self, user: str) -> list[str]:
        return [whisper.message.text for whisper in self.slack.whispers if whisper.slack_id == user]


@pytest.fixture
async def talk(database: Database, workspace: Workspace, clock: FakeClock) -> Talk:
    """Mara sells, Jonas and Priya plan, Helena leads."""
    settings = Settings(_env_file=None, slack_api_url="http://127.0.0.1:9/api/")
    vault = Vault([Vault.new_key()])
    await database.run(_install, vault.seal("xoxb-invented"))
    slack = FakeSlack(clock)
    installations = Installations(database, vault)
    bolt = make_bolt(settings, installations)
    handlers.register(bolt, Conversation(database, clock, slack))
    return Talk(bolt, slack, Courier(database, slack, clock), clock, database, installations)


@pytest.fixture(autouse=True)
def _listeners_are_spelt_right(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Bolt turns an argument it does not know into None and only warns: here that is a failure."""
    with caplog.at_level(logging.WARNING):
        yield
    misspelt = [record.getMessage() for record in caplog.records if "is not a valid argument" in record.getMessage()]
    assert not misspelt


def button(blocks: list[dict[str, Any]], action_id: str) -> dict[str, Any]:
    """A button as drawn, or the overflow menu with that entry chosen."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id") == action_id:
                return {**element, "block_id": block.get("block_id", "b1")}
            for option in element.get("options", []):
                if element.get("type") == "overflow" and option["value"].split(":")[0] == action_id:
                    return {**element, "block_id": block.get("block_id", "b1"), "selected_option": option}
    drawn = [element.get("action_id") for block in blocks for element in block.get("elements", [])]
    raise AssertionError(f"no button {action_id}; there are {drawn}")


def _install(session: Session, sealed: str) -> None:
    tenant = session.query(Tenant).filter_by(team_id=TEAM).one()
    tenant.sealed_bot_token = sealed


def _json(body: str) -> dict[str, Any]:
    if not body:
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        return {"text": body}
    return found if isinstance(found, dict) else {"text": body}


__all__ = ["JONAS", "Talk"]
