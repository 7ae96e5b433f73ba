"""A furnished workspace with the real app in it; Slack's deliveries go straight into Bolt."""

from __future__ import annotations

import copy
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import sqlalchemy as sa
from pydantic import SecretStr
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

import handlers
from bot.adapters.slack_gateway import SlackGatewayHttp
from bot.adapters.vault import Vault
from bot.app import make_bolt
from bot.config import Settings
from bot.database import Database
from bot.installations import Installations
from bot.services import surfaces
from handlers.conversation import Conversation
from models import Draft, ExpediteRequest, Tenant
from tests import payloads
from tests.builders import JONAS, MARA, NOON, Workspace, furnish
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from sqlalchemy.orm import Session

    from tests.bench.stand_in import StandIn

SECRET = "invented-signing-secret"
WORDS = "100 pcs BRK-2040 for Acme by Friday"


class Workplace:
    """Mara sells, Jonas plans; both have looked at their App Home before. ``idle_bolt`` has no listeners yet."""

    def __init__(self, url: str, stand_in: StandIn) -> None:
        self.url, self.stand_in, self.clock = url, stand_in, FakeClock(NOON)
        self.database = Database(url)
        vault = Vault([Vault.new_key()])
        self.workspace = self.database.run_now(_furnish, vault.seal("xoxb-invented"))
        installations = Installations(self.database, vault)
        self.gateway = SlackGatewayHttp(installations.token_of, stand_in.base_url)
        settings = Settings(_env_file=None, slack_api_url=stand_in.base_url, slack_signing_secret=SecretStr(SECRET))
        self.bolt = make_bolt(settings, installations)
        self.idle_bolt = make_bolt(settings, installations)
        handlers.register(self.bolt, Conversation(self.database, self.clock, self.gateway))
        self._review: dict[str, Any] = {}
        self._drafts = 0

    async def fill_in(self, forms: int) -> None:
        """Walk through the form up to its review, and put as many of that form aside, ready to be sent."""
        await dispatch(self.bolt, self.command())
        for typed in ({"reason_code": "line_down"}, {}):
            shown = payloads.submission(MARA, self.stand_in.views[0], **typed)
            answer = await dispatch(self.bolt, shown)
            self.stand_in.views[:] = [json.loads(answer)["view"]]
        self._review = self.stand_in.views[0]
        self._drafts = await self.database.run(_copies, forms)

    def command(self) -> str:
        """``/expedite``, typed by Mara."""
        return payloads.command(MARA, WORDS)

    def sent_form(self, draft_id: int = 0) -> dict[str, Any]:
        """The review of a form, sent by Mara."""
        view = copy.deepcopy(self._review)
        view["private_metadata"] = json.dumps({**json.loads(view["private_metadata"]), "draft": draft_id})
        return payloads.submission(MARA, view)

    def next_form(self) -> dict[str, Any]:
        """The next of the forms that were put aside, sent."""
        self._drafts -= 1
        return self.sent_form(self._drafts + 1)

    def requests(self) -> int:
        """How many requests are in the database."""
        return self.database.run_now(lambda session: session.scalar(sa.select(sa.func.count(ExpediteRequest.id))) or 0)

    async def close(self) -> None:
        await self.gateway.close()
        self.database.close()


async def dispatch(bolt: AsyncApp, body: str | dict[str, Any]) -> str:
    """Let Bolt handle one delivery; gives what it answers."""
    return await _handled(bolt, *_signed(body))


async def timed(bolt: AsyncApp, body: str | dict[str, Any]) -> float:
    """The seconds that one delivery takes, from its text to the answer."""
    text, headers = _signed(body)
    started = time.perf_counter()
    await _handled(bolt, text, headers)
    return time.perf_counter() - started


async def _handled(bolt: AsyncApp, text: str, headers: dict[str, Any]) -> str:
    response = await bolt.async_dispatch(AsyncBoltRequest(body=text, headers=headers))
    assert response.status == 200, response.body
    assert "errors" not in response.body, response.body
    return str(response.body)


def _signed(body: str | dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """As Slack delivers it over HTTP."""
    text = body if isinstance(body, str) else urlencode({"payload": json.dumps(body)})
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=text)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }
    return text, headers


def _furnish(session: Session, sealed: str) -> Workspace:
    workspace = furnish(session)
    session.get_one(Tenant, workspace.tenant_id).sealed_bot_token = sealed
    for actor in (workspace.mara, workspace.jonas):
        surfaces.open_home(session, actor, at=NOON)
    assert workspace.jonas.slack_id == JONAS
    return workspace


def _copies(session: Session, forms: int) -> int:
    """Put down copies of the filled-in form; gives the id of the last."""
    filled = session.scalars(sa.select(Draft).order_by(Draft.id.desc()).limit(1)).one()
    row = {name: getattr(filled, name) for name in ("tenant_id", "owner", "answers", "updated_at")}
    session.execute(sa.insert(Draft), [row] * forms)
    return session.scalar(sa.select(sa.func.max(Draft.id))) or 0
