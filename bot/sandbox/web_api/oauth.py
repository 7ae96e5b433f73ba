"""oauth.v2.access: a code for the app's bot token."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.calls import TIER_4, Call, Method

if TYPE_CHECKING:
    from bot.sandbox.world import World

Json = dict[str, Any]


def access(call: Call) -> Json:
    """Exchange a code. The app then has the scopes that were allowed, and no others."""
    world = call.world
    _known_client(call)
    if call.text("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    grant = call.stage.grants.exchange(call.text("code"), call.text("redirect_uri") or None, world.clock.now())
    world.scopes = frozenset(grant.scopes)
    return {**_bot(world), "authed_user": {"id": grant.user}, "scope": ",".join(grant.scopes)}


def _known_client(call: Call) -> None:
    app = call.world.app
    if call.text("client_id") != app.client_id:
        raise SlackError("invalid_client_id")
    if not secrets.compare_digest(call.text("client_secret").encode(), app.client_secret.encode()):
        raise SlackError("bad_client_secret")


def _bot(world: World) -> Json:
    return {
        "app_id": world.app.app_id,
        "team": {"id": world.team.id, "name": world.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "token_type": "bot",
        "access_token": world.app.bot_token,
        "bot_user_id": world.app.bot_user_id,
    }


METHODS = {"oauth.v2.access": Method(access, None, TIER_4, tokenless=True)}
