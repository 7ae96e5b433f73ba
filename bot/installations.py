"""Which workspaces have the app, and the token of each: read from the database, kept for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt.authorization import AuthorizeResult

from bot.clock import monotonic
from models import queries

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.adapters.vault import Vault
    from bot.database import Database

KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class Installation:
    """What a call to Slack or an incoming request needs to know of a workspace."""

    team_id: str
    bot_token: str
    bot_id: str | None
    bot_user_id: str | None


class NotInstalled(Exception):
    """The workspace never installed the app, or removed it."""


class Installations:
    """Tokens by workspace. No call to Slack is made to find out who we are."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault
        self._kept: dict[str, tuple[float, Installation]] = {}

    async def of(self, team_id: str) -> Installation:
        """The installation; raises :class:`NotInstalled`. A database that is down raises its own error."""
        kept = self._kept.get(team_id)
        if kept is not None and kept[0] > monotonic():
            return kept[1]
        found = await self.database.run(self._read, team_id)
        self._kept[team_id] = (monotonic() + KEPT_SECONDS, found)
        return found

    async def token_of(self, team_id: str) -> str:
        return (await self.of(team_id)).bot_token

    def forget(self, team_id: str) -> None:
        self._kept.pop(team_id, None)

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Bolt's question for every request; None lets Bolt tell the person that the app is not installed."""
        try:
            found = await self.of(team_id or "")
        except NotInstalled:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=found.bot_token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
        )

    def _read(self, session: Session, team_id: str) -> Installation:
        tenant = queries.tenant_by_team(session, team_id)
        if tenant is None or tenant.uninstalled_at is not None or tenant.sealed_bot_token is None:
            raise NotInstalled(team_id)
        token = self.vault.open(tenant.sealed_bot_token)
        return Installation(team_id, token, tenant.bot_id, tenant.bot_user_id)
