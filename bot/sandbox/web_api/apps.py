"""auth.test, team.info and apps.connections.open: who the app is, and its way in."""

from __future__ import annotations

from typing import Any

from bot.sandbox.people import PICTURE
from bot.sandbox.web_api.calls import HUNDREDS, TIER_1, TIER_3, Call, Method

Json = dict[str, Any]
ICON_SIZES = (34, 44, 68, 88, 102, 132)


def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "url": f"{call.stage.url}/",
        "team": world.team.name,
        "user": world.person(call.bot).name,
        "team_id": world.team.id,
        "user_id": call.bot,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


def team_info(call: Call) -> Json:
    team = call.world.team
    icon = {"image_default": True, **{f"image_{size}": PICTURE.format(id=team.id, size=size) for size in ICON_SIZES}}
    named = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    return {"team": {**named, "icon": icon}}


def open_connection(call: Call) -> Json:
    address = call.stage.url.replace("http", "ws", 1)
    return {"url": f"{address}/socket/{call.stage.sockets.ticket()}"}


METHODS = {
    "auth.test": Method(auth_test, None, HUNDREDS),
    "team.info": Method(team_info, None, TIER_3),
    "apps.connections.open": Method(open_connection, None, TIER_1, app_level=True),
}
