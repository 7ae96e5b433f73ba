"""Serving a real workspace: who are we, is the schema current, then Socket Mode or HTTP until told to stop."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import App, build
from bot.config import Mode, Settings, SettingsRefused
from bot.ports import SlackFault
from bot.services import setup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pydantic import SecretStr
    from sqlalchemy.orm import Session

log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; then finish what is on its way. Raises :class:`SettingsRefused`."""
    app = build(settings.checked())
    stopped = stop_on_signals()
    await introduce(app)
    app.start()
    try:
        await (_serve_socket(app, stopped) if settings.mode is Mode.SOCKET else _serve_http(app, stopped))
    finally:
        await app.stop()


def stop_on_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    return stopped


async def introduce(app: App) -> str:
    """Ask Slack once who we are, and write down the workspace, its desk and its people. Gives the team's id."""
    settings = app.settings
    token = _secret(settings.slack_bot_token)
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, retry_handlers=[])
    try:
        who = await client.auth_test()
    except SlackApiError as refused:
        raise SettingsRefused(
            f"Slack refused SLACK_BOT_TOKEN ({refused.response.get('error')}). Reinstall the app and copy its token."
        ) from refused
    team_id = str(who["team_id"])
    facts = {key: str(who.get(key) or "") for key in ("team", "bot_id", "user_id")}
    try:
        await app.database.run(_write_down, settings, team_id, facts, app.vault.seal(token), at=app.clock.now())
    except ValueError as refused:
        raise SettingsRefused(f"The desk cannot be set up: {refused}") from refused
    app.installations.forget(team_id)
    await learn_people(app, team_id)
    return team_id


def _write_down(
    session: Session, settings: Settings, team_id: str, facts: Mapping[str, str], sealed: str, *, at: datetime
) -> None:
    tenant = setup.install(
        session,
        team_id=team_id,
        name=facts["team"],
        bot_id=facts["bot_id"],
        bot_user_id=facts["user_id"],
        sealed_token=sealed,
        at=at,
    )
    setup.configure_desk(
        session,
        tenant,
        name=settings.desk_name,
        channel_id=settings.ops_channel or "",
        zone=settings.desk_zone,
        hours=settings.desk_hours,
        holidays=settings.desk_holidays,
        leadership_channel=settings.leadership_channel,
        at=at,
    )
    setup.grant_roles(session, tenant.id, admins=settings.admins, leaders=settings.leaders)


async def learn_people(app: App, team_id: str) -> None:
    """Names and zones of everybody, and who is in the desk's channel. Without them the app still works, less well."""
    try:
        people = await app.gateway.people(team_id)
        members = await app.gateway.members_of(team_id, app.settings.ops_channel or "")
    except SlackFault as fault:
        log.warning(
            "people could not be read: invite the app to the desk's channel and check its scopes",
            action="learn_people",
            fault=fault.error,
        )
        return
    await app.database.run(setup.learn, team_id, people, app.settings.ops_channel or "", members)


async def _serve_socket(app: App, stopped: asyncio.Event) -> None:
    socket = connect(app)
    await socket.connect_async()  # type: ignore[no-untyped-call]
    log.info("connected to Slack in Socket Mode", action="serve")
    await stopped.wait()
    await socket.close_async()  # type: ignore[no-untyped-call]


def connect(app: App) -> AsyncSocketModeHandler:
    """The Socket Mode connection, not yet open."""
    token = _secret(app.settings.slack_app_token)
    client = AsyncWebClient(token=token, base_url=app.settings.slack_api_url, retry_handlers=[])
    return AsyncSocketModeHandler(app.bolt, token, web_client=client)


async def _serve_http(app: App, stopped: asyncio.Event) -> None:
    import uvicorn  # noqa: PLC0415 only HTTP installations pay for it

    from bot.web import make_web  # noqa: PLC0415 the same

    config = uvicorn.Config(
        make_web(app.bolt, app.database),
        host=app.settings.host,
        port=app.settings.port,
        log_level="warning",
        access_log=False,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined] # one place listens for signals
    running = asyncio.create_task(server.serve())
    log.info("listening", action="serve", address=f"http://{app.settings.host}:{app.settings.port}/slack/events")
    await stopped.wait()
    server.should_exit = True
    await running


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""
